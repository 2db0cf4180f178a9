//! Proposed knowledge.

use super::StoreResult;
use crate::model::{Candidate, CandidateId};
use async_trait::async_trait;

/// What may be asked about candidates.
#[async_trait]
pub trait CandidateReader {
    /// One candidate.
    async fn candidate(&self, id: &CandidateId) -> StoreResult<Option<Candidate>>;
    /// Those in the state of that name (all when none is given), newest
    /// first, at most `limit`.
    async fn candidates(&self, state: Option<&str>, limit: i64) -> StoreResult<Vec<Candidate>>;
}

/// What may be done with candidates.
#[async_trait]
pub trait CandidateStore {
    /// Writes a new candidate.
    async fn add_candidate(&self, candidate: &Candidate) -> StoreResult<()>;
    /// Writes `changed` when the stored version is still `changed.version -
    /// 1`; a conflict otherwise.
    async fn save_candidate(&self, changed: &Candidate) -> StoreResult<()>;
}
