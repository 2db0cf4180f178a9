//! How speaking is set up.

use super::super::settings::Endpoint;
use super::voice::Style;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

/// Which engine speaks.
#[derive(Clone, Debug, PartialEq)]
pub enum VoiceChoice {
    /// The one that is built in.
    Kokoro {
        /// The folder with its graph and its voices.
        folder: PathBuf,
    },
    /// A server that speaks OpenAI's `/v1/audio/speech`.
    Endpoint {
        /// Where it is.
        endpoint: Endpoint,
        /// What it is asked for: `wav`, `flac` or `mp3`.
        format: String,
        /// What else it wants to be told, such as `lang`.
        fields: BTreeMap<String, String>,
    },
    /// Only the fallback.
    Espeak,
    /// None: answers are read on the screen.
    Off,
}

/// Where generated speech says that it is generated, as the rules on such content
/// ask. Every file says it in its comments besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// Nowhere.
    Off,
    /// A short rhythm before the first that a resident hears.
    Session,
    /// The rhythm before every reply.
    Reply,
}

/// How speaking is set up.
#[derive(Clone, Debug)]
pub struct MouthSettings {
    /// Which engine.
    pub engine: VoiceChoice,
    /// How it sounds, as long as an admin has not chosen otherwise.
    pub style: Style,
    /// The program that speaks until an engine has: espeak-ng. Nothing where it
    /// shall not be used.
    pub fallback: Option<PathBuf>,
    /// Threads of the built-in engine.
    pub threads: usize,
    /// Where what is made is kept; nothing keeps nothing.
    pub folder: Option<PathBuf>,
    /// How generated speech is told.
    pub label: Label,
    /// An engine that has had nothing to say for so long is let go: it holds
    /// 300 MB.
    pub idle: Duration,
}

impl Default for MouthSettings {
    fn default() -> Self {
        Self {
            engine: VoiceChoice::Off,
            style: Style {
                voice: "zf_xiaoxiao".to_owned(),
                speed: 0.95,
            },
            fallback: None,
            threads: 1,
            folder: None,
            label: Label::Session,
            idle: Duration::from_secs(20),
        }
    }
}
