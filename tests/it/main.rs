//! Journeys against a really launched server, and the contract.

mod contract;
