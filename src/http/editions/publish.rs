//! `POST /api/editions`.

use crate::access::Permission;
use crate::http::extract::{Body, SignedIn};
use crate::http::{ApiResult, Http};
use crate::protocol::resources::{EditionView, PublishRequest};
use crate::protocol::{Code, Problem, edition_view};
use axum::Json;
use axum::extract::State;

/// Publishes everything that is approved; it answers at once.
#[utoipa::path(
    post, path = "/api/editions", request_body = PublishRequest,
    responses((status = 200, body = EditionView), (status = 400, body = Problem))
)]
pub async fn publish_edition(
    State(http): State<Http>,
    who: SignedIn,
    Body(request): Body<PublishRequest>,
) -> ApiResult<Json<EditionView>> {
    let user = who.may(Permission::EditKnowledge)?;
    let flow = &http.0.flow;
    let number = flow.publish(&user.id, &request.note).await?;
    let names = flow.names().await?;
    let editions = flow.store.editions(10).await?;
    let published = editions
        .iter()
        .find(|e| e.number == number)
        .ok_or(Code::NotFound)?;
    Ok(Json(edition_view(published, &names, number)))
}
