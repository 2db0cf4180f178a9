//! The fixed phrases of an edition, in normal form.

use super::command::PHRASES;
use super::emergency::Pattern;
use super::talk::Talks;
use crate::model::{Command, Knowledge, Query};
use crate::text::{Analyser, normalise};
use std::collections::HashMap;

/// Everything that is recognised by its words alone.
pub struct Phrasebook {
    pub(super) emergencies: Vec<Pattern>,
    pub(super) talks: Talks,
    pub(super) commands: HashMap<String, Command>,
}

impl Phrasebook {
    /// Prepares the phrases of an edition.
    pub fn new(knowledge: &Knowledge, analyser: &Analyser) -> Self {
        Self {
            emergencies: knowledge.emergencies.iter().map(Pattern::new).collect(),
            talks: Talks::new(&knowledge.small_talk, analyser),
            commands: PHRASES
                .iter()
                .flat_map(|(command, phrases)| phrases.iter().map(|p| (normalise(p), *command)))
                .collect(),
        }
    }

    /// The command that is the whole utterance, polite or not.
    pub(super) fn command(&self, query: &Query) -> Option<Command> {
        [&query.normal, &query.core].into_iter().find_map(|words| {
            let plain = POLITE
                .iter()
                .find_map(|p| words.strip_prefix(p))
                .unwrap_or(words);
            let plain = plain.trim_end_matches(['吧', '啊', '呀', '吗', '呢', '了']);
            self.commands
                .get(words.as_str())
                .or_else(|| self.commands.get(plain))
                .copied()
        })
    }
}

/// What may stand before a command.
const POLITE: &[&str] = &[
    "请你",
    "请您",
    "请",
    "麻烦你",
    "麻烦您",
    "麻烦",
    "你",
    "您",
    "我",
];
