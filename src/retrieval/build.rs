//! Builds the index of an edition, in memory.

use super::confidence::density;
use super::document::{Document, Known, grams, sounds};
use super::holding::conditional;
use super::index::{BuildError, Index};
use super::kind::Kinds;
use super::marks::Marks;
use super::salience::Tally;
use super::schema::schema;
use super::vocabulary::Vocabulary;
use crate::model::{Channel, Edition, Entry, Query};
use crate::text::{Analyser, normalise};
use std::collections::HashMap;
use std::sync::Arc;
use tantivy::TantivyDocument;

/// tantivy's smallest budget for one indexing thread, in bytes.
const BUDGET: usize = 15_000_000;

/// Numbers of documents that hold an answer text begin here.
pub(super) const ANSWERS: u64 = 1 << 32;

/// A phrasing with its terms, before anything is numbered.
struct Cut {
    text: String,
    query: Query,
    grams: Vec<String>,
}

impl Index {
    /// Builds the index; about a second for ten thousand phrasings.
    ///
    /// # Errors
    /// When tantivy fails, which in memory means that there is none left.
    pub fn build(edition: Edition, analyser: Arc<Analyser>) -> Result<Self, BuildError> {
        let (schema, fields) = schema();
        let store = tantivy::Index::create_in_ram(schema);
        let mut writer = store.writer_with_num_threads::<TantivyDocument>(1, BUDGET)?;
        let (mut gram_terms, mut word_terms) = (Vocabulary::default(), Vocabulary::default());
        let (mut documents, mut known) = (Vec::<Document>::new(), Vec::new());
        for (number, entry) in (0u32..).zip(&edition.knowledge.entries) {
            let mut marks = Marks::default();
            let first = documents.len();
            for wording in entry.wordings() {
                let cut = cut(&analyser, wording);
                let mut document = TantivyDocument::new();
                document.add_u64(fields.number, documents.len() as u64);
                document.add_u64(fields.entry, u64::from(number));
                document.add_text(fields.grams, cut.grams.join(" "));
                document.add_text(fields.words, cut.query.words.join(" "));
                document.add_text(fields.sounds, sounds(&cut.query.syllables).join(" "));
                writer.add_document(document)?;
                let one = number_terms(number, cut, &mut gram_terms, &mut word_terms);
                marks = marks.and(&one.marks);
                documents.push(one);
            }
            let text = normalise(&entry.text);
            let answer = analyser.words(&text);
            let mut document = TantivyDocument::new();
            document.add_u64(fields.number, ANSWERS + u64::from(number));
            document.add_u64(fields.entry, u64::from(number));
            document.add_text(fields.answer, answer.join(" "));
            writer.add_document(document)?;
            let answer = answer.iter().map(|w| word_terms.add(w, number)).collect();
            let marks = marks.and(&Marks::of(&text));
            known.push(know(entry, &documents[first..], answer, marks));
        }
        writer.commit()?;
        gram_terms.weigh(known.len());
        word_terms.weigh(known.len());
        for document in &mut documents {
            let weigh = |terms: &Vocabulary, numbers: &[u32]| -> f32 {
                numbers.iter().map(|n| terms.weight(*n)).sum()
            };
            document.gram_weight = weigh(&gram_terms, &document.grams);
            document.word_weight = weigh(&word_terms, &document.words);
        }
        let by_id: HashMap<_, _> = (0u32..)
            .zip(&known)
            .map(|(n, k): (u32, &Known)| (k.entry.id.clone(), n))
            .collect();
        let searcher = store.reader()?.searcher();
        let conditional = conditional(edition.knowledge.entries.iter().map(Arc::as_ref));
        Ok(Self {
            density: density(known.len(), documents.len()),
            conditional,
            edition,
            analyser,
            searcher,
            fields,
            documents,
            known,
            grams: gram_terms,
            words: word_terms,
            by_id,
        })
    }
}

fn cut(analyser: &Analyser, wording: &str) -> Cut {
    let query = analyser.query(wording, Channel::Typed);
    let grams = grams(&query.core);
    Cut {
        text: wording.to_owned(),
        query,
        grams,
    }
}

fn sorted(mut numbers: Vec<u32>) -> Vec<u32> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn number_terms(
    entry_number: u32,
    cut: Cut,
    gram_terms: &mut Vocabulary,
    word_terms: &mut Vocabulary,
) -> Document {
    let core = &cut.query.core;
    Document {
        entry: entry_number,
        grams: sorted(
            cut.grams
                .iter()
                .map(|g| gram_terms.add(g, entry_number))
                .collect(),
        ),
        words: sorted(
            cut.query
                .words
                .iter()
                .map(|w| word_terms.add(w, entry_number))
                .collect(),
        ),
        gram_weight: 0.0,
        word_weight: 0.0,
        kinds: Kinds::of(core),
        marks: Marks::of(core),
        core: core.chars().collect(),
        text: cut.text,
    }
}

fn know(entry: &Arc<Entry>, documents: &[Document], answer: Vec<u32>, marks: Marks) -> Known {
    let names = std::iter::once(&entry.topic)
        .chain(&entry.aliases)
        .map(|name| normalise(name))
        .filter(|name| name.chars().count() >= 2)
        .collect();
    Known {
        entry: Arc::clone(entry),
        grams: Tally::of(documents.iter().map(|d| d.grams.as_slice())),
        words: Tally::of(documents.iter().map(|d| d.words.as_slice())),
        answer: sorted(answer),
        marks,
        names,
    }
}
