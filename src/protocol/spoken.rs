//! The words of the terminal protocol that are about sound.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How audio comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AudioParams {
    /// Encoding.
    pub format: AudioFormat,
    /// Samples a second: 16000.
    pub sample_rate: u32,
    /// 1.
    pub channels: u8,
    /// Milliseconds a frame.
    pub frame_duration: u32,
}

/// Audio encodings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AudioFormat {
    /// 16-bit little-endian samples.
    PcmS16le,
    /// Opus packets.
    Opus,
}

/// States of `listen`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ListenState {
    /// Audio follows.
    Start,
    /// The audio is complete.
    Stop,
    /// The audio shall be forgotten.
    Cancel,
    /// A device heard its wake word; nothing follows from it.
    Detect,
}

/// Who decides when the utterance ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ListenMode {
    /// The terminal, by `stop`.
    #[default]
    Manual,
    /// The server, by silence.
    Auto,
    /// As `auto`: what devices say that cancel their echo.
    Realtime,
}

/// States of `tts`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TtsState {
    /// Sentences follow.
    Start,
    /// A sentence.
    SentenceStart,
    /// That was all.
    Stop,
}

/// One sound of several that are played one after the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ClipRef {
    /// Where it is: Opus in Ogg. Where it is not there (404), the page speaks by
    /// itself or is silent.
    pub src: String,
    /// What is said in it; nothing for a sound without words.
    pub sentences: Vec<SentenceRef>,
}

/// A sentence of a sound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SentenceRef {
    /// When it begins, in milliseconds; where that is not known yet, all begin
    /// at 0.
    pub at_ms: u32,
    /// The words.
    pub text: String,
}
