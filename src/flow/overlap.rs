//! Entries that get in each other's way, found with the scorer that answers.

use super::Flow;
use crate::model::{Channel, EntryId, PlaceId};
use crate::retrieval::Without;
use std::collections::BTreeMap;

/// Two entries of which one would answer questions of the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlap {
    /// Whose phrasings they are.
    pub of: EntryId,
    /// What would be answered instead.
    pub instead: EntryId,
    /// Phrasings of `of`, each asked as if nobody had written it, that would be
    /// answered with `instead`.
    pub phrasings: Vec<String>,
}

impl Flow {
    /// Asks every phrasing as if nobody had written it, and collects those that
    /// another entry would answer: pairs of entries with the most of them first.
    /// Seconds for ten thousand phrasings.
    pub fn overlaps(&self, place: &PlaceId) -> Vec<Overlap> {
        let live = self.live();
        let now = self.clock.now();
        let bands = &self.settings.bands;
        let mut pairs: BTreeMap<(EntryId, EntryId), Vec<String>> = BTreeMap::new();
        for entry in live.index.entries() {
            for wording in entry.wordings() {
                let query = live.index.analyser().query(wording, Channel::Typed);
                let without = Without::Phrasing(wording);
                let hits = live.index.search_without(&query, place, now, without);
                let [first, rest @ ..] = hits.ranked.as_slice() else {
                    continue;
                };
                let second = rest.first().map_or(0.0, |h| h.confidence);
                let answers =
                    first.confidence >= bands.answer && first.confidence - second >= bands.margin;
                let twins = |id: &EntryId| {
                    live.index
                        .entry(id)
                        .is_some_and(|e| e.question == entry.question)
                };
                if answers && first.entry != entry.id && !twins(&first.entry) {
                    let pair = (entry.id.clone(), first.entry.clone());
                    pairs.entry(pair).or_default().push(wording.to_owned());
                }
            }
        }
        let overlap = |((of, instead), phrasings)| Overlap {
            of,
            instead,
            phrasings,
        };
        let mut overlaps: Vec<Overlap> = pairs.into_iter().map(overlap).collect();
        overlaps.sort_by_key(|o| std::cmp::Reverse(o.phrasings.len()));
        overlaps
    }
}
