//! `GET /api/escalations`.

use crate::access::Permission;
use crate::http::extract::SignedIn;
use crate::http::{ApiResult, Http};
use crate::protocol::resources::{EscalationParams, EscalationView};
use crate::protocol::{Problem, escalation_view};
use crate::store::EscalationFilter;
use axum::Json;
use axum::extract::{Query, State};

/// Those that wait, soonest due first; or all of them, newest first.
#[utoipa::path(
    get, path = "/api/escalations", params(EscalationParams),
    responses((status = 200, body = Vec<EscalationView>), (status = 401, body = Problem))
)]
pub async fn list_escalations(
    State(http): State<Http>,
    who: SignedIn,
    Query(params): Query<EscalationParams>,
) -> ApiResult<Json<Vec<EscalationView>>> {
    let user = who.may(Permission::AnswerResidents)?;
    let flow = &http.0.flow;
    let filter = EscalationFilter {
        open: params.open.unwrap_or(true),
        ..EscalationFilter::default()
    };
    let names = flow.names().await?;
    let found = flow.store.escalations(&filter).await?;
    Ok(Json(
        found
            .iter()
            .map(|e| {
                let own = e.owner() == Some(&user.id);
                escalation_view(e, &names, flow.presence.resident_present(&e.session), own)
            })
            .collect(),
    ))
}
