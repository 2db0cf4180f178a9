//! Time is a parameter: this is the only file that asks the machine for it.

use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicI64, Ordering};

/// Milliseconds since 1970-01-01T00:00Z.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// One minute in milliseconds.
    pub const MINUTE: i64 = 60_000;
    /// One hour in milliseconds.
    pub const HOUR: i64 = 60 * Self::MINUTE;
    /// One day in milliseconds.
    pub const DAY: i64 = 24 * Self::HOUR;

    /// This moment moved by `ms` milliseconds (negative: earlier).
    pub const fn plus(self, ms: i64) -> Self {
        Self(self.0 + ms)
    }

    /// Milliseconds from `earlier` to this moment.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }

    /// Date and time of day in China. All of mainland China has kept UTC+8
    /// without summer time since 1991, so no time zone table is needed.
    pub fn in_china(self) -> jiff::civil::DateTime {
        let offset = jiff::tz::Offset::constant(8);
        jiff::Timestamp::from_millisecond(self.0)
            .map(|t| offset.to_datetime(t))
            .unwrap_or_default()
    }

    /// The calendar day in China.
    pub fn day_in_china(self) -> jiff::civil::Date {
        self.in_china().date()
    }

    /// The moment of a date and time of day in China.
    pub fn from_china(at: jiff::civil::DateTime) -> Self {
        let offset = jiff::tz::Offset::constant(8);
        Self(
            offset
                .to_timestamp(at)
                .map(|t| t.as_millisecond())
                .unwrap_or(0),
        )
    }
}

impl From<Timestamp> for std::time::SystemTime {
    fn from(at: Timestamp) -> Self {
        let since = std::time::Duration::from_millis(u64::try_from(at.0).unwrap_or(0));
        Self::UNIX_EPOCH + since
    }
}

/// Where the time comes from.
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the machine's clock"
    )]
    fn now(&self) -> Timestamp {
        let since = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default();
        Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// A clock that stands still until it is moved: for tests and rehearsals.
pub struct FixedClock(AtomicI64);

impl FixedClock {
    /// A clock that shows `at`.
    pub fn at(at: Timestamp) -> Self {
        Self(AtomicI64::new(at.0))
    }

    /// Moves the clock forward by `ms` milliseconds.
    pub fn advance(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}
