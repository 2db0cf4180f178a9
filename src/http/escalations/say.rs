//! `POST /api/escalations/{id}/say`.

use crate::access::Permission;
use crate::http::extract::{Body, SignedIn};
use crate::http::{ApiResult, Http};
use crate::protocol::resources::{LineView, SayRequest};
use crate::protocol::{Problem, line_view};
use axum::Json;
use axum::extract::{Path, State};

/// Says something to the resident.
#[utoipa::path(
    post, path = "/api/escalations/{id}/say", params(("id" = String, Path)),
    request_body = SayRequest,
    responses((status = 200, body = LineView), (status = 404, body = Problem), (status = 409, body = Problem))
)]
pub async fn say_in_escalation(
    State(http): State<Http>,
    who: SignedIn,
    Path(id): Path<String>,
    Body(request): Body<SayRequest>,
) -> ApiResult<Json<LineView>> {
    let user = who.may(Permission::AnswerResidents)?;
    let line = http
        .0
        .flow
        .worker_says(&user, &id.into(), &request.text)
        .await?;
    Ok(Json(line_view(&line, &http.0.flow.names().await?)))
}
