//! A connection to SQLite, as queries see it.

use crate::store::StoreResult;
use crate::store::sql::{Connection, Record, Take, Value, unavailable};
use async_trait::async_trait;
use futures_util::TryStreamExt as _;
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Row as _, SqlStr, SqliteConnection};

fn bound(values: &[Value<'_>]) -> StoreResult<SqliteArguments> {
    let mut arguments = SqliteArguments::default();
    for value in values {
        value.bind(&mut arguments).map_err(unavailable)?;
    }
    Ok(arguments)
}

#[async_trait]
impl Connection for SqliteConnection {
    async fn run(&mut self, sql: SqlStr, values: &[Value<'_>]) -> StoreResult<u64> {
        let query = sqlx::query_with(sql, bound(values)?);
        let done = query.execute(self).await.map_err(unavailable)?;
        Ok(done.rows_affected())
    }

    async fn rows(
        &mut self,
        sql: SqlStr,
        values: &[Value<'_>],
        take: &mut Take<'_>,
    ) -> StoreResult<()> {
        let mut rows = sqlx::query_with(sql, bound(values)?).fetch(self);
        while let Some(row) = rows.try_next().await.map_err(unavailable)? {
            take(&row)?;
        }
        Ok(())
    }
}

impl Record for SqliteRow {
    fn maybe_text(&self, column: &str) -> StoreResult<Option<String>> {
        self.try_get(column).map_err(unavailable)
    }

    fn maybe_int(&self, column: &str) -> StoreResult<Option<i64>> {
        self.try_get(column).map_err(unavailable)
    }

    fn maybe_real(&self, column: &str) -> StoreResult<Option<f64>> {
        self.try_get(column).map_err(unavailable)
    }
}
