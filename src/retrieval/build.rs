//! Builds the index of an edition, in memory.

use super::base::Base;
use super::document::{Document, Known, heard, sound_grams, spelled};
use super::gram::{Gram, letters, pairs, short, spelled as spelled_gram, triples};
use super::holding::conditional;
use super::index::{BuildError, Index};
use super::marks::Marks;
use super::names::Names;
use super::passage::{Text, means};
use super::ranker::Rankers;
use super::salience::Tally;
use super::schema::{Fields, schema};
use super::terms::Terms;
use super::vocabulary::Vocabulary;
use crate::model::{Channel, Edition, Entry};
use crate::text::{Analyser, normalise};
use arc_swap::ArcSwapOption;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;
use tantivy::TantivyDocument;

/// tantivy's smallest budget for one indexing thread, in bytes.
const BUDGET: usize = 15_000_000;

/// Numbers of documents that hold an answer text begin here.
pub(super) const ANSWERS: u64 = 1 << 32;

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
        for (number, entry) in (0u32..).zip(&edition.knowledge.entries) {
            for document in parts.take_up(number, entry, &analyser, &fields) {
                writer.add_document(document)?;
            }
        }
        writer.commit()?;
        parts.weigh();
        let by_id: HashMap<_, _> = (0u32..)
            .zip(&parts.known)
            .map(|(n, k): (u32, &Known)| (k.entry.id.clone(), n))
            .collect();
        let searcher = store.reader()?.searcher();
        let conditional = conditional(edition.knowledge.entries.iter().map(Arc::as_ref));
        Ok(Self {
            base: Base::of(&parts.known),
            names: Names::new(&parts.known),
            text_means: means(parts.known.iter().map(|k| &k.text)),
            conditional,
            edition,
            analyser,
            rankers,
            searcher,
            fields,
            by_id,
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
        })
    }
}

impl Parts {
    /// Takes up an entry; gives what tantivy shall index.
    fn take_up(
        &mut self,
        number: u32,
        entry: &Arc<Entry>,
        analyser: &Analyser,
        fields: &Fields,
    ) -> Vec<TantivyDocument> {
        let mut indexed = Vec::new();
        let first = self.documents.len();
        for wording in entry.wordings() {
            let query = analyser.query(wording, Channel::Typed);
            let cut = letters(&query.core);
            let (grams, sounds) = (short(&cut), heard(&query.syllables));
            let joined = |terms: Vec<String>| terms.join(" ");
            let mut document = TantivyDocument::new();
            document.add_u64(fields.number, self.documents.len() as u64);
            document.add_u64(fields.entry, u64::from(number));
            let spelled_grams = grams.iter().copied().map(spelled_gram).collect();
            document.add_text(fields.grams, joined(spelled_grams));
            document.add_text(fields.words, joined(query.words.clone()));
            let spelled_sounds = sound_grams(&sounds).map(spelled).collect();
            document.add_text(fields.sounds, joined(spelled_sounds));
            indexed.push(document);
            let terms = [
                numbers(&mut self.grams, grams.iter(), number),
                numbers(&mut self.triples, triples(&cut).iter(), number),
                numbers(&mut self.words, query.words.iter(), number),
                numbers(&mut self.sounds, sound_grams(&sounds), number),
            ];
            let document = Document::new(number, wording, &query.core, sounds, terms);
            self.documents.push(document);
        }
        let text = normalise(&entry.text);
        let mut answer = TantivyDocument::new();
        answer.add_u64(fields.number, ANSWERS + u64::from(number));
        answer.add_u64(fields.entry, u64::from(number));
        let terms: Vec<String> = pairs(&letters(&text))
            .into_iter()
            .map(spelled_gram)
            .collect();
        answer.add_text(fields.answer, terms.join(" "));
        indexed.push(answer);
        let words = analyser.words(&text);
        let words = numbers(&mut self.answer_words, words.iter(), number);
        let text = Text::new(&entry.text, normalise, words, number, &mut self.pairs);
        self.known
            .push(know(entry, first, &self.documents[first..], text));
        indexed
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
    }
}

fn numbers<T, Q>(
    vocabulary: &mut Vocabulary<T>,
    terms: impl Iterator<Item = Q>,
    entry: u32,
) -> Vec<u32>
where
    T: Hash + Eq + Clone,
    Q: std::borrow::Borrow<T>,
{
    terms
        .map(|term| vocabulary.add(term.borrow(), entry))
        .collect()
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
