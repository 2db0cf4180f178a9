//! The text as the characters that people say: 2元/次 becomes 两元每次.

use super::clause::Pause;
use super::rule::is_hanzi;
use super::syllable::Sound;
use super::{calendar, letter, quantity, symbol, telephone, unit};

/// Where the reading of a character comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The word that it stands in.
    Written,
    /// A number that counts: 一 in it takes the tone before what follows.
    Count,
    /// A number that names (a year, a floor, a telephone): 一 keeps its tone.
    Name,
    /// It is known already.
    Known(Sound),
}

/// A character to be said.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    pub(super) c: char,
    /// Byte offset in the text as shown.
    pub(super) at: usize,
    pub(super) kind: Kind,
}

/// A character to be said, or a place to stop.
#[derive(Debug, Clone, Copy)]
pub(super) enum Piece {
    Say(Glyph),
    /// With the offset of what makes it.
    Stop(Pause, usize),
    /// Something silent that words do not reach across.
    Gap,
    /// Where a silent or stopping character ends that belongs to what was
    /// before it.
    End(usize),
}

/// What is said for a piece of text: offset, characters, kind.
pub(super) struct Spoken {
    pub(super) parts: Vec<(usize, String, Kind)>,
    /// Bytes of the text that it stands for.
    pub(super) length: usize,
}

impl Spoken {
    pub(super) fn new(length: usize) -> Self {
        Self {
            parts: Vec::new(),
            length,
        }
    }

    pub(super) fn say(mut self, at: usize, text: impl Into<String>, kind: Kind) -> Self {
        self.parts.push((at, text.into(), kind));
        self
    }
}

/// A place in the text: what is before it and what is still to be read.
#[derive(Clone, Copy)]
pub(super) struct Place<'t> {
    pub(super) before: &'t str,
    pub(super) rest: &'t str,
}

impl Place<'_> {
    pub(super) fn last(&self) -> Option<char> {
        self.before.chars().next_back()
    }
}

/// What reads a piece of text at a place, if it knows how.
type Reads = fn(Place<'_>) -> Option<Spoken>;

/// In this order: the first that knows the text reads it.
const READERS: &[Reads] = &[
    calendar::date,
    calendar::clock,
    calendar::document,
    telephone::code,
    telephone::number,
    quantity::address,
    quantity::parts,
    quantity::product,
    telephone::hotline,
    quantity::amount,
    symbol::between,
    unit::each,
    symbol::symbol,
    letter::latin,
];

/// Pieces of the text as it is shown.
pub(super) fn pieces(shown: &str) -> Vec<Piece> {
    let (text, offsets) = narrow(shown);
    let mut out = Vec::with_capacity(text.len() / 2);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let place = Place {
            before: &text[..at],
            rest: &text[at..],
        };
        let said = if is_hanzi(c) {
            None
        } else {
            READERS.iter().find_map(|read| read(place))
        };
        let length = if is_hanzi(c) {
            out.push(Piece::Say(Glyph {
                c,
                at: offsets[at],
                kind: Kind::Written,
            }));
            c.len_utf8()
        } else if let Some(said) = said {
            for (from, text, kind) in said.parts {
                out.extend(text.chars().map(|c| {
                    Piece::Say(Glyph {
                        c,
                        at: offsets[at + from],
                        kind,
                    })
                }));
            }
            said.length
        } else if c == '{' {
            // A variable that nobody filled.
            out.push(Piece::Gap);
            variable(place.rest)
        } else {
            match symbol::pause(c, place) {
                Some(pause) => out.push(Piece::Stop(pause, offsets[at])),
                None => out.push(Piece::Gap),
            }
            if symbol::belongs_to_before(c) {
                out.push(Piece::End(offsets[at + c.len_utf8()]));
            }
            c.len_utf8()
        };
        at += length;
    }
    out
}

/// The length of `{...}`, or of a brace that is never closed.
fn variable(rest: &str) -> usize {
    let name = rest[1..].find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.')));
    match name {
        Some(end) if rest[1 + end..].starts_with('}') => end + 2,
        _ => 1,
    }
}

/// Full width letters, digits and symbols as narrow ones, and for each byte
/// of the result the offset in the text. A wide comma stays: it never stands
/// inside a number.
fn narrow(shown: &str) -> (String, Vec<usize>) {
    let mut text = String::with_capacity(shown.len());
    let mut offsets = Vec::with_capacity(shown.len() + 1);
    for (at, c) in shown.char_indices() {
        let c = match c {
            '，' => c,
            '\u{3000}' | '\u{a0}' => ' ',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xff01 + 0x21).unwrap_or(c),
            _ => c,
        };
        text.push(c);
        offsets.resize(text.len(), at);
    }
    offsets.push(shown.len());
    (text, offsets)
}
