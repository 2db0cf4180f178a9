//! The 98%.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

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
