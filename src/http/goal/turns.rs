//! `GET /api/goal/turns`.

use super::turn_views;
use crate::access::Permission;
use crate::http::extract::SignedIn;
use crate::http::{ApiResult, Http};
use crate::protocol::Problem;
use crate::protocol::resources::{GoalParams, TurnView};
use axum::Json;
use axum::extract::{Query, State};

/// Turns in the list; the export has them all.
const LIMIT: usize = 500;

/// The turns that the number counts, newest first.
#[utoipa::path(
    get, path = "/api/goal/turns", params(GoalParams),
    responses((status = 200, body = Vec<TurnView>), (status = 403, body = Problem))
)]
pub async fn list_goal_turns(
    State(http): State<Http>,
    who: SignedIn,
    Query(params): Query<GoalParams>,
) -> ApiResult<Json<Vec<TurnView>>> {
    who.may(Permission::SeeGoal)?;
    let flow = &http.0.flow;
    let days = i64::from(params.days.unwrap_or(28));
    let missed = params.missed.unwrap_or(false);
    let list = flow
        .goal_turns(days, missed, params.topic.as_deref())
        .await?;
    let mut turns = turn_views(list, &flow.names().await?);
    turns.truncate(LIMIT);
    Ok(Json(turns))
}
