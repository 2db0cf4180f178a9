//! Paired terminals.

use super::error::{conflict, found};
use super::value::values;
use super::{Connection, Engine, Record, SqlStore, Value};
use crate::model::{Kiosk, KioskId, Timestamp};
use crate::store::{KioskReader, KioskStore, StoreResult};
use async_trait::async_trait;

fn kiosk(row: &dyn Record) -> StoreResult<Kiosk> {
    Ok(Kiosk {
        id: row.id("id")?,
        name: row.text("name")?,
        place: row.id("place")?,
        key_hash: row.text("key_hash")?,
        loopback_only: row.flag("loopback_only")?,
        created_at: row.time("created_at")?,
        revoked_at: row.maybe_time("revoked_at")?,
    })
}

#[async_trait]
impl<E: Engine> KioskReader for SqlStore<E> {
    async fn kiosk_by_key(&self, key_hash: &str) -> StoreResult<Option<Kiosk>> {
        let c: &mut dyn Connection = &mut *self.reader().await?;
        let sql = "select * from kiosks where key_hash = $1 and revoked_at is null";
        c.first(sql, values![key_hash], kiosk).await
    }

    async fn kiosks(&self) -> StoreResult<Vec<Kiosk>> {
        let c: &mut dyn Connection = &mut *self.reader().await?;
        c.all("select * from kiosks order by name, id", &[], kiosk)
            .await
    }
}

#[async_trait]
impl<E: Engine> KioskStore for SqlStore<E> {
    async fn add_kiosk(&self, kiosk: &Kiosk) -> StoreResult<()> {
        let kiosk = kiosk.clone();
        let sql = "insert into kiosks (id, name, place, key_hash, loopback_only, created_at, \
                   revoked_at) values ($1, $2, $3, $4, $5, $6, $7)";
        self.write(move |c| {
            Box::pin(async move {
                let values = values![
                    &kiosk.id,
                    &kiosk.name,
                    &kiosk.place,
                    &kiosk.key_hash,
                    kiosk.loopback_only,
                    kiosk.created_at,
                    kiosk.revoked_at,
                ];
                c.execute(sql, values)
                    .await
                    .map_err(conflict("this terminal or its key exists"))?;
                Ok(())
            })
        })
        .await
    }

    async fn revoke_kiosk(&self, id: &KioskId, at: Timestamp) -> StoreResult<()> {
        let id = id.clone();
        // The first withdrawal is the one that counts.
        let sql = "update kiosks set revoked_at = coalesce(revoked_at, $2) where id = $1";
        self.write(move |c| {
            Box::pin(async move { found(c.execute(sql, values![&id, at]).await?, "terminal") })
        })
        .await
    }
}
