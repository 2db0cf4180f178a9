//! Proposed knowledge.

use crate::model::{Candidate, CandidateState, Proposal, Timestamp};
use crate::store::suite::editions::entry;
use crate::store::{Store, StoreError};
use std::sync::Arc;

/// A candidate in review.
pub(in crate::store) fn candidate(id: &str, at: i64) -> Candidate {
    Candidate {
        id: id.into(),
        proposal: Proposal::Phrasing {
            entry: "e1".into(),
            text: "暂住证咋办".to_owned(),
        },
        escalation: Some("x1".into()),
        gap: None,
        created_at: Timestamp(at),
        state: CandidateState::InReview,
        version: 1,
    }
}

async fn read(store: &Arc<dyn Store>, id: &str) -> Option<Candidate> {
    store.candidate(&id.into()).await.expect("read")
}

pub(super) async fn comes_back_in_every_state(store: Arc<dyn Store>) {
    assert_eq!(read(&store, "c1").await, None);
    let mut first = candidate("c1", 1);
    first.gap = Some("g1".into());
    first.escalation = None;
    store.add_candidate(&first).await.expect("written");
    assert_eq!(read(&store, "c1").await, Some(first.clone()));
    let entry = Box::new(entry("e9", "新问"));
    let edited = first.edit(Proposal::Entry { entry }).expect("in review");
    store.save_candidate(&edited).await.expect("written");
    assert_eq!(read(&store, "c1").await, Some(edited.clone()));
    let approved = edited
        .approve("u1".into(), Timestamp(2))
        .expect("in review");
    store.save_candidate(&approved).await.expect("written");
    assert_eq!(read(&store, "c1").await, Some(approved.clone()));
    let published = approved.clone().publish(Timestamp(3), 7).expect("approved");
    store.save_candidate(&published).await.expect("written");
    assert_eq!(read(&store, "c1").await, Some(published));

    let mut second = candidate("c2", 1);
    second.proposal = Proposal::Retire { entry: "e1".into() };
    store.add_candidate(&second).await.expect("written");
    let rejected = second
        .reject("u1".into(), Timestamp(2), "不对".to_owned())
        .expect("in review");
    store.save_candidate(&rejected).await.expect("written");
    assert_eq!(read(&store, "c2").await, Some(rejected));
}

pub(super) async fn is_saved_by_version(store: Arc<dyn Store>) {
    let first = candidate("c1", 1);
    store.add_candidate(&first).await.expect("written");
    let again = store.add_candidate(&first).await;
    assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
    let approved = first
        .clone()
        .approve("u1".into(), Timestamp(2))
        .expect("in review");
    let rejected = first
        .reject("u2".into(), Timestamp(2), String::new())
        .expect("in review");
    store.save_candidate(&approved).await.expect("written");
    let late = store.save_candidate(&rejected).await;
    assert!(matches!(late, Err(StoreError::Conflict(_))), "{late:?}");
    assert_eq!(read(&store, "c1").await, Some(approved));
    let nowhere = candidate("c9", 1)
        .approve("u1".into(), Timestamp(2))
        .expect("in review");
    assert!(store.save_candidate(&nowhere).await.is_err());
}

pub(super) async fn lists_the_newest_first(store: Arc<dyn Store>) {
    for (id, at) in [("c1", 30), ("c2", 10), ("c3", 20)] {
        store
            .add_candidate(&candidate(id, at))
            .await
            .expect("written");
    }
    let approved = candidate("c3", 20)
        .approve("u1".into(), Timestamp(40))
        .expect("in review");
    store.save_candidate(&approved).await.expect("written");
    let list = async |state, limit| {
        let found = store.candidates(state, limit).await.expect("read");
        found.into_iter().map(|c| c.id.0).collect::<Vec<_>>()
    };
    assert_eq!(list(None, 10).await, ["c1", "c3", "c2"]);
    assert_eq!(list(None, 2).await, ["c1", "c3"]);
    assert_eq!(list(Some("in_review"), 10).await, ["c1", "c2"]);
    assert_eq!(list(Some("approved"), 10).await, ["c3"]);
    assert_eq!(list(Some("published"), 10).await.len(), 0);
}
