//! Questions handed to people.

use super::accounts::WorkerRef;
use crate::protocol::terminal::EscalationStateName;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Who said a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SpeakerName {
    /// The resident.
    Resident,
    /// A worker.
    Worker,
}

/// One line of the talk.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct LineView {
    /// Counts up from 1.
    pub number: i64,
    /// Who.
    pub speaker: SpeakerName,
    /// The worker's name, for a worker's line.
    pub worker: Option<String>,
    /// The words.
    pub text: String,
    /// When.
    pub at: i64,
}

/// A question handed to people.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct EscalationView {
    /// Unique.
    pub id: String,
    /// The pick-up code.
    pub code: String,
    /// The question, masked.
    pub question: String,
    /// What the resident added.
    pub note: Option<String>,
    /// How to reach the resident: masked in lists, whole for the owner.
    pub contact: Option<String>,
    /// The place's name.
    pub place: String,
    /// The terminal's name.
    pub kiosk: String,
    /// Whether the resident is still at the terminal.
    pub resident_present: bool,
    /// When it was opened.
    pub opened_at: i64,
    /// When it must be answered.
    pub due_at: i64,
    /// Where it stands.
    pub state: EscalationStateName,
    /// Who has or had it.
    pub owner: Option<WorkerRef>,
    /// The answer, once there is one.
    pub answer: Option<String>,
    /// Counts up with every change.
    pub version: i64,
}

/// An escalation with everything said in it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct EscalationDetail {
    /// It.
    pub escalation: EscalationView,
    /// What was said, in order.
    pub lines: Vec<LineView>,
    /// Entries that come near the question, with their answers.
    pub suggestions: Vec<Suggestion>,
}

/// An entry a worker may answer with.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Suggestion {
    /// The entry's id.
    pub entry: String,
    /// Its standard question.
    pub question: String,
    /// Its text, rendered for the place.
    pub text: String,
    /// How near, 0 to 1.
    pub confidence: f32,
}

/// Which escalations.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EscalationParams {
    /// Only those that still wait. Default: true.
    pub open: Option<bool>,
}

/// The version that the desk has seen.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct Seen {
    /// As in the view.
    pub version: i64,
}

/// A worker's line.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct SayRequest {
    /// The words.
    pub text: String,
}

/// A worker's answer.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct AnswerRequest {
    /// The words for the resident.
    pub text: String,
    /// The entry whose answer it is, when it is one.
    #[serde(default)]
    pub entry: Option<String>,
    /// Whether it should be proposed as knowledge.
    #[serde(default)]
    pub learn: bool,
}

/// Ends an escalation without an answer.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct CloseRequest {
    /// Why, in words.
    pub reason: String,
}
