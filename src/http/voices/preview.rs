//! `POST /api/voices/preview`.

use crate::access::Permission;
use crate::http::audio::sound;
use crate::http::extract::{Body, SignedIn};
use crate::http::{ApiResult, Http};
use crate::protocol::Problem;
use crate::protocol::resources::SpeakRequest;
use axum::extract::State;
use axum::response::Response;

/// A text as it will be heard, before it is published.
#[utoipa::path(
    post, path = "/api/voices/preview", request_body = SpeakRequest,
    responses(
        (status = 200, content_type = "audio/ogg", body = Vec<u8>),
        (status = 400, body = Problem)
    )
)]
pub async fn preview_voice(
    State(http): State<Http>,
    who: SignedIn,
    Body(request): Body<SpeakRequest>,
) -> ApiResult<Response> {
    who.may(Permission::ReadKnowledge)?;
    let file = http.0.flow.hear(&request.text, request.voice).await?;
    Ok(sound(&file))
}
