//! Who calls, and what they send.

use super::{ApiError, Http};
use crate::access::{DESK_COOKIE, Permission, allows, cookie, hash_secret, same_origin};
use crate::model::User;
use crate::protocol::{Code, Problem};
use axum::Json;
use axum::body::{Body as Sent, Bytes};
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::Method;
use axum::http::request::Parts;
use futures_util::StreamExt;

/// Bytes of a body that are taken: the longest text of a day's work is far below.
pub(super) const MAX_BODY: usize = 256 * 1024;
/// And that are read at most. What is too large and ends before this is read to its
/// end and dropped: who is still sending when the connection closes may never see why.
/// Who is refused before the body is looked at (401, 403) is not waited for.
const MAX_READ: usize = 16 * MAX_BODY;

/// Somebody who is signed in.
pub struct SignedIn(pub User);

impl FromRequestParts<Http> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, http: &Http) -> Result<Self, ApiError> {
        let safe = parts.method == Method::GET || parts.method == Method::HEAD;
        if !safe && !same_origin(&parts.headers) {
            return Err(Code::Forbidden.into());
        }
        let token = cookie(&parts.headers, DESK_COOKIE).ok_or(Code::SignInNeeded)?;
        match http.0.flow.who(&hash_secret(token)).await? {
            Some(user) => Ok(Self(user)),
            None => Err(Code::SignInNeeded.into()),
        }
    }
}

impl SignedIn {
    /// The caller, when the role allows it.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn may(self, permission: Permission) -> Result<User, ApiError> {
        if allows(self.0.role, permission) {
            Ok(self.0)
        } else {
            Err(Code::Forbidden.into())
        }
    }
}

/// The whole of a body.
async fn whole(sent: Sent) -> Result<Bytes, Code> {
    let mut frames = sent.into_data_stream();
    let (mut kept, mut read) = (Vec::new(), 0);
    while read <= MAX_READ
        && let Some(frame) = frames.next().await
    {
        // The sender is gone; nobody waits for an answer.
        let frame = frame.map_err(|_| Code::BadJson)?;
        read += frame.len();
        if read <= MAX_BODY {
            kept.extend_from_slice(&frame);
        }
    }
    if read > MAX_BODY {
        return Err(Code::TooLarge);
    }
    Ok(kept.into())
}

/// A JSON body; what is wrong with it is said in the house's form.
pub struct Body<T>(pub T);

impl<T: serde::de::DeserializeOwned> FromRequest<Http> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, http: &Http) -> Result<Self, ApiError> {
        let (parts, sent) = request.into_parts();
        let request = Request::from_parts(parts, whole(sent).await?.into());
        match Json::<T>::from_request(request, http).await {
            Ok(Json(value)) => Ok(Self(value)),
            Err(rejection) => Err(ApiError(match rejection {
                JsonRejection::JsonSyntaxError(_) | JsonRejection::MissingJsonContentType(_) => {
                    Problem::new(Code::BadJson)
                }
                JsonRejection::JsonDataError(error) => Problem::saying(
                    Code::BadMessage,
                    format!("{}（{}）", Code::BadMessage.text(), error.body_text()),
                ),
                other => Problem::saying(Code::BadMessage, other.body_text()),
            })),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_body_is_taken_up_to_its_limit_and_read_beyond_it() {
        for (length, wanted) in [
            (0, Ok(0)),
            (MAX_BODY, Ok(MAX_BODY)),
            (MAX_BODY + 1, Err(Code::TooLarge)),
            (2 * MAX_READ, Err(Code::TooLarge)),
        ] {
            let mut frames = vec![vec![b' '; 1024]; length / 1024];
            frames.push(vec![b' '; length % 1024]);
            let frames = frames.into_iter().map(Ok::<_, std::io::Error>);
            let read = whole(Sent::from_stream(futures_util::stream::iter(frames))).await;
            assert_eq!(read.map(|bytes| bytes.len()), wanted, "{length}");
        }
        let broken = futures_util::stream::iter([Err::<Vec<u8>, _>(std::io::Error::other("gone"))]);
        let read = whole(Sent::from_stream(broken)).await;
        assert_eq!(read.unwrap_err(), Code::BadJson);
    }
}
