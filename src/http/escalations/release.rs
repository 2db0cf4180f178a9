//! `POST /api/escalations/{id}/release`.

use super::view;
use crate::access::Permission;
use crate::http::extract::{Body, SignedIn};
use crate::http::{ApiResult, Http};
use crate::protocol::Problem;
use crate::protocol::resources::{EscalationView, Seen};
use axum::Json;
use axum::extract::{Path, State};

/// Gives it back to the queue.
#[utoipa::path(
    post, path = "/api/escalations/{id}/release", params(("id" = String, Path)), request_body = Seen,
    responses((status = 200, body = EscalationView), (status = 404, body = Problem), (status = 409, body = Problem))
)]
pub async fn release_escalation(
    State(http): State<Http>,
    who: SignedIn,
    Path(id): Path<String>,
    Body(seen): Body<Seen>,
) -> ApiResult<Json<EscalationView>> {
    let user = who.may(Permission::AnswerResidents)?;
    let changed = http.0.flow.release(&user, &id.into(), seen.version).await?;
    view(&http, &user, &changed).await
}
