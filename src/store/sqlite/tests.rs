//! What only SQLite does: group commit, and one file that can fill up.

use super::SqliteStore;
use crate::model::{Outcome, Turn};
use crate::store::sql::{Connection, Engine as _, Work};
use crate::store::suite::editions::{entry, knowledge, publication};
use crate::store::suite::turns::turn;
use crate::store::{
    EditionReader as _, EditionStore as _, Store as _, StoreError, StoreResult, TurnReader as _,
    TurnStore as _,
};
use futures_util::future::{join, join_all};
use sqlx::SqlStr;
use std::sync::Arc;
use std::time::{Duration, Instant};

async fn in_file() -> (tempfile::TempDir, SqliteStore) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = SqliteStore::open(&folder.path().join("linli.db"))
        .await
        .expect("opens");
    (folder, store)
}

/// A turn with an explain record of that many bytes.
fn long_turn(id: &str, bytes: usize) -> Turn {
    let explain = "x".repeat(bytes);
    Turn {
        explain,
        ..turn(id, 1, Outcome::Answered, None)
    }
}

fn statements(all: &'static [&'static str]) -> Work<()> {
    Box::new(move |c: &mut dyn Connection| {
        Box::pin(async move {
            for sql in all {
                c.run(SqlStr::from_static(sql), &[]).await?;
            }
            Ok(())
        })
    })
}

/// Runs the writes in one batch: all of them wait before the first begins.
async fn together<T>(store: &SqliteStore, writes: impl IntoIterator<Item = T>) -> Vec<T::Output>
where
    T: Future,
{
    let held = store.engine().writing.acquire().await.expect("free");
    // The writes are all polled, and so handed in, before this is: on a
    // runtime of one thread the writer has not run in between.
    let release = async { drop(held) };
    join(join_all(writes), release).await.0
}

async fn pragma(store: &SqliteStore, sql: &'static str) -> i64 {
    let mut connection = store.engine().writing.acquire().await.expect("free");
    let value: Option<i64> = sqlx::query_scalar(sql)
        .fetch_optional(&mut *connection)
        .await
        .expect("a pragma");
    value.unwrap_or_default()
}

#[tokio::test]
async fn everything_is_there_after_reopening() {
    let (folder, store) = in_file().await;
    let path = folder.path().join("linli.db");
    let all = knowledge((0..20).map(|n| entry(&format!("e{n}"), "问")));
    store
        .publish_edition(&publication(all.clone(), 0))
        .await
        .expect("written");
    store
        .record_turn(&turn("t1", 1, Outcome::Answered, None))
        .await
        .expect("written");
    // Not closed: as after a crash.
    drop(store);
    let store = SqliteStore::open(&path).await.expect("opens again");
    assert_eq!(
        store
            .edition(1)
            .await
            .expect("read")
            .expect("there")
            .knowledge,
        all
    );
    assert!(store.turn(&"t1".into()).await.expect("read").is_some());
    assert_eq!(pragma(&store, "pragma synchronous").await, 2, "FULL");
    assert_eq!(pragma(&store, "pragma foreign_keys").await, 1);
    store.close().await;
}

#[tokio::test]
async fn equal_bodies_are_stored_once() {
    let store = SqliteStore::in_memory().await.expect("opens");
    let first = knowledge((0..20).map(|n| entry(&format!("e{n}"), "问")));
    let second = knowledge((0..21).map(|n| entry(&format!("e{n}"), "问")));
    for (based_on, all) in (0..).zip([&first, &second, &first]) {
        store
            .publish_edition(&publication(all.clone(), based_on))
            .await
            .expect("written");
    }
    assert_eq!(pragma(&store, "select count(*) from bodies").await, 22);
}

#[tokio::test]
async fn a_full_disk_is_unavailable_until_there_is_space() {
    let (_folder, store) = in_file().await;
    store
        .record_turn(&turn("t1", 1, Outcome::Answered, None))
        .await
        .expect("written");
    // Below what the file has: it may not grow.
    pragma(&store, "pragma max_page_count = 1").await;
    let full = |result: StoreResult<()>| {
        let Err(StoreError::Unavailable(words)) = result else {
            panic!("{result:?}")
        };
        assert!(words.contains("full"), "{words}");
    };
    full(store.record_turn(&long_turn("alone", 100_000)).await);
    let long = [
        long_turn("a", 100_000),
        long_turn("b", 100_000),
        long_turn("c", 100_000),
    ];
    for result in together(&store, long.iter().map(|t| store.record_turn(t))).await {
        full(result);
    }
    store.ping().await.expect("reading goes on");
    pragma(&store, "pragma max_page_count = 1000000").await;
    for t in &long {
        store.record_turn(t).await.expect("written");
    }
    assert_eq!(
        store.session_turns(&"s1".into()).await.expect("read").len(),
        4
    );
    store.close().await;
}

#[tokio::test]
async fn a_database_that_may_not_be_written_says_so() {
    let (_folder, store) = in_file().await;
    let first = turn("t1", 1, Outcome::Answered, None);
    pragma(&store, "pragma query_only = on").await;
    let refused = store.record_turn(&first).await.expect_err("read-only");
    assert!(matches!(refused, StoreError::Unavailable(_)), "{refused:?}");
    assert!(refused.to_string().contains("readonly"), "{refused}");
    pragma(&store, "pragma query_only = off").await;
    store.record_turn(&first).await.expect("written");
    store.close().await;
}

#[tokio::test]
async fn a_commit_that_fails_fails_all_and_leaves_nothing() {
    let (_folder, store) = in_file().await;
    let store = Arc::new(store);
    let record = |id: &'static str| {
        let store = store.clone();
        async move {
            store
                .record_turn(&turn(id, 1, Outcome::Answered, None))
                .await
        }
    };
    let at_commit = statements(&[
        "pragma defer_foreign_keys = on",
        "insert into sign_ins (token_hash, user_id, expires_at) values ('a', 'nobody', 1)",
    ]);
    let engine = store.clone();
    let broken = async move { engine.engine().write(at_commit).await };
    let writes: Vec<futures_util::future::BoxFuture<'_, StoreResult<()>>> = vec![
        Box::pin(record("t1")),
        Box::pin(record("t2")),
        Box::pin(broken),
        Box::pin(record("t3")),
    ];
    for result in together(&store, writes).await {
        let Err(StoreError::Unavailable(words)) = result else {
            panic!("{result:?}")
        };
        assert!(words.contains("FOREIGN KEY"), "{words}");
    }
    assert_eq!(store.session_turns(&"s1".into()).await.expect("read"), []);
    record("t4").await.expect("the store goes on");
    store.close().await;
}

#[tokio::test]
async fn a_change_that_panics_is_undone_alone() {
    let (_folder, store) = in_file().await;
    let broken: Work<()> = Box::new(|c: &mut dyn Connection| {
        Box::pin(async move {
            let sql = "insert into settings (name, value) values ('half', 'done')";
            c.run(SqlStr::from_static(sql), &[]).await?;
            panic!("a defect")
        })
    });
    let fine = turn("t1", 1, Outcome::Answered, None);
    let (broken, fine) = join(store.engine().write(broken), store.record_turn(&fine)).await;
    assert!(
        matches!(broken, Err(StoreError::Unavailable(_))),
        "{broken:?}"
    );
    fine.expect("written");
    assert_eq!(store.setting("half").await.expect("read"), None);
    store.close().await;
}

#[tokio::test]
async fn a_caller_that_leaves_does_not_take_the_change_along() {
    let (_folder, store) = in_file().await;
    let first = turn("t1", 1, Outcome::Answered, None);
    let mut write = Box::pin(store.record_turn(&first));
    // One look is enough to hand it in.
    assert!(futures_util::poll!(&mut write).is_pending());
    drop(write);
    store
        .record_turn(&turn("t2", 2, Outcome::Answered, None))
        .await
        .expect("written");
    assert!(store.turn(&"t1".into()).await.expect("read").is_some());
    store.close().await;
}

#[tokio::test]
async fn a_second_process_may_write_too() {
    let (folder, server) = in_file().await;
    let tool = SqliteStore::open(&folder.path().join("linli.db"))
        .await
        .expect("opens beside");
    let turns: Vec<_> = (0..60)
        .map(|n| turn(&format!("t{n}"), n, Outcome::Answered, None))
        .collect();
    let (left, right) = turns.split_at(30);
    let (left, right) = join(
        join_all(left.iter().map(|t| server.record_turn(t))),
        join_all(right.iter().map(|t| tool.record_turn(t))),
    )
    .await;
    assert!(
        left.iter().chain(&right).all(Result::is_ok),
        "{left:?} {right:?}"
    );
    let stored = server.session_turns(&"s1".into()).await.expect("read");
    assert_eq!(stored.len(), 60);
    tool.close().await;
    server.close().await;
}

#[tokio::test]
async fn a_full_queue_refuses_at_once() {
    let (_folder, store) = in_file().await;
    let turns: Vec<_> = (0..4200)
        .map(|n| turn(&format!("t{n}"), n, Outcome::Answered, None))
        .collect();
    let results = together(&store, turns.iter().map(|t| store.record_turn(t))).await;
    let written = results.iter().filter(|r| r.is_ok()).count();
    let refused = results
        .iter()
        .filter(|r| matches!(r, Err(StoreError::Unavailable(w)) if w == "too many writes wait"))
        .count();
    assert_eq!(written + refused, 4200);
    assert!(refused > 0);
    let stored = store.session_turns(&"s1".into()).await.expect("read");
    assert_eq!(
        stored.len(),
        written,
        "what was accepted was written, and nothing else"
    );
    store.close().await;
}

#[tokio::test]
async fn memory_is_one_database_for_readers_and_the_writer() {
    let store = SqliteStore::in_memory().await.expect("opens");
    let turns: Vec<_> = (0..50)
        .map(|n| turn(&format!("t{n}"), n, Outcome::Answered, None))
        .collect();
    let session = "s1".into();
    let written = join_all(turns.iter().map(|t| store.record_turn(t)));
    let read = join_all((0..50).map(|_| store.session_turns(&session)));
    let (written, read) = join(written, read).await;
    assert!(written.iter().all(Result::is_ok));
    assert!(read.iter().all(Result::is_ok));
    assert_eq!(store.session_turns(&session).await.expect("read").len(), 50);
}

/// Figures for the notes; run with `--ignored --nocapture`.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "measures"]
async fn measure() {
    let (_folder, store) = in_file().await;
    let store = Arc::new(store);
    for callers in [1, 8, 32] {
        let begun = Instant::now();
        let each = (0..callers).map(|caller| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut took = Vec::new();
                for n in 0..if callers == 1 { 300 } else { 150 } {
                    let id = format!("{callers}-{caller}-{n}");
                    let begun = Instant::now();
                    store
                        .record_turn(&long_turn(&id, 3_000))
                        .await
                        .expect("written");
                    took.push(begun.elapsed());
                }
                took
            })
        });
        let mut took: Vec<Duration> = join_all(each)
            .await
            .into_iter()
            .flat_map(|t| t.expect("no panic"))
            .collect();
        let all = begun.elapsed();
        took.sort();
        let at = |percent: usize| took[(took.len() - 1) * percent / 100];
        let rate = took.len() as f64 / all.as_secs_f64();
        println!(
            "{callers} callers: {rate:.0} turns/s, p50 {:?}, p99 {:?}",
            at(50),
            at(99)
        );
    }
    for based_on in 0..2 {
        let all = knowledge((0..1000 + based_on).map(|n| entry(&format!("e{n}"), "居住证怎么办")));
        let begun = Instant::now();
        store
            .publish_edition(&publication(all, based_on))
            .await
            .expect("written");
        println!("edition of 1000 entries published in {:?}", begun.elapsed());
    }
    for _ in 0..3 {
        let begun = Instant::now();
        store.edition(1).await.expect("read").expect("there");
        println!("edition of 1000 entries read in {:?}", begun.elapsed());
    }
    store.close().await;
}
