//! Clusters of questions without an answer.

use super::conditions::Conditions;
use super::error::{conflict, found};
use super::value::values;
use super::{Connection, Engine, Record, SqlStore, Value};
use crate::model::{EntryId, Gap, GapId, Timestamp};
use crate::store::{GapReader, GapStore, StoreResult};
use async_trait::async_trait;

fn gap(row: &dyn Record) -> StoreResult<Gap> {
    Ok(Gap {
        id: row.id("id")?,
        core: row.text("core")?,
        label: row.text("label")?,
        first_at: row.time("first_at")?,
        last_at: row.time("last_at")?,
        count: row.int("asked")?,
        closed_by: row.maybe_id("closed_by")?,
    })
}

#[async_trait]
impl<E: Engine> GapReader for SqlStore<E> {
    async fn gaps(&self, open: bool, limit: i64) -> StoreResult<Vec<Gap>> {
        let mut query = Conditions::of("select * from gaps");
        if open {
            query.and("closed_by is null");
        }
        query
            .then("order by asked desc, last_at desc, id limit")
            .value(limit);
        let (sql, values) = query.finish();
        let c: &mut dyn Connection = &mut *self.reader().await?;
        c.all(sql, &values, gap).await
    }
}

#[async_trait]
impl<E: Engine> GapStore for SqlStore<E> {
    async fn add_gap(&self, gap: &Gap) -> StoreResult<()> {
        let gap = gap.clone();
        let sql = "insert into gaps (id, core, label, first_at, last_at, asked, closed_by) \
                   values ($1, $2, $3, $4, $5, $6, $7)";
        self.write(move |c| {
            Box::pin(async move {
                let values = values![
                    &gap.id,
                    &gap.core,
                    &gap.label,
                    gap.first_at,
                    gap.last_at,
                    gap.count,
                    &gap.closed_by,
                ];
                c.execute(sql, values)
                    .await
                    .map_err(conflict("this gap exists"))?;
                Ok(())
            })
        })
        .await
    }

    async fn count_gap(&self, id: &GapId, at: Timestamp) -> StoreResult<()> {
        let id = id.clone();
        // `max` of two values has another name in each database.
        let sql = "update gaps set asked = asked + 1, \
                   last_at = case when last_at < $2 then $2 else last_at end where id = $1";
        self.write(move |c| {
            Box::pin(async move { found(c.execute(sql, values![&id, at]).await?, "gap") })
        })
        .await
    }

    async fn close_gap(&self, id: &GapId, by: &EntryId) -> StoreResult<()> {
        let (id, by) = (id.clone(), by.clone());
        let sql = "update gaps set closed_by = $2 where id = $1";
        self.write(move |c| {
            Box::pin(async move { found(c.execute(sql, values![&id, &by]).await?, "gap") })
        })
        .await
    }
}
