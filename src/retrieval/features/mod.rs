//! What the decision looks at, for one candidate among the others.
//!
//! Each file holds one kind of features with their names. Lengths and raw
//! scores are clipped, so that a question longer than any seen in training does
//! not leave the known range.

mod base;
mod class;
mod cover;
mod meaning;
mod score;
mod shape;
mod side;
mod text;

pub(super) use meaning::MeaningOf;
pub(super) use score::Scores;
pub(super) use text::fits;

use super::candidate::Candidate;
use super::classes::ClassedOf;
use super::document::{Document, Known};
use super::index::Index;
use super::question::Question;
use super::ranker::Signals;
use std::sync::LazyLock;

/// Names of the features that need no meaning, in their order.
static LEXICAL: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    [
        score::NAMES,
        cover::NAMES,
        shape::NAMES,
        side::NAMES,
        text::NAMES,
        base::NAMES,
        class::NAMES,
    ]
    .concat()
});

/// Those with the table's meaning.
static TABLE: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| [LEXICAL.as_slice(), meaning::NAMES].concat());

/// All names.
static ALL: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| [TABLE.as_slice(), class::MEANT].concat());

/// Names of the features, in their order; those of meaning last.
pub(super) fn names(signals: Signals) -> &'static [&'static str] {
    match signals {
        Signals::Lexical => &LEXICAL,
        Signals::Table => &TABLE,
        Signals::Encoder => &ALL,
    }
}

/// One candidate and everything that was made of it.
pub(super) struct Shown<'i> {
    pub(super) index: &'i Index,
    pub(super) question: &'i Question,
    pub(super) candidate: &'i Candidate,
    pub(super) document: &'i Document,
    pub(super) known: &'i Known,
    /// The phrasing that is left out, when it is one of this entry.
    pub(super) left_out: Option<&'i Document>,
    /// Names of topics that occur in the question.
    pub(super) topics: &'i [&'i str],
}

/// 1 for yes.
fn flag(yes: bool) -> f32 {
    f32::from(u8::from(yes))
}

#[expect(clippy::cast_precision_loss, reason = "lengths of sentences")]
fn count(number: usize) -> f32 {
    number as f32
}

/// The features of candidates, a row each, in the order of [`names`].
pub(super) fn rows(
    shown: &[Shown],
    scores: &Scores,
    fits: &[super::passage::Fit],
    classes: &[(ClassedOf, Option<ClassedOf>)],
    meanings: Option<&[MeaningOf]>,
) -> Vec<Vec<f32>> {
    let texts = text::standings(fits, scores);
    let groups = base::groups(shown);
    let blends = meanings.map(|m| meaning::blends(m, scores.cosines()));
    let row = |at: usize| {
        let one = &shown[at];
        let mut row = Vec::with_capacity(ALL.len());
        score::push(&mut row, scores, one, at);
        cover::push(&mut row, one);
        shape::push(&mut row, one);
        side::push(&mut row, one);
        text::push(&mut row, one, &fits[at], &texts, at);
        base::push(&mut row, one, &groups, at);
        let (written, meant) = &classes[at];
        class::push(&mut row, written);
        debug_assert_eq!(row.len(), LEXICAL.len());
        if let (Some(meanings), Some(blends)) = (meanings, &blends) {
            meaning::push(&mut row, &meanings[at], &blends[at]);
        }
        if let Some(meant) = meant {
            class::push(&mut row, meant);
        }
        row
    };
    (0..shown.len()).map(row).collect()
}
