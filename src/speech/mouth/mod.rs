//! Texts in, sound out.
//!
//! ```text
//! published texts -> list ----+
//!                             +-> Voice -> trimmed, levelled, Opus -> shelf -> terminals
//! a worker's words -> at once-+                                        |
//!                                       espeak-ng, until it is there --+
//! ```
//!
//! [`Mouth`] is the whole of it. An engine is a [`Voice`]: Kokoro, another
//! server, or espeak-ng. A sound's name is a hash of everything it depends on
//! ([`Key`]), so that nobody ever hears old words under a new answer.

mod clip;
mod espeak;
mod finish;
mod key;
#[cfg(feature = "voice-kokoro")]
mod kokoro;
mod memory;
mod offer;
mod opus_file;
mod polish;
mod remote;
mod rhythm;
mod sentence;
mod settings;
mod shelf;
mod sound;
mod speaker;
#[cfg(test)]
mod tests;
mod voice;
mod voiced;
mod work;

pub use clip::Clip;
pub use key::Key;
#[cfg(test)]
pub(super) use opus_file::encode as save_sound;
pub use opus_file::{OpusFile, read as open_sound};
pub use sentence::sentences;
pub use settings::{Label, MouthSettings, VoiceChoice};
pub use sound::Sound;
pub use speaker::{Line, Mouth, Progress};
pub use voice::{Saying, Style, Voice, VoiceError, VoiceMaker};
pub use work::Busy;

/// What this machine can speak with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// The engine, with what tells it from others; nothing where there is none.
    pub engine: Option<String>,
    /// The voices it has.
    pub voices: Vec<String>,
    /// Whether espeak-ng is there.
    pub fallback: bool,
    /// Why there is no engine, and what to do.
    pub missing: Option<String>,
}
