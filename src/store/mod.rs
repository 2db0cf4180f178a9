//! What is remembered: traits by noun, and two databases behind them.
//!
//! [`Reader`] is all that may be asked, [`Store`] all that may be done. The
//! traits name no driver. Every method that changes something returns only
//! when the change is on disk. [`open`] gives the store of a URL; the queries
//! are in `sql`, once for both databases.

mod accounts;
mod candidates;
mod editions;
mod escalations;
mod gaps;
mod kiosks;
mod open;
mod postgres;
mod sql;
mod sqlite;
#[cfg(test)]
mod suite;
mod turns;

pub use accounts::{AccountReader, AccountStore};
pub use candidates::{CandidateReader, CandidateStore};
pub use editions::{EditionReader, EditionStore, Publication};
pub use escalations::{EscalationFilter, EscalationReader, EscalationStore};
pub use gaps::{GapReader, GapStore};
pub use kiosks::{KioskReader, KioskStore};
pub use open::open;
pub use postgres::PostgresStore;
pub use sqlite::SqliteStore;
pub use turns::{TurnFilter, TurnReader, TurnStore};

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such thing.
    #[error("{0} not found")]
    NotFound(&'static str),
    /// Somebody else changed it first, or the name is taken.
    #[error("conflict: {0}")]
    Conflict(String),
    /// The database did not answer, is full, or broke.
    #[error("store unavailable: {0}")]
    Unavailable(String),
    /// What the database holds cannot be understood.
    #[error("corrupt record: {0}")]
    Corrupt(String),
}

/// The result of every store method.
pub type StoreResult<T> = Result<T, StoreError>;

/// Everything that may be asked.
pub trait Reader:
    TurnReader
    + EscalationReader
    + CandidateReader
    + EditionReader
    + AccountReader
    + KioskReader
    + GapReader
    + Send
    + Sync
{
}

impl<T> Reader for T where
    T: TurnReader
        + EscalationReader
        + CandidateReader
        + EditionReader
        + AccountReader
        + KioskReader
        + GapReader
        + Send
        + Sync
{
}

/// Everything that may be asked and done.
#[async_trait::async_trait]
pub trait Store:
    Reader
    + TurnStore
    + EscalationStore
    + CandidateStore
    + EditionStore
    + AccountStore
    + KioskStore
    + GapStore
{
    /// Writes what is pending and closes the connections. Called once, last.
    async fn close(&self);
    /// Asks the database for a sign of life.
    async fn ping(&self) -> StoreResult<()>;
    /// The engine's name and version, for people.
    fn describe(&self) -> String;
}
