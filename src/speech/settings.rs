//! How speech is set up.

use super::Language;
use super::endpoint::Endpointing;
use std::path::PathBuf;
use std::time::Duration;

/// Which engine recognises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EngineChoice {
    /// The one that is built in, with a ggml file.
    Whisper {
        /// The file.
        model: PathBuf,
    },
    /// A server that speaks OpenAI's `/v1/audio/transcriptions`.
    Endpoint(Endpoint),
    /// None: residents type.
    Off,
}

/// A transcription server.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Whole address, such as `http://127.0.0.1:8000/v1/audio/transcriptions`.
    pub url: String,
    /// Sent as bearer token.
    pub key: Option<String>,
    /// The model's name there.
    pub model: String,
    /// How long it may take.
    pub timeout: Duration,
}

/// Without the key: settings may be logged.
impl std::fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Endpoint")
            .field("url", &self.url)
            .field("model", &self.model)
            .finish_non_exhaustive()
    }
}

/// How speech is set up.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Which engine.
    pub engine: EngineChoice,
    /// Silero's file, the gate before recognition.
    pub voice_model: PathBuf,
    /// Language.
    pub language: Language,
    /// Threads for one utterance.
    pub threads: usize,
    /// Utterances at once.
    pub workers: usize,
    /// Utterances that may wait.
    pub queue: usize,
    /// How long one may wait.
    pub deadline: Duration,
    /// Silence that ends an utterance.
    pub hang_over: Duration,
    /// Words of the knowledge base that the engine is told to expect.
    pub prompt_terms: usize,
    /// Whether terms are put right that were written as they sound.
    pub put_right: bool,
}

/// Longest utterance.
const LONGEST: Duration = Duration::from_secs(15);
/// How long nobody may say anything after the microphone was opened.
const PATIENCE: Duration = Duration::from_secs(8);

impl Default for Settings {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            engine: EngineChoice::Off,
            voice_model: PathBuf::new(),
            language: Language::Chinese,
            threads: cores.min(2),
            // One utterance on two threads is heard sooner than two on one
            // each, at the same throughput.
            workers: (cores / 4).max(1),
            queue: 16,
            deadline: Duration::from_secs(6),
            hang_over: Duration::from_millis(700),
            prompt_terms: 14,
            put_right: true,
        }
    }
}

impl Settings {
    /// When an utterance ends, `by_hand` or by silence.
    pub fn endpointing(&self, by_hand: bool) -> Endpointing {
        Endpointing {
            hang_over: (!by_hand).then_some(self.hang_over),
            patience: PATIENCE,
            longest: LONGEST,
        }
    }
}
