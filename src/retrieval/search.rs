//! From a query to hits: candidates, then their features and order.

use super::candidate::{Elsewhere, Found};
use super::document::{Document, grams, has};
use super::features::Asked;
use super::index::Index;
use super::kind::Kinds;
use super::marks::Marks;
use crate::model::{Channel, EntryId, Hits, PlaceId, Query, Timestamp};
use std::sync::Arc;

/// Entries that get features.
const CANDIDATES: usize = 30;
/// A first pass whose best candidate covers less than this share of the
/// question's weight found little: then sounds are searched, too.
const LITTLE: f32 = 0.45;

/// What a search leaves out.
#[derive(Clone, Copy, Debug)]
pub enum Without<'w> {
    /// Nothing.
    Nothing,
    /// The phrasing with this text.
    Phrasing(&'w str),
    /// Every phrasing of this entry.
    Entry(&'w EntryId),
}

impl Without<'_> {
    pub(super) fn leaves_out(self, phrasing: &str, entry: &EntryId) -> bool {
        match self {
            Self::Nothing => false,
            Self::Phrasing(text) => text == phrasing,
            Self::Entry(id) => id == entry,
        }
    }
}

impl Index {
    /// Everything that may answer a question asked at `place` now, best
    /// first, one hit an entry.
    pub fn search(&self, query: &Query, place: &PlaceId, now: Timestamp) -> Hits {
        self.search_without(query, place, now, Without::Nothing)
    }

    /// As [`Index::search`], with something left out: what a knowledge base
    /// would find for a phrasing if nobody had written it, or for the question
    /// of an entry that it does not have.
    pub fn search_without(
        &self,
        query: &Query,
        place: &PlaceId,
        now: Timestamp,
        without: Without,
    ) -> Hits {
        let mut hits = Hits {
            edition: self.edition.number,
            words: query.words.clone(),
            ..Hits::default()
        };
        if query.is_empty() || self.documents.is_empty() {
            return hits;
        }
        let elsewhere: Elsewhere = Arc::new(self.elsewhere(place, now));
        let mut asked = self.asked(query);
        self.forget(&mut asked, without);
        let mut found = self.first_pass(query, &elsewhere, without);
        hits.by_sound = self.needs_sound(query, &asked, &found);
        if hits.by_sound {
            self.sound_pass(query, &elsewhere, &mut found);
        }
        found.retain(|number, _| !self.leaves_out(without, &self.documents[*number as usize]));
        let candidates = self.best_of_entries(found, CANDIDATES);
        hits.ranked = self.ranked(&asked, &candidates, without);
        hits
    }

    fn asked(&self, query: &Query) -> Asked {
        let cut = grams(&query.core);
        let names = self.known.iter().flat_map(|k| &k.names);
        let mut topics: Vec<String> = names
            .filter(|n| query.normal.contains(n.as_str()))
            .cloned()
            .collect();
        topics.sort_unstable();
        topics.dedup();
        Asked {
            core: query.core.chars().collect(),
            grams: self.grams.look_up(cut.iter().map(String::as_str)),
            words: self.words.look_up(query.words.iter().map(String::as_str)),
            kinds: Kinds::of(&query.core),
            marks: Marks::of(&query.core),
            topics,
        }
    }

    /// Makes terms unknown that only stand in what is left out, as they would
    /// be if nobody had written it.
    fn forget(&self, asked: &mut Asked, without: Without) {
        let (entry, phrasing) = match without {
            Without::Nothing => return,
            Without::Phrasing(text) => {
                let document = self.documents.iter().find(|d| d.text == text);
                let Some(document) = document else { return };
                (document.entry, Some(document))
            }
            Without::Entry(id) => {
                let Some(entry) = self.by_id.get(id) else {
                    return;
                };
                (*entry, None)
            }
        };
        let known = &self.known[entry as usize];
        self.grams.forget(&mut asked.grams, |number| {
            known
                .grams
                .only(number, phrasing.map(|d| d.grams.as_slice()))
        });
        self.words.forget(&mut asked.words, |number| {
            let answered = has(&known.answer, number);
            match phrasing {
                Some(d) => !answered && known.words.only(number, Some(&d.words)),
                None => answered || known.words.only(number, None),
            }
        });
    }

    /// Whether a phrasing is left out of a search.
    pub(super) fn leaves_out(&self, without: Without, document: &Document) -> bool {
        let entry = &self.known[document.entry as usize].entry;
        without.leaves_out(&document.text, &entry.id)
    }

    /// Letters may be pinyin, speech has homophones, and what finds little
    /// may be written wrongly. Otherwise sounds, whose postings are long, are
    /// not searched.
    fn needs_sound(&self, query: &Query, asked: &Asked, found: &Found) -> bool {
        let covered = || {
            found
                .keys()
                .map(|number| &self.documents[*number as usize])
                .map(|d| coverage(asked, &d.grams))
                .fold(0.0, f32::max)
        };
        query.channel == Channel::Spoken
            || query.core.chars().any(|c| c.is_ascii_alphabetic())
            || covered() < LITTLE
    }
}

/// Share of the question's weight that a phrasing has.
fn coverage(asked: &Asked, numbers: &[u32]) -> f32 {
    let all: f32 = asked.grams.iter().map(|t| t.weight).sum();
    let shared: f32 = asked
        .grams
        .iter()
        .filter(|t| t.number.is_some_and(|n| has(numbers, n)))
        .map(|t| t.weight)
        .sum();
    if all > 0.0 { shared / all } else { 0.0 }
}
