//! One row of a result.

use crate::model::Timestamp;
use crate::store::{StoreError, StoreResult};

/// The columns of a row, by name.
pub(in crate::store) trait Record {
    /// A column of text.
    fn maybe_text(&self, column: &str) -> StoreResult<Option<String>>;
    /// A column of whole numbers.
    fn maybe_int(&self, column: &str) -> StoreResult<Option<i64>>;
    /// A column of fractions.
    fn maybe_real(&self, column: &str) -> StoreResult<Option<f64>>;
}

impl dyn Record + '_ {
    pub(super) fn text(&self, column: &str) -> StoreResult<String> {
        present(column, self.maybe_text(column)?)
    }

    pub(super) fn int(&self, column: &str) -> StoreResult<i64> {
        present(column, self.maybe_int(column)?)
    }

    /// Fractions that began as `f32` come back as the same `f32`.
    #[expect(clippy::cast_possible_truncation, reason = "the value began as an f32")]
    pub(super) fn real(&self, column: &str) -> StoreResult<f32> {
        Ok(present(column, self.maybe_real(column)?)? as f32)
    }

    pub(super) fn flag(&self, column: &str) -> StoreResult<bool> {
        Ok(self.int(column)? != 0)
    }

    pub(super) fn time(&self, column: &str) -> StoreResult<Timestamp> {
        self.int(column).map(Timestamp)
    }

    pub(super) fn maybe_time(&self, column: &str) -> StoreResult<Option<Timestamp>> {
        Ok(self.maybe_int(column)?.map(Timestamp))
    }

    pub(super) fn id<T: From<String>>(&self, column: &str) -> StoreResult<T> {
        self.text(column).map(T::from)
    }

    pub(super) fn maybe_id<T: From<String>>(&self, column: &str) -> StoreResult<Option<T>> {
        Ok(self.maybe_text(column)?.map(T::from))
    }

    /// A column that holds one of a fixed set of names.
    pub(super) fn name<T>(&self, column: &str, parse: fn(&str) -> Option<T>) -> StoreResult<T> {
        let name = self.text(column)?;
        parse(&name).ok_or_else(|| unknown(column, &name))
    }

    /// Like [`Self::name`], where there may be none.
    pub(super) fn maybe_name<T>(
        &self,
        column: &str,
        parse: fn(&str) -> Option<T>,
    ) -> StoreResult<Option<T>> {
        self.maybe_text(column)?
            .map(|name| parse(&name).ok_or_else(|| unknown(column, &name)))
            .transpose()
    }
}

/// The value of a column that must have one.
fn present<T>(column: &str, value: Option<T>) -> StoreResult<T> {
    value.ok_or_else(|| StoreError::Corrupt(format!("{column} is missing")))
}

/// What a column must not hold.
pub(super) fn unknown(column: &str, name: &str) -> StoreError {
    StoreError::Corrupt(format!("{column} holds the unknown name {name:?}"))
}
