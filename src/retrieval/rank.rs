//! Candidates get features, a confidence and their order.

use super::base::Base;
use super::candidate::{Candidate, Elsewhere};
use super::classes::{AskedOf, ClassedOf, Probable};
use super::features::{self, MeaningOf, Scores, Shown, names};
use super::index::Index;
use super::look::Look;
use super::meaning::Meanings;
use super::question::Question;
use super::ranker::Ranker;
use super::search::Without;
use crate::model::{EntryId, Features, Hit, Hits, Query};
use std::borrow::Cow;
use std::sync::Arc;

/// A first pass whose best candidate covers less than this share of the
/// question's weight found little: then sounds are searched, too.
const LITTLE: f32 = 0.45;

/// Candidates with their features.
pub(super) struct Considered {
    pub(super) candidates: Vec<Candidate>,
    pub(super) rows: Vec<Vec<f32>>,
    /// Whether the search by sound was needed.
    pub(super) by_sound: bool,
}

/// A question by its meaning, where that is looked at.
pub(super) struct Meant {
    pub(super) meanings: Arc<Meanings>,
    pub(super) vector: Vec<f32>,
}

impl Index {
    /// Finds candidates and makes their features.
    pub(super) fn consider(
        &self,
        query: &Query,
        elsewhere: &Elsewhere,
        without: Without,
        meant: Option<&Meant>,
    ) -> Considered {
        let questions = self.questions(query, without);
        let mut found = self.first_pass(&questions, elsewhere);
        let by_sound = self.needs_sound(query) || !self.covers(&questions[0], &found, LITTLE);
        if by_sound {
            self.sound_pass(&questions[0], elsewhere, &mut found);
        }
        let look = meant.map(|m| m.meanings.look(self, &m.vector, elsewhere, without));
        if let Some(look) = &look {
            self.note_meanings(look.nearest(), &mut found);
        }
        let asked = AskedOf {
            question: &questions[0],
            channel: query.channel,
            elsewhere,
            without,
        };
        let by_meaning = |m: &Meant| m.meanings.classed(self, &asked, &m.vector);
        let probable = Probable {
            written: self.classed(&self.classes, &asked, &[], &|| None),
            meant: meant.and_then(by_meaning),
        };
        self.note_probable(probable.written.first(), &mut found);
        if let Some(meant) = &probable.meant {
            self.note_probable(meant.first(), &mut found);
        }
        let candidates = self.candidates(&questions, &found, by_sound, without);
        let rows = self.rows(
            query,
            &questions,
            &candidates,
            without,
            look.as_ref(),
            &probable,
        );
        Considered {
            candidates,
            rows,
            by_sound,
        }
    }

    fn rows(
        &self,
        query: &Query,
        questions: &[Question],
        candidates: &[Candidate],
        without: Without,
        look: Option<&Look>,
        probable: &Probable,
    ) -> Vec<Vec<f32>> {
        let left_out = self
            .left_out(without)
            .and_then(|(entry, d)| d.map(|d| (entry, d)));
        let topics = self.names.in_text(&query.normal);
        let mut shown: Vec<Shown> = Vec::with_capacity(candidates.len());
        for candidate in candidates {
            let document = &self.documents[candidate.document as usize];
            let of_entry = left_out.filter(|(entry, _)| *entry == document.entry);
            shown.push(Shown {
                index: self,
                question: &questions[candidate.wording],
                candidate,
                document,
                known: &self.known[document.entry as usize],
                left_out: of_entry.map(|(_, d)| d),
                topics: &topics,
            });
        }
        let scores = Scores::new(shown.iter().map(|s| (s.candidate, s.question, s.document)));
        let of = |s: &Shown| probable.of(s.document.entry);
        let classes: Vec<(ClassedOf, Option<ClassedOf>)> = shown.iter().map(of).collect();
        let fits = features::fits(self, shown.iter().map(|s| (s.question, s.document.entry)));
        let meanings: Option<Vec<MeaningOf>> = look.map(|look| {
            let of = |s: &Shown| look.of(self, s.document.entry, s.candidate.document);
            shown.iter().map(of).collect()
        });
        features::rows(&shown, &scores, &fits, &classes, meanings.as_deref())
    }

    /// Letters may be pinyin and speech has homophones. Otherwise sounds, whose
    /// postings are long, are searched only where little is found.
    fn needs_sound(&self, query: &Query) -> bool {
        query.channel == crate::model::Channel::Spoken
            || query.core.chars().any(|c| c.is_ascii_alphabetic())
    }

    /// Hits for what was considered, surest first.
    pub(super) fn hits(&self, query: &Query, considered: Considered, ranker: &Ranker) -> Hits {
        let weights = ranker.of(self.base);
        let rated = considered.candidates.iter().zip(&considered.rows);
        let mut ranked: Vec<(f32, Hit)> = rated
            .map(|(candidate, row)| {
                let document = &self.documents[candidate.document as usize];
                let known = &self.known[document.entry as usize];
                let named = names(ranker.signals).iter().map(|n| Cow::Borrowed(*n));
                let hit = Hit {
                    entry: known.entry.id.clone(),
                    question: known.entry.question.clone(),
                    phrasing: document.text.clone(),
                    score: candidate.score,
                    confidence: weights.confidence(row, query.channel),
                    features: Features {
                        values: named.zip(row.iter().copied()).collect(),
                    },
                };
                (weights.log_odds(row), hit)
            })
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.score.total_cmp(&a.1.score)));
        let mut ranked: Vec<Hit> = ranked.into_iter().map(|(_, hit)| hit).collect();
        self.veto(&mut ranked, ranker.signals);
        self.prefer_plain(&query.core, &mut ranked);
        Hits {
            edition: self.edition.number,
            words: query.words.clone(),
            read_as: None,
            by_sound: considered.by_sound,
            signals: ranker.signals.as_str().to_owned(),
            sparse: self.base != Base::Curated,
            ranked,
        }
    }

    /// Candidates of a question with their features, to train on.
    pub(super) fn examples(
        &self,
        query: &Query,
        without: Without,
        meant: Option<&Meant>,
    ) -> Vec<(EntryId, Vec<f32>)> {
        let considered = self.consider(query, &Elsewhere::default(), without, meant);
        let ids = considered.candidates.iter().map(|c| {
            let document = &self.documents[c.document as usize];
            self.known[document.entry as usize].entry.id.clone()
        });
        ids.zip(considered.rows).collect()
    }
}
