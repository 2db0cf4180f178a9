//! Candidates: phrasings found by their words, their characters, their sound
//! or their entry's answer.

use super::build::ANSWERS;
use super::document::{grams, sounds};
use super::index::Index;
use super::search::Without;
use super::vocabulary::Vocabulary;
use crate::model::Query;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use tantivy::collector::{FilterCollector, TopDocs};
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query as TantivyQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Term};

/// Documents taken from each pass.
const DOCUMENTS: usize = 120;
/// Answer texts that are looked at.
const ANSWERED: usize = 10;
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
/// Weight of a sound beside characters and words.
const SOUND: f32 = 0.9;

/// A phrasing while it is looked for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Candidate {
    pub(super) document: u32,
    pub(super) score: f32,
    /// The score of the entry's answer text as a share of the best one's.
    pub(super) answer: f32,
    /// Whether nothing but its sound was found.
    pub(super) only_by_sound: bool,
    /// Whether it was found with official words in place of colloquial ones.
    pub(super) official: bool,
}

/// What has been found, by document.
pub(super) type Found = HashMap<u32, Candidate>;

/// Entries that may not be found.
pub(super) type Elsewhere = Arc<HashSet<u32>>;

type Clauses = Vec<(Occur, Box<dyn TantivyQuery>)>;

impl Index {
    /// Searches grams, words and answers; also with official words.
    pub(super) fn first_pass(
        &self,
        query: &Query,
        elsewhere: &Elsewhere,
        without: Without,
    ) -> Found {
        let mut found = Found::new();
        self.written(&query.core, &query.words, false, elsewhere, &mut found);
        for official in self.analyser.official(&query.core) {
            let words = self.analyser.words(&official);
            self.written(&official, &words, true, elsewhere, &mut found);
        }
        found.retain(|number, _| !self.leaves_out(without, &self.documents[*number as usize]));
        let words = telling(&self.words, query.words.clone());
        let answers = self.run(terms(self.fields.answer, &words, 1.0), elsewhere);
        let best = answers.first().map_or(1.0, |(_, score)| *score);
        for (number, score) in answers.into_iter().take(ANSWERED) {
            if let Some(entry) = number.checked_sub(ANSWERS) {
                self.note_answer(as_number(entry), score / best, &mut found);
            }
        }
        found
    }

    fn written(
        &self,
        core: &str,
        words: &[String],
        official: bool,
        elsewhere: &Elsewhere,
        found: &mut Found,
    ) {
        let weight = if official { OFFICIAL } else { 1.0 };
        let pairs = telling(&self.grams, grams(core));
        let words = telling(&self.words, words.to_vec());
        let mut clauses = terms(self.fields.grams, &pairs, 1.0);
        clauses.append(&mut terms(self.fields.words, &words, WORDS));
        for (number, score) in self.run(clauses, elsewhere) {
            let candidate = Candidate {
                document: as_number(number),
                score: score * weight,
                official,
                ..Candidate::default()
            };
            let best = found.entry(candidate.document).or_insert(candidate);
            if best.score < candidate.score {
                *best = candidate;
            }
        }
    }

    /// An entry whose answer was found: its standard question becomes a
    /// candidate where no phrasing is one.
    fn note_answer(&self, entry: u32, answer: f32, found: &mut Found) {
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
                answer,
                ..Candidate::default()
            };
            found.insert(candidate.document, candidate);
        }
    }

    /// Searches by sound; what only sounds alike is marked.
    pub(super) fn sound_pass(&self, query: &Query, elsewhere: &Elsewhere, found: &mut Found) {
        let heard = terms(self.fields.sounds, &sounds(&query.syllables), 1.0);
        for (number, score) in self.run(heard, elsewhere) {
            let candidate = Candidate {
                document: as_number(number),
                score: score * SOUND,
                only_by_sound: true,
                ..Candidate::default()
            };
            let best = found.entry(candidate.document).or_insert(candidate);
            // Heard alike and written alike: the better of the two counts.
            best.score = best.score.max(candidate.score);
        }
    }

    /// The best phrasing of each entry, best first: at most `limit`, and beyond
    /// them those whose answer was found.
    pub(super) fn best_of_entries(&self, found: Found, limit: usize) -> Vec<Candidate> {
        let mut best: HashMap<u32, Candidate> = HashMap::new();
        for candidate in found.into_values() {
            let document = &self.documents[candidate.document as usize];
            let now = best.entry(document.entry).or_insert(candidate);
            let answer = now.answer.max(candidate.answer);
            let better = (candidate.score, std::cmp::Reverse(candidate.document))
                > (now.score, std::cmp::Reverse(now.document));
            if better {
                *now = candidate;
            }
            now.answer = answer;
        }
        let mut best: Vec<Candidate> = best.into_values().collect();
        best.sort_by(|a, b| {
            b.score
                .total_cmp(&a.score)
                .then(a.document.cmp(&b.document))
        });
        let beyond = best.split_off(limit.min(best.len()));
        best.extend(beyond.into_iter().filter(|c| c.answer > 0.0));
        best
    }

    /// Numbers of documents and their scores, best first.
    fn run(&self, clauses: Clauses, elsewhere: &Elsewhere) -> Vec<(u64, f32)> {
        let query = BooleanQuery::new(clauses);
        let top = TopDocs::with_limit(DOCUMENTS).order_by_score();
        let result = if elsewhere.is_empty() {
            self.searcher.search(&query, &top)
        } else {
            // Filtered while searching: a hundred communities may each have
            // their own answer to one question.
            let elsewhere = Arc::clone(elsewhere);
            let holds = move |entry: u64| !elsewhere.contains(&as_number(entry));
            let filtered = FilterCollector::new("entry".to_owned(), holds, top);
            self.searcher.search(&query, &filtered)
        };
        let found = match result {
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
}

/// Numbers in the index are those of documents and entries, below 2^32.
fn as_number(value: u64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// The terms that tell entries apart; all of them when those are few.
fn telling(vocabulary: &Vocabulary, terms: Vec<String>) -> Vec<String> {
    let tells = |term: &String| vocabulary.weight_of(term) >= TELLING;
    if terms.iter().filter(|t| tells(t)).count() < FEW_TERMS {
        return terms;
    }
    terms.into_iter().filter(tells).collect()
}

fn terms(field: Field, terms: &[String], boost: f32) -> Clauses {
    terms
        .iter()
        .map(|term| {
            let term = Term::from_field_text(field, term);
            let query = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
            let boosted: Box<dyn TantivyQuery> = Box::new(BoostQuery::new(query, boost));
            (Occur::Should, boosted)
        })
        .collect()
}
