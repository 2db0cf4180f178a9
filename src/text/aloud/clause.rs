//! What is said in one breath.

use super::glyph::{Glyph, Kind, Piece};
use super::syllable::Syllable;
use std::ops::Range;

/// A speaker needs breath, and voices take a limited text: longer clauses are
/// cut between two words.
const LONGEST: usize = 50;

/// What is said in one breath, and how long the speaker stops after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Bytes of the text as shown that this clause covers, punctuation
    /// included. The clauses of a text cover all of it, in order.
    pub shown: Range<usize>,
    /// Never empty.
    pub syllables: Vec<Syllable>,
    /// What follows the clause.
    pub pause: Pause,
}

/// How a clause ends, from the least to the most.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pause {
    /// A cut in a long clause, or the end of a text without punctuation.
    #[default]
    None,
    /// A comma, an enumeration, a bracket.
    Short,
    /// A semicolon, a colon, an ellipsis.
    Middle,
    /// The end of a sentence.
    Full,
    /// The end of a question.
    Question,
    /// The end of a call.
    Exclamation,
}

impl Pause {
    /// Whether the next clause begins a sentence.
    pub fn ends_sentence(self) -> bool {
        self >= Self::Middle
    }
}

/// The characters of a clause, before they are read.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) glyphs: Vec<Glyph>,
    /// Whether no word reaches from the character before to this one.
    pub(super) gaps: Vec<bool>,
    pub(super) pause: Pause,
    /// Where its text ends, punctuation included.
    pub(super) end: usize,
}

/// Cuts at punctuation. What is silent goes to the clause before it, at the
/// beginning to the clause after it.
pub(super) fn drafts(pieces: Vec<Piece>, length: usize) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut current = Draft::default();
    let mut gap = true;
    for piece in pieces {
        match piece {
            Piece::Say(glyph) => {
                current.glyphs.push(glyph);
                current.gaps.push(std::mem::take(&mut gap));
            }
            Piece::Gap => gap = true,
            Piece::Stop(pause, at) => {
                gap = true;
                if current.glyphs.is_empty() {
                    if let Some(last) = drafts.last_mut() {
                        last.pause = last.pause.max(pause);
                    }
                } else if !(pause == Pause::Short && is_line_number(&current)) {
                    current.pause = pause;
                    current.end = at;
                    drafts.push(std::mem::take(&mut current));
                }
            }
            Piece::End(at) => {
                if let (true, Some(last)) = (current.glyphs.is_empty(), drafts.last_mut()) {
                    last.end = at;
                }
            }
        }
    }
    if !current.glyphs.is_empty() {
        drafts.push(current);
    }
    if let Some(last) = drafts.last_mut() {
        last.end = length;
    }
    drafts
}

/// 1. and ① are said with what they number: one syllable is no clause.
fn is_line_number(draft: &Draft) -> bool {
    matches!(
        draft.glyphs[..],
        [Glyph {
            kind: Kind::Name | Kind::Count,
            ..
        }]
    )
}

/// Cuts a clause into pieces that one breath is enough for. `starts` says
/// for each syllable whether a word begins with it.
pub(super) fn breaths(clause: Clause, starts: &[bool]) -> Vec<Clause> {
    let count = clause.syllables.len();
    let pieces = count.div_ceil(LONGEST);
    let mut out = Vec::with_capacity(pieces);
    let mut from = 0;
    let mut shown = clause.shown.start;
    while count - from > LONGEST {
        let even = from + (count - from).div_ceil((count - from).div_ceil(LONGEST));
        let to = (from + 1..=even)
            .rev()
            .take(LONGEST / 2)
            .find(|&i| starts[i] && clause.syllables[i].at > clause.syllables[i - 1].at)
            .unwrap_or(even);
        let end = clause.syllables[to].at.max(shown);
        out.push(Clause {
            shown: shown..end,
            syllables: clause.syllables[from..to].to_vec(),
            pause: Pause::None,
        });
        from = to;
        shown = end;
    }
    out.push(Clause {
        shown: shown..clause.shown.end,
        syllables: clause.syllables[from..].to_vec(),
        pause: clause.pause,
    });
    out
}
