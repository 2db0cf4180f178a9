//! SQLite's FTS5 with its trigram tokenizer, BM25: a question is any of its
//! runs of three characters. Asked as this project asks SQLite, over a thread of
//! its own, which is some hundredths of a millisecond of its time.

use super::engine::{Engine, Found, documents, ids};
use linli::model::Knowledge;
use sqlx::sqlite::{SqlitePool, SqlitePoolOptions};
use tokio::runtime::Runtime;

/// Runs of a long question that are asked for.
const MOST: usize = 200;

pub(crate) struct Sqlite {
    runtime: Runtime,
    pool: SqlitePool,
    ids: Vec<String>,
    with_answers: bool,
}

impl Sqlite {
    pub(crate) fn new(knowledge: &Knowledge, with_answers: bool) -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let pool = runtime.block_on(async {
            let options = SqlitePoolOptions::new().max_connections(1);
            let pool = options.connect("sqlite::memory:").await?;
            let table =
                "CREATE VIRTUAL TABLE f USING fts5(text, entry UNINDEXED, tokenize='trigram')";
            sqlx::query(table).execute(&pool).await?;
            let mut transaction = pool.begin().await?;
            for (entry, text) in documents(knowledge, with_answers) {
                sqlx::query("INSERT INTO f (text, entry) VALUES (?, ?)")
                    .bind(text)
                    .bind(i64::try_from(entry).unwrap_or_default())
                    .execute(&mut *transaction)
                    .await?;
            }
            transaction.commit().await?;
            Ok::<_, sqlx::Error>(pool)
        });
        Self {
            runtime,
            pool: pool.expect("a table"),
            ids: ids(knowledge),
            with_answers,
        }
    }
}

/// Any run of three, without stops and spaces; nothing of a shorter question.
fn runs(question: &str) -> Option<String> {
    let words = question.split(|c: char| !c.is_alphanumeric());
    let mut runs = Vec::new();
    for word in words {
        let letters: Vec<char> = word.chars().collect();
        runs.extend(
            letters
                .windows(3)
                .map(|w| format!("\"{}\"", w.iter().collect::<String>())),
        );
    }
    runs.truncate(MOST);
    (!runs.is_empty()).then(|| runs.join(" OR "))
}

impl Engine for Sqlite {
    fn name(&self) -> String {
        let what = if self.with_answers {
            ", answers too"
        } else {
            ""
        };
        format!("SQLite FTS5, trigram{what}")
    }

    fn ask(&self, question: &str) -> Found {
        let Some(runs) = runs(question) else {
            return Found::default();
        };
        let query = sqlx::query_scalar("SELECT entry FROM f WHERE f MATCH ? ORDER BY rank LIMIT 1");
        let found = query.bind(runs).fetch_optional(&self.pool);
        let found: Option<i64> = self.runtime.block_on(found).expect("a search");
        let number = found.and_then(|n| usize::try_from(n).ok());
        Found {
            first: number.and_then(|n| self.ids.get(n).cloned()),
            decision: None,
        }
    }
}
