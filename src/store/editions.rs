//! Editions: published states of the knowledge base.
//!
//! Entries, and everything else of an edition as one frame, are kept by
//! content hash, so that an edition costs what it changed.

use super::StoreResult;
use crate::model::{Candidate, Edition, EditionSummary, Knowledge, Timestamp, UserId};
use async_trait::async_trait;

/// What becomes an edition.
#[derive(Clone, Debug)]
pub struct Publication {
    /// Everything the edition holds.
    pub knowledge: Knowledge,
    /// When.
    pub at: Timestamp,
    /// Who; nobody when it came from files.
    pub by: Option<UserId>,
    /// What changed, in a sentence.
    pub note: String,
    /// The edition that this one was made from: publication is refused as a
    /// conflict when another came between.
    pub based_on: i64,
    /// Approved candidates that are in it; they become published in the same
    /// transaction.
    pub candidates: Vec<Candidate>,
}

/// What may be asked about editions.
#[async_trait]
pub trait EditionReader {
    /// The number of the newest edition, 0 when there is none.
    async fn current_edition(&self) -> StoreResult<i64>;
    /// A whole edition.
    async fn edition(&self, number: i64) -> StoreResult<Option<Edition>>;
    /// Editions without content, newest first.
    async fn editions(&self, limit: i64) -> StoreResult<Vec<EditionSummary>>;
    /// A named value: what the program remembers between runs, such as the
    /// hash of the files an entry was last imported from.
    async fn setting(&self, name: &str) -> StoreResult<Option<String>>;
}

/// What may be done with editions.
#[async_trait]
pub trait EditionStore {
    /// Publishes an edition and returns its number (`based_on` + 1). All or
    /// nothing. A conflict when another edition came between, a candidate is
    /// not approved or was changed, or an entry's id occurs twice.
    async fn publish_edition(&self, publication: &Publication) -> StoreResult<i64>;
    /// Sets a named value.
    async fn set_setting(&self, name: &str, value: &str) -> StoreResult<()>;
}
