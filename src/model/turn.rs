//! One utterance and its one outcome.

use super::{Channel, EntryId, GapId, KioskId, PlaceId, SessionId, Timestamp, TurnId};

/// How a turn ended. Exactly one for every turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Answered at once.
    Answered,
    /// The resident picked one of the choices.
    Chosen,
    /// Handed to people.
    Escalated,
    /// Choices or no answer, and the resident left it there.
    Abandoned,
    /// Talk.
    SmallTalk,
    /// Repeat, louder, back, a pick-up code.
    Command,
    /// The number to call was shown.
    Emergency,
    /// Audio without words.
    NothingHeard,
    /// The recogniser was full.
    Busy,
    /// Something broke.
    Failed,
}

impl Outcome {
    /// All outcomes.
    pub const ALL: [Self; 10] = [
        Self::Answered,
        Self::Chosen,
        Self::Escalated,
        Self::Abandoned,
        Self::SmallTalk,
        Self::Command,
        Self::Emergency,
        Self::NothingHeard,
        Self::Busy,
        Self::Failed,
    ];

    /// The name in the store and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Chosen => "chosen",
            Self::Escalated => "escalated",
            Self::Abandoned => "abandoned",
            Self::SmallTalk => "small_talk",
            Self::Command => "command",
            Self::Emergency => "emergency",
            Self::NothingHeard => "nothing_heard",
            Self::Busy => "busy",
            Self::Failed => "failed",
        }
    }

    /// The outcome of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.as_str() == name)
    }

    /// Whether the turn was a question, so that it counts in the 98%.
    pub const fn is_question(self) -> bool {
        matches!(
            self,
            Self::Answered
                | Self::Chosen
                | Self::Escalated
                | Self::Abandoned
                | Self::Failed
                | Self::Busy
        )
    }

    /// Whether a later act of the resident may turn this outcome into `next`:
    /// only what was left open changes, and never back.
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Abandoned, Self::Chosen | Self::Escalated)
        )
    }
}

/// Why an answer does not count as right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Contest {
    /// 没有帮助
    ThumbsDown,
    /// Asked again in other words within two minutes and got another entry.
    Rephrased,
    /// Asked for a person right after it.
    Human,
}

impl Contest {
    /// The name in the store and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ThumbsDown => "thumbs_down",
            Self::Rephrased => "rephrased",
            Self::Human => "human",
        }
    }

    /// The contest of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::ThumbsDown, Self::Rephrased, Self::Human]
            .into_iter()
            .find(|c| c.as_str() == name)
    }
}

/// How long each stage took, in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timings {
    /// Normalisation.
    pub text_us: i64,
    /// Search and ranking.
    pub retrieval_us: i64,
    /// Decision.
    pub dialogue_us: i64,
    /// Writing the turn down.
    pub store_us: i64,
    /// From submit to the answer leaving.
    pub total_us: i64,
}

/// One utterance and its one outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// Unique everywhere.
    pub id: TurnId,
    /// The session it belongs to.
    pub session: SessionId,
    /// The terminal's own name for it, unique in the session.
    pub name: String,
    /// Where it was asked.
    pub kiosk: KioskId,
    /// The kiosk's place.
    pub place: PlaceId,
    /// When it was submitted.
    pub at: Timestamp,
    /// Typed or spoken.
    pub channel: Channel,
    /// The masked question.
    pub text: String,
    /// The question without fillers: what gaps are made of.
    pub core: String,
    /// The edition that answered.
    pub edition: i64,
    /// The decision's name.
    pub decision: String,
    /// How it ended.
    pub outcome: Outcome,
    /// The entry that was shown or chosen.
    pub entry: Option<EntryId>,
    /// The cluster it was put into when it was not answered.
    pub gap: Option<GapId>,
    /// How sure the decision was, 0 to 1.
    pub confidence: f32,
    /// Why the answer does not count.
    pub contest: Option<Contest>,
    /// 有帮助
    pub thumbs_up: bool,
    /// Hits and features as JSON: the explain record.
    pub explain: String,
    /// Stage timings.
    pub timings: Timings,
}
