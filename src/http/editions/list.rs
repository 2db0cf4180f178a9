//! `GET /api/editions`.

use crate::access::Permission;
use crate::http::extract::SignedIn;
use crate::http::{ApiResult, Http};
use crate::protocol::resources::EditionView;
use crate::protocol::{Problem, edition_view};
use axum::Json;
use axum::extract::State;

/// Editions, newest first.
#[utoipa::path(
    get, path = "/api/editions",
    responses((status = 200, body = Vec<EditionView>), (status = 401, body = Problem))
)]
pub async fn list_editions(
    State(http): State<Http>,
    who: SignedIn,
) -> ApiResult<Json<Vec<EditionView>>> {
    who.may(Permission::ReadKnowledge)?;
    let flow = &http.0.flow;
    let names = flow.names().await?;
    let live = flow.live().number();
    let found = flow.store.editions(100).await?;
    Ok(Json(
        found
            .iter()
            .map(|e| edition_view(e, &names, live))
            .collect(),
    ))
}
