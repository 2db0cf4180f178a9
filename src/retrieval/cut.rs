//! Entries cut into terms: the long part of building an index, done by all cores.

use super::document::{Document, heard, sound_grams};
use crate::model::{Channel, Entry};
use crate::text::gram::{Gram, letters, pairs, short, spelled, triples};
use crate::text::{Analyser, normalise};
use std::sync::Arc;

/// Entries that are cut at once: what is cut and not taken up yet is some 10 MB.
const BLOCK: usize = 512;

/// A phrasing and its terms, not numbered yet.
pub(super) struct Cut {
    pub(super) document: Document,
    pub(super) grams: Vec<Gram>,
    pub(super) triples: Vec<Gram>,
    pub(super) words: Vec<String>,
    pub(super) sounds: Vec<u64>,
}

/// An entry and its terms.
pub(super) struct CutEntry {
    pub(super) number: u32,
    pub(super) phrasings: Vec<Cut>,
    /// Pairs of characters of the answer, as tantivy is given them.
    pub(super) answer: String,
    /// Words of the answer.
    pub(super) answer_words: Vec<String>,
}

/// Cuts entries and hands them over in their order.
pub(super) fn cut_all<E>(
    entries: &[Arc<Entry>],
    analyser: &Analyser,
    mut take_up: impl FnMut(&Arc<Entry>, CutEntry) -> Result<(), E>,
) -> Result<(), E> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut number = 0;
    for block in entries.chunks(BLOCK) {
        let share = block.len().div_ceil(cores);
        let cut: Vec<Vec<CutEntry>> = std::thread::scope(|scope| {
            let parts = (number..).step_by(share).zip(block.chunks(share));
            let threads: Vec<_> = parts
                .map(|(first, part)| scope.spawn(move || cut_part(first, part, analyser)))
                .collect();
            let done = threads.into_iter().map(std::thread::ScopedJoinHandle::join);
            done.map(|cut| cut.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        });
        for (entry, cut) in block.iter().zip(cut.into_iter().flatten()) {
            take_up(entry, cut)?;
        }
        number += block.len();
    }
    Ok(())
}

fn cut_part(first: usize, entries: &[Arc<Entry>], analyser: &Analyser) -> Vec<CutEntry> {
    let numbered = (first..).zip(entries);
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    numbered
        .map(|(n, entry)| cut_entry(number(n), entry, analyser))
        .collect()
}

fn cut_entry(number: u32, entry: &Entry, analyser: &Analyser) -> CutEntry {
    let cut = |wording: &str| {
        let query = analyser.query(wording, Channel::Typed);
        let cut = letters(&query.core);
        let sounds = heard(&query.syllables);
        Cut {
            grams: short(&cut),
            triples: triples(&cut),
            words: query.words,
            sounds: sound_grams(&sounds).collect(),
            document: Document::new(number, wording, &query.core, sounds),
        }
    };
    let text = normalise(&entry.text);
    let terms: Vec<String> = pairs(&letters(&text)).into_iter().map(spelled).collect();
    CutEntry {
        number,
        phrasings: entry.wordings().map(cut).collect(),
        answer: terms.join(" "),
        answer_words: analyser.words(&text),
    }
}
