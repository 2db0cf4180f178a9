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

#[cfg(test)]
mod tests {
    use super::*;

    async fn refusal(url: &str) -> String {
        match open(url).await {
            Ok(store) => panic!("{url} opened {}", store.describe()),
            Err(error) => error.to_string(),
        }
    }

    #[tokio::test]
    async fn the_scheme_picks_the_database() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("a/b.db");
        for url in [
            "sqlite::memory:".to_owned(),
            format!("sqlite:{}", file.display()),
            format!("sqlite://{}", file.display()),
        ] {
            let store = open(&url).await.expect("opens");
            assert!(
                store.describe().starts_with("SQLite 3."),
                "{}",
                store.describe()
            );
            store.close().await;
        }
        assert!(file.is_file());
    }

    #[tokio::test]
    async fn a_password_is_never_repeated() {
        for url in [
            "mysql://u:secret@127.0.0.1/x",
            "postgres://u:secret@127.0.0.1:1/x",
            "postgres://u:secret@127.0.0.1:port/x",
            "postgres://u:secret@127.0.0.1/x?sslmode=secret",
            "secret",
        ] {
            let error = refusal(url).await;
            assert!(!error.contains("secret"), "{error}");
        }
        let error = refusal("mysql://u:secret@127.0.0.1/x").await;
        assert!(error.contains("expected sqlite:PATH"), "{error}");
        assert!(refusal("sqlite:").await.contains("needs a path"));
    }

    #[tokio::test]
    async fn what_is_no_database_says_so() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("x.db");
        std::fs::write(&file, "这不是数据库".repeat(200)).expect("written");
        let error = refusal(&format!("sqlite:{}", file.display())).await;
        assert!(error.contains("not a database"), "{error}");
        let error = refusal(&format!("sqlite:{}/below", file.display())).await;
        assert!(error.contains("cannot make the folder"), "{error}");
    }
}
