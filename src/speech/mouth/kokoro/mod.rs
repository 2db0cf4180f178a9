//! Kokoro-82M v1.0 (Apache-2.0), the voice that needs no other program: its
//! graph in eight bits, run by `rten`.
//!
//! ```text
//! clauses -> phonemes -> groups of at most 510 -> samples, and how long each phoneme is
//! ```

mod call;
mod engine;
mod files;
mod groups;
mod phonemes;
mod style;
mod tokens;
mod voice;

pub(super) use engine::Kokoro;
pub(super) use files::Files;

use std::path::PathBuf;

/// Why nothing is spoken; for the log.
#[derive(Debug, thiserror::Error)]
pub enum KokoroError {
    /// The graph cannot be used.
    #[error("{}: {what}", path.display())]
    Model {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The voice cannot be used.
    #[error("voice {}: {what}", path.display())]
    Voice {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The front end made something that is not Mandarin.
    #[error("{base}{tone} is no syllable")]
    Syllable {
        /// Pinyin without its tone.
        base: String,
        /// The tone.
        tone: u8,
    },
    /// Not 0.5 to 2.
    #[error("a speed of {0} is not possible")]
    Speed(f32),
    /// No clause has a syllable.
    #[error("nothing to say")]
    Empty,
    /// The engine gave silence, or something that is no sound.
    #[error("silence came out")]
    Silent,
    /// The caller wants no more of it.
    #[error("stopped")]
    Stopped,
    /// The engine failed.
    #[error("{0}")]
    Failed(String),
}
