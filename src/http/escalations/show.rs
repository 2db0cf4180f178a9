//! `GET /api/escalations/{id}`.

use super::view;
use crate::access::Permission;
use crate::http::extract::SignedIn;
use crate::http::{ApiResult, Http};
use crate::protocol::resources::{EscalationDetail, Suggestion};
use crate::protocol::{Code, Problem, line_view};
use axum::Json;
use axum::extract::{Path, State};

/// Entries offered to the worker.
const SUGGESTIONS: usize = 4;

/// One escalation, what was said, and what the knowledge base has.
#[utoipa::path(
    get, path = "/api/escalations/{id}", params(("id" = String, Path)),
    responses((status = 200, body = EscalationDetail), (status = 404, body = Problem))
)]
pub async fn show_escalation(
    State(http): State<Http>,
    who: SignedIn,
    Path(id): Path<String>,
) -> ApiResult<Json<EscalationDetail>> {
    let user = who.may(Permission::AnswerResidents)?;
    let flow = &http.0.flow;
    let id = id.into();
    let found = flow.store.escalation(&id).await?.ok_or(Code::NotFound)?;
    let names = flow.names().await?;
    let lines = flow.store.lines(&id).await?;
    let suggestions = flow
        .near(&found.question, Some(&found.place), SUGGESTIONS)
        .into_iter()
        .map(|card| Suggestion {
            entry: card.entry.to_string(),
            question: card.question,
            text: card.text,
            confidence: card.confidence,
        })
        .collect();
    Ok(Json(EscalationDetail {
        escalation: view(&http, &user, &found).await?.0,
        lines: lines.iter().map(|l| line_view(l, &names)).collect(),
        suggestions,
    }))
}
