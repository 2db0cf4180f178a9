//! What the 98% is counted from.

use super::{
    Channel, Contest, EntryId, GapId, KioskId, Outcome, PlaceId, SessionId, Timestamp, TurnId,
};

/// The part of a turn that the goal looks at.
#[derive(Clone, Debug, PartialEq)]
pub struct TurnFact {
    /// The turn.
    pub id: TurnId,
    /// Its session: topics are ranked by sessions.
    pub session: SessionId,
    /// When.
    pub at: Timestamp,
    /// Where.
    pub place: PlaceId,
    /// At which terminal.
    pub kiosk: KioskId,
    /// Typed or spoken.
    pub channel: Channel,
    /// How it ended.
    pub outcome: Outcome,
    /// The entry, where one was shown.
    pub entry: Option<EntryId>,
    /// The gap, where none was.
    pub gap: Option<GapId>,
    /// Why the answer does not count.
    pub contest: Option<Contest>,
    /// Milliseconds from submit to the answer leaving.
    pub took_ms: i64,
    /// The masked question, for the list.
    pub text: String,
}
