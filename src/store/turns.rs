//! Turns: one utterance and its one outcome.

use super::StoreResult;
use crate::model::{
    Contest, EntryId, GapId, KioskId, Outcome, PlaceId, SessionId, Timestamp, Turn, TurnFact,
    TurnId,
};
use async_trait::async_trait;

/// Which turns.
#[derive(Clone, Debug, Default)]
pub struct TurnFilter {
    /// Not before.
    pub from: Timestamp,
    /// Before; 0 means without an end.
    pub until: Timestamp,
    /// Only at these places, when given.
    pub places: Option<Vec<PlaceId>>,
    /// Only at this terminal.
    pub kiosk: Option<KioskId>,
}

/// What may be asked about turns.
#[async_trait]
pub trait TurnReader {
    /// One turn.
    async fn turn(&self, id: &TurnId) -> StoreResult<Option<Turn>>;
    /// Facts of the question turns that match, oldest first.
    async fn turn_facts(&self, filter: &TurnFilter) -> StoreResult<Vec<TurnFact>>;
    /// The newest turns since `from`, at most `limit`, that ended in an answer or
    /// in choices; newest first.
    async fn decided_turns(&self, from: Timestamp, limit: i64) -> StoreResult<Vec<Turn>>;
    /// The entries answered or chosen most often since `from`, most often
    /// first.
    async fn popular_entries(&self, from: Timestamp, limit: i64) -> StoreResult<Vec<EntryId>>;
}

/// What may be done with turns. A change to a turn that does not exist is
/// [`NotFound`](super::StoreError::NotFound).
#[async_trait]
pub trait TurnStore {
    /// Writes a turn. A second write of the same id is a conflict.
    async fn record_turn(&self, turn: &Turn) -> StoreResult<()>;
    /// Moves an open outcome on (see [`Outcome::may_become`]); `entry` is set
    /// when given. `false` when the turn's outcome was not open any more.
    async fn advance_outcome(
        &self,
        turn: &TurnId,
        to: Outcome,
        entry: Option<&EntryId>,
    ) -> StoreResult<bool>;
    /// Marks an answer as contested; the first reason stays.
    async fn contest_turn(&self, turn: &TurnId, why: Contest) -> StoreResult<()>;
    /// Corrects how long the answer took, in microseconds: it left later than
    /// was known when the turn was written.
    async fn amend_total(&self, turn: &TurnId, total_us: i64) -> StoreResult<()>;
    /// Notes a thumbs-up.
    async fn praise_turn(&self, turn: &TurnId) -> StoreResult<()>;
    /// Puts a turn into a gap.
    async fn assign_gap(&self, turn: &TurnId, gap: &GapId) -> StoreResult<()>;
    /// The session's turns, oldest first: for resuming.
    async fn session_turns(&self, session: &SessionId) -> StoreResult<Vec<Turn>>;
}
