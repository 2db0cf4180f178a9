//! A phrasing and an entry as the features see them.

use super::kind::Kinds;
use super::marks::Marks;
use super::salience::Tally;
use crate::model::Entry;
use std::sync::Arc;

/// A phrasing, cut into terms.
pub(super) struct Document {
    /// Its entry's number.
    pub(super) entry: u32,
    /// As written.
    pub(super) text: String,
    /// Its core.
    pub(super) core: Vec<char>,
    /// Numbers of its grams, sorted, each once.
    pub(super) grams: Vec<u32>,
    /// Numbers of its words, sorted, each once.
    pub(super) words: Vec<u32>,
    /// Weight of all grams.
    pub(super) gram_weight: f32,
    /// Weight of all words.
    pub(super) word_weight: f32,
    pub(super) kinds: Kinds,
    pub(super) marks: Marks,
}

/// An entry with the terms of all its phrasings.
pub(super) struct Known {
    pub(super) entry: Arc<Entry>,
    /// Phrasings by grams and by words.
    pub(super) grams: Tally,
    pub(super) words: Tally,
    /// Words of the answer, sorted, each once.
    pub(super) answer: Vec<u32>,
    pub(super) marks: Marks,
    /// Names of the topic in normal form.
    pub(super) names: Vec<String>,
}

/// Whether a sorted list has a number.
pub(super) fn has(sorted: &[u32], number: u32) -> bool {
    sorted.binary_search(&number).is_ok()
}

/// Characters and pairs of characters.
pub(super) fn grams(core: &str) -> Vec<String> {
    let chars: Vec<char> = core.chars().filter(|c| !c.is_whitespace()).collect();
    let mut grams: Vec<String> = chars.iter().map(char::to_string).collect();
    grams.extend(chars.windows(2).map(|pair| pair.iter().collect()));
    grams
}

/// Sound classes and pairs of them.
pub(super) fn sounds(syllables: &[String]) -> Vec<String> {
    let classes: Vec<String> = syllables
        .iter()
        .map(|s| crate::text::sound_class(s))
        .collect();
    let mut sounds = classes.clone();
    sounds.extend(classes.windows(2).map(|pair| pair.join("_")));
    sounds
}
