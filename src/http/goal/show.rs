//! `GET /api/goal`.

use super::{colour, rate};
use crate::access::Permission;
use crate::flow::Tally;
use crate::http::extract::SignedIn;
use crate::http::{ApiResult, Http};
use crate::protocol::Problem;
use crate::protocol::resources::{DayView, GoalView, TopicView};
use axum::Json;
use axum::extract::State;

/// Topics in the list of the worst.
const WORST: usize = 20;

/// The number, its interval, the budget, the days, and what costs most.
#[utoipa::path(
    get, path = "/api/goal",
    responses((status = 200, body = GoalView), (status = 403, body = Problem))
)]
pub async fn show_goal(State(http): State<Http>, who: SignedIn) -> ApiResult<Json<GoalView>> {
    who.may(Permission::SeeGoal)?;
    let flow = &http.0.flow;
    let found = flow.goal().await?;
    let report = found.report;
    let one_tap = Tally {
        instant: report.window.chosen,
        ..report.window
    };
    Ok(Json(GoalView {
        target: flow.settings.goal.target,
        today: rate(report.today),
        week: rate(report.week),
        month: rate(report.window),
        one_tap: rate(one_tap),
        all_count: report.cohort.all,
        common_topics: u32::try_from(report.cohort.topics.len()).unwrap_or(u32::MAX),
        budget_left: report.budget.left,
        burn: report.budget.burn,
        runs_out: report.budget.runs_out.map(|d| d.to_string()),
        colour: colour(report.budget.colour),
        days: report
            .days
            .iter()
            .map(|d| DayView {
                day: d.day.to_string(),
                rate: rate(d.tally),
            })
            .collect(),
        worst: report
            .worst
            .iter()
            .zip(found.labels)
            .take(WORST)
            .map(|(t, label)| TopicView {
                topic: t.topic.clone(),
                label,
                sessions: t.sessions,
                rate: rate(t.tally),
            })
            .collect(),
    }))
}
