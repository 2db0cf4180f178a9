//! `POST /api/candidates/{id}/approve`.

use super::view;
use crate::access::Permission;
use crate::http::extract::{Body, SignedIn};
use crate::http::{ApiResult, Http};
use crate::protocol::Problem;
use crate::protocol::resources::{CandidateView, Seen};
use axum::Json;
use axum::extract::{Path, State};

/// Accepts it for the next edition.
#[utoipa::path(
    post, path = "/api/candidates/{id}/approve", params(("id" = String, Path)),
    request_body = Seen,
    responses((status = 200, body = CandidateView), (status = 409, body = Problem))
)]
pub async fn approve_candidate(
    State(http): State<Http>,
    who: SignedIn,
    Path(id): Path<String>,
    Body(request): Body<Seen>,
) -> ApiResult<Json<CandidateView>> {
    let user = who.may(Permission::EditKnowledge)?;
    let candidate = http
        .0
        .flow
        .approve(&id.into(), request.version, &user.id)
        .await?;
    Ok(Json(view(&http, &candidate, false)))
}
