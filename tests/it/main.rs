//! Journeys against a really launched server with a real database, and the
//! contract.

mod contract;
mod durability;
mod harness;
mod http;
mod journeys;
mod protocol;
mod terminal;
