//! What to do with a question.

use super::EntryId;

/// One of the questions offered in 您是不是想问.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The entry behind it.
    pub entry: EntryId,
    /// Its standard question.
    pub question: String,
}

/// What a resident wants of the machine itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// 再说一遍
    Repeat,
    /// 大声一点
    Louder,
    /// 说慢一点
    Slower,
    /// 字大一点
    Larger,
    /// 返回
    Back,
}

/// A fixed reply: small talk or an emergency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// Which one.
    pub id: String,
    /// For the screen.
    pub text: String,
    /// To be spoken.
    pub spoken: String,
    /// The number to call, for emergencies.
    pub phone: Option<String>,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnswerReason {
    /// Nothing in the knowledge base is near.
    Unknown,
    /// Something is near, but not surely right.
    Unsure,
    /// Nothing to search for was left of the question.
    Unclear,
    /// None of the choices was right.
    NoneOfThese,
}

impl NoAnswerReason {
    /// The name on the wire and in the store.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Unsure => "unsure",
            Self::Unclear => "unclear",
            Self::NoneOfThese => "none_of_these",
        }
    }
}

/// A danger that words mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Danger {
    /// The number to call, and what to do.
    pub card: Fixed,
    /// How probable it is that somebody is in danger, 0 to 1; 1 where a rule says so.
    pub probability: f32,
}

/// What to do with an utterance.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// Give this entry's answer.
    Answer {
        /// The entry.
        entry: EntryId,
        /// How sure, 0 to 1.
        confidence: f32,
    },
    /// Ask which of these was meant; one to three.
    Choices(Vec<Choice>),
    /// Say that there is no answer; up to three that come near.
    NoAnswer {
        /// Why.
        reason: NoAnswerReason,
        /// What comes near.
        nearest: Vec<Choice>,
    },
    /// Reply to talk.
    SmallTalk(Fixed),
    /// Do what the resident wants of the machine.
    Command(Command),
    /// Show the number to call.
    Emergency(Danger),
    /// The resident asked for a person.
    Human,
    /// One of the choices on the screen was named (0-based), or none of them.
    Pick(Option<usize>),
    /// A pick-up code was entered.
    PickUp(String),
}

impl Decision {
    /// The name in the store and on the command line.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Answer { .. } => "answer",
            Self::Choices(_) => "choices",
            Self::NoAnswer { .. } => "no_answer",
            Self::SmallTalk(_) => "small_talk",
            Self::Command(_) | Self::PickUp(_) | Self::Pick(_) => "command",
            Self::Emergency(_) => "emergency",
            Self::Human => "human",
        }
    }
}
