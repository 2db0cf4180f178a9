//! From a text to what a voice says.

use super::clause::{Clause, breaths, drafts};
use super::rule::Rule;
use super::syllable::Syllable;
use super::{context, glyph, lookup, markup, tone};
use std::sync::Arc;

/// Reads text aloud. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    rules: Arc<[Rule]>,
}

impl Reader {
    /// `rules` win over every other reading but those written in the text
    /// itself, a longer one over a shorter one.
    pub fn new(rules: impl IntoIterator<Item = Rule>) -> Self {
        let mut rules: Vec<Rule> = rules.into_iter().collect();
        rules.sort_by_key(|rule| std::cmp::Reverse(rule.sounds.len()));
        Self {
            rules: rules.into(),
        }
    }

    /// The clauses of a text, which may hold readings in braces. Offsets are
    /// those of the text as [`shown`](super::shown). Text of which nothing
    /// can be said has no clauses.
    pub fn read(&self, text: &str) -> Vec<Clause> {
        let (shown, notes) = markup::split(text);
        let mut clauses = Vec::new();
        let mut start = 0;
        for draft in drafts(glyph::pieces(&shown), shown.len()) {
            let mut line = lookup::read(&draft, &self.rules, &notes);
            context::settle(&mut line);
            tone::settle(&mut line);
            let (syllables, starts): (Vec<_>, Vec<_>) = draft
                .glyphs
                .iter()
                .zip(&line.sounds)
                .zip(line.starts())
                .filter_map(|((glyph, sound), starts)| {
                    sound.map(|sound| {
                        let syllable = Syllable {
                            base: sound.base.to_owned(),
                            tone: sound.tone,
                            at: glyph.at,
                            begins_word: starts,
                        };
                        (syllable, starts)
                    })
                })
                .unzip();
            if syllables.is_empty() {
                continue;
            }
            let clause = Clause {
                shown: start..draft.end,
                syllables,
                pause: draft.pause,
            };
            start = draft.end;
            clauses.extend(breaths(clause, &starts));
        }
        if let Some(last) = clauses.last_mut() {
            last.shown.end = shown.len();
        }
        clauses
    }
}
