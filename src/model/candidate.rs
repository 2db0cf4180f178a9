//! Knowledge that is proposed and not yet published.

use super::{CandidateId, Entry, EntryId, EscalationId, GapId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// What is proposed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Proposal {
    /// A new entry, or a new text for the entry of that id.
    Entry {
        /// The whole entry as it would be published.
        entry: Box<Entry>,
    },
    /// Another way to ask for an entry that exists.
    Phrasing {
        /// The entry.
        entry: EntryId,
        /// The words.
        text: String,
    },
    /// The entry shall not be given any more.
    Retire {
        /// The entry.
        entry: EntryId,
    },
}

/// Where a candidate stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CandidateState {
    /// Waits for an admin.
    InReview,
    /// Will be in the next edition.
    Approved {
        /// By whom.
        by: UserId,
        /// When.
        at: Timestamp,
    },
    /// Will not be.
    Rejected {
        /// By whom.
        by: UserId,
        /// When.
        at: Timestamp,
        /// Why.
        reason: String,
    },
    /// Is in this edition.
    Published {
        /// By whom it was approved.
        by: UserId,
        /// When it was published.
        at: Timestamp,
        /// Where.
        edition: i64,
    },
}

impl CandidateState {
    /// The name in the store and on the wire.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::InReview => "in_review",
            Self::Approved { .. } => "approved",
            Self::Rejected { .. } => "rejected",
            Self::Published { .. } => "published",
        }
    }
}

/// A proposed change of the knowledge base.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Unique.
    pub id: CandidateId,
    /// What is proposed.
    pub proposal: Proposal,
    /// The resolution it was born from.
    pub escalation: Option<EscalationId>,
    /// The gap it would close.
    pub gap: Option<GapId>,
    /// When it was born.
    pub created_at: Timestamp,
    /// Where it stands.
    pub state: CandidateState,
    /// Counts up with every change: what compare-and-set compares.
    pub version: i64,
}

impl Candidate {
    fn refuse(&self, verb: &'static str) -> super::InvalidTransition {
        super::InvalidTransition {
            state: self.state.as_str(),
            verb,
        }
    }

    fn into_state(mut self, state: CandidateState) -> Self {
        self.state = state;
        self.version += 1;
        self
    }

    /// An admin changes what is proposed; an approved one is reviewed again.
    ///
    /// # Errors
    /// When it is published or rejected.
    pub fn edit(mut self, proposal: Proposal) -> Result<Self, super::InvalidTransition> {
        match self.state {
            CandidateState::InReview | CandidateState::Approved { .. } => {
                self.proposal = proposal;
                Ok(self.into_state(CandidateState::InReview))
            }
            _ => Err(self.refuse("edited")),
        }
    }

    /// An admin accepts it.
    ///
    /// # Errors
    /// When it is not in review.
    pub fn approve(self, by: UserId, at: Timestamp) -> Result<Self, super::InvalidTransition> {
        match self.state {
            CandidateState::InReview => Ok(self.into_state(CandidateState::Approved { by, at })),
            _ => Err(self.refuse("approved")),
        }
    }

    /// An admin declines it.
    ///
    /// # Errors
    /// When it is published or rejected already.
    pub fn reject(
        self,
        by: UserId,
        at: Timestamp,
        reason: String,
    ) -> Result<Self, super::InvalidTransition> {
        match self.state {
            CandidateState::InReview | CandidateState::Approved { .. } => {
                Ok(self.into_state(CandidateState::Rejected { by, at, reason }))
            }
            _ => Err(self.refuse("rejected")),
        }
    }

    /// It became part of an edition.
    ///
    /// # Errors
    /// When it was not approved.
    pub fn publish(self, at: Timestamp, edition: i64) -> Result<Self, super::InvalidTransition> {
        match self.state.clone() {
            CandidateState::Approved { by, .. } => {
                Ok(self.into_state(CandidateState::Published { by, at, edition }))
            }
            _ => Err(self.refuse("published")),
        }
    }
}
