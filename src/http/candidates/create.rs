//! `POST /api/candidates`.

use super::{proposal, view};
use crate::access::Permission;
use crate::http::extract::{Body, SignedIn};
use crate::http::{ApiResult, Http};
use crate::protocol::Problem;
use crate::protocol::resources::{CandidateRequest, CandidateView};
use axum::Json;
use axum::extract::State;

/// Proposes a change.
#[utoipa::path(
    post, path = "/api/candidates", request_body = CandidateRequest,
    responses((status = 200, body = CandidateView), (status = 400, body = Problem))
)]
pub async fn create_candidate(
    State(http): State<Http>,
    who: SignedIn,
    Body(request): Body<CandidateRequest>,
) -> ApiResult<Json<CandidateView>> {
    who.may(Permission::EditKnowledge)?;
    let proposed = proposal(&http, request)?;
    let candidate = http.0.flow.propose_change(proposed).await?;
    Ok(Json(view(&http, &candidate, true)))
}
