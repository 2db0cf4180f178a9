//! Candidates, their features, and their order.

use super::build::ANSWERS;
use super::document::{grams, sounds};
use super::features::Asked;
use super::index::Index;
use super::kind::Kinds;
use super::marks::Marks;
use super::vocabulary::Vocabulary;
use crate::model::{Channel, EntryId, Hits, PlaceId, Query, Timestamp};
use std::collections::HashMap;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query as TantivyQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Term};

/// Documents taken from each pass.
const DOCUMENTS: usize = 120;
/// The best documents among which an entry's phrasings are counted.
pub(super) const SUPPORT: usize = 20;
/// Answer texts that are looked at.
const ANSWERED: usize = 10;
/// Entries that get features.
const CANDIDATES: usize = 30;
/// Terms that tell entries apart less than this (0.5: those of more than 60%
/// of the entries) are not searched for: they cost most of the time and choose
/// nothing. The features look at them all the same.
const TELLING: f32 = 0.5;
/// A question with fewer telling terms is searched with all it has.
const FEW_TERMS: usize = 4;
/// Weight of words beside character grams. Character pairs beat words by 3 to
/// 7 points of hit@1 on public question sets; the sum beats both.
const WORDS: f32 = 0.7;
/// Weight of an official word beside what was said.
const OFFICIAL: f32 = 0.8;
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
    fn leaves_out(self, phrasing: &str, entry: &EntryId) -> bool {
        match self {
            Self::Nothing => false,
            Self::Phrasing(text) => text == phrasing,
            Self::Entry(id) => id == entry,
        }
    }
}

/// A candidate while it is looked for.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    pub(super) document: u32,
    pub(super) score: f32,
    pub(super) answer: f32,
    pub(super) support: f32,
    pub(super) only_by_sound: bool,
    pub(super) official: bool,
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
        let asked = self.asked(query);
        let mut candidates = self.first_pass(query);
        let covered = candidates
            .values()
            .map(|c| self.coverage(&asked, c.document))
            .fold(0.0, f32::max);
        let latin = query.core.chars().any(|c| c.is_ascii_alphabetic());
        if latin || query.channel == Channel::Spoken || covered < LITTLE {
            hits.by_sound = true;
            self.sound_pass(query, &mut candidates);
        }
        let mut found: Vec<Candidate> = self
            .best_of_entries(candidates.into_values(), without)
            .into_iter()
            .filter(|c| self.holds(c.document, place, now))
            .collect();
        found.sort_by(|a, b| b.score.total_cmp(&a.score));
        found.truncate(CANDIDATES);
        hits.ranked = self.ranked(&asked, &found, without);
        self.nearest_scope_wins(&mut hits.ranked, place);
        hits
    }

    fn asked(&self, query: &Query) -> Asked {
        let cut = grams(&query.core);
        let names = self.known.iter().flat_map(|k| &k.names);
        let mut topics: Vec<String> = names
            .filter(|n| query.normal.contains(n.as_str()))
            .cloned()
            .collect();
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

    fn coverage(&self, asked: &Asked, document: u32) -> f32 {
        let numbers = &self.documents[document as usize].grams;
        let all: f32 = asked.grams.iter().map(|t| t.weight).sum();
        let shared: f32 = asked
            .grams
            .iter()
            .filter(|t| t.number.is_some_and(|n| super::document::has(numbers, n)))
            .map(|t| t.weight)
            .sum();
        if all > 0.0 { shared / all } else { 0.0 }
    }

    /// Searches grams, words and answers; also with official words.
    fn first_pass(&self, query: &Query) -> HashMap<u32, Candidate> {
        let mut found: HashMap<u32, Candidate> = HashMap::new();
        let mut texts = vec![(query.core.clone(), query.words.clone(), 1.0, false)];
        for official in self.analyser.official(&query.core) {
            let words = self.analyser.words(&official);
            texts.push((official, words, OFFICIAL, true));
        }
        for (core, words, weight, official) in texts {
            let pairs = telling(&self.grams, grams(&core));
            let words = telling(&self.words, words);
            let terms = self.terms(self.fields.grams, &pairs, 1.0).chain(self.terms(
                self.fields.words,
                &words,
                WORDS,
            ));
            for (number, score) in self.run(terms) {
                let candidate = Candidate {
                    document: number as u32,
                    score: score * weight,
                    answer: 0.0,
                    support: 0.0,
                    only_by_sound: false,
                    official,
                };
                let best = found.entry(candidate.document).or_insert(candidate);
                if best.score < candidate.score {
                    *best = candidate;
                }
            }
        }
        self.count_support(&mut found);
        let words = telling(&self.words, query.words.clone());
        let answers = self.run(self.terms(self.fields.answer, &words, 1.0));
        let best = answers.first().map_or(1.0, |(_, score)| *score);
        for (number, score) in answers.into_iter().take(ANSWERED) {
            if number >= ANSWERS {
                self.note_answer((number - ANSWERS) as u32, score / best, &mut found);
            }
        }
        found
    }

    /// Notes how many of the best documents an entry has.
    fn count_support(&self, found: &mut HashMap<u32, Candidate>) {
        let mut best: Vec<(f32, u32)> = found
            .values()
            .map(|c| (c.score, self.documents[c.document as usize].entry))
            .collect();
        best.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut counts: HashMap<u32, u16> = HashMap::new();
        for (_, entry) in best.into_iter().take(SUPPORT) {
            *counts.entry(entry).or_default() += 1;
        }
        #[expect(clippy::cast_precision_loss, reason = "a small constant")]
        let all = SUPPORT as f32;
        for candidate in found.values_mut() {
            let entry = self.documents[candidate.document as usize].entry;
            candidate.support = f32::from(counts.get(&entry).copied().unwrap_or(0)) / all;
        }
    }

    /// An entry whose answer was found: its standard question becomes a
    /// candidate where no phrasing is one.
    fn note_answer(&self, entry: u32, answer: f32, found: &mut HashMap<u32, Candidate>) {
        let mut any = false;
        for candidate in found.values_mut() {
            if self.documents[candidate.document as usize].entry == entry {
                candidate.answer = answer;
                any = true;
            }
        }
        let first = self.documents.partition_point(|d| d.entry < entry);
        if !any && first < self.documents.len() {
            let candidate = Candidate {
                document: u32::try_from(first).unwrap_or(u32::MAX),
                score: 0.0,
                answer,
                support: 0.0,
                only_by_sound: false,
                official: false,
            };
            found.insert(candidate.document, candidate);
        }
    }

    /// Searches by sound; what only sounds alike is marked.
    fn sound_pass(&self, query: &Query, found: &mut HashMap<u32, Candidate>) {
        let heard = sounds(&query.syllables);
        let terms = self.terms(self.fields.sounds, &heard, 1.0);
        for (number, score) in self.run(terms) {
            let candidate = Candidate {
                document: number as u32,
                score: score * 0.9,
                answer: 0.0,
                support: 0.0,
                only_by_sound: true,
                official: false,
            };
            let best = found.entry(candidate.document).or_insert(candidate);
            // Heard alike and written alike: the better of the two counts.
            best.score = best.score.max(candidate.score);
        }
    }

    fn terms<'t>(
        &self,
        field: Field,
        terms: &'t [String],
        boost: f32,
    ) -> impl Iterator<Item = (Occur, Box<dyn TantivyQuery>)> + use<'t> {
        terms.iter().map(move |term| {
            let term = Term::from_field_text(field, term);
            let query = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
            (
                Occur::Should,
                Box::new(BoostQuery::new(query, boost)) as Box<dyn TantivyQuery>,
            )
        })
    }

    /// Numbers of documents and their scores.
    fn run(&self, terms: impl Iterator<Item = (Occur, Box<dyn TantivyQuery>)>) -> Vec<(u64, f32)> {
        let query = BooleanQuery::new(terms.collect());
        let top = TopDocs::with_limit(DOCUMENTS).order_by_score();
        let found = match self.searcher.search(&query, &top) {
            Ok(found) => found,
            Err(error) => {
                tracing::error!(%error, "search failed");
                return Vec::new();
            }
        };
        found
            .into_iter()
            .filter_map(|(score, address)| {
                let reader = self.searcher.segment_reader(address.segment_ord);
                let column = reader.fast_fields().u64("number").ok()?;
                column.first(address.doc_id).map(|number| (number, score))
            })
            .collect()
    }

    /// The best phrasing of each entry.
    fn best_of_entries(
        &self,
        candidates: impl Iterator<Item = Candidate>,
        without: Without,
    ) -> Vec<Candidate> {
        let mut best: HashMap<u32, Candidate> = HashMap::new();
        for candidate in candidates {
            let document = &self.documents[candidate.document as usize];
            if without.leaves_out(
                &document.text,
                &self.known[document.entry as usize].entry.id,
            ) {
                continue;
            }
            let now = best.entry(document.entry).or_insert(candidate);
            let answer = now.answer.max(candidate.answer);
            let better = (candidate.score, std::cmp::Reverse(candidate.document))
                > (now.score, std::cmp::Reverse(now.document));
            if better {
                *now = candidate;
            }
            now.answer = answer;
        }
        best.into_values().collect()
    }

    fn holds(&self, document: u32, place: &PlaceId, now: Timestamp) -> bool {
        let entry = &self.known[self.documents[document as usize].entry as usize].entry;
        entry.in_force(now)
            && self
                .edition
                .knowledge
                .places
                .distance(entry.scope.as_ref(), place)
                .is_some()
    }
}

/// The terms that tell entries apart; all of them when those are few.
fn telling(vocabulary: &Vocabulary, terms: Vec<String>) -> Vec<String> {
    let tells = |term: &String| vocabulary.weight_of(term) >= TELLING;
    if terms.iter().filter(|t| tells(t)).count() < FEW_TERMS {
        return terms;
    }
    terms.into_iter().filter(tells).collect()
}
