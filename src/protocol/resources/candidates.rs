//! Proposed knowledge, and what is missing.

use super::entries::EntryBody;
use super::escalations::Suggestion;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Kinds of proposals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProposalKind {
    /// A new entry, or a new text of one.
    Entry,
    /// Another way to ask.
    Phrasing,
    /// Take an entry out.
    Retire,
}

/// States of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CandidateStateName {
    /// Waits for an admin.
    InReview,
    /// Will be in the next edition.
    Approved,
    /// Will not be.
    Rejected,
    /// Is in an edition.
    Published,
}

/// A proposed change.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct CandidateView {
    /// Unique.
    pub id: String,
    /// Of what kind.
    pub kind: ProposalKind,
    /// The entry as it would be, for `entry`.
    pub entry: Option<EntryBody>,
    /// The entry it is about, for `phrasing` and `retire`.
    pub target: Option<String>,
    /// The target's standard question.
    pub target_question: Option<String>,
    /// The new phrasing.
    pub phrasing: Option<String>,
    /// The escalation it was born from.
    pub escalation: Option<String>,
    /// When it was born.
    pub created_at: i64,
    /// Where it stands.
    pub state: CandidateStateName,
    /// The edition it is in.
    pub edition: Option<i64>,
    /// Why it was rejected.
    pub reason: Option<String>,
    /// Entries of the edition that answer (nearly) the same question.
    pub similar: Vec<Suggestion>,
    /// Counts up with every change.
    pub version: i64,
}

/// Which candidates.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CandidateParams {
    /// Only in this state.
    pub state: Option<CandidateStateName>,
}

/// A change of a candidate, or a new one.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct CandidateRequest {
    /// Of what kind.
    pub kind: ProposalKind,
    /// For `entry`.
    #[serde(default)]
    pub entry: Option<EntryBody>,
    /// For `phrasing` and `retire`.
    #[serde(default)]
    pub target: Option<String>,
    /// For `phrasing`.
    #[serde(default)]
    pub phrasing: Option<String>,
    /// As seen; 0 for a new one.
    #[serde(default)]
    pub version: i64,
}

/// Declines a candidate.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct RejectRequest {
    /// Why.
    pub reason: String,
    /// As seen.
    pub version: i64,
}

/// A question that has no answer yet.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct GapView {
    /// Unique.
    pub id: String,
    /// The first question, masked.
    pub label: String,
    /// How often.
    pub count: i64,
    /// When first.
    pub first_at: i64,
    /// When last.
    pub last_at: i64,
    /// The entry that closed it.
    pub closed_by: Option<String>,
}
