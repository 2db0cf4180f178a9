//! Model files: what is known of them, obtaining them, making them of
//! packages, checking them, cutting an encoder's vocabulary.
//!
//! Nothing damaged ever has a model's name: what comes in lies under
//! `NAME.part` until its SHA-256 is the one in the manifest. What goes on is
//! told to the caller as [`Event`]s; no word is printed here.

mod ct2;
mod cursor;
mod cut;
mod digest;
mod download;
mod fetch;
mod ggml;
mod graph;
mod json;
mod kokoro;
mod make;
mod manifest;
mod mel;
mod missing;
mod npm;
mod onnx;
mod package;
mod packed;
mod padding;
mod pieces;
mod problem;
mod protobuf;
mod silero;
mod state;
mod tensors;
mod tokenizer;
mod torch;
mod vocabulary;
mod whisper;

pub use cut::{Cut, cut};
pub use download::Settings;
pub use fetch::{Event, fetch};
pub use manifest::{Kind, Manifest, Model, ModelFile, Package, PackageFile, Registry, Source};
pub use missing::missing;
pub use problem::Problem;
pub use state::{FileState, states, verify};

#[cfg(test)]
mod tests;
