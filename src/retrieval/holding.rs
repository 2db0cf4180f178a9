//! Which entries hold at a place and a moment.

use super::index::Index;
use crate::model::{Entry, EntryId, PlaceId, Timestamp};
use std::collections::{HashMap, HashSet};

impl Index {
    /// Numbers of the entries that may not be given at `place` now: not in
    /// force, of another place, or said better by an entry of a nearer place
    /// that answers the same question.
    pub(super) fn elsewhere(&self, place: &PlaceId, now: Timestamp) -> HashSet<u32> {
        // As `PlaceTree::distance`, with the chain of places walked once.
        let chain = self.edition.knowledge.places.chain(place);
        let distance_of = |scope: Option<&PlaceId>| match scope {
            None => Some(usize::MAX),
            Some(scope) if scope == place => Some(0),
            Some(scope) => chain.iter().position(|p| p.id == *scope),
        };
        let mut elsewhere = HashSet::new();
        let mut nearest: HashMap<&str, (usize, u32)> = HashMap::new();
        for number in &self.conditional {
            let entry = &self.known[*number as usize].entry;
            let distance = distance_of(entry.scope.as_ref());
            let Some(distance) = distance.filter(|_| entry.in_force(now)) else {
                elsewhere.insert(*number);
                continue;
            };
            match nearest.get(entry.question.as_str()) {
                Some((least, _)) if *least <= distance => {
                    elsewhere.insert(*number);
                }
                _ => {
                    let before = nearest.insert(&entry.question, (distance, *number));
                    elsewhere.extend(before.map(|(_, farther)| farther));
                }
            }
        }
        elsewhere
    }
}

/// Numbers of the entries whose holding must be looked at: those with a scope
/// or a date, and those that share their question with another.
pub(super) fn conditional<'e>(entries: impl Iterator<Item = &'e Entry> + Clone) -> Vec<u32> {
    let mut first: HashMap<&str, &EntryId> = HashMap::new();
    let twins: HashSet<&str> = entries
        .clone()
        .filter(|e| first.insert(&e.question, &e.id).is_some())
        .map(|e| e.question.as_str())
        .collect();
    let dated = |e: &Entry| {
        [e.effective, e.expires, e.source.expires]
            .iter()
            .any(Option::is_some)
    };
    (0u32..)
        .zip(entries)
        .filter(|(_, e)| e.scope.is_some() || dated(e) || twins.contains(e.question.as_str()))
        .map(|(number, _)| number)
        .collect()
}
