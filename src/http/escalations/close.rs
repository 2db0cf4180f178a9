//! `POST /api/escalations/{id}/close`.

use super::view;
use crate::access::Permission;
use crate::http::extract::{Body, SignedIn};
use crate::http::{ApiResult, Http};
use crate::protocol::Problem;
use crate::protocol::resources::{CloseRequest, EscalationView};
use axum::Json;
use axum::extract::{Path, State};

/// Ends it without an answer.
#[utoipa::path(
    post, path = "/api/escalations/{id}/close", params(("id" = String, Path)), request_body = CloseRequest,
    responses((status = 200, body = EscalationView), (status = 404, body = Problem), (status = 409, body = Problem))
)]
pub async fn close_escalation(
    State(http): State<Http>,
    who: SignedIn,
    Path(id): Path<String>,
    Body(request): Body<CloseRequest>,
) -> ApiResult<Json<EscalationView>> {
    let user = who.may(Permission::AnswerResidents)?;
    let changed = http
        .0
        .flow
        .close_unanswered(&user, &id.into(), &request.reason)
        .await?;
    view(&http, &user, &changed).await
}
