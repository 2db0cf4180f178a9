//! Questions that were not answered, gathered.

use super::{EntryId, GapId, Timestamp};

/// A cluster of questions without an answer, alive across days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Unique.
    pub id: GapId,
    /// The first question's core words: what others are compared with.
    pub core: String,
    /// The first question as asked, masked.
    pub label: String,
    /// When it was first asked.
    pub first_at: Timestamp,
    /// When it was last asked.
    pub last_at: Timestamp,
    /// How often.
    pub count: i64,
    /// The entry that closed it.
    pub closed_by: Option<EntryId>,
}
