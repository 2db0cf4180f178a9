//! Signing in and out.

pub mod create;
pub mod delete;
pub mod show;

use axum::http::HeaderValue;

use crate::access::DESK_COOKIE;

/// A `Set-Cookie` value for the desk's token.
fn desk_cookie(token: &str, seconds: i64) -> Option<HeaderValue> {
    let text =
        format!("{DESK_COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}");
    HeaderValue::from_str(&text).ok()
}
