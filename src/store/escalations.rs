//! Escalations and what is said in them.

use super::StoreResult;
use crate::model::{Escalation, EscalationId, Line, PlaceId, SessionId, Speaker, Timestamp};
use async_trait::async_trait;

/// Which escalations.
#[derive(Clone, Debug, Default)]
pub struct EscalationFilter {
    /// Only those that still wait (waiting or claimed).
    pub open: bool,
    /// Only at these places, when given.
    pub places: Option<Vec<PlaceId>>,
    /// At most so many, newest first when closed ones are included, longest
    /// due first when only open ones are. 0 means 500.
    pub limit: i64,
}

/// What may be asked about escalations.
#[async_trait]
pub trait EscalationReader {
    /// One escalation.
    async fn escalation(&self, id: &EscalationId) -> StoreResult<Option<Escalation>>;
    /// The escalation of a pick-up code.
    async fn escalation_by_code(&self, code: &str) -> StoreResult<Option<Escalation>>;
    /// Those that match.
    async fn escalations(&self, filter: &EscalationFilter) -> StoreResult<Vec<Escalation>>;
    /// The escalations of a session, oldest first.
    async fn session_escalations(&self, session: &SessionId) -> StoreResult<Vec<Escalation>>;
    /// What was said, in order.
    async fn lines(&self, id: &EscalationId) -> StoreResult<Vec<Line>>;
    /// How many wait that were opened before `at`.
    async fn waiting_before(&self, at: Timestamp) -> StoreResult<i64>;
    /// Milliseconds from opening to the answer of the latest `limit` answered
    /// escalations: what a waiting time is estimated from.
    async fn recent_answer_times(&self, limit: i64) -> StoreResult<Vec<i64>>;
}

/// What may be done with escalations.
#[async_trait]
pub trait EscalationStore {
    /// Opens an escalation. A pick-up code that is in use is a conflict: draw
    /// another. A code is in use for 90 days, and longer while somebody waits.
    async fn open_escalation(&self, escalation: &Escalation) -> StoreResult<()>;
    /// Writes `changed` when the stored version is still `changed.version -
    /// 1`; a conflict otherwise (compare-and-set). An answered state's text
    /// is also added as the worker's line, in the same transaction, and its
    /// number returned.
    async fn save_escalation(&self, changed: &Escalation) -> StoreResult<Option<Line>>;
    /// Adds a line and returns it with its number. Without such an escalation
    /// it is not found.
    async fn add_line(
        &self,
        id: &EscalationId,
        speaker: &Speaker,
        text: &str,
        at: Timestamp,
    ) -> StoreResult<Line>;
}
