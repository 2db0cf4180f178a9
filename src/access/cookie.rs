//! Where a request carries its key.

use axum::http::{HeaderMap, header};

/// The cookie that pairing sets on a terminal's browser.
pub const KIOSK_COOKIE: &str = "linli_kiosk";
/// The cookie of somebody who is signed in.
pub const DESK_COOKIE: &str = "linli_desk";

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// The token of `Authorization: Bearer`.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .strip_prefix("Bearer ")
        .map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "a=1; linli_kiosk=xyz ;b=2".parse().unwrap());
        assert_eq!(cookie(&headers, KIOSK_COOKIE), Some("xyz"));
        assert_eq!(cookie(&headers, "c"), None);
    }
}
