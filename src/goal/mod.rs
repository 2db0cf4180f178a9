//! The 98%: cohort, count, budget. One predicate ([`missed`]) gives the
//! number, the chart, the list and the exported CSV. Pure.

mod budget;
mod cohort;
mod count;
mod report;
mod wilson;

pub use budget::Colour;
pub use cohort::{Cohort, topic_of};
pub use count::{Miss, Tally, missed};
pub use report::{Day, Report, TopicReport, report};
pub use wilson::wilson;

/// The definitions' numbers.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The share promised: 0.98.
    pub target: f64,
    /// An answer that took longer is not instant, in ms.
    pub deadline_ms: i64,
    /// Days that the cohort and the budget look back.
    pub window_days: i64,
    /// Share of question turns that the common topics make up.
    pub common_share: f64,
    /// Sessions that a common topic was asked in, at least.
    pub min_sessions: usize,
    /// Below so many question turns every one counts.
    pub min_turns: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            target: 0.98,
            deadline_ms: 1000,
            window_days: 28,
            common_share: 0.8,
            min_sessions: 3,
            min_turns: 50,
        }
    }
}
