//! The encoder on small models that the tests write, and on a real one.

mod alike;
mod damaged;
mod kept;
mod loaded;
mod plain;
mod real;
mod small;
