//! The part of Kokoro v1.0's vocabulary that Mandarin needs.

use crate::text::Pause;

/// Symbols and their numbers: 45 of the 178 of the model's `config.json`.
const TOKENS: &[(char, i32)] = &[
    (';', 1),
    (',', 3),
    ('.', 4),
    ('!', 5),
    ('?', 6),
    (' ', 16),
    ('ʦ', 20),
    ('ʨ', 21),
    ('\u{ab67}', 23),
    ('a', 43),
    ('e', 47),
    ('f', 48),
    ('h', 50),
    ('i', 51),
    ('j', 52),
    ('k', 53),
    ('l', 54),
    ('m', 55),
    ('n', 56),
    ('o', 57),
    ('p', 58),
    ('s', 61),
    ('t', 62),
    ('u', 63),
    ('w', 65),
    ('x', 66),
    ('y', 67),
    ('ɔ', 76),
    ('ɕ', 77),
    ('ə', 83),
    ('ɚ', 85),
    ('ɛ', 86),
    ('ɥ', 99),
    ('ɨ', 101),
    ('ŋ', 112),
    ('ɻ', 126),
    ('ʂ', 130),
    ('ʊ', 135),
    ('ɤ', 140),
    ('ʰ', 162),
    ('↓', 169),
    ('→', 171),
    ('↗', 172),
    ('↘', 173),
];

/// What stands before and after the phonemes of a call.
pub(super) const PADDING: i32 = 0;

/// Between words, and after a mark of punctuation.
pub(super) const SPACE: i32 = 16;

/// The number of a symbol.
pub(super) fn token(symbol: char) -> Option<i32> {
    let found = TOKENS.iter().find(|(own, _)| *own == symbol);
    found.map(|(_, number)| *number)
}

/// The mark of punctuation that a pause is written as.
pub(super) fn mark(pause: Pause) -> Option<i32> {
    match pause {
        Pause::None => None,
        Pause::Short => token(','),
        Pause::Middle => token(';'),
        Pause::Full => token('.'),
        Pause::Question => token('?'),
        Pause::Exclamation => token('!'),
    }
}

#[cfg(test)]
mod tests {
    use super::super::phonemes::phonemes;
    use super::*;

    #[test]
    fn every_sound_has_a_number_and_every_number_is_used() {
        let mut used = std::collections::BTreeSet::new();
        for line in include_str!("phonemes.tsv").lines() {
            let (base, _) = line.split_once('\t').unwrap();
            for tone in 1..=5 {
                for symbol in phonemes(base, tone).unwrap().chars() {
                    assert!(token(symbol).is_some(), "{symbol} of {base}{tone}");
                    used.insert(symbol);
                }
            }
        }
        used.extend(";,.!? ".chars());
        assert_eq!(used.len(), TOKENS.len());
        assert_eq!(token(' '), Some(SPACE));
        assert_eq!(token('b'), None);
    }
}
