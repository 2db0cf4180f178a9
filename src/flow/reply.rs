//! What a turn gives back.

use super::EscalationNews;
use crate::model::{Choice, Command, EntryId, Fixed, NoAnswerReason, Source, TurnId};

/// An entry as a resident sees it: texts rendered for the place.
#[derive(Clone, Debug)]
pub struct Card {
    /// The entry.
    pub entry: EntryId,
    /// Its standard question.
    pub question: String,
    /// For the screen.
    pub text: String,
    /// To be spoken.
    pub spoken: String,
    /// What it rests on.
    pub source: Source,
    /// First day, of the entry itself or its document.
    pub effective: Option<jiff::civil::Date>,
    /// First day no more.
    pub expires: Option<jiff::civil::Date>,
    /// How sure.
    pub confidence: f32,
    /// Questions that are near.
    pub related: Vec<Choice>,
}

/// What to show.
#[derive(Clone, Debug)]
pub enum Reply {
    /// The answer.
    Answer(Box<Card>),
    /// 您是不是想问
    Choices(Vec<Choice>),
    /// The truth, and the offer of a human.
    NoAnswer {
        /// Why.
        reason: NoAnswerReason,
        /// How many workers are there.
        workers_online: u32,
        /// What comes near.
        nearest: Vec<Choice>,
    },
    /// Small talk.
    SmallTalk(Fixed),
    /// What the machine does for a command, in words.
    Command(String),
    /// A danger and the number to call.
    Emergency(Fixed),
    /// Handed to people, or picked up.
    Escalation(Box<EscalationNews>),
}

/// A reply and the turn it belongs to.
#[derive(Clone, Debug)]
pub struct Replied {
    /// The turn.
    pub turn: TurnId,
    /// What to show.
    pub reply: Reply,
    /// What the machine is to do, where it was told to.
    pub command: Option<Command>,
    /// Microseconds from submit.
    pub took_us: i64,
}
