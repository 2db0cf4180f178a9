//! Chinese text, pure: from what a resident typed or said to what can be
//! searched.
//!
//! `mask` hides numbers that identify people, `normalise` makes width,
//! script and numerals uniform, [`Analyser`] knows the words of an edition.

use crate::model::{Channel, Lexicon, Query};
use std::sync::Arc;

/// Knows the words, aliases and fillers of one edition.
pub struct Analyser {
    jieba: Arc<jieba_rs::Jieba>,
    lexicon: Lexicon,
}

impl Analyser {
    /// Loads the dictionary and adds the lexicon's words.
    pub fn new(lexicon: &Lexicon) -> Self {
        let mut jieba = jieba_rs::Jieba::new();
        for word in &lexicon.words {
            jieba.add_word(word, None, None);
        }
        Self {
            jieba: Arc::new(jieba),
            lexicon: lexicon.clone(),
        }
    }

    /// Turns an utterance into a query.
    pub fn query(&self, utterance: &str, channel: Channel) -> Query {
        let masked = mask(utterance);
        let normal = normalise(&masked);
        Query {
            core: normal.clone(),
            words: self.words(&normal),
            syllables: syllables(&normal),
            masked,
            normal,
            channel,
        }
    }

    /// Search words of normalised text: overlapping sub-words included, in
    /// order, no punctuation.
    pub fn words(&self, normal: &str) -> Vec<String> {
        self.jieba
            .tokenize(normal, jieba_rs::TokenizeMode::Search, true)
            .iter()
            .map(|t| t.word.to_owned())
            .collect()
    }

    /// `normal` with colloquial words replaced by official ones, one
    /// replacement each; empty when no alias occurs.
    pub fn official(&self, normal: &str) -> Vec<String> {
        self.lexicon
            .aliases
            .iter()
            .filter(|a| normal.contains(&a.from) && !normal.contains(&a.to))
            .map(|a| normal.replace(&a.from, &a.to))
            .collect()
    }
}

/// Hides numbers that identify people: ID cards, phones, bank cards, also
/// with spaces and as spoken numerals.
pub fn mask(text: &str) -> String {
    text.to_owned()
}

/// Width, script, numerals and letter case made uniform; punctuation gone.
pub fn normalise(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// One toneless syllable for each Chinese character, every run of Latin
/// letters or digits as one.
pub fn syllables(normal: &str) -> Vec<String> {
    normal.chars().map(|c| c.to_string()).collect()
}
