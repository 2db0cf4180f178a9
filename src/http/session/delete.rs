//! `DELETE /api/session`: sign out.

use super::desk_cookie;
use crate::access::{DESK_COOKIE, cookie, hash_secret};
use crate::http::{ApiResult, Http};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Signs out.
#[utoipa::path(delete, path = "/api/session", responses((status = 204)))]
pub async fn delete_session(State(http): State<Http>, headers: HeaderMap) -> ApiResult<Response> {
    if let Some(token) = cookie(&headers, DESK_COOKIE) {
        http.0.flow.signed_out(&hash_secret(token)).await?;
    }
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Some(cookie) = desk_cookie("", 0) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
