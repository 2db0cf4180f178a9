//! The encoder on a real model, and on small ones that the tests write.

mod real;
