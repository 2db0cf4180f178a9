//! Everything that crosses to TypeScript or a device. The only wire
//! vocabulary; JSON Schema and TypeScript types are generated from it.

pub mod desk;
mod error;
mod from_model;
pub mod resources;
pub mod schema;
mod spoken;
pub mod terminal;

pub use error::{Code, Problem};
pub use from_model::{edition_view, entry_row, escalation_view, facet_name, line_view, options};
