//! `GET /api/candidates`.

use super::view;
use crate::access::Permission;
use crate::http::extract::SignedIn;
use crate::http::{ApiResult, Http};
use crate::protocol::Problem;
use crate::protocol::resources::{CandidateParams, CandidateStateName, CandidateView};
use axum::Json;
use axum::extract::{Query, State};

/// Most candidates in a list.
const LIMIT: i64 = 500;

/// Candidates, newest first.
#[utoipa::path(
    get, path = "/api/candidates", params(CandidateParams),
    responses((status = 200, body = Vec<CandidateView>), (status = 403, body = Problem))
)]
pub async fn list_candidates(
    State(http): State<Http>,
    who: SignedIn,
    Query(params): Query<CandidateParams>,
) -> ApiResult<Json<Vec<CandidateView>>> {
    who.may(Permission::EditKnowledge)?;
    let state = params.state.map(|s| match s {
        CandidateStateName::InReview => "in_review",
        CandidateStateName::Approved => "approved",
        CandidateStateName::Rejected => "rejected",
        CandidateStateName::Published => "published",
    });
    let found = http.0.flow.store.candidates(state, LIMIT).await?;
    Ok(Json(found.iter().map(|c| view(&http, c, false)).collect()))
}
