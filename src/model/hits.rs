//! Ranked entries, with the reasons.

use super::EntryId;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What the decision looks at, for one candidate. All are 0 to 1 unless said
/// otherwise.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Features {
    /// Names and values, in a fixed order.
    pub values: Vec<(Cow<'static, str>, f32)>,
}

impl Features {
    /// The value of a feature, 0 where there is none of that name.
    pub fn get(&self, name: &str) -> f32 {
        self.values
            .iter()
            .find(|(n, _)| n == name)
            .map_or(0.0, |(_, v)| *v)
    }
}

/// One entry and how well it fits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// The entry.
    pub entry: EntryId,
    /// Its standard question.
    pub question: String,
    /// The phrasing that fits best.
    pub phrasing: String,
    /// Ranking score; comparable within one query only.
    pub score: f32,
    /// How likely it is that this entry answers the question, 0 to 1.
    pub confidence: f32,
    /// Why.
    pub features: Features,
}

/// Everything found for a query: the explain record of a turn.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Hits {
    /// The edition that was searched.
    pub edition: i64,
    /// The words that were searched for.
    pub words: Vec<String>,
    /// As what it was searched for, where characters were put right by their sound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_as: Option<String>,
    /// Whether the search by sound was needed.
    pub by_sound: bool,
    /// What decided: `lexical`, `table` or `encoder`.
    #[serde(default)]
    pub signals: String,
    /// Whether entries have few phrasings: then many questions have no entry, and
    /// one must be surer to answer.
    #[serde(default)]
    pub sparse: bool,
    /// Best first, one for each entry, only entries in force at the place.
    pub ranked: Vec<Hit>,
}
