//! Words that the segmentation must know, and what people say instead.

use serde::{Deserialize, Serialize};

/// A colloquial word and the official one, one way only: who says 老年卡
/// means 老年人优待证, not the other way round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    /// What people say.
    pub from: String,
    /// What documents say.
    pub to: String,
}

/// The policy words of an edition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lexicon {
    /// Words that stay whole.
    #[serde(default)]
    pub words: Vec<String>,
    /// Colloquial to official.
    #[serde(default)]
    pub aliases: Vec<Alias>,
    /// Words without meaning for a question: 请问, 那个.
    #[serde(default)]
    pub fillers: Vec<String>,
}
