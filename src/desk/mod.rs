//! When a question must be answered and who is there to answer it. Pure.

mod due;
mod wait;

pub use due::{Hours, due_at, is_open};
pub use wait::wait_seconds;

/// How the desk works.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Office hours.
    pub hours: Hours,
    /// Working minutes until a question must be answered. 120: the two-hour
    /// promise that city hotlines give for simple consultations.
    pub answer_within_minutes: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            hours: Hours::default(),
            answer_within_minutes: 120,
        }
    }
}
