//! `DELETE /api/readings/{word}`.

use crate::access::Permission;
use crate::http::extract::SignedIn;
use crate::http::voices::view;
use crate::http::{ApiResult, Http};
use crate::protocol::Problem;
use crate::protocol::resources::VoicesView;
use axum::Json;
use axum::extract::{Path, State};

/// Forgets a reading that was put right.
#[utoipa::path(
    delete, path = "/api/readings/{word}", params(("word" = String, Path)),
    responses((status = 200, body = VoicesView), (status = 404, body = Problem))
)]
pub async fn delete_reading(
    State(http): State<Http>,
    who: SignedIn,
    Path(word): Path<String>,
) -> ApiResult<Json<VoicesView>> {
    who.may(Permission::EditKnowledge)?;
    let flow = &http.0.flow;
    flow.forget_reading(&word).await?;
    Ok(Json(view(flow).await?))
}
