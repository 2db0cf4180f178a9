//! Readings that were put right.

pub(super) mod create;
pub(super) mod delete;
