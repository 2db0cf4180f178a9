//! Every query, written once for both databases.
//!
//! A file per noun holds its SQL and its trait implementations. They speak to
//! a [`Connection`] and build only on what SQLite and PostgreSQL share: `$1`,
//! `returning`, `on conflict`, times as milliseconds, flags as 0 and 1, JSON
//! and identifiers as text. What differs (pools, the way a write reaches the
//! disk, table definitions) is behind [`Engine`].

mod accounts;
mod candidates;
mod conditions;
mod connection;
mod editions;
mod error;
mod escalations;
mod gaps;
mod kiosks;
mod record;
mod turns;
mod value;

pub(in crate::store) use connection::{Connection, Take};
pub(in crate::store) use error::{migration_failed, unavailable};
pub(in crate::store) use record::Record;
pub(in crate::store) use value::Value;

use super::{Store, StoreError, StoreResult};
use async_trait::async_trait;
use futures_util::future::BoxFuture;
use sqlx::pool::PoolConnection;
use std::fmt;
use std::future::Future;

/// A change: it runs inside a transaction and owns all it needs, since it may
/// outlive the caller who asked for it.
pub(in crate::store) type Work<T> =
    Box<dyn for<'c> FnOnce(&'c mut dyn Connection) -> BoxFuture<'c, StoreResult<T>> + Send>;

/// What one database does its own way.
pub(in crate::store) trait Engine: Send + Sync + 'static {
    /// The driver.
    type Driver: sqlx::Database<Connection: Connection>;

    /// A connection to read with.
    fn reader(&self) -> impl Future<Output = StoreResult<PoolConnection<Self::Driver>>> + Send;

    /// Runs `work` in a transaction; returns when that is on disk.
    fn write<T: Send + 'static>(
        &self,
        work: Work<T>,
    ) -> impl Future<Output = StoreResult<T>> + Send;

    /// Finishes what is pending and closes the connections.
    fn close(&self) -> impl Future<Output = ()> + Send;

    /// Name and version, for people.
    fn describe(&self) -> &str;
}

/// The store on one engine.
pub struct SqlStore<E> {
    engine: E,
}

#[expect(private_bounds, reason = "the engines are this module's own affair")]
impl<E: Engine> SqlStore<E> {
    pub(in crate::store) fn on(engine: E) -> Self {
        Self { engine }
    }

    #[cfg(test)]
    pub(in crate::store) fn engine(&self) -> &E {
        &self.engine
    }

    async fn reader(&self) -> StoreResult<PoolConnection<E::Driver>> {
        self.engine.reader().await
    }

    async fn write<T, F>(&self, work: F) -> StoreResult<T>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut dyn Connection) -> BoxFuture<'c, StoreResult<T>>,
        F: Send + 'static,
    {
        self.engine.write(Box::new(work)).await
    }
}

// By hand: a pool's own form would show the address and the user name.
impl<E: Engine> fmt::Debug for SqlStore<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Store")
            .field(&self.engine.describe())
            .finish()
    }
}

#[async_trait]
impl<E: Engine> Store for SqlStore<E> {
    async fn close(&self) {
        self.engine.close().await;
    }

    async fn ping(&self) -> StoreResult<()> {
        let mut connection = self.reader().await?;
        let connection: &mut dyn Connection = &mut *connection;
        connection
            .first("select 'yes' as alive", &[], |r| r.text("alive"))
            .await?
            .map(|_| ())
            .ok_or_else(|| StoreError::Unavailable("no answer".to_owned()))
    }

    fn describe(&self) -> String {
        self.engine.describe().to_owned()
    }
}
