//! Candidates get their features, their confidence, and their order.

use super::confidence;
use super::document::union;
use super::features::{self, Asked, Found, NAMES, Said};
use super::index::Index;
use super::search::{Candidate, Without};
use crate::model::{Features, Hit, PlaceId};
use std::borrow::Cow;
use std::collections::HashMap;

impl Index {
    pub(super) fn ranked(&self, asked: &Asked, found: &[Candidate], without: Without) -> Vec<Hit> {
        let best = found.first().map_or(1.0, |c| c.score.max(f32::EPSILON));
        let heaviest = self.words.look_up(std::iter::once("\u{0}"))[0]
            .weight
            .max(f32::EPSILON);
        let mut hits: Vec<Hit> = found
            .iter()
            .enumerate()
            .map(|(rank, candidate)| {
                let document = &self.documents[candidate.document as usize];
                let known = &self.known[document.entry as usize];
                let rival = found.get(usize::from(rank == 0)).map_or(0.0, |c| c.score);
                let how = Found {
                    bm25: candidate.score / best,
                    margin: (candidate.score - rival) / best,
                    answer: candidate.answer,
                    support: candidate.support,
                    only_by_sound: candidate.only_by_sound,
                    official: candidate.official,
                };
                let extra =
                    features::rarest_extra(&asked.words, document, |n| self.words.weight(n));
                let rest = match without {
                    Without::Phrasing(text) => self.rest(document.entry, text),
                    _ => None,
                };
                let said = match &rest {
                    Some((grams, words)) => Said { grams, words },
                    None => Said {
                        grams: &known.grams,
                        words: &known.words,
                    },
                };
                let values = features::of(asked, document, known, said, how, heaviest, extra);
                Hit {
                    entry: known.entry.id.clone(),
                    question: known.entry.question.clone(),
                    phrasing: document.text.clone(),
                    score: candidate.score,
                    confidence: confidence::of(&values),
                    features: Features {
                        values: NAMES
                            .iter()
                            .map(|n| Cow::Borrowed(*n))
                            .zip(values)
                            .collect(),
                    },
                }
            })
            .collect();
        hits.sort_by(|a, b| {
            b.confidence
                .total_cmp(&a.confidence)
                .then(b.score.total_cmp(&a.score))
        });
        hits
    }

    /// Grams and words of an entry's phrasings but for one, when that one is
    /// the entry's.
    fn rest(&self, entry: u32, without: &str) -> Option<(Vec<u32>, Vec<u32>)> {
        let first = self.documents.partition_point(|d| d.entry < entry);
        let own = self.documents[first..]
            .iter()
            .take_while(|d| d.entry == entry);
        let others: Vec<_> = own.clone().filter(|d| d.text != without).collect();
        (others.len() < own.count()).then(|| {
            (
                union(others.iter().map(|d| &d.grams)),
                union(others.iter().map(|d| &d.words)),
            )
        })
    }

    /// Of entries that answer the same question for several places the one
    /// of the nearest place stays.
    pub(super) fn nearest_scope_wins(&self, hits: &mut Vec<Hit>, place: &PlaceId) {
        let places = &self.edition.knowledge.places;
        let mut nearest: HashMap<String, usize> = HashMap::new();
        let distance = |hit: &Hit| {
            let known = &self.known[self.by_id[&hit.entry] as usize];
            places
                .distance(known.entry.scope.as_ref(), place)
                .unwrap_or(usize::MAX)
        };
        for hit in hits.iter() {
            let at = distance(hit);
            let least = nearest.entry(hit.question.clone()).or_insert(at);
            *least = (*least).min(at);
        }
        hits.retain(|hit| distance(hit) == nearest[&hit.question]);
    }
}
