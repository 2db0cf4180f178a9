//! `GET /api/entries/{id}`.

use crate::access::Permission;
use crate::http::extract::SignedIn;
use crate::http::{ApiResult, Http};
use crate::protocol::resources::EntryBody;
use crate::protocol::{Code, Problem};
use axum::Json;
use axum::extract::{Path, State};

/// A whole entry.
#[utoipa::path(
    get, path = "/api/entries/{id}", params(("id" = String, Path)),
    responses((status = 200, body = EntryBody), (status = 404, body = Problem))
)]
pub async fn show_entry(
    State(http): State<Http>,
    who: SignedIn,
    Path(id): Path<String>,
) -> ApiResult<Json<EntryBody>> {
    who.may(Permission::ReadKnowledge)?;
    let entry = http
        .0
        .flow
        .live()
        .index
        .entry(&id.into())
        .ok_or(Code::NotFound)?;
    Ok(Json(EntryBody::from(entry.as_ref())))
}
