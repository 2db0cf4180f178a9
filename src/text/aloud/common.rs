//! Words of the general dictionary whose reading does not follow from their
//! characters.
//!
//! The readings are facts taken from the phrase table of pypinyin 0.55
//! (<https://github.com/mozillazg/python-pinyin>, MIT licence, copyright
//! mozillazg and contributors): those words that the dictionary of jieba also
//! has, with the dictionary tones of 一 and 不, and only where they differ
//! from what the other tables give. `words` comes first.

use std::collections::HashMap;
use std::sync::LazyLock;

static WORDS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    include_str!("common.txt")
        .lines()
        .filter_map(|line| line.split_once(' '))
        .collect()
});

/// The reading of a word.
pub(super) fn reading(word: &str) -> Option<&'static str> {
    WORDS.get(word).copied()
}

#[cfg(test)]
mod tests {
    use super::super::syllable::sounds;

    #[test]
    fn every_character_has_one_syllable() {
        for (word, reading) in super::WORDS.iter() {
            let count = sounds(reading).map(|s| s.len());
            assert_eq!(count, Some(word.chars().count()), "{word}");
        }
    }
}
