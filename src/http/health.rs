//! Is it alive, is it ready, how does it do.

use super::Http;
use crate::access::is_local;
use crate::flow::Mouth;
use axum::Json;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::net::SocketAddr;
use std::time::Duration;

/// The process answers.
pub async fn healthz() -> &'static str {
    "ok"
}

/// Whether residents can be served: the database answers, an edition is live.
/// Beside it which signals decide, and whether one can speak; both may be less
/// than wished, and residents are still served.
pub async fn readyz(State(http): State<Http>) -> Response {
    let flow = &http.0.flow;
    let store = match tokio::time::timeout(Duration::from_secs(2), flow.store.ping()).await {
        Ok(Ok(())) => "ok".to_owned(),
        Ok(Err(error)) => error.to_string(),
        Err(_) => "no answer within 2 s".to_owned(),
    };
    let live = flow.live();
    let entries = live.index.entries().len();
    let ready = store == "ok" && live.number() > 0 && !http.0.stop.is_cancelled();
    let body = json!({
        "ready": ready,
        "store": store,
        "engine": flow.store.describe(),
        "edition": live.number(),
        "entries": entries,
        "signals": live.index.all_signals().as_str(),
        "speech": if flow.speech_unavailable().is_none() { "ready" } else { "unavailable" },
        "voice": voice(flow.mouth()),
        "stopping": http.0.stop.is_cancelled(),
    });
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, Json(body)).into_response()
}

/// `ready` with an engine, `fallback` with espeak-ng alone.
fn voice(mouth: &Mouth) -> &'static str {
    match (&mouth.offer().engine, mouth.speaks()) {
        (Some(_), _) => "ready",
        (None, true) => "fallback",
        (None, false) => "unavailable",
    }
}

/// Prometheus text, for this machine only: scrape through an agent here.
pub async fn metrics(
    State(http): State<Http>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Response {
    if is_local(&headers, peer.ip()) {
        http.0.metrics.run_upkeep();
        http.0.metrics.render().into_response()
    } else {
        (
            StatusCode::FORBIDDEN,
            "metrics are served to this machine only\n",
        )
            .into_response()
    }
}
