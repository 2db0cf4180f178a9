//! A phrasing and an entry as the features see them.

use super::kind::Kinds;
use super::marks::Marks;
use super::passage::Text;
use super::salience::Tally;
use super::terms::Terms;
use super::wording::{Types, content};
use crate::model::Entry;
use crate::text::sound_class;
use std::hash::BuildHasher;
use std::sync::Arc;

/// A phrasing, cut into terms.
pub(super) struct Document {
    /// Its entry's number.
    pub(super) entry: u32,
    /// As written.
    pub(super) text: String,
    /// Its core.
    pub(super) core: Vec<char>,
    /// Its sound classes.
    pub(super) heard: Vec<Sound>,
    /// Characters and pairs.
    pub(super) grams: Terms,
    /// Runs of three characters.
    pub(super) triples: Terms,
    /// Words.
    pub(super) words: Terms,
    /// Sound classes and pairs of them.
    pub(super) sounds: Terms,
    pub(super) kinds: Kinds,
    pub(super) types: Types,
    pub(super) marks: Marks,
    /// Its core without function words.
    pub(super) content: String,
}

impl Document {
    /// A phrasing without its terms.
    pub(super) fn new(entry: u32, text: &str, core: &str, heard: Vec<Sound>) -> Self {
        Self {
            entry,
            text: text.to_owned(),
            heard,
            grams: Terms::default(),
            triples: Terms::default(),
            words: Terms::default(),
            sounds: Terms::default(),
            kinds: Kinds::of(core),
            types: Types::of(core),
            marks: Marks::of(core),
            content: content(core),
            core: core.chars().collect(),
        }
    }
}

/// An entry with the terms of all its phrasings.
pub(super) struct Known {
    pub(super) entry: Arc<Entry>,
    /// Its phrasings' numbers: from, to.
    pub(super) documents: (u32, u32),
    /// Phrasings by grams, by words and by sounds.
    pub(super) grams: Tally,
    pub(super) words: Tally,
    pub(super) sounds: Tally,
    /// The answer.
    pub(super) text: Text,
    pub(super) marks: Marks,
    /// Names of the topic in normal form.
    pub(super) names: Vec<String>,
}

/// A sound class as a number: a hash, since only equality counts.
pub(super) type Sound = u32;

/// The sound classes of syllables, as numbers.
pub(super) fn heard(syllables: &[String]) -> Vec<Sound> {
    let number = |class: &str| {
        let hash = rustc_hash::FxBuildHasher.hash_one(class);
        u32::try_from(hash >> 32).unwrap_or_default()
    };
    syllables.iter().map(|s| number(&sound_class(s))).collect()
}

/// Sounds and pairs of them, each as one number.
pub(super) fn sound_grams(heard: &[Sound]) -> impl Iterator<Item = u64> {
    let single = heard.iter().map(|s| u64::from(*s));
    let pair = |p: &[Sound]| (u64::from(p[0]).rotate_left(32) | u64::from(p[1])) ^ (1 << 63);
    single.chain(heard.windows(2).map(pair))
}
