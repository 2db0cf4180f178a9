//! REST resources of desk and console. Times are ms since 1970, dates
//! `YYYY-MM-DD`.

use super::terminal::{EscalationStateName, SourceRef};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A name and a password.
#[derive(Clone, Deserialize, ToSchema)]
pub struct SignInRequest {
    /// The account.
    pub name: String,
    /// Its password.
    pub password: String,
}

/// Roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RoleName {
    /// 社区工作者
    Worker,
    /// 知识管理员
    Admin,
}

/// Who is signed in.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Me {
    /// Unique.
    pub id: String,
    /// The sign-in name.
    pub name: String,
    /// The name residents see.
    pub display_name: String,
    /// What they may do.
    pub role: RoleName,
}

/// A worker by name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WorkerRef {
    /// Unique.
    pub id: String,
    /// The name residents see.
    pub display_name: String,
}

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

/// A whole entry, for reading and editing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EntryBody {
    /// Chosen by the author, never changed.
    pub id: String,
    /// One of the twelve areas.
    pub area: String,
    /// What it is about.
    pub topic: String,
    /// Other names of the topic.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Which side of the topic; see knowledge/README.md.
    #[serde(default)]
    pub facet: Option<String>,
    /// The standard question.
    pub question: String,
    /// Other ways to ask.
    pub phrasings: Vec<String>,
    /// For the screen.
    pub text: String,
    /// To be spoken, at most 80 characters.
    pub spoken: String,
    /// Where it holds.
    #[serde(default)]
    pub scope: Option<String>,
    /// What it rests on.
    pub source: SourceRef,
    /// First day.
    #[serde(default)]
    pub effective: Option<String>,
    /// First day no more.
    #[serde(default)]
    pub expires: Option<String>,
    /// Entries that could be meant instead.
    #[serde(default)]
    pub related: Vec<String>,
    /// A doubt to settle.
    #[serde(default)]
    pub review: Option<String>,
}

/// A line of the list of entries.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct EntryRow {
    /// The entry's id.
    pub id: String,
    /// Its area.
    pub area: String,
    /// Its topic.
    pub topic: String,
    /// Its standard question.
    pub question: String,
    /// How many phrasings.
    pub phrasings: u32,
    /// The document.
    pub source: String,
    /// First day no more.
    pub expires: Option<String>,
    /// A doubt to settle.
    pub review: Option<String>,
    /// Whether it may be given today.
    pub in_force: bool,
}

/// Which entries.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EntryParams {
    /// Words of the question or the id; empty for all.
    pub q: Option<String>,
    /// Only this area.
    pub area: Option<String>,
    /// From 1.
    pub page: Option<u32>,
}

/// A page of entries.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct EntryPage {
    /// All that match.
    pub total: u32,
    /// 20 a page.
    pub entries: Vec<EntryRow>,
    /// The areas there are.
    pub areas: Vec<String>,
}

/// Kinds of proposals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProposalKind {
    /// A new entry, or a new text of one.
    Entry,
    /// Another way to ask.
    Phrasing,
    /// Take an entry out.
    Retire,
}

/// States of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CandidateStateName {
    /// Waits for an admin.
    InReview,
    /// Will be in the next edition.
    Approved,
    /// Will not be.
    Rejected,
    /// Is in an edition.
    Published,
}

/// A proposed change.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct CandidateView {
    /// Unique.
    pub id: String,
    /// Of what kind.
    pub kind: ProposalKind,
    /// The entry as it would be, for `entry`.
    pub entry: Option<EntryBody>,
    /// The entry it is about, for `phrasing` and `retire`.
    pub target: Option<String>,
    /// The target's standard question.
    pub target_question: Option<String>,
    /// The new phrasing.
    pub phrasing: Option<String>,
    /// The escalation it was born from.
    pub escalation: Option<String>,
    /// When it was born.
    pub created_at: i64,
    /// Where it stands.
    pub state: CandidateStateName,
    /// The edition it is in.
    pub edition: Option<i64>,
    /// Why it was rejected.
    pub reason: Option<String>,
    /// Entries of the edition that answer (nearly) the same question.
    pub similar: Vec<Suggestion>,
    /// Counts up with every change.
    pub version: i64,
}

/// Which candidates.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CandidateParams {
    /// Only in this state.
    pub state: Option<CandidateStateName>,
}

/// A change of a candidate, or a new one.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct CandidateRequest {
    /// Of what kind.
    pub kind: ProposalKind,
    /// For `entry`.
    #[serde(default)]
    pub entry: Option<EntryBody>,
    /// For `phrasing` and `retire`.
    #[serde(default)]
    pub target: Option<String>,
    /// For `phrasing`.
    #[serde(default)]
    pub phrasing: Option<String>,
    /// As seen; 0 for a new one.
    #[serde(default)]
    pub version: i64,
}

/// Declines a candidate.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct RejectRequest {
    /// Why.
    pub reason: String,
    /// As seen.
    pub version: i64,
}

/// Publishes everything that is approved.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct PublishRequest {
    /// What changed, in a sentence.
    #[serde(default)]
    pub note: String,
}

/// A published state of the knowledge base.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct EditionView {
    /// Counts up from 1.
    pub number: i64,
    /// When.
    pub published_at: i64,
    /// Who; nobody when it came from files.
    pub published_by: Option<String>,
    /// What changed.
    pub note: String,
    /// How many entries.
    pub entries: i64,
    /// Whether it answers now.
    pub live: bool,
}

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

/// A share with its Wilson 95% interval; `rate` is none without turns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RateView {
    /// Instant common turns.
    pub instant: u32,
    /// Common question turns.
    pub total: u32,
    /// 0 to 1.
    pub rate: Option<f64>,
    /// Lower end, 0 to 1.
    pub low: Option<f64>,
    /// Upper end, 0 to 1.
    pub high: Option<f64>,
}

/// Colours of the goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GoalColour {
    /// On target.
    None,
    /// 蓝
    Blue,
    /// 黄
    Yellow,
    /// 红
    Red,
}

/// One day of the chart.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct DayView {
    /// `YYYY-MM-DD` in China.
    pub day: String,
    /// That day's share.
    pub rate: RateView,
}

/// A topic of the goal.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct TopicView {
    /// `entry:ID` or `gap:ID`.
    pub topic: String,
    /// The standard question, or the gap's first question.
    pub label: String,
    /// Sessions that asked.
    pub sessions: u32,
    /// Its share.
    pub rate: RateView,
}

/// The 98%, from real outcomes.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct GoalView {
    /// 0.98.
    pub target: f64,
    /// Since midnight in China.
    pub today: RateView,
    /// The last 7 days.
    pub week: RateView,
    /// The last 28 days.
    pub month: RateView,
    /// Answered with one tap (`chosen`), share of the 28 days' common turns.
    pub one_tap: RateView,
    /// Whether fewer than 50 question turns exist, so that all count.
    pub all_count: bool,
    /// How many common topics.
    pub common_topics: u32,
    /// Turns that may still fail in the 28 days before the budget is gone;
    /// negative when it is.
    pub budget_left: f64,
    /// Error rate over the last 7 days, in units of the budgeted rate.
    pub burn: f64,
    /// When the budget runs out at this rate, `YYYY-MM-DD`.
    pub runs_out: Option<String>,
    /// How urgent.
    pub colour: GoalColour,
    /// The last 28 days, oldest first.
    pub days: Vec<DayView>,
    /// Topics that cost most, worst first, at most 20.
    pub worst: Vec<TopicView>,
}

/// Which turns of the goal.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GoalParams {
    /// 1 (today), 7 or 28 days. Default 28.
    pub days: Option<u32>,
    /// Only turns that count against the goal.
    pub missed: Option<bool>,
    /// Only this topic.
    pub topic: Option<String>,
}

/// One turn behind the number.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct TurnView {
    /// Unique.
    pub id: String,
    /// When.
    pub at: i64,
    /// The question, masked.
    pub text: String,
    /// How it ended.
    pub outcome: String,
    /// The entry.
    pub entry: Option<String>,
    /// Whether it counts as instant.
    pub instant: bool,
    /// Why it does not: `slow`, `thumbs_down`, `rephrased`, `human`, or the
    /// outcome.
    pub why: Option<String>,
    /// Milliseconds to the answer.
    pub took_ms: i64,
    /// `typed` or `spoken`.
    pub channel: String,
    /// The terminal.
    pub kiosk: String,
}

/// A question that has no answer yet.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct GapView {
    /// Unique.
    pub id: String,
    /// The first question, masked.
    pub label: String,
    /// How often.
    pub count: i64,
    /// When first.
    pub first_at: i64,
    /// When last.
    pub last_at: i64,
    /// The entry that closed it.
    pub closed_by: Option<String>,
}
