//! Is this request from this very machine?

use axum::http::{HeaderMap, header};
use std::net::IpAddr;

/// Headers that a proxy adds: behind one every request comes from loopback.
const FORWARDED: [&str; 3] = ["forwarded", "x-forwarded-for", "x-real-ip"];

/// Whether a request comes from this machine itself: from loopback, to a
/// loopback name, and through no proxy.
pub fn is_local(headers: &HeaderMap, peer: IpAddr) -> bool {
    let host = headers
        .get(header::HOST)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, port)| {
        if port.bytes().all(|b| b.is_ascii_digit()) {
            name
        } else {
            host
        }
    });
    let loopback_name = name == "localhost"
        || name
            .trim_matches(['[', ']'])
            .parse::<IpAddr>()
            .is_ok_and(|ip| ip.is_loopback());
    let proxied = FORWARDED.iter().any(|name| headers.contains_key(*name));
    peer.to_canonical().is_loopback() && loopback_name && !proxied
}

/// Whether a page of this very server sent the request. Browsers name the
/// page's origin; other programs name none and carry their key themselves.
pub fn same_origin(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|v| v.to_str().ok());
    match (text(header::ORIGIN), text(header::HOST)) {
        (Some(origin), Some(host)) => origin
            .split_once("://")
            .is_some_and(|(_, authority)| authority == host),
        (None, _) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(k, v)| (k.parse().unwrap(), v.parse().unwrap()))
            .collect()
    }

    #[test]
    fn only_this_machine_without_a_proxy_is_local() {
        for (pairs, peer, wanted) in [
            (vec![("host", "127.0.0.1:8080")], "127.0.0.1", true),
            (vec![("host", "localhost:8080")], "127.0.0.1", true),
            (vec![("host", "[::1]:8080")], "::1", true),
            (vec![("host", "127.0.0.1:8080")], "192.168.1.5", false),
            (vec![("host", "kiosk.example")], "127.0.0.1", false),
            (
                vec![("host", "localhost"), ("x-forwarded-for", "1.2.3.4")],
                "127.0.0.1",
                false,
            ),
            (vec![], "127.0.0.1", false),
        ] {
            let found = is_local(&headers(&pairs), peer.parse().unwrap());
            assert_eq!(found, wanted, "{pairs:?} {peer}");
        }
    }

    #[test]
    fn pages_of_other_origins_are_refused() {
        for (origin, wanted) in [
            (Some("http://127.0.0.1:8080"), true),
            (Some("http://127.0.0.1:9999"), false),
            (Some("http://evil.example"), false),
            (Some("null"), false),
            (None, true),
        ] {
            let mut pairs = vec![("host", "127.0.0.1:8080")];
            pairs.extend(origin.map(|o| ("origin", o)));
            assert_eq!(same_origin(&headers(&pairs)), wanted, "{origin:?}");
        }
    }
}
