//! `GET /api/session`: who am I?

use crate::http::extract::SignedIn;
use crate::protocol::Problem;
use crate::protocol::resources::Me;
use axum::Json;

/// Who is signed in.
#[utoipa::path(
    get, path = "/api/session",
    responses((status = 200, body = Me), (status = 401, body = Problem))
)]
pub async fn show_session(SignedIn(user): SignedIn) -> Json<Me> {
    Json(Me::from(&user))
}
