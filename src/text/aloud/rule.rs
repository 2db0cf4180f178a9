//! An admin's own reading of a word.

use super::syllable::{Sound, sounds};
use std::fmt;

/// A word and how it is read; it wins over every other reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub(super) word: String,
    pub(super) sounds: Vec<Sound>,
}

/// Why a reading cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleError {
    /// The word is empty or holds something other than Chinese characters.
    Word,
    /// Something in the reading is no syllable with a tone.
    Syllable,
    /// There is not one syllable for each character.
    Count,
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Word => "a word to be read must be of Chinese characters only",
            Self::Syllable => "a reading is written in syllables with tones, as in chong2 ban4",
            Self::Count => "a reading needs one syllable for each character",
        })
    }
}

impl std::error::Error for RuleError {}

impl Rule {
    /// `reading` is pinyin with tone numbers, one syllable for each character
    /// of `word`: 重办 is `chong2 ban4`.
    ///
    /// # Errors
    /// Says which of the two cannot be understood.
    pub fn parse(word: &str, reading: &str) -> Result<Self, RuleError> {
        let word = word.trim();
        if word.is_empty() || !word.chars().all(is_hanzi) {
            return Err(RuleError::Word);
        }
        let sounds = sounds(&reading.to_lowercase()).ok_or(RuleError::Syllable)?;
        if sounds.len() != word.chars().count() {
            return Err(RuleError::Count);
        }
        Ok(Self {
            word: word.to_owned(),
            sounds,
        })
    }
}

/// Whether `c` is a Chinese character.
pub(super) fn is_hanzi(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_has_a_syllable_for_each_character() {
        assert!(Rule::parse("重办", "chong2 ban4").is_ok());
        assert!(Rule::parse(" 绿 ", "Lü4").is_ok());
        for (word, reading, error) in [
            ("", "", RuleError::Word),
            ("A座", "ei1 zuo4", RuleError::Word),
            ("重办", "chong2", RuleError::Count),
            ("重办", "chong2 bam4", RuleError::Syllable),
            ("重办", "重 办", RuleError::Syllable),
        ] {
            assert_eq!(Rule::parse(word, reading), Err(error), "{word} {reading}");
        }
    }
}
