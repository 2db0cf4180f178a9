//! `POST /api/voices/reading`.

use crate::access::Permission;
use crate::http::extract::{Body, SignedIn};
use crate::http::{ApiResult, Http};
use crate::protocol::Problem;
use crate::protocol::resources::{CharacterView, ReadAloudView, SpeakRequest};
use axum::Json;
use axum::extract::State;

/// How a text is read, character by character.
#[utoipa::path(
    post, path = "/api/voices/reading", request_body = SpeakRequest,
    responses((status = 200, body = ReadAloudView), (status = 400, body = Problem))
)]
pub async fn show_reading(
    State(http): State<Http>,
    who: SignedIn,
    Body(request): Body<SpeakRequest>,
) -> ApiResult<Json<ReadAloudView>> {
    who.may(Permission::ReadKnowledge)?;
    let characters = http.0.flow.read_characters(&request.text)?;
    Ok(Json(ReadAloudView {
        characters: characters
            .into_iter()
            .map(|c| CharacterView {
                text: c.text,
                reading: c.reading,
                others: c.others,
            })
            .collect(),
    }))
}
