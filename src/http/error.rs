//! Refusals with their status and words.

use crate::flow::FlowError;
use crate::protocol::{Code, Problem};
use crate::store::StoreError;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// A refused call.
#[derive(Debug)]
pub struct ApiError(pub Problem);

/// The result of a handler.
pub type ApiResult<T> = Result<T, ApiError>;

impl From<Code> for ApiError {
    fn from(code: Code) -> Self {
        Self(Problem::new(code))
    }
}

impl From<FlowError> for ApiError {
    fn from(error: FlowError) -> Self {
        let code = match &error {
            FlowError::NotFound(_) => Code::NotFound,
            FlowError::Conflict(_) => Code::Conflict,
            FlowError::Transition(_) => Code::InvalidTransition,
            FlowError::Invalid(words) => {
                return Self(Problem::saying(Code::BadMessage, words.clone()));
            }
            FlowError::Store(_) => Code::Unavailable,
            FlowError::Index(_) => Code::Internal,
        };
        if matches!(code, Code::Unavailable | Code::Internal) {
            tracing::error!(%error, "call failed");
        }
        code.into()
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        FlowError::from(error).into()
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.0.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, Json(self.0)).into_response()
    }
}
