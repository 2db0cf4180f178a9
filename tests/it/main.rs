//! Journeys against a really launched server with a real database, and the
//! contract.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on shall panic")]

mod contract;
mod durability;
mod harness;
mod http;
mod journeys;
mod protocol;
mod replay;
mod robustness;
mod speech;
mod terminal;
