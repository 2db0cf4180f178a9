//! What went wrong, in the store's words.

use crate::store::StoreError;
use sqlx::error::ErrorKind;

/// What a driver's error means. A database's own words are kept, without
/// details, which could quote a row.
pub(in crate::store) fn unavailable(error: sqlx::Error) -> StoreError {
    match error {
        sqlx::Error::Database(error) => match error.kind() {
            ErrorKind::UniqueViolation => StoreError::Conflict(error.message().to_owned()),
            ErrorKind::ForeignKeyViolation => StoreError::NotFound("what the record refers to"),
            _ => StoreError::Unavailable(error.message().to_owned()),
        },
        sqlx::Error::PoolTimedOut => StoreError::Unavailable(
            "no connection became free in time, or none could be made".to_owned(),
        ),
        // The text of such an error may repeat the address with its password.
        sqlx::Error::Configuration(_) => {
            StoreError::Unavailable("the database address cannot be understood".to_owned())
        }
        error @ (sqlx::Error::ColumnDecode { .. }
        | sqlx::Error::Decode(_)
        | sqlx::Error::ColumnNotFound(_)) => StoreError::Corrupt(error.to_string()),
        error => StoreError::Unavailable(error.to_string()),
    }
}

/// What a failed migration means.
pub(in crate::store) fn migration_failed(error: sqlx::migrate::MigrateError) -> StoreError {
    match error {
        sqlx::migrate::MigrateError::Execute(error) => unavailable(error),
        error => StoreError::Unavailable(format!(
            "the tables could not be brought up to date: {error}"
        )),
    }
}

/// Says in words what a conflict is about; other errors pass.
pub(super) fn conflict(words: &'static str) -> impl FnOnce(StoreError) -> StoreError {
    move |error| match error {
        StoreError::Conflict(_) => StoreError::Conflict(words.to_owned()),
        error => error,
    }
}

/// Says in words what a missing reference is; other errors pass.
pub(super) fn missing(noun: &'static str) -> impl FnOnce(StoreError) -> StoreError {
    move |error| match error {
        StoreError::NotFound(_) => StoreError::NotFound(noun),
        error => error,
    }
}

/// Exactly one row was to be changed.
pub(super) fn found(changed: u64, noun: &'static str) -> Result<(), StoreError> {
    if changed == 0 {
        Err(StoreError::NotFound(noun))
    } else {
        Ok(())
    }
}
