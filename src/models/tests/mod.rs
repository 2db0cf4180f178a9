//! Fetching from a real server, making models of small files, cutting small
//! encoders and a real one.

mod server;
mod small;

mod cut;
mod fetch;
mod silero;
mod tokenizer;
mod voice;
mod whisper;
