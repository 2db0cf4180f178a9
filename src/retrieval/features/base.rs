//! What the entry says as a whole, and what kind of knowledge base it is.

use super::{Shown, count};
use crate::retrieval::document::Document;
use crate::retrieval::salience::margins;

pub(super) const NAMES: &[&str] = &[
    "entry_gram_cover",
    "entry_word_cover",
    "entry_sound_cover",
    "entry_salience",
    "entry_margin",
    "entry_cover_margin",
    "entry_phrasings",
    "base_phrasings",
    "base_entries",
];

/// What the entry of each candidate says, all phrasings together.
pub(super) struct Groups {
    rows: Vec<[f32; 4]>,
    margins: Vec<f32>,
    cover_margins: Vec<f32>,
}

pub(super) fn groups(shown: &[Shown]) -> Groups {
    let rows: Vec<[f32; 4]> = shown.iter().map(group).collect();
    let of = |at: usize| rows.iter().map(|r| r[at]).collect::<Vec<f32>>();
    Groups {
        margins: margins(&of(3)),
        cover_margins: margins(&of(0)),
        rows,
    }
}

fn group(shown: &Shown) -> [f32; 4] {
    let (known, asked) = (shown.known, shown.question);
    let without = |terms: fn(&Document) -> &[u32]| shown.left_out.map(terms);
    let grams = without(|d| &d.grams.numbers);
    let words = without(|d| &d.words.numbers);
    let sounds = without(|d| &d.sounds.numbers);
    let salience = known.grams.salience(&asked.grams.terms, grams)
        + known.words.salience(&asked.words.terms, words);
    [
        known.grams.cover(&asked.grams.terms, grams),
        known.words.cover(&asked.words.terms, words),
        known.sounds.cover(&asked.sounds.terms, sounds),
        salience / 2.0,
    ]
}

pub(super) fn push(row: &mut Vec<f32>, shown: &Shown, groups: &Groups, at: usize) {
    let (from, to) = shown.known.documents;
    let (entries, phrasings) = (shown.index.known.len(), shown.index.documents.len());
    row.extend(groups.rows[at]);
    row.extend([
        groups.margins[at],
        groups.cover_margins[at],
        (count((to - from) as usize) / 12.0).min(1.0),
        (count(phrasings) / count(entries.max(1)) / 12.0).min(1.0),
        (count(entries.max(1)).log10() / 4.0).min(1.0),
    ]);
}
