//! The fixed phrases of an edition, in normal form.

use super::command::PHRASES;
use super::emergency::Dangers;
use super::talk::Talks;
use crate::model::{Command, Knowledge, Query};
use crate::text::{Analyser, normalise};
use std::collections::HashMap;

/// Everything that is recognised by its words alone.
pub struct Phrasebook {
    pub(super) dangers: Dangers,
    pub(super) talks: Talks,
    pub(super) commands: HashMap<String, Command>,
}

impl Phrasebook {
    /// Prepares the phrases of an edition.
    pub fn new(knowledge: &Knowledge, analyser: &Analyser) -> Self {
        Self {
            dangers: Dangers::new(knowledge),
            talks: Talks::new(&knowledge.small_talk, analyser),
            commands: PHRASES
                .iter()
                .flat_map(|(command, phrases)| phrases.iter().map(|p| (normalise(p), *command)))
                .collect(),
        }
    }

    /// The command that is the whole utterance, polite or not: of 没听清，大声点 the
    /// one that says more.
    pub(super) fn command(&self, query: &Query) -> Option<Command> {
        [&query.normal, &query.core].into_iter().find_map(|words| {
            let meant = self.commands_in(words)?;
            let more = meant.iter().find(|command| **command != Command::Repeat);
            more.or(meant.first()).copied()
        })
    }

    /// The commands of which the words are made, and of nothing else.
    fn commands_in(&self, words: &str) -> Option<Vec<Command>> {
        if words.chars().count() > LONGEST {
            return None;
        }
        let mut meant = Vec::new();
        let mut rest = words;
        while !rest.is_empty() {
            let Some((after, command)) = self.command_at(rest) else {
                // Politeness, one word after the other.
                rest = POLITE.iter().find_map(|p| rest.strip_prefix(p))?;
                continue;
            };
            meant.push(command);
            rest = after.trim_start_matches(|c: char| !c.is_alphanumeric());
            while let Some(less) = AFTER.iter().find_map(|p| rest.strip_prefix(p)) {
                rest = less.trim_start_matches(|c: char| !c.is_alphanumeric());
            }
        }
        Some(meant)
    }

    /// The longest command that the words begin with, and what comes after it.
    fn command_at<'w>(&self, words: &'w str) -> Option<(&'w str, Command)> {
        let ends = words.char_indices().map(|(at, c)| at + c.len_utf8());
        let ends: Vec<usize> = ends.collect();
        let mut longest = ends.into_iter().rev();
        longest.find_map(|end| Some((&words[end..], *self.commands.get(&words[..end])?)))
    }
}

/// Characters of an utterance that is nothing but commands.
const LONGEST: usize = 24;
/// What may stand after a command.
const AFTER: [&str; 14] = [
    "好不好",
    "行不行",
    "可不可以",
    "可以",
    "谢谢",
    "吧",
    "啊",
    "呀",
    "吗",
    "嘛",
    "呢",
    "了",
    "好",
    "行",
];

/// What may stand before a command.
const POLITE: &[&str] = &[
    "能不能",
    "可不可以",
    "可以",
    "能",
    "给我",
    "帮我",
    "再",
    "把",
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
