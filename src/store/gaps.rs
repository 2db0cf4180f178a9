//! Clusters of questions without an answer.

use super::StoreResult;
use crate::model::{EntryId, Gap, GapId, Timestamp};
use async_trait::async_trait;

/// What may be asked about gaps.
#[async_trait]
pub trait GapReader {
    /// Gaps, most often asked first; only open ones when `open`.
    async fn gaps(&self, open: bool, limit: i64) -> StoreResult<Vec<Gap>>;
}

/// What may be done with gaps.
#[async_trait]
pub trait GapStore {
    /// Writes a new gap.
    async fn add_gap(&self, gap: &Gap) -> StoreResult<()>;
    /// Counts one more question in a gap.
    async fn count_gap(&self, id: &GapId, at: Timestamp) -> StoreResult<()>;
    /// Notes the entry that closed a gap.
    async fn close_gap(&self, id: &GapId, by: &EntryId) -> StoreResult<()>;
}
