//! From a URL to a store.

use super::{PostgresStore, SqliteStore, Store, StoreError, StoreResult};
use std::path::Path;
use std::sync::Arc;

/// Opens the store of that URL: `sqlite:PATH`, `sqlite::memory:`, or
/// `postgres://USER:PASSWORD@HOST/DATABASE`. Must be called inside a tokio
/// runtime.
///
/// # Errors
/// When the scheme is none of these, or the database cannot be opened. The
/// URL, which may hold a password, is not in the error.
pub async fn open(url: &str) -> StoreResult<Arc<dyn Store>> {
    if url == "sqlite::memory:" {
        return Ok(Arc::new(SqliteStore::in_memory().await?));
    }
    match url.split_once(':') {
        Some(("sqlite", path)) => {
            // `sqlite:///var/lib/x.db` and `sqlite:/var/lib/x.db` are the same.
            let path = path.strip_prefix("//").unwrap_or(path);
            if path.is_empty() {
                return Err(StoreError::Unavailable("sqlite: needs a path".to_owned()));
            }
            Ok(Arc::new(SqliteStore::open(Path::new(path)).await?))
        }
        Some(("postgres" | "postgresql", _)) => Ok(Arc::new(PostgresStore::connect(url).await?)),
        _ => Err(StoreError::Unavailable(
            "unknown kind of database: expected sqlite:PATH, sqlite::memory: or postgres://..."
                .to_owned(),
        )),
    }
}
