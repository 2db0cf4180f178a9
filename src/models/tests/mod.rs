//! Fetching from a real server, cutting small encoders and a real one.

mod server;
mod small;

mod cut;
mod fetch;
mod tokenizer;
