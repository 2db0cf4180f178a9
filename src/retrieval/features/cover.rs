//! How much of the question the phrasing has, and the other way round.

use super::{Shown, count};
use crate::retrieval::terms::{Asked, Shared, Terms, share};

pub(super) const NAMES: &[&str] = &[
    "gram_cover",
    "gram_covered",
    "gram_overlap",
    "gram_jaccard",
    "gram_rarest_missing",
    "gram_rarest_extra",
    "gram_unknown",
    "word_cover",
    "word_covered",
    "word_overlap",
    "word_jaccard",
    "word_rarest_missing",
    "word_rarest_extra",
    "word_unknown",
    "sound_cover",
    "sound_covered",
    "sound_overlap",
    "sound_jaccard",
    "sound_rarest_missing",
    "sound_rarest_extra",
    "sound_unknown",
];

fn both(row: &mut Vec<f32>, asked: &Asked, terms: &Terms, shared: Shared, heaviest: f32) {
    let either = asked.weight + terms.weight - shared.weight;
    let distinct = asked.terms.len() + terms.numbers.len() - shared.count;
    row.extend([
        share(shared.weight, asked.weight),
        share(shared.weight, terms.weight),
        share(shared.weight, either),
        share(count(shared.count), count(distinct)),
        asked.rarest_missing(terms) / heaviest,
        shared.rarest_extra / heaviest,
        asked.unknown(),
    ]);
}

pub(super) fn push(row: &mut Vec<f32>, shown: &Shown) {
    let (index, asked, of) = (shown.index, shown.question, shown.document);
    let shared = asked.grams.shared(&of.grams, &index.grams);
    both(row, &asked.grams, &of.grams, shared, index.grams.heaviest());
    let shared = asked.words.shared(&of.words, &index.words);
    both(row, &asked.words, &of.words, shared, index.words.heaviest());
    let shared = asked.sounds.shared(&of.sounds, &index.sounds);
    both(
        row,
        &asked.sounds,
        &of.sounds,
        shared,
        index.sounds.heaviest(),
    );
}
