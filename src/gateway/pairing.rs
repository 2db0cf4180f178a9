//! Which terminal is this?

use crate::access::{KIOSK_COOKIE, bearer, cookie, hash_secret, is_local};
use crate::flow::Flow;
use crate::model::Kiosk;
use axum::http::HeaderMap;
use std::net::IpAddr;

/// What a terminal showed.
pub(super) enum Paired {
    /// A known terminal.
    Kiosk(Box<Kiosk>),
    /// No key, or one that is unknown or revoked.
    Unknown,
    /// The store could not be asked.
    Unavailable,
}

/// The terminal of a request, by its key in `Authorization: Bearer` or in the
/// pairing cookie. The demonstration terminal is let in from this machine
/// only.
pub(super) async fn kiosk_of(flow: &Flow, headers: &HeaderMap, peer: IpAddr) -> Paired {
    let Some(key) = bearer(headers).or_else(|| cookie(headers, KIOSK_COOKIE)) else {
        return Paired::Unknown;
    };
    match flow.kiosk(&hash_secret(key)).await {
        Ok(Some(kiosk)) if !kiosk.loopback_only || is_local(headers, peer) => {
            Paired::Kiosk(Box::new(kiosk))
        }
        Ok(_) => Paired::Unknown,
        Err(error) => {
            tracing::error!(%error, "terminal not looked up");
            Paired::Unavailable
        }
    }
}
