//! Something happened that others may want to know.

use super::{EscalationId, SessionId};

/// What happened. Events carry no words of residents: who needs them reads
/// the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// An escalation was opened or changed its state.
    Escalation {
        /// Which.
        id: EscalationId,
        /// Whose.
        session: SessionId,
    },
    /// Somebody said something in an escalation.
    Said {
        /// Which.
        id: EscalationId,
        /// Whose.
        session: SessionId,
    },
    /// The resident of an escalation came back or left: for desks.
    Attendance(EscalationId),
    /// A new edition answers from now on.
    EditionLive(i64),
    /// A worker came or went.
    Presence,
    /// A candidate was born or changed.
    Candidate,
}
