//! `PUT /api/candidates/{id}`.

use super::{proposal, view};
use crate::access::Permission;
use crate::http::extract::{Body, SignedIn};
use crate::http::{ApiResult, Http};
use crate::protocol::Problem;
use crate::protocol::resources::{CandidateRequest, CandidateView};
use axum::Json;
use axum::extract::{Path, State};

/// Changes what is proposed.
#[utoipa::path(
    put, path = "/api/candidates/{id}", params(("id" = String, Path)),
    request_body = CandidateRequest,
    responses((status = 200, body = CandidateView), (status = 409, body = Problem))
)]
pub async fn edit_candidate(
    State(http): State<Http>,
    who: SignedIn,
    Path(id): Path<String>,
    Body(request): Body<CandidateRequest>,
) -> ApiResult<Json<CandidateView>> {
    who.may(Permission::EditKnowledge)?;
    let version = request.version;
    let proposed = proposal(&http, request)?;
    let candidate = http
        .0
        .flow
        .edit_candidate(&id.into(), version, proposed)
        .await?;
    Ok(Json(view(&http, &candidate, true)))
}
