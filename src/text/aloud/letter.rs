//! Latin letters and words as a Mandarin voice can say them.

use super::glyph::{Kind, Place, Spoken};
use super::syllable::sounds;

/// The names of the letters, in the syllables of Mandarin that come nearest
/// to what people in China say for them.
const LETTERS: [&str; 26] = [
    "ei1",
    "bi4",
    "xi1",
    "di4",
    "yi4",
    "ai2 fu5",
    "ji4",
    "ei2 chi5",
    "ai4",
    "zhei4",
    "kei4",
    "ai2 lou5",
    "ai2 mu5",
    "en1",
    "ou1",
    "pi4",
    "kou4",
    "a4",
    "ai2 si5",
    "ti4",
    "you4",
    "wei1",
    "da2 bu5 liu5",
    "ai2 ke5 si5",
    "wai1",
    "zei4",
];

/// Words that are said as words.
const WORDS: &[(&str, &str)] = &[
    ("wifi", "wai1 fei4"),
    ("wi-fi", "wai1 fei4"),
    ("excel", "yi1 ke5 sai4 er5"),
    ("word", "wo4 de5"),
    ("ok", "ou1 kei4"),
    ("hi", "hai1"),
    ("hello", "ha1 lou2"),
    ("bye", "bai1"),
];

/// The sign that stands for a letter among characters.
const LETTER: char = '\u{fffc}';

/// A run of Latin letters, and the dots between the parts of an address.
pub(super) fn latin(place: Place<'_>) -> Option<Spoken> {
    let c = place.rest.chars().next()?;
    let alphanumeric = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    if c == '.' && alphanumeric(place.last()) && alphanumeric(place.rest[1..].chars().next()) {
        return Some(Spoken::new(1).say(0, "点", Kind::Name));
    }
    if !c.is_ascii_alphabetic() {
        return None;
    }
    let run = place
        .rest
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(place.rest.len());
    let whole = WORDS.iter().find(|(word, _)| {
        place
            .rest
            .get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word))
            && !alphanumeric(place.rest[word.len()..].chars().next())
    });
    if let Some((word, reading)) = whole {
        return Some(known(Spoken::new(word.len()), 0, reading));
    }
    let mut spoken = Spoken::new(run);
    for (at, c) in place.rest[..run].char_indices() {
        let name = LETTERS[usize::from(c.to_ascii_lowercase() as u8 - b'a')];
        spoken = known(spoken, at, name);
    }
    Some(spoken)
}

fn known(mut spoken: Spoken, at: usize, reading: &str) -> Spoken {
    for sound in sounds(reading).unwrap_or_default() {
        spoken = spoken.say(at, LETTER, Kind::Known(sound));
    }
    spoken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_has_a_name_of_syllables() {
        for reading in LETTERS
            .iter()
            .chain(WORDS.iter().map(|(_, reading)| reading))
        {
            assert!(sounds(reading).is_some_and(|s| !s.is_empty()), "{reading}");
        }
    }
}
