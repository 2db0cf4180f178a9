//! `PUT /api/voices`.

use super::view;
use crate::access::Permission;
use crate::http::extract::{Body, SignedIn};
use crate::http::{ApiResult, Http};
use crate::protocol::Problem;
use crate::protocol::resources::{VoiceRequest, VoicesView};
use axum::Json;
use axum::extract::State;

/// Chooses the house's voice. What was made in it before is found again; the rest
/// is made in the background.
#[utoipa::path(
    put, path = "/api/voices", request_body = VoiceRequest,
    responses((status = 200, body = VoicesView), (status = 400, body = Problem))
)]
pub async fn choose_voice(
    State(http): State<Http>,
    who: SignedIn,
    Body(request): Body<VoiceRequest>,
) -> ApiResult<Json<VoicesView>> {
    who.may(Permission::EditKnowledge)?;
    let flow = &http.0.flow;
    flow.choose_voice(request.voice, request.speed).await?;
    Ok(Json(view(flow).await?))
}
