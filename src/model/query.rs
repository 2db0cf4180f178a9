//! An utterance after normalisation.

use serde::{Deserialize, Serialize};

/// How the question came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// By keyboard or touch.
    Typed,
    /// By voice.
    Spoken,
}

impl Channel {
    /// The name in the store and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Typed => "typed",
            Self::Spoken => "spoken",
        }
    }

    /// The channel of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Typed, Self::Spoken]
            .into_iter()
            .find(|c| c.as_str() == name)
    }
}

/// What retrieval and dialogue work with.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// The utterance as it may be stored and shown: numbers that identify
    /// people are masked.
    pub masked: String,
    /// Width, script and numerals made uniform; no punctuation.
    pub normal: String,
    /// `normal` without greetings and fillers; never empty when `normal` is
    /// not.
    pub core: String,
    /// Words of `core`, overlapping as for searching, in order.
    pub words: Vec<String>,
    /// One toneless syllable for each Chinese character of `core`, and every
    /// run of Latin letters or digits as one.
    pub syllables: Vec<String>,
    /// Typed or spoken.
    pub channel: Channel,
    /// How probable it is that each character of `normal` was said, 0 to 1; empty
    /// where it was typed, and where the recogniser does not tell.
    pub certain: Vec<f32>,
}

impl Query {
    /// Whether nothing is left to search for.
    pub fn is_empty(&self) -> bool {
        self.core.is_empty()
    }
}
