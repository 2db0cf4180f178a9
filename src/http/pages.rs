//! The built pages, out of the binary.

use super::Http;
use crate::access::{KIOSK_COOKIE, cookie, hash_secret, is_local};
use axum::extract::{ConnectInfo, Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use rust_embed::RustEmbed;
use serde::Deserialize;
use std::net::SocketAddr;

#[derive(RustEmbed)]
#[folder = "kiosk/dist/"]
#[allow_missing = true]
struct Pages;

/// Seconds that a pairing cookie lives: ten years, longer than a kiosk.
const PAIRED_SECONDS: u64 = 10 * 365 * 24 * 3600;

const NOT_BUILT: &str = "页面还没有构建。请在项目目录运行 make run（或 make pages 后重新编译）。\n\
     The pages are not built: run `make run`, or `make pages` and compile again.\n";

fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(','))
        .any(|v| {
            v.split(';')
                .next()
                .is_some_and(|name| name.trim() == coding)
        })
}

fn content_type(file: &str) -> &'static str {
    match file.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("json" | "map") => "application/json",
        Some("woff2") => "font/woff2",
        Some("mp3") => "audio/mpeg",
        _ => "application/octet-stream",
    }
}

/// A built file, in the best coding that was compressed beforehand.
fn file(name: &str, headers: &HeaderMap, cache: &'static str) -> Option<Response> {
    let (found, coding) = [("br", ".br"), ("gzip", ".gz")]
        .into_iter()
        .filter(|(coding, _)| accepts(headers, coding))
        .find_map(|(coding, suffix)| {
            Pages::get(&format!("{name}{suffix}")).map(|f| (f, Some(coding)))
        })
        .or_else(|| Pages::get(name).map(|f| (f, None)))?;
    let mut response = found.data.into_owned().into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(content_type(name)),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    Some(response)
}

fn page(name: &str, headers: &HeaderMap) -> Response {
    file(name, headers, "no-cache")
        .unwrap_or_else(|| (StatusCode::NOT_FOUND, NOT_BUILT).into_response())
}

/// `/`: the terminal.
pub async fn home() -> Redirect {
    Redirect::temporary("/terminal")
}

/// `/terminal`. A browser on this machine that is not paired becomes the
/// demonstration terminal.
pub async fn terminal(
    State(http): State<Http>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Response {
    let mut response = page("terminal.html", &headers);
    let here = is_local(&headers, peer.ip());
    if let Some(demo) = http.0.demo_key.as_deref().filter(|_| here) {
        let known = match cookie(&headers, KIOSK_COOKIE) {
            Some(key) => matches!(
                http.0.flow.kiosk(&hash_secret(key)).await,
                Ok(Some(_)) | Err(_)
            ),
            None => false,
        };
        if !known {
            set_pairing(&mut response, demo);
        }
    }
    response
}

fn set_pairing(response: &mut Response, key: &str) {
    let cookie = format!(
        "{KIOSK_COOKIE}={key}; Path=/; HttpOnly; SameSite=Strict; Max-Age={PAIRED_SECONDS}"
    );
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// A kiosk's key, as in the address that `linli kiosk add` prints.
#[derive(Deserialize)]
pub struct PairParams {
    key: String,
}

/// `/pair?key=...`: makes this browser the terminal of that key.
pub async fn pair(State(http): State<Http>, Query(params): Query<PairParams>) -> Response {
    match http.0.flow.kiosk(&hash_secret(&params.key)).await {
        Ok(Some(_)) => {
            let mut response = Redirect::to("/terminal").into_response();
            set_pairing(&mut response, &params.key);
            response
        }
        Ok(None) => (
            StatusCode::UNAUTHORIZED,
            "配对密钥不对或已经停用。请管理员运行 linli kiosk add 生成新的密钥。\n",
        )
            .into_response(),
        Err(_) => (
            StatusCode::SERVICE_UNAVAILABLE,
            "暂时不能配对，请稍后再试。\n",
        )
            .into_response(),
    }
}

/// `/desk/...` and `/console/...`: one page, its own routes.
pub async fn desk(headers: HeaderMap) -> Response {
    page("desk.html", &headers)
}

/// `/assets/...`: names carry a hash, so they never change.
pub async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    file(
        &format!("assets/{name}"),
        &headers,
        "public, max-age=31536000, immutable",
    )
    .unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
}
