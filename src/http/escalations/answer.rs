//! `POST /api/escalations/{id}/answer`.

use super::view;
use crate::access::Permission;
use crate::flow::Answer;
use crate::http::extract::{Body, SignedIn};
use crate::http::{ApiResult, Http};
use crate::protocol::Problem;
use crate::protocol::resources::{AnswerRequest, EscalationView};
use axum::Json;
use axum::extract::{Path, State};

/// Answers the resident; what should be learnt becomes a candidate.
#[utoipa::path(
    post, path = "/api/escalations/{id}/answer", params(("id" = String, Path)), request_body = AnswerRequest,
    responses((status = 200, body = EscalationView), (status = 404, body = Problem), (status = 409, body = Problem))
)]
pub async fn answer_escalation(
    State(http): State<Http>,
    who: SignedIn,
    Path(id): Path<String>,
    Body(request): Body<AnswerRequest>,
) -> ApiResult<Json<EscalationView>> {
    let user = who.may(Permission::AnswerResidents)?;
    let changed = {
        let answer = Answer {
            text: request.text,
            entry: request.entry.map(Into::into),
            learn: request.learn,
        };
        http.0.flow.resolve(&user, &id.into(), answer).await?
    };
    view(&http, &user, &changed).await
}
