//! `GET /api/candidates/{id}`.

use super::view;
use crate::access::Permission;
use crate::http::extract::SignedIn;
use crate::http::{ApiResult, Http};
use crate::protocol::resources::CandidateView;
use crate::protocol::{Code, Problem};
use axum::Json;
use axum::extract::{Path, State};

/// One candidate, with entries that answer nearly the same.
#[utoipa::path(
    get, path = "/api/candidates/{id}", params(("id" = String, Path)),
    responses((status = 200, body = CandidateView), (status = 404, body = Problem))
)]
pub async fn show_candidate(
    State(http): State<Http>,
    who: SignedIn,
    Path(id): Path<String>,
) -> ApiResult<Json<CandidateView>> {
    who.may(Permission::EditKnowledge)?;
    let found = http
        .0
        .flow
        .store
        .candidate(&id.into())
        .await?
        .ok_or(Code::NotFound)?;
    Ok(Json(view(&http, &found, true)))
}
