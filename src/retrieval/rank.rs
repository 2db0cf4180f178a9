//! Candidates get features, a confidence and their order.

use super::candidate::Candidate;
use super::confidence;
use super::document::Document;
use super::features::{self, Asked, Group, NAMES, Shown};
use super::index::Index;
use super::salience::margins;
use super::search::Without;
use crate::model::{Features, Hit};
use std::borrow::Cow;

impl Index {
    /// Hits for candidates that are sorted by score, surest first.
    pub(super) fn ranked(
        &self,
        asked: &Asked,
        candidates: &[Candidate],
        without: Without,
    ) -> Vec<Hit> {
        let left_out = match without {
            Without::Phrasing(text) => self.documents.iter().find(|d| d.text == text),
            Without::Nothing | Without::Entry(_) => None,
        };
        let groups = self.groups(asked, candidates, left_out);
        let best = candidates
            .first()
            .map_or(1.0, |c| c.score.max(f32::EPSILON));
        let mut hits: Vec<Hit> = candidates
            .iter()
            .zip(groups)
            .enumerate()
            .map(|(rank, (candidate, group))| {
                let rival = candidates
                    .get(usize::from(rank == 0))
                    .map_or(0.0, |c| c.score);
                let shown = Shown {
                    bm25: candidate.score / best,
                    margin: (candidate.score - rival) / best,
                    candidate: *candidate,
                    group,
                };
                self.hit(asked, &shown)
            })
            .collect();
        hits.sort_by(|a, b| {
            b.confidence
                .total_cmp(&a.confidence)
                .then(b.score.total_cmp(&a.score))
        });
        let core: String = asked.core.iter().collect();
        self.prefer_how(&core, &mut hits);
        hits
    }

    /// What the entry of each candidate says, against those of the others.
    fn groups(
        &self,
        asked: &Asked,
        candidates: &[Candidate],
        left_out: Option<&Document>,
    ) -> Vec<Group> {
        let mut groups: Vec<Group> = candidates
            .iter()
            .map(|c| self.group(asked, self.documents[c.document as usize].entry, left_out))
            .collect();
        let salience: Vec<f32> = groups.iter().map(|g| g.entry).collect();
        for (group, margin) in groups.iter_mut().zip(margins(&salience)) {
            group.entry_margin = margin;
        }
        groups
    }

    fn group(&self, asked: &Asked, entry: u32, left_out: Option<&Document>) -> Group {
        let known = &self.known[entry as usize];
        let of_entry = left_out.filter(|d| d.entry == entry);
        let mean = |grams: f32, words: f32| (grams + words) / 2.0;
        Group {
            entry: mean(
                known
                    .grams
                    .salience(&asked.grams, of_entry.map(|d| d.grams.as_slice())),
                known
                    .words
                    .salience(&asked.words, of_entry.map(|d| d.words.as_slice())),
            ),
            gram_cover: known
                .grams
                .cover(&asked.grams, of_entry.map(|d| d.grams.as_slice())),
            word_cover: known
                .words
                .cover(&asked.words, of_entry.map(|d| d.words.as_slice())),
            ..Group::default()
        }
    }

    fn hit(&self, asked: &Asked, shown: &Shown) -> Hit {
        let document = &self.documents[shown.candidate.document as usize];
        let known = &self.known[document.entry as usize];
        let extra = features::rarest_extra(&asked.words, document, |n| self.words.weight(n));
        let scale = self.words.heaviest().max(f32::EPSILON);
        let values = features::of(asked, document, known, shown, scale, extra);
        Hit {
            entry: known.entry.id.clone(),
            question: known.entry.question.clone(),
            phrasing: document.text.clone(),
            score: shown.candidate.score,
            confidence: confidence::of(&values, self.density),
            features: Features {
                values: NAMES
                    .iter()
                    .map(|n| Cow::Borrowed(*n))
                    .zip(values)
                    .collect(),
            },
        }
    }
}
