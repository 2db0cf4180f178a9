//! Candidates: phrasings found by their words, their characters, their sound,
//! their meaning or their entry's answer.
//!
//! The lists of each field propose, tantivy proposes answers; every proposal is
//! then scored in all fields, so that all scores of all candidates are known and
//! can be compared.

use super::document::Document;
use super::index::Index;
use super::question::Question;
use super::search::Without;
use super::terms::Asked;
use super::vocabulary::Vocabulary;
use crate::text::gram::{letters, pairs, spelled as spelled_gram};
use rustc_hash::{FxHashMap, FxHashSet};
use std::hash::Hash;
use std::sync::Arc;
use tantivy::collector::{FilterCollector, TopDocs};
use tantivy::query::{BooleanQuery, Occur, Query as TantivyQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Term};

/// Phrasings taken from each pass.
const DOCUMENTS: usize = 200;
/// Answer texts taken.
const ANSWERED: usize = 30;
/// Terms of a long question that are searched for, the rarest of them.
const MOST_TERMS: usize = 64;
/// Terms that tell entries apart less than this (0.5: those of more than 60%
/// of the entries) are not searched for: they cost most of the time and choose
/// nothing. The features look at them all the same.
const TELLING: f32 = 0.5;
/// A question with fewer telling terms is searched with all it has.
const FEW_TERMS: usize = 4;
/// Answers that may not be found are dropped afterwards up to this many, and
/// filtered out while searching beyond.
const FEW_UNWANTED: usize = 400;
/// Weight of words beside characters. Characters beat words by 3 to 7 points of
/// hit@1 on public question sets; the sum beats both.
const WORDS: f32 = 0.7;
/// Weight of an official word beside what was said.
const OFFICIAL: f32 = 0.8;
/// Weight of sound beside characters and words.
const SOUND: f32 = 0.9;

/// Entries that get features: the best by what is written, by answer, by
/// sound, by meaning and by what all phrasings say together.
const WRITTEN: usize = 14;
const BY_ANSWER: usize = 8;
const BY_SOUND: usize = 3;
const BY_MEANING: usize = 5;
const BY_CLASS: usize = 6;

/// A phrasing while it is looked for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Candidate {
    pub(super) document: u32,
    /// What is written, by characters and words.
    pub(super) written: f32,
    /// How it sounds.
    pub(super) sound: f32,
    /// The better of the two.
    pub(super) score: f32,
    /// Place of its entry's answer among the answers that were found, from 1; 0
    /// where it was not.
    pub(super) answer: u32,
    /// Place of its entry by meaning, from 1; 0 where it was not found so.
    pub(super) meaning: u32,
    /// Whether it is among the most probable by all phrasings.
    pub(super) probable: bool,
    /// Which wording of the question fits it best.
    pub(super) wording: usize,
    /// Whether nothing but its sound was found.
    pub(super) only_by_sound: bool,
}

/// How a document was found.
#[derive(Clone, Copy, Debug, Default)]
struct How {
    written: bool,
}

/// What has been found, by document.
#[derive(Default)]
pub(super) struct Found {
    documents: FxHashMap<u32, How>,
    /// Entries by their answers, best first.
    answers: Vec<u32>,
    /// Entries by meaning, best first.
    meanings: Vec<u32>,
    /// Entries by all their phrasings, best first.
    probable: Vec<u32>,
}

/// Entries that may not be found.
pub(super) type Elsewhere = Arc<std::collections::HashSet<u32>>;

type Clauses = Vec<(Occur, Box<dyn TantivyQuery>)>;

impl Index {
    /// Searches characters, words and answers.
    pub(super) fn first_pass(&self, questions: &[Question], elsewhere: &Elsewhere) -> Found {
        let mut found = Found::default();
        let here = |n: u32| self.is_here(n, elsewhere);
        for question in questions {
            let terms = telling(&question.grams);
            let grams = self.lists.grams.best(&terms, DOCUMENTS, here);
            let terms = telling(&question.words);
            let words = self.lists.words.best(&terms, DOCUMENTS, here);
            let numbers = grams.into_iter().chain(words);
            let how = |n| (n, How { written: true });
            found.documents.extend(numbers.map(how));
        }
        if let Some(question) = questions.first() {
            let pairs = telling_terms(&self.pairs, pairs(&letters(&question.text)));
            let terms = clauses(self.fields.answer, pairs.into_iter().map(spelled_gram));
            found.answers = self.run(terms, elsewhere);
        }
        found
    }

    /// Searches by sound; what only sounds alike is marked.
    pub(super) fn sound_pass(&self, question: &Question, elsewhere: &Elsewhere, found: &mut Found) {
        let here = |n: u32| self.is_here(n, elsewhere);
        let terms = telling(&question.sounds);
        for number in self.lists.sounds.best(&terms, DOCUMENTS, here) {
            found.documents.entry(number).or_default();
        }
    }

    /// Whether a phrasing's entry may be found.
    fn is_here(&self, number: u32, elsewhere: &Elsewhere) -> bool {
        elsewhere.is_empty() || !elsewhere.contains(&self.documents[number as usize].entry)
    }

    /// Takes up entries that were found by meaning, best first.
    pub(super) fn note_meanings(&self, entries: impl Iterator<Item = u32>, found: &mut Found) {
        found.meanings = entries.take(BY_MEANING).collect();
    }

    /// Takes up the entries that are most probable by all phrasings, best first.
    pub(super) fn note_probable(&self, entries: impl Iterator<Item = u32>, found: &mut Found) {
        for entry in entries.take(BY_CLASS) {
            if !found.probable.contains(&entry) {
                found.probable.push(entry);
            }
        }
    }

    /// Whether any phrasing that was found covers that share of the question.
    pub(super) fn covers(&self, question: &Question, found: &Found, least: f32) -> bool {
        let numbers = found.documents.keys();
        let mut documents = numbers.map(|n| &self.documents[*n as usize]);
        documents.any(|d| {
            let shared = question.grams.shared(&d.grams, &self.grams).weight;
            shared >= least * question.grams.weight
        })
    }

    /// The candidates: the best phrasing of each entry that is good enough in
    /// anything, best written first.
    pub(super) fn candidates(
        &self,
        questions: &[Question],
        found: &Found,
        by_sound: bool,
        without: Without,
    ) -> Vec<Candidate> {
        let mut best: FxHashMap<u32, Candidate> = FxHashMap::default();
        let answers = found.answers.iter().take(BY_ANSWER);
        let whole_entries = answers.chain(&found.meanings);
        let of_entry = |entry: &u32| {
            let (from, to) = self.known[*entry as usize].documents;
            from..to
        };
        let found_documents = found.documents.iter().map(|(n, how)| (*n, how.written));
        // An entry found as a whole is known by its best phrasing, too.
        // What is probable may be so by its sound alone.
        let probable = found.probable.iter().flat_map(of_entry);
        let all = found_documents
            .chain(whole_entries.flat_map(of_entry).map(|n| (n, true)))
            .chain(probable.map(|n| (n, false)));
        for (number, written) in all {
            let document = &self.documents[number as usize];
            if self.leaves_out(without, document) {
                continue;
            }
            let mut candidate = self.scored(questions, number, document, by_sound);
            candidate.only_by_sound = !written;
            let now = best.entry(document.entry).or_insert(candidate);
            let only_by_sound = now.only_by_sound && candidate.only_by_sound;
            let order = |c: &Candidate| (c.score, std::cmp::Reverse(c.document));
            if order(&candidate) > order(now) {
                *now = candidate;
            }
            now.only_by_sound = only_by_sound;
        }
        for (place, entry) in (1..).zip(&found.answers) {
            if let Some(candidate) = best.get_mut(entry) {
                candidate.answer = place;
            }
        }
        for (place, entry) in (1..).zip(&found.meanings) {
            if let Some(candidate) = best.get_mut(entry) {
                candidate.meaning = place;
            }
        }
        for entry in &found.probable {
            if let Some(candidate) = best.get_mut(entry) {
                candidate.probable = true;
            }
        }
        choose(best.into_values().collect(), by_sound)
    }

    fn scored(
        &self,
        questions: &[Question],
        number: u32,
        document: &Document,
        by_sound: bool,
    ) -> Candidate {
        let mut best = Candidate::default();
        for (wording, question) in questions.iter().enumerate() {
            let weight = if question.official { OFFICIAL } else { 1.0 };
            let written =
                question.grams.bm25(&document.grams) + WORDS * question.words.bm25(&document.words);
            let sound = if by_sound {
                question.sounds.bm25(&document.sounds)
            } else {
                0.0
            };
            let score = weight * written.max(SOUND * sound);
            if score > best.score || wording == 0 {
                best = Candidate {
                    document: number,
                    written: weight * written,
                    sound: weight * sound,
                    score,
                    wording,
                    ..Candidate::default()
                };
            }
        }
        best
    }

    /// Whether a phrasing is left out of a search.
    pub(super) fn leaves_out(&self, without: Without, document: &Document) -> bool {
        let entry = &self.known[document.entry as usize].entry;
        without.leaves_out(&document.text, &entry.id)
    }

    /// Entries by their answers, best first.
    fn run(&self, clauses: Clauses, elsewhere: &Elsewhere) -> Vec<u32> {
        if clauses.is_empty() {
            return Vec::new();
        }
        let query = BooleanQuery::new(clauses);
        let result = if elsewhere.len() <= FEW_UNWANTED {
            // As many more are taken as may be dropped below: only without a
            // filter are whole blocks of postings skipped.
            let top = TopDocs::with_limit(ANSWERED + elsewhere.len()).order_by_score();
            self.searcher.search(&query, &top)
        } else {
            // Filtered while searching: a hundred communities may each have
            // their own answer to one question.
            let elsewhere = Arc::clone(elsewhere);
            let holds = move |entry: u64| !elsewhere.contains(&as_number(entry));
            let top = TopDocs::with_limit(ANSWERED).order_by_score();
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
        let segments = self.searcher.segment_readers().iter();
        let columns: Vec<_> = segments
            .map(|reader| reader.fast_fields().u64("entry").ok())
            .collect();
        let entries = found.into_iter().filter_map(|(_, address)| {
            let column = columns.get(address.segment_ord as usize)?.as_ref()?;
            column.first(address.doc_id).map(as_number)
        });
        let wanted = |entry: &u32| !elsewhere.contains(entry);
        entries.filter(wanted).take(ANSWERED).collect()
    }
}

/// Those that get features, best written first.
fn choose(mut all: Vec<Candidate>, by_sound: bool) -> Vec<Candidate> {
    let mut chosen = FxHashSet::default();
    let order = |key: fn(&Candidate) -> f32| {
        move |a: &Candidate, b: &Candidate| {
            key(b).total_cmp(&key(a)).then(a.document.cmp(&b.document))
        }
    };
    if by_sound {
        all.sort_unstable_by(order(|c| c.sound));
        chosen.extend(all.iter().take(BY_SOUND).map(|c| c.document));
    }
    all.sort_unstable_by(order(|c| c.score));
    chosen.extend(all.iter().take(WRITTEN).map(|c| c.document));
    let by_answer = |c: &Candidate| c.answer > 0 && c.answer as usize <= BY_ANSWER;
    let kept = |c: &Candidate| by_answer(c) || c.meaning > 0 || c.probable;
    all.retain(|c| chosen.contains(&c.document) || kept(c));
    all
}

/// Numbers in the index are those of documents and entries, below 2^32.
fn as_number(value: u64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// The known terms of a question that tell entries apart, the rarest of many; all
/// known ones when those are few.
fn telling(asked: &Asked) -> Vec<(u32, f32)> {
    let known = asked.terms.iter();
    chosen(known.filter_map(|t| t.number.map(|n| (n, t.weight))))
}

/// The same of terms that are searched for as they are written.
fn telling_terms<T: Hash + Eq + Clone>(vocabulary: &Vocabulary<T>, terms: Vec<T>) -> Vec<T> {
    let mut seen = FxHashSet::default();
    let known = terms
        .into_iter()
        .filter_map(|t| vocabulary.number(&t).map(|n| (n, t)))
        .filter(|(n, _)| seen.insert(*n))
        .map(|(n, t)| (t, vocabulary.weight(n)));
    chosen(known).into_iter().map(|(t, _)| t).collect()
}

fn chosen<T>(known: impl Iterator<Item = (T, f32)>) -> Vec<(T, f32)> {
    let mut known: Vec<(T, f32)> = known.collect();
    known.sort_by(|a, b| b.1.total_cmp(&a.1));
    let telling = known.iter().filter(|(_, w)| *w >= TELLING).count();
    if telling >= FEW_TERMS {
        known.truncate(telling.min(MOST_TERMS));
    }
    known
}

fn clauses(field: Field, terms: impl Iterator<Item = String>) -> Clauses {
    let clause = |term: String| {
        let term = Term::from_field_text(field, &term);
        let query: Box<dyn TantivyQuery> =
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
        (Occur::Should, query)
    };
    terms.map(clause).collect()
}
