//! The test page.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A question for the test page.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct TryRequest {
    /// As a resident would ask.
    pub question: String,
    /// A place's id; the first community when none is given.
    #[serde(default)]
    pub place: Option<String>,
}

/// What the live path makes of a question, and why.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct TryResult {
    /// `answer`, `choices`, `no_answer`, `small_talk`, `command`,
    /// `emergency` or `human`.
    pub decision: String,
    /// The answer's text, or the notice.
    pub text: Option<String>,
    /// How probable it is that somebody is in danger, where that decided; 1 where a
    /// rule says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub danger: Option<f32>,
    /// The words that were searched for.
    pub words: Vec<String>,
    /// As what it was searched for, where characters were put right by their sound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_as: Option<String>,
    /// Whether the search by sound was needed.
    pub by_sound: bool,
    /// Candidates, best first.
    pub hits: Vec<HitView>,
}

/// One candidate and the reasons.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct HitView {
    /// The entry's id.
    pub entry: String,
    /// Its standard question.
    pub question: String,
    /// The phrasing that fits best.
    pub phrasing: String,
    /// Ranking score.
    pub score: f32,
    /// How likely it answers the question.
    pub confidence: f32,
    /// What the confidence was made of.
    pub features: Vec<FeatureView>,
}

/// One feature.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct FeatureView {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: f32,
}
