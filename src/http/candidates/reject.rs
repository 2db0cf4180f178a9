//! `POST /api/candidates/{id}/reject`.

use super::view;
use crate::access::Permission;
use crate::http::extract::{Body, SignedIn};
use crate::http::{ApiResult, Http};
use crate::protocol::Problem;
use crate::protocol::resources::{CandidateView, RejectRequest};
use axum::Json;
use axum::extract::{Path, State};

/// Declines it.
#[utoipa::path(
    post, path = "/api/candidates/{id}/reject", params(("id" = String, Path)),
    request_body = RejectRequest,
    responses((status = 200, body = CandidateView), (status = 409, body = Problem))
)]
pub async fn reject_candidate(
    State(http): State<Http>,
    who: SignedIn,
    Path(id): Path<String>,
    Body(request): Body<RejectRequest>,
) -> ApiResult<Json<CandidateView>> {
    let user = who.may(Permission::EditKnowledge)?;
    let candidate = http
        .0
        .flow
        .reject(&id.into(), request.version, &user.id, request.reason)
        .await?;
    Ok(Json(view(&http, &candidate, false)))
}
