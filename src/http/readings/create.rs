//! `POST /api/readings`.

use crate::access::Permission;
use crate::flow::Correction;
use crate::http::extract::{Body, SignedIn};
use crate::http::voices::view;
use crate::http::{ApiResult, Http};
use crate::protocol::Problem;
use crate::protocol::resources::{ReadingRequest, VoicesView};
use axum::Json;
use axum::extract::State;

/// Puts a reading right. The sentence is its test; one that would make another
/// sentence wrong is refused. Only sounds that change are made again.
#[utoipa::path(
    post, path = "/api/readings", request_body = ReadingRequest,
    responses((status = 200, body = VoicesView), (status = 400, body = Problem))
)]
pub async fn create_reading(
    State(http): State<Http>,
    who: SignedIn,
    Body(request): Body<ReadingRequest>,
) -> ApiResult<Json<VoicesView>> {
    who.may(Permission::EditKnowledge)?;
    let correction = Correction {
        word: request.word,
        reading: request.reading,
        sample: request.sample,
    };
    let flow = &http.0.flow;
    flow.correct_reading(correction).await?;
    Ok(Json(view(flow).await?))
}
