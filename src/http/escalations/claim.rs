//! `POST /api/escalations/{id}/claim`.

use super::view;
use crate::access::Permission;
use crate::http::extract::SignedIn;
use crate::http::{ApiResult, Http};
use crate::protocol::Problem;
use crate::protocol::resources::EscalationView;
use axum::Json;
use axum::extract::{Path, State};

/// Takes an escalation; exactly one worker succeeds.
#[utoipa::path(
    post, path = "/api/escalations/{id}/claim", params(("id" = String, Path)),
    responses((status = 200, body = EscalationView), (status = 404, body = Problem), (status = 409, body = Problem))
)]
pub async fn claim_escalation(
    State(http): State<Http>,
    who: SignedIn,
    Path(id): Path<String>,
) -> ApiResult<Json<EscalationView>> {
    let user = who.may(Permission::AnswerResidents)?;
    let changed = http.0.flow.claim(&user, &id.into()).await?;
    view(&http, &user, &changed).await
}
