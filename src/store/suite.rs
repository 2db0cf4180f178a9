//! What every store must do: one suite over the traits, run on each database.
//!
//! SQLite runs always, in a file. PostgreSQL runs when `LINLI_TEST_POSTGRES`
//! holds a URL (`tests/postgres.sh` provides one); every test makes a schema
//! of its own there and drops it.

mod accounts;
mod candidates;
pub(super) mod editions;
mod escalations;
mod gaps;
mod kiosks;
pub(super) mod turns;
mod writes;

use super::{PostgresStore, SqliteStore, Store};
use futures_util::FutureExt as _;
use sqlx::{AssertSqlSafe, Connection as _};
use std::future::Future;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::{Arc, Once};

/// Runs a case on a new SQLite file.
async fn on_sqlite<F: Future<Output = ()>>(case: fn(Arc<dyn Store>) -> F) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = SqliteStore::open(&folder.path().join("data/linli.db"))
        .await
        .expect("opens");
    let store: Arc<dyn Store> = Arc::new(store);
    case(store.clone()).await;
    store.close().await;
}

/// Runs a case in a new schema of PostgreSQL, where there is one.
async fn on_postgres<F: Future<Output = ()>>(case: fn(Arc<dyn Store>) -> F) {
    let Ok(url) = std::env::var("LINLI_TEST_POSTGRES") else {
        // Once, and past the capture of test output: a skipped half must show.
        static SAID: Once = Once::new();
        SAID.call_once(|| {
            let _ = writeln!(
                std::io::stderr(),
                "PostgreSQL suite skipped: set LINLI_TEST_POSTGRES"
            );
        });
        return;
    };
    let schema = format!("suite_{}", uuid::Uuid::now_v7().simple());
    let mut admin = sqlx::PgConnection::connect(&url).await.expect("connects");
    let create = format!("create schema {schema}");
    sqlx::query(AssertSqlSafe(create))
        .execute(&mut admin)
        .await
        .expect("makes a schema");

    let joint = if url.contains('?') { '&' } else { '?' };
    let inside = format!("{url}{joint}options[search_path]={schema}");
    let store = PostgresStore::connect(&inside).await.expect("opens");
    let store: Arc<dyn Store> = Arc::new(store);
    let result = AssertUnwindSafe(case(store.clone())).catch_unwind().await;
    store.close().await;

    let drop = format!("drop schema {schema} cascade");
    sqlx::query(AssertSqlSafe(drop))
        .execute(&mut admin)
        .await
        .expect("drops the schema");
    if let Err(panic) = result {
        resume_unwind(panic);
    }
}

macro_rules! store_suite {
    ($database:ident, $run:ident) => {
        mod $database {
            store_suite! { @tests $run
                turns {
                    comes_back_as_it_was,
                    is_written_once,
                    moves_on_only_while_open,
                    keeps_the_first_contest,
                    gives_facts_of_questions_only,
                    counts_popular_entries,
                    gives_decided_turns,
                }
                escalations {
                    comes_back_in_every_state,
                    reserves_its_code_for_ninety_days,
                    has_one_owner_after_a_hundred_claims,
                    numbers_lines_in_order,
                    adds_the_answer_as_a_line,
                    lists_what_waits,
                    knows_how_long_answers_took,
                }
                candidates {
                    comes_back_in_every_state,
                    is_saved_by_version,
                    lists_the_newest_first,
                }
                editions {
                    comes_back_equal,
                    keeps_old_editions,
                    refuses_a_base_that_is_not_the_newest,
                    lets_one_of_many_publishers_win,
                    publishes_all_or_nothing,
                    remembers_settings,
                }
                accounts {
                    keeps_users_by_name,
                    signs_in_until_the_end,
                    ends_sign_ins_with_a_new_password,
                }
                kiosks {
                    knows_a_terminal_by_its_key,
                }
                gaps {
                    counts_and_closes,
                }
                writes {
                    a_bad_one_spoils_no_other,
                    a_closed_store_refuses,
                }
            }
        }
    };
    (@tests $run:ident $($noun:ident { $($case:ident,)+ })+) => {$(
        mod $noun {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    crate::store::suite::$run(crate::store::suite::$noun::$case).await;
                }
            )+
        }
    )+};
}

store_suite!(sqlite, on_sqlite);
store_suite!(postgres, on_postgres);
