//! A published state of the whole knowledge base.

use super::{Entry, EntryId, Lexicon, PlaceTree, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Words that mean a danger together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conjunction {
    /// Groups of words; one of each group must occur.
    pub all: Vec<Vec<String>>,
    /// Words that show an ordinary question, for this conjunction alone.
    #[serde(default)]
    pub unless: Vec<String>,
}

/// A fixed answer to a danger, with the number to call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Emergency {
    /// Unique: `fire`.
    pub id: String,
    /// The number to call.
    pub phone: String,
    /// For the screen.
    pub text: String,
    /// To be spoken.
    pub spoken: String,
    /// Phrases any of which means this emergency.
    #[serde(default)]
    pub any: Vec<String>,
    /// Groups of words; one of each group must occur.
    #[serde(default)]
    pub all: Vec<Vec<String>>,
    /// Words that show an ordinary question.
    #[serde(default)]
    pub unless: Vec<String>,
    /// What people in this danger say; others like it are recognised, too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub like: Vec<String>,
    /// More groups of words: one conjunction that holds is enough.
    #[serde(default)]
    pub when: Vec<Conjunction>,
}

/// A greeting, thanks or other talk, and the reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmallTalk {
    /// Unique: `thanks`.
    pub id: String,
    /// Ways to say it.
    pub phrasings: Vec<String>,
    /// For the screen.
    pub text: String,
    /// To be spoken.
    pub spoken: String,
}

/// Everything an edition holds. What does not change between editions is
/// shared by content in the store.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Knowledge {
    /// The curated answers.
    pub entries: Vec<Arc<Entry>>,
    /// Fixed answers to dangers.
    pub emergencies: Vec<Emergency>,
    /// What sounds like a danger, and is none.
    #[serde(default)]
    pub calm: Vec<String>,
    /// Small talk.
    pub small_talk: Vec<SmallTalk>,
    /// Words and aliases.
    pub lexicon: Lexicon,
    /// Places and their values.
    pub places: PlaceTree,
    /// Entries for the idle screen until residents have asked enough.
    #[serde(default)]
    pub popular: Vec<EntryId>,
}

impl Knowledge {
    /// Examples of each kind, in danger and calm, from which dangers can be learned:
    /// fewer would only be remembered.
    pub const FEWEST_EXAMPLES: usize = 50;

    /// Whether there are examples enough to recognise dangers that no rule names.
    pub fn teaches_dangers(&self) -> bool {
        let like: usize = self.emergencies.iter().map(|e| e.like.len()).sum();
        like.min(self.calm.len()) >= Self::FEWEST_EXAMPLES
    }
}

/// An immutable, published state of the knowledge base.
#[derive(Clone, Debug)]
pub struct Edition {
    /// Counts up from 1; 0 is the empty knowledge base before the first.
    pub number: i64,
    /// When it was published.
    pub published_at: Timestamp,
    /// What it holds.
    pub knowledge: Knowledge,
}

/// An edition without its content, for lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditionSummary {
    /// Its number.
    pub number: i64,
    /// When it was published.
    pub published_at: Timestamp,
    /// Who published it; nobody when it came from files.
    pub published_by: Option<UserId>,
    /// What changed, in a sentence.
    pub note: String,
    /// How many entries it holds.
    pub entries: i64,
}
