//! Readings written into the text: 重{chong2}办.

use super::rule::is_hanzi;
use super::syllable::Sound;
use std::borrow::Cow;
use std::ops::Range;

/// A reading and where it stands.
struct Note {
    /// The braces and what is between them.
    braces: Range<usize>,
    /// Where the character begins that it is for.
    at: usize,
    sound: Sound,
}

/// The text as it is shown: without the readings that an admin wrote in it
/// (重{chong2}办 is shown as 重办). Other braces stay.
pub fn shown(text: &str) -> Cow<'_, str> {
    let notes = notes(text);
    if notes.is_empty() {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(without(text, &notes))
    }
}

/// The text as it is shown, and the written readings by the offset, in what
/// is shown, of the character that they are for.
pub(super) fn split(text: &str) -> (String, Vec<(usize, Sound)>) {
    let notes = notes(text);
    let mut removed = 0;
    let mut sounds = Vec::with_capacity(notes.len());
    for note in &notes {
        sounds.push((note.at - removed, note.sound));
        removed += note.braces.len();
    }
    (without(text, &notes), sounds)
}

fn without(text: &str, notes: &[Note]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for note in notes {
        out.push_str(&text[from..note.braces.start]);
        from = note.braces.end;
    }
    out.push_str(&text[from..]);
    out
}

fn notes(text: &str) -> Vec<Note> {
    let mut notes = Vec::new();
    for (open, _) in text.match_indices('{') {
        let Some((at, c)) = text[..open].char_indices().next_back() else {
            continue;
        };
        let Some(length) = text[open..].find('}') else {
            break;
        };
        let inside = &text[open + 1..open + length];
        // A variable such as {street} has no tone.
        let toned = inside.ends_with(|c: char| c.is_ascii_digit());
        if let Some(sound) = Sound::parse(inside).filter(|_| toned && is_hanzi(c)) {
            notes.push(Note {
                braces: open..open + length + 1,
                at,
                sound,
            });
        }
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_are_not_shown() {
        for (text, wanted) in [
            ("重{chong2}办", "重办"),
            ("去银行{hang2}重{chong2}办{ban4}。", "去银行重办。"),
            ("打{community.phone}", "打{community.phone}"),
            ("问{社区电话}", "问{社区电话}"),
            ("a{chong2}", "a{chong2}"),
            ("重{chong}办", "重{chong}办"),
            ("{chong2}", "{chong2}"),
            ("重{chong2", "重{chong2"),
            ("重{{chong2}}", "重{{chong2}}"),
            ("", ""),
        ] {
            assert_eq!(shown(text), wanted);
        }
    }

    #[test]
    fn readings_know_their_character() {
        let (text, sounds) = split("先重{chong2}办再还{huan2}钱");
        assert_eq!(text, "先重办再还钱");
        let at: Vec<_> = sounds
            .iter()
            .map(|(at, s)| (text[*at..].chars().next(), s.base))
            .collect();
        assert_eq!(at, [(Some('重'), "chong"), (Some('还'), "huan")]);
    }
}
