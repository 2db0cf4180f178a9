//! `GET /api/gaps`.

use super::extract::SignedIn;
use super::{ApiResult, Http};
use crate::access::Permission;
use crate::protocol::Problem;
use crate::protocol::resources::GapView;
use axum::Json;
use axum::extract::State;

/// Questions without an answer, most often asked first.
#[utoipa::path(
    get, path = "/api/gaps",
    responses((status = 200, body = Vec<GapView>), (status = 403, body = Problem))
)]
pub async fn list_gaps(State(http): State<Http>, who: SignedIn) -> ApiResult<Json<Vec<GapView>>> {
    who.may(Permission::EditKnowledge)?;
    let gaps = http.0.flow.store.gaps(false, 500).await?;
    Ok(Json(gaps.iter().map(GapView::from).collect()))
}
