//! What a query needs of a database.

use super::{Record, Value};
use crate::store::StoreResult;
use async_trait::async_trait;
use sqlx::{SqlSafeStr, SqlStr};

/// Receives one row after the other.
pub(in crate::store) type Take<'t> = dyn FnMut(&dyn Record) -> StoreResult<()> + Send + 't;

/// An open connection of either database.
#[async_trait]
pub(in crate::store) trait Connection: Send {
    /// Runs a statement and returns how many rows it changed.
    async fn run(&mut self, sql: SqlStr, values: &[Value<'_>]) -> StoreResult<u64>;

    /// Runs a query and hands every row to `take`.
    async fn rows(
        &mut self,
        sql: SqlStr,
        values: &[Value<'_>],
        take: &mut Take<'_>,
    ) -> StoreResult<()>;
}

impl dyn Connection + '_ {
    /// Runs a statement and returns how many rows it changed.
    pub(super) async fn execute(
        &mut self,
        sql: impl SqlSafeStr,
        values: &[Value<'_>],
    ) -> StoreResult<u64> {
        self.run(sql.into_sql_str(), values).await
    }

    /// All rows, decoded.
    pub(super) async fn all<T: Send>(
        &mut self,
        sql: impl SqlSafeStr,
        values: &[Value<'_>],
        decode: fn(&dyn Record) -> StoreResult<T>,
    ) -> StoreResult<Vec<T>> {
        let mut all = Vec::new();
        self.rows(sql.into_sql_str(), values, &mut |row| {
            all.push(decode(row)?);
            Ok(())
        })
        .await?;
        Ok(all)
    }

    /// The first row, decoded. All rows are fetched, since a statement with
    /// `returning` has only run when its last row was.
    pub(super) async fn first<T: Send>(
        &mut self,
        sql: impl SqlSafeStr,
        values: &[Value<'_>],
        decode: fn(&dyn Record) -> StoreResult<T>,
    ) -> StoreResult<Option<T>> {
        Ok(self.all(sql, values, decode).await?.into_iter().next())
    }
}
