//! linli: the AI community assistant. See `src/README.md`.

pub mod model;
pub mod protocol;
pub mod text;
pub mod store;
