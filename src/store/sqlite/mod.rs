//! SQLite: one file, no server; the default.
//!
//! Several connections read; one task writes (see [`writer`]). WAL lets both
//! go on at once, `synchronous=FULL` makes a commit wait for the disk.

mod connection;
mod writer;

use super::StoreResult;
use super::sql::{Engine, SqlStore, Work, migration_failed, unavailable};
use crate::store::StoreError;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::pool::{PoolConnection, PoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, SqlStr, Sqlite, SqlitePool};
use std::path::Path;
use std::time::Duration;
use writer::Writer;

/// How long a statement waits for another process that writes the same file,
/// and a reader for a free connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many read at once. More gain nothing: a query is short, and a kiosk
/// server has few cores.
const READERS: u32 = 4;

/// The store in a SQLite file.
pub type SqliteStore = SqlStore<SqliteEngine>;

/// The connections to a SQLite file.
pub struct SqliteEngine {
    readers: SqlitePool,
    writing: SqlitePool,
    writer: Writer,
    description: String,
}

impl SqliteStore {
    /// Opens the database in that file; makes the file and its folder where
    /// they are missing and brings the tables up to date. Must be called
    /// inside a tokio runtime, since writing is a task of its own.
    ///
    /// # Errors
    /// When the file cannot be opened, or was written by a newer version.
    pub async fn open(path: &Path) -> StoreResult<Self> {
        if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
            tokio::fs::create_dir_all(folder).await.map_err(|e| {
                StoreError::Unavailable(format!("cannot make the folder of the database: {e}"))
            })?;
        }
        let options = options(SqliteConnectOptions::new())
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full);
        let writing = pool(1)
            .connect_with(options.clone())
            .await
            .map_err(unavailable)?;
        migrate(&writing).await?;
        let readers = pool(READERS)
            .connect_with(options.pragma("query_only", "on"))
            .await
            .map_err(unavailable)?;
        Self::over(readers, writing).await
    }

    /// A database that lasts as long as the store: for trying things out and
    /// for tests.
    ///
    /// # Errors
    /// When there is no memory.
    pub async fn in_memory() -> StoreResult<Self> {
        let options = options(
            SqliteConnectOptions::new()
                .in_memory(true)
                .shared_cache(false),
        );
        // One connection is the whole database: readers and the writer take
        // turns with it, and it is never let go.
        let only = pool(1).connect_with(options).await.map_err(unavailable)?;
        migrate(&only).await?;
        Self::over(only.clone(), only).await
    }

    async fn over(readers: SqlitePool, writing: SqlitePool) -> StoreResult<Self> {
        let version: String = sqlx::query_scalar("select sqlite_version()")
            .fetch_one(&readers)
            .await
            .map_err(unavailable)?;
        Ok(Self::on(SqliteEngine {
            writer: Writer::start(writing.clone()),
            readers,
            writing,
            description: format!("SQLite {version}"),
        }))
    }
}

/// What all connections share.
fn options(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .disable_statement_logging()
}

fn pool(connections: u32) -> PoolOptions<Sqlite> {
    PoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        .idle_timeout(None)
        .max_lifetime(None)
        // There is no network that could have lost them.
        .test_before_acquire(false)
}

async fn migrate(pool: &SqlitePool) -> StoreResult<()> {
    let tables = include_str!("../migrations/sqlite/0001_tables.sql");
    Migrator::with_migrations(vec![Migration::new(
        1,
        "tables".into(),
        MigrationType::Simple,
        SqlStr::from_static(tables),
        false,
    )])
    .run(pool)
    .await
    .map_err(migration_failed)
}

impl Engine for SqliteEngine {
    type Driver = Sqlite;

    async fn reader(&self) -> StoreResult<PoolConnection<Sqlite>> {
        self.readers.acquire().await.map_err(unavailable)
    }

    async fn write<T: Send + 'static>(&self, work: Work<T>) -> StoreResult<T> {
        self.writer.write(work).await
    }

    async fn close(&self) {
        self.writer.close().await;
        self.readers.close().await;
        self.writing.close().await;
    }

    fn describe(&self) -> &str {
        &self.description
    }
}

#[cfg(test)]
mod tests;
