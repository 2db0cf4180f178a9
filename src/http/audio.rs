//! `GET /audio/{key}`: what is said, sound by sound.

use super::Http;
use crate::flow::Key;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::ops::Range;

/// A year: a key names one sound for ever.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// A sound, as Opus in Ogg. What is not made yet is said by the fallback, and then
/// it is not to be kept. Nobody can ask for a text: keys are hashes, given to those
/// who may hear it.
pub async fn audio(
    State(http): State<Http>,
    Path(key): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Some(key) = Key::parse(&key) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    // What has this name is what the browser has.
    let tag = format!("\"{key}\"");
    let known = headers.get(header::IF_NONE_MATCH);
    if known.is_some_and(|v| v.as_bytes() == tag.as_bytes()) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let Some((file, lasting)) = http.0.flow.sound(&key).await else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = part(&file, &headers);
    if lasting {
        let headers = response.headers_mut();
        headers.insert(
            header::CACHE_CONTROL,
            axum::http::HeaderValue::from_static(FOR_EVER),
        );
        if let Ok(tag) = tag.parse() {
            headers.insert(header::ETAG, tag);
        }
    }
    response
}

/// What a player wants of a file: they ask for its end to know how long it is.
fn part(file: &[u8], headers: &HeaderMap) -> Response {
    let asked = headers.get(header::RANGE).and_then(|v| v.to_str().ok());
    let range = asked.and_then(|asked| range(asked, file.len()));
    let mut response = match &range {
        None => sound(file),
        Some(range) => {
            let mut response = sound(&file[range.clone()]);
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            let words = format!("bytes {}-{}/{}", range.start, range.end - 1, file.len());
            if let Ok(words) = words.parse() {
                response.headers_mut().insert(header::CONTENT_RANGE, words);
            }
            response
        }
    };
    let bytes = axum::http::HeaderValue::from_static("bytes");
    response.headers_mut().insert(header::ACCEPT_RANGES, bytes);
    response
}

/// The one range of `bytes=from-to`; nothing for others, which then get all of it.
fn range(asked: &str, length: usize) -> Option<Range<usize>> {
    let (from, to) = asked.strip_prefix("bytes=")?.split_once('-')?;
    let range = if from.is_empty() {
        length.saturating_sub(to.parse().ok()?)..length
    } else {
        let last = to
            .parse::<usize>()
            .map_or(length, |last| last.saturating_add(1));
        from.parse().ok()?..last.min(length)
    };
    (range.start < range.end).then_some(range)
}

/// A file that is played once.
pub(super) fn sound(file: &[u8]) -> Response {
    ([(header::CONTENT_TYPE, "audio/ogg")], file.to_vec()).into_response()
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn players_get_the_part_that_they_ask_for() {
        for (asked, wanted) in [
            ("bytes=0-", Some(0..100)),
            ("bytes=10-19", Some(10..20)),
            ("bytes=90-1000", Some(90..100)),
            ("bytes=-5", Some(95..100)),
            ("bytes=100-", None),
            ("bytes=20-10", None),
            ("bytes=-0", None),
            ("lines=1-2", None),
            ("bytes=-", None),
        ] {
            assert_eq!(range(asked, 100), wanted, "{asked}");
        }
    }
}
