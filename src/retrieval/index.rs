//! The index of one edition.

use super::base::Base;
use super::classes::Classes;
use super::document::{Document, Known};
use super::encoder::Encoder;
use super::meaning::Meanings;
use super::mend::Writing;
use super::names::Names;
use super::passage::Means;
use super::passage::passages;
use super::postings::Lists;
use super::ranker::{Ranker, Rankers, Signals};
use super::schema::Fields;
use super::vocabulary::Vocabulary;
use crate::model::{Edition, Entry, EntryId};
use crate::text::gram::Gram;
use crate::text::{Analyser, normalise};
use arc_swap::ArcSwapOption;
use std::collections::HashMap;
use std::sync::Arc;

/// Why an index could not be built.
#[derive(Debug, thiserror::Error)]
#[error("search index: {0}")]
pub struct BuildError(pub(super) tantivy::TantivyError);

impl From<tantivy::TantivyError> for BuildError {
    fn from(error: tantivy::TantivyError) -> Self {
        Self(error)
    }
}

/// Passages of an answer that an encoder reads at most.
const MOST_PASSAGES: usize = 24;

/// An edition, ready to be searched. Immutable, but for its meanings: they
/// come when they have been made. A new edition gets a new index.
pub struct Index {
    pub(super) edition: Edition,
    pub(super) analyser: Arc<Analyser>,
    pub(super) rankers: Arc<Rankers>,
    pub(super) searcher: tantivy::Searcher,
    pub(super) fields: Fields,
    /// Phrasings by their terms.
    pub(super) lists: Lists,
    /// What all phrasings together say.
    pub(super) classes: Classes,
    pub(super) documents: Vec<Document>,
    pub(super) known: Vec<Known>,
    pub(super) names: Names,
    /// What it writes, by sound.
    pub(super) writing: Writing,
    /// What kind of knowledge base it is.
    pub(super) base: Base,
    /// Entries that do not hold everywhere and always.
    pub(super) conditional: Vec<u32>,
    pub(super) grams: Vocabulary<Gram>,
    pub(super) triples: Vocabulary<Gram>,
    pub(super) words: Vocabulary<String>,
    pub(super) sounds: Vocabulary<u64>,
    /// Pairs of characters of the answers, and their words.
    pub(super) pairs: Vocabulary<Gram>,
    pub(super) answer_words: Vocabulary<String>,
    pub(super) text_means: Means,
    pub(super) by_id: HashMap<EntryId, u32>,
    /// By the table, and by the sentence encoder.
    pub(super) table: ArcSwapOption<Meanings>,
    pub(super) encoder: ArcSwapOption<Meanings>,
}

impl Index {
    /// The edition it was built from.
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    /// Cuts questions as the phrasings were cut.
    pub fn analyser(&self) -> &Arc<Analyser> {
        &self.analyser
    }

    /// Every entry of the edition.
    pub fn entries(&self) -> &[Arc<Entry>] {
        &self.edition.knowledge.entries
    }

    /// The entry of that id.
    pub fn entry(&self, id: &EntryId) -> Option<Arc<Entry>> {
        self.by_id
            .get(id)
            .map(|number| Arc::clone(&self.known[*number as usize].entry))
    }

    /// Every phrasing as an encoder shall read it, in order.
    pub fn phrasings(&self) -> Vec<String> {
        self.documents.iter().map(|d| normalise(&d.text)).collect()
    }

    /// Passages of the answers as an encoder shall read them, in order.
    pub fn passages(&self) -> Vec<String> {
        let texts = self.known.iter().map(|k| k.entry.text.as_str());
        let cut = texts.flat_map(|text| passages(text).into_iter().take(MOST_PASSAGES));
        cut.map(normalise).collect()
    }

    /// Where each entry's passages begin, and where the last one's end.
    pub(super) fn passage_begins(&self) -> Vec<u32> {
        let mut begins = vec![0];
        let mut end = 0;
        for known in &self.known {
            let count = passages(&known.entry.text).len().min(MOST_PASSAGES);
            end += u32::try_from(count).unwrap_or_default();
            begins.push(end);
        }
        begins
    }

    /// Takes up the meanings of its phrasings (and passages, where `passages` is
    /// not empty) by the table or the sentence encoder, in place of those it
    /// has. Says whether they fit.
    pub fn take_meanings(
        &self,
        signals: Signals,
        encoder: Arc<dyn Encoder>,
        phrasings: &[Vec<f32>],
        passages: &[Vec<f32>],
    ) -> bool {
        let Some(meanings) = Meanings::new(self, signals, encoder, phrasings, passages) else {
            return false;
        };
        match signals {
            Signals::Lexical => return false,
            Signals::Table => self.table.store(Some(Arc::new(meanings))),
            Signals::Encoder => self.encoder.store(Some(Arc::new(meanings))),
        }
        true
    }

    pub(super) fn meanings(&self, signals: Signals) -> Option<Arc<Meanings>> {
        match signals {
            Signals::Lexical => None,
            Signals::Table => self.table.load_full(),
            Signals::Encoder => self.encoder.load_full(),
        }
    }

    /// Whether these signals count: their vectors are there, and weights that
    /// were fitted to them.
    pub fn has_signals(&self, signals: Signals) -> bool {
        self.deciding(signals).0.signals == signals
    }

    /// The signals that a question can have at most.
    pub fn all_signals(&self) -> Signals {
        self.deciding(Signals::Encoder).0.signals
    }

    /// The signals of a question's first look.
    pub fn quick_signals(&self) -> Signals {
        self.deciding(Signals::Table).0.signals
    }

    /// The weights that decide, and the meanings that they need.
    pub(super) fn deciding(&self, signals: Signals) -> (&Ranker, Option<Arc<Meanings>>) {
        let least = signals.min(Signals::Table);
        for signals in [signals, least] {
            if let Some(meanings) = self.meanings(signals) {
                let fingerprint = meanings.encoder().fingerprint();
                if let Some(ranker) = self.rankers.of(signals, Some(fingerprint)) {
                    return (ranker, Some(meanings));
                }
            }
        }
        (self.rankers.lexical(), None)
    }
}
