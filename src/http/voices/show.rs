//! `GET /api/voices`.

use super::view;
use crate::access::Permission;
use crate::http::extract::SignedIn;
use crate::http::{ApiResult, Http};
use crate::protocol::Problem;
use crate::protocol::resources::VoicesView;
use axum::Json;
use axum::extract::State;

/// The house's voice, and how far the sounds of the edition are.
#[utoipa::path(
    get, path = "/api/voices",
    responses((status = 200, body = VoicesView), (status = 403, body = Problem))
)]
pub async fn show_voices(State(http): State<Http>, who: SignedIn) -> ApiResult<Json<VoicesView>> {
    who.may(Permission::EditKnowledge)?;
    Ok(Json(view(&http.0.flow).await?))
}
