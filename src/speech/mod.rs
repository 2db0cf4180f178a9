//! Audio in, what was heard out; and texts in, sound out ([`Mouth`]).
//!
//! ```text
//! frames -> Endpointer -> utterance -> queue -> Listener: voice? -> Recogniser -> a question?
//!                                                 |                                   |
//!                                                 +----------> Nothing <--------------+-> Heard
//! ```
//!
//! [`Ear`] is the whole of it. An engine is a [`Recogniser`]: whisper.cpp, another
//! server, or a test's script. Nothing heard is a result, not a failure, and has
//! its reason ([`Nothing`]).

mod audio_file;
mod decimate;
mod detector;
mod ear;
mod endpoint;
mod frames;
mod gate;
mod ggml;
mod listener;
mod mouth;
mod opus_audio;
mod queue;
mod recogniser;
mod remote;
mod repetition;
mod scripted;
mod settings;
mod unavailable;
mod vocabulary;
mod voice;
#[cfg(feature = "whisper")]
mod whisper;
#[cfg(feature = "whisper")]
mod window;

pub use audio_file::read_audio;
pub use detector::{Detector, Earshot, FRAME};
pub use ear::{Detectors, Ear};
pub use endpoint::{End, Endpointer, Endpointing, Event};
pub use frames::{Encoding, Frames};
pub use gate::Nothing;
pub use listener::{Heard, Hearing};
pub use mouth::{
    Busy, Clip, Key, Label, Line, Mouth, MouthSettings, Offer, OpusFile, Progress, Saying, Sound,
    Style, Voice, VoiceChoice, VoiceError, VoiceMaker, open_sound, sentences,
};
pub use queue::{Pending, Purpose, Trouble};
pub use recogniser::{
    Abort, Engine, Language, Recogniser, RecogniserError, Request, SAMPLE_RATE, Transcript, Width,
};
pub use scripted::{Script, scripted, transcript};
pub use settings::{Endpoint, EngineChoice, Settings};
pub use unavailable::{Unavailable, check};
pub use vocabulary::{PLAIN_PROMPT, Vocabulary};

/// The engine that is built in and what it uses of this machine; nothing in
/// a build without one.
pub fn engine() -> Option<String> {
    #[cfg(feature = "whisper")]
    {
        // whisper.cpp writes its words into one static string: two threads
        // that ask at once destroy it, so it is asked once.
        static INFO: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
            format!("whisper.cpp ({})", whisper_rs::print_system_info().trim())
        });
        Some(INFO.clone())
    }
    #[cfg(not(feature = "whisper"))]
    {
        None
    }
}
