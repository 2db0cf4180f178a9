//! The index of one edition.

use super::document::{Document, Known};
use super::schema::Fields;
use super::vocabulary::Vocabulary;
use crate::model::{Edition, Entry, EntryId};
use crate::text::Analyser;
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

/// An edition, ready to be searched. Immutable; a new edition gets a new one.
pub struct Index {
    pub(super) edition: Edition,
    pub(super) analyser: Arc<Analyser>,
    pub(super) searcher: tantivy::Searcher,
    pub(super) fields: Fields,
    pub(super) documents: Vec<Document>,
    pub(super) known: Vec<Known>,
    /// How far entries have many phrasings, 0 to 1.
    pub(super) density: f32,
    /// Entries that do not hold everywhere and always.
    pub(super) conditional: Vec<u32>,
    pub(super) grams: Vocabulary,
    pub(super) words: Vocabulary,
    pub(super) by_id: HashMap<EntryId, u32>,
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
}
