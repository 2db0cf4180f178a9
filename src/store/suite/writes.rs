//! Many writes at once, and the end.

use super::turns::turn;
use crate::model::Outcome;
use crate::store::{Store, StoreError};
use futures_util::future::join_all;
use std::sync::Arc;

pub(super) async fn a_bad_one_spoils_no_other(store: Arc<dyn Store>) {
    store
        .record_turn(&turn("old", 0, Outcome::Answered, None))
        .await
        .expect("written");
    // Every tenth is a second write of the same turn.
    let writes = (0..200_i64).map(|n| {
        let store = store.clone();
        let id = if n % 10 == 5 {
            "old".to_owned()
        } else {
            format!("t{n:03}")
        };
        tokio::spawn(async move {
            (
                n,
                store
                    .record_turn(&turn(&id, n, Outcome::Answered, None))
                    .await,
            )
        })
    });
    for result in join_all(writes).await {
        let (n, result) = result.expect("no panic");
        if n % 10 == 5 {
            assert!(
                matches!(result, Err(StoreError::Conflict(_))),
                "{n}: {result:?}"
            );
        } else {
            assert!(result.is_ok(), "{n}: {result:?}");
        }
    }
    assert_eq!(
        store.session_turns(&"s1".into()).await.expect("read").len(),
        181
    );
}

pub(super) async fn a_closed_store_refuses(store: Arc<dyn Store>) {
    store.ping().await.expect("alive");
    assert!(store.describe().contains("SQL"), "{}", store.describe());
    let accepted = (0..20).map(|n| {
        let store = store.clone();
        tokio::spawn(async move {
            store
                .record_turn(&turn(&format!("t{n}"), n, Outcome::Answered, None))
                .await
        })
    });
    for result in join_all(accepted).await {
        result.expect("no panic").expect("written");
    }
    store.close().await;
    store.close().await;
    let late = store
        .record_turn(&turn("late", 1, Outcome::Answered, None))
        .await;
    assert!(matches!(late, Err(StoreError::Unavailable(_))), "{late:?}");
    let late = store.ping().await;
    assert!(matches!(late, Err(StoreError::Unavailable(_))), "{late:?}");
}
