//! PostgreSQL: for when one machine is not enough.

mod connection;

use super::sql::{Engine, SqlStore, Work, migration_failed, unavailable};
use super::{StoreError, StoreResult};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::pool::{PoolConnection, PoolOptions};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection as _, PgPool, Postgres, SqlStr};
use std::time::Duration;

/// How long to wait for a free connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many connections one server process holds at most: with PostgreSQL's
/// default limit of 100, six processes fit beside an administrator.
const CONNECTIONS: u32 = 16;

/// The store in a PostgreSQL database.
pub type PostgresStore = SqlStore<PostgresEngine>;

/// The connections to a PostgreSQL database.
pub struct PostgresEngine {
    pool: PgPool,
    description: String,
}

impl PostgresStore {
    /// Connects to the database of that URL and brings its tables up to date.
    ///
    /// # Errors
    /// When the URL is wrong, the database cannot be reached, or was written
    /// by a newer version. The URL, which may hold a password, is not in the
    /// error.
    pub async fn connect(url: &str) -> StoreResult<Self> {
        let options: PgConnectOptions = url.parse().map_err(|_: sqlx::Error| {
            StoreError::Unavailable("the PostgreSQL URL cannot be understood".to_owned())
        })?;
        let options = options
            .application_name("linli")
            .disable_statement_logging();
        // A pool tries again until its patience ends and then says only that;
        // a single connection says what is wrong.
        options
            .connect()
            .await
            .map_err(unavailable)?
            .close()
            .await
            .map_err(unavailable)?;
        let pool = PoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(PATIENCE)
            .connect_lazy_with(options);
        migrate(&pool).await?;
        let version: String = sqlx::query_scalar("select current_setting('server_version')")
            .fetch_one(&pool)
            .await
            .map_err(unavailable)?;
        Ok(Self::on(PostgresEngine {
            pool,
            description: format!("PostgreSQL {version}"),
        }))
    }
}

async fn migrate(pool: &PgPool) -> StoreResult<()> {
    let tables = include_str!("../migrations/postgres/0001_tables.sql");
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

impl Engine for PostgresEngine {
    type Driver = Postgres;

    async fn reader(&self) -> StoreResult<PoolConnection<Postgres>> {
        self.pool.acquire().await.map_err(unavailable)
    }

    async fn write<T: Send + 'static>(&self, work: Work<T>) -> StoreResult<T> {
        let mut transaction = self.pool.begin().await.map_err(unavailable)?;
        // An error drops the transaction, which rolls it back.
        let result = work(&mut *transaction).await?;
        transaction.commit().await.map_err(unavailable)?;
        Ok(result)
    }

    async fn close(&self) {
        self.pool.close().await;
    }

    fn describe(&self) -> &str {
        &self.description
    }
}
