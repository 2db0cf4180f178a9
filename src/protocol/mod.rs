//! Everything that crosses to TypeScript or a device. The only wire
//! vocabulary; JSON Schema and TypeScript types are generated from it.

pub mod desk;
mod error;
pub mod resources;
pub mod schema;
pub mod terminal;

pub use error::{Code, Problem};
