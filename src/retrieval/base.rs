//! What kind of knowledge base it is.
//!
//! What decides differs: where every entry is a long document with a title, its
//! text does; where an entry is one question, that question; where curators have
//! written ten phrasings, what the entry says as a whole. One forest for all was
//! measured to lose 5 to 14 points of right answers at 95% precision on each.

use super::document::Known;
use serde::{Deserialize, Serialize};

/// A kind of knowledge base.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Base {
    /// Long texts with a title.
    Documents,
    /// One or two phrasings an entry.
    Questions,
    /// Many phrasings an entry.
    #[default]
    Curated,
}

/// Phrasings an entry, the standard question included, that make it curated.
const CURATED: usize = 3;
/// Characters of a text that make a document.
const DOCUMENT: usize = 200;

impl Base {
    /// The kind of a knowledge base.
    pub(super) fn of(known: &[Known]) -> Self {
        let phrasings: u32 = known.iter().map(|k| k.documents.1 - k.documents.0).sum();
        let characters: usize = known.iter().map(|k| k.entry.text.chars().count()).sum();
        if phrasings as usize >= CURATED * known.len() {
            Self::Curated
        } else if characters >= DOCUMENT * known.len() {
            Self::Documents
        } else {
            Self::Questions
        }
    }
}
