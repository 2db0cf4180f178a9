//! How the answer's text fits the question.

use super::score::{Scores, Standing, standings as compare};
use super::{Shown, count, flag};
use crate::retrieval::index::Index;
use crate::retrieval::passage::Fit;
use crate::retrieval::question::Question;
use crate::retrieval::terms::share;

pub(super) const NAMES: &[&str] = &[
    "text_known",
    "text_cover",
    "text_word_cover",
    "text_share",
    "text_margin",
    "text_lead",
    "text_rank",
    "passage_cover",
    "passage_ideal",
    "passage_share",
    "passage_margin",
    "passage_lead",
    "both_share",
    "both_margin",
    "both_lead",
    "both_rank",
    "answer_place",
];

/// How the texts of all candidates stand.
pub(super) struct Texts {
    whole: Vec<Standing>,
    passage: Vec<Standing>,
    /// Phrasing, text and passage together.
    both: Vec<Standing>,
}

pub(super) fn standings(fits: &[Fit], scores: &Scores) -> Texts {
    let list = |of: fn(&Fit) -> f32| fits.iter().map(of).collect::<Vec<_>>();
    let both: Vec<f32> = fits
        .iter()
        .zip(&scores.written)
        .map(|(fit, written)| written + fit.whole + fit.passage)
        .collect();
    Texts {
        whole: compare(&list(|f| f.whole)),
        passage: compare(&list(|f| f.passage)),
        both: compare(&both),
    }
}

/// How the answers of entries fit a question.
pub(in crate::retrieval) fn fits<'q>(
    index: &Index,
    asked: impl Iterator<Item = (&'q Question, u32)>,
) -> Vec<Fit> {
    let fit = |(question, entry): (&Question, u32)| {
        let text = &index.known[entry as usize].text;
        text.fit(&question.pairs, &question.answer_words, index.text_means)
    };
    asked.map(fit).collect()
}

pub(super) fn push(row: &mut Vec<f32>, shown: &Shown, fit: &Fit, texts: &Texts, at: usize) {
    let (whole, passage, both) = (texts.whole[at], texts.passage[at], texts.both[at]);
    let weight = shown.question.pairs.weight;
    let place = shown.candidate.answer as usize;
    row.extend([
        flag(!shown.known.entry.text.is_empty()),
        fit.cover,
        fit.word_cover,
        whole.share,
        whole.margin,
        whole.lead,
        whole.rank,
        fit.passage_cover,
        share(fit.passage, weight * 2.0),
        passage.share,
        passage.margin,
        passage.lead,
        both.share,
        both.margin,
        both.lead,
        both.rank,
        if place == 0 { 0.0 } else { 1.0 / count(place) },
    ]);
}
