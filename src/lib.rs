//! linli: the AI community assistant. See `src/README.md`.

pub mod access;
pub mod bus;
pub mod desk;
pub mod goal;
pub mod model;
pub mod protocol;
pub mod store;
pub mod text;
