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
    /// The words that were searched for.
    pub words: Vec<String>,
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
