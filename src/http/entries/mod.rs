//! Curated answers of the edition that is live.

pub mod list;
pub mod show;
