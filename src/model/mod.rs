//! The vocabulary: one noun a file, no IO, no async.
//!
//! Types derive serde only where a store keeps them as one JSON body; what
//! crosses the wire is in `protocol`.

mod account;
mod candidate;
mod clock;
mod decision;
mod edition;
mod entry;
mod escalation;
mod event;
mod gap;
mod goal;
mod hits;
mod ids;
mod lexicon;
mod names;
mod place;
mod query;
mod turn;

pub use account::{Kiosk, Role, SignIn, User};
pub use candidate::{Candidate, CandidateState, Proposal};
pub use clock::{Clock, FixedClock, SystemClock, Timestamp};
pub use decision::{Choice, Command, Danger, Decision, Fixed, NoAnswerReason};
pub use edition::{Conjunction, Edition, EditionSummary, Emergency, Knowledge, SmallTalk};
#[cfg(test)]
pub(crate) use entry::tests::entry as entry_for_tests;
pub use entry::{Entry, Facet, Phrasing, PhrasingOrigin, Source};
pub use escalation::{
    Escalation, EscalationState, InvalidTransition, Line, Resolution, Speaker, WAITING_STATES,
};
pub use event::Event;
pub use gap::Gap;
pub use goal::TurnFact;
pub use hits::{Features, Hit, Hits};
pub use ids::{
    CandidateId, EntryId, EscalationId, GapId, KioskId, PlaceId, SessionId, TurnId, UserId,
};
pub use lexicon::{Alias, Lexicon};
pub use names::Names;
pub use place::{Place, PlaceKind, PlaceTree, Variable};
pub use query::{Channel, Query};
pub use turn::{Contest, Outcome, Timings, Turn};
