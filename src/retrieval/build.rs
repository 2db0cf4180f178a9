//! Builds the index of an edition, in memory.

use super::base::Base;
use super::classes::{Classes, Kinds};
use super::cut::{CutEntry, cut_all};
use super::document::{Document, Known};
use super::holding::conditional;
use super::index::{BuildError, Index};
use super::marks::Marks;
use super::memory::give_back;
use super::mend::Writing;
use super::names::Names;
use super::passage::{Means, Text, means};
use super::postings::{Lists, Postings};
use super::ranker::Rankers;
use super::salience::Tally;
use super::schema::schema;
use super::terms::Terms;
use super::vocabulary::Vocabulary;
use crate::model::{Edition, Entry, EntryId};
use crate::text::gram::Gram;
use crate::text::{Analyser, normalise};
use arc_swap::ArcSwapOption;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;
use tantivy::TantivyDocument;

/// tantivy's smallest budget for one indexing thread, in bytes.
const BUDGET: usize = 15_000_000;

/// What is filled entry by entry.
#[derive(Default)]
struct Parts {
    documents: Vec<Document>,
    known: Vec<Known>,
    grams: Vocabulary<Gram>,
    triples: Vocabulary<Gram>,
    words: Vocabulary<String>,
    sounds: Vocabulary<u64>,
    pairs: Vocabulary<Gram>,
    answer_words: Vocabulary<String>,
}

impl Index {
    /// Builds the index; about a second for ten thousand phrasings. `rankers`
    /// hold the weights of the decision.
    ///
    /// # Errors
    /// When tantivy fails, which in memory means that there is none left.
    pub fn build(
        edition: Edition,
        analyser: Arc<Analyser>,
        rankers: Arc<Rankers>,
    ) -> Result<Self, BuildError> {
        let (schema, fields) = schema();
        let store = tantivy::Index::create_in_ram(schema);
        let mut writer = store.writer_with_num_threads::<TantivyDocument>(1, BUDGET)?;
        let mut parts = Parts::default();
        cut_all(&edition.knowledge.entries, &analyser, |entry, cut| {
            let mut answer = TantivyDocument::new();
            answer.add_u64(fields.entry, u64::from(cut.number));
            answer.add_text(fields.answer, &cut.answer);
            parts.take_up(entry, cut);
            writer.add_document(answer).map(|_| ())
        })?;
        parts.weigh();
        // What takes longest, beside all the rest.
        let (classes, rest) = std::thread::scope(|scope| {
            let rest = scope.spawn(|| {
                let reader = writer.commit().and_then(|_| store.reader());
                reader.map(|reader| (reader, parts.rest()))
            });
            (parts.classes(), rest.join())
        });
        let rest = rest.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        let (reader, rest) = rest?;
        let conditional = conditional(edition.knowledge.entries.iter().map(Arc::as_ref));
        let index = Self {
            base: rest.base,
            names: rest.names,
            writing: rest.writing,
            text_means: rest.text_means,
            conditional,
            classes,
            edition,
            analyser,
            rankers,
            searcher: reader.searcher(),
            fields,
            by_id: rest.by_id,
            lists: rest.lists,
            documents: parts.documents,
            known: parts.known,
            grams: parts.grams,
            triples: parts.triples,
            words: parts.words,
            sounds: parts.sounds,
            pairs: parts.pairs,
            answer_words: parts.answer_words,
            table: ArcSwapOption::empty(),
            encoder: ArcSwapOption::empty(),
        };
        drop(writer);
        give_back();
        Ok(index)
    }
}

/// What is made of the parts when all are there.
struct Rest {
    base: Base,
    names: Names,
    writing: Writing,
    text_means: Means,
    by_id: HashMap<EntryId, u32>,
    lists: Lists,
}

impl Parts {
    fn classes(&self) -> Classes {
        let kinds = Kinds {
            grams: &self.grams,
            triples: &self.triples,
            sounds: &self.sounds,
        };
        Classes::fit(&kinds, &self.known, &self.documents, None)
    }

    fn rest(&self) -> Rest {
        let numbered = (0u32..).zip(&self.known);
        Rest {
            base: Base::of(&self.known),
            names: Names::new(&self.known),
            writing: Writing::new(&self.grams),
            text_means: means(self.known.iter().map(|k| &k.text)),
            by_id: numbered.map(|(n, k)| (k.entry.id.clone(), n)).collect(),
            lists: Lists {
                grams: Postings::of(self.documents.iter().map(|d| &d.grams)),
                words: Postings::of(self.documents.iter().map(|d| &d.words)),
                sounds: Postings::of(self.documents.iter().map(|d| &d.sounds)),
            },
        }
    }

    /// Takes up an entry: its terms get numbers.
    fn take_up(&mut self, entry: &Arc<Entry>, cut: CutEntry) {
        let (number, first) = (cut.number, self.documents.len());
        for cut in cut.phrasings {
            let mut document = cut.document;
            document.grams = numbers(&mut self.grams, cut.grams, number);
            document.triples = numbers(&mut self.triples, cut.triples, number);
            document.words = numbers(&mut self.words, cut.words, number);
            document.sounds = numbers(&mut self.sounds, cut.sounds, number);
            self.documents.push(document);
        }
        let words = cut.answer_words.iter();
        let words = words.map(|w| self.answer_words.add(w, number)).collect();
        let text = Text::new(&entry.text, normalise, words, number, &mut self.pairs);
        self.known
            .push(know(entry, first, &self.documents[first..], text));
    }

    fn weigh(&mut self) {
        let entries = self.known.len();
        self.grams.weigh(entries);
        self.triples.weigh(entries);
        self.words.weigh(entries);
        self.sounds.weigh(entries);
        self.pairs.weigh(entries);
        self.answer_words.weigh(entries);
        weigh(&mut self.documents, |d| &mut d.grams, &self.grams);
        weigh(&mut self.documents, |d| &mut d.triples, &self.triples);
        weigh(&mut self.documents, |d| &mut d.words, &self.words);
        weigh(&mut self.documents, |d| &mut d.sounds, &self.sounds);
        // Nothing is added any more.
        self.documents.shrink_to_fit();
        self.known.shrink_to_fit();
    }
}

fn numbers<T: Hash + Eq + Clone>(
    vocabulary: &mut Vocabulary<T>,
    terms: Vec<T>,
    entry: u32,
) -> Terms {
    let numbers = terms.iter().map(|term| vocabulary.add(term, entry));
    Terms::of(numbers.collect())
}

fn weigh<T: Hash + Eq>(
    documents: &mut [Document],
    terms: fn(&mut Document) -> &mut Terms,
    vocabulary: &Vocabulary<T>,
) {
    #[expect(clippy::cast_precision_loss, reason = "counts of terms")]
    let mean = {
        let all: usize = documents.iter_mut().map(|d| terms(d).numbers.len()).sum();
        all as f32 / documents.len().max(1) as f32
    };
    for document in documents {
        terms(document).weigh(vocabulary, mean);
    }
}

fn know(entry: &Arc<Entry>, first: usize, documents: &[Document], text: Text) -> Known {
    let names = std::iter::once(&entry.topic)
        .chain(&entry.aliases)
        .map(|name| normalise(name))
        .filter(|name| name.chars().count() >= 2)
        .collect();
    let tally = |terms: fn(&Document) -> &Terms| {
        Tally::of(documents.iter().map(|d| terms(d).numbers.as_slice()))
    };
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Known {
        entry: Arc::clone(entry),
        documents: (number(first), number(first + documents.len())),
        grams: tally(|d| &d.grams),
        words: tally(|d| &d.words),
        sounds: tally(|d| &d.sounds),
        marks: documents
            .iter()
            .fold(Marks::of(&normalise(&entry.text)), |all, d| {
                all.and(&d.marks)
            }),
        text,
        names,
    }
}
