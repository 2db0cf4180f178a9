//! `POST /api/session`: sign in.

use super::desk_cookie;
use crate::access::{Secret, verify_password};
use crate::http::extract::Body;
use crate::http::{ApiResult, Http};
use crate::model::Timestamp;
use crate::protocol::resources::{Me, SignInRequest};
use crate::protocol::{Code, Problem};
use axum::Json;
use axum::extract::{ConnectInfo, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use std::net::{IpAddr, SocketAddr};
use std::sync::PoisonError;

/// Tries for one name from one address before it must wait.
const FREE_FAILURES: u32 = 5;
/// How long it must wait.
const WAIT_MS: i64 = 5 * Timestamp::MINUTE;
/// A hash of nothing that anybody knows: so that an unknown name takes as
/// long as a wrong password.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$q3F1u4j0bJqGJcyQ5b0cB8y6Zl0cX0q0JmVjv2W8m3I";

/// Signs in; sets an HttpOnly cookie for 12 hours.
#[utoipa::path(
    post, path = "/api/session", request_body = SignInRequest,
    responses((status = 200, body = Me), (status = 401, body = Problem), (status = 429, body = Problem))
)]
pub async fn create_session(
    State(http): State<Http>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Body(request): Body<SignInRequest>,
) -> ApiResult<Response> {
    let flow = &http.0.flow;
    let now = flow.clock.now();
    let who = (peer.ip(), request.name.trim().to_owned());
    // Counted before it is checked: a thousand at once are a thousand tries.
    if !may_try(&http, &who, now) {
        return Err(Code::SlowDown.into());
    }
    let user = flow.store.user_by_name(request.name.trim()).await?;
    let hash = user
        .as_ref()
        .map_or(NOBODY, |u| &u.password_hash)
        .to_owned();
    let right = {
        let _permit = http.0.hashing.acquire().await.map_err(|_| Code::Stopping)?;
        tokio::task::spawn_blocking(move || verify_password(&request.password, &hash))
            .await
            .map_err(|_| Code::Internal)?
    };
    let user = user.filter(|u| right && u.active);
    let user = user.ok_or(Code::WrongPassword)?;
    forget_tries(&http, &who);

    let token = Secret::fresh();
    let until = flow.signed_in(&user.id, token.hash).await?;
    let mut response = Json(Me::from(&user)).into_response();
    if let Some(cookie) = desk_cookie(&token.text, until.since(now) / 1000) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Counts a try; `false` when there were too many.
fn may_try(http: &Http, who: &(IpAddr, String), now: Timestamp) -> bool {
    let mut tries = http.0.tries.lock().unwrap_or_else(PoisonError::into_inner);
    tries.retain(|_, (last, _)| now.0 - *last < WAIT_MS);
    let (last, count) = tries.entry(who.clone()).or_insert((now.0, 0));
    if *count >= FREE_FAILURES {
        return false;
    }
    (*last, *count) = (now.0, *count + 1);
    true
}

fn forget_tries(http: &Http, who: &(IpAddr, String)) {
    http.0
        .tries
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .remove(who);
}
