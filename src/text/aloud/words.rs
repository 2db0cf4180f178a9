//! How words with ambiguous characters are read.
//!
//! A table of one reading for each character would read 银行 as yin xing.
//! What is listed in `words.txt` is looked up first, longest word first;
//! everything else has the usual reading of its characters.
//!
//! Reading aloud and search by sound share this table; search drops the
//! tones. 一 and 不 stand with the tone that they have alone.

use super::syllable::Sound;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A word and its syllables, one for each character.
type Row = (&'static str, &'static str);

/// The parts of the list.
#[derive(Default)]
pub(super) struct Table {
    /// Words.
    pub(super) words: Vec<Row>,
    /// Words that only text which was cut into words has: 队长 is not in 部队长期.
    /// Search by sound does not cut, so it leaves them out.
    pub(super) at_borders: Vec<Row>,
    /// Characters whose first reading in the general table is not what residents
    /// say.
    pub(super) usual: Vec<Row>,
}

pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    let mut part = &mut table.words;
    for line in include_str!("words.txt").lines() {
        match line {
            "[words]" => part = &mut table.words,
            "[at_borders]" => part = &mut table.at_borders,
            "[usual]" => part = &mut table.usual,
            _ => part.extend(line.split_once(' ')),
        }
    }
    table
});

static BY_WORD: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let words = TABLE.words.iter().chain(&TABLE.at_borders);
    words.copied().collect()
});

static BY_CHARACTER: LazyLock<HashMap<char, Sound>> = LazyLock::new(|| {
    let usual = TABLE.usual.iter();
    usual
        .filter_map(|(c, reading)| Some((c.chars().next()?, Sound::parse(reading)?)))
        .collect()
});

/// The reading of a listed word.
pub(super) fn reading(word: &str) -> Option<&'static str> {
    BY_WORD.get(word).copied()
}

/// The reading of a character that the general table has another one for.
pub(super) fn usual(c: char) -> Option<Sound> {
    BY_CHARACTER.get(&c).copied()
}

/// Words and characters with their syllables without tones, for search by sound.
pub(in crate::text) fn toneless() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    TABLE
        .words
        .iter()
        .chain(&TABLE.usual)
        .map(|(word, reading)| {
            let bases = reading
                .split(' ')
                .map(|s| s.trim_end_matches(|c: char| c.is_ascii_digit()))
                .collect();
            (*word, bases)
        })
}

#[cfg(test)]
mod tests {
    use super::super::syllable::sounds;
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_character_has_one_syllable() {
        let all = TABLE.words.iter().chain(&TABLE.at_borders);
        let mut seen = HashSet::new();
        for (word, reading) in all.chain(&TABLE.usual) {
            let count = sounds(reading).map(|s| s.len());
            assert_eq!(count, Some(word.chars().count()), "{word}");
            assert!(seen.insert(word), "{word} is listed twice");
        }
        assert!(seen.len() > 1500);
    }
}
