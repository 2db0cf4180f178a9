//! What every engine does: samples in, words out, and how sure it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Samples a second of all audio in here: what Whisper and both voice
/// detectors were trained with.
pub const SAMPLE_RATE: usize = 16_000;

/// Seconds of so many samples.
#[expect(
    clippy::cast_precision_loss,
    reason = "an utterance has far fewer than 2^24 samples"
)]
pub(super) fn seconds(samples: usize) -> f32 {
    samples as f32 / SAMPLE_RATE as f32
}

/// A flag by which whoever waits says that nobody waits any more.
#[derive(Clone, Debug, Default)]
pub struct Abort(Arc<AtomicBool>);

impl Abort {
    /// Nobody waits any more.
    pub fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether this is the same flag.
    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Whether somebody said so.
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The language that is listened for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Chinese, whatever it sounds like: dialects and accents stay Chinese.
    #[default]
    Chinese,
    /// Whatever the engine takes it for.
    Detected,
}

/// How much of its window an engine with a fixed one may leave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// As much as the utterance's length allows.
    Utterance,
    /// Nothing: several times the work.
    Full,
}

/// What to listen for, and how.
#[derive(Clone, Debug)]
pub struct Request {
    /// Which language.
    pub language: Language,
    /// Words that are likely to occur, in the script that is wanted.
    pub prompt: Arc<str>,
    /// How much of the window is needed.
    pub width: Width,
    /// Nobody waits any more.
    pub abort: Abort,
}

/// What an engine made of audio. It may be an invention: see `gate`.
///
/// Whisper's no-speech probability is not here: it was 0 to 4e-5 for speech
/// and noise alike.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Transcript {
    /// The words, in whatever script the engine writes.
    pub text: String,
    /// Mean natural logarithm of the probability of its tokens; nothing from
    /// an engine that does not tell.
    pub log_probability: Option<f32>,
    /// How many tokens of text it wrote; 0 from an engine that does not tell.
    pub tokens: usize,
    /// How probable each character of `text` is, 0 to 1: that of the least probable
    /// token that it is made of. Empty from an engine that does not tell.
    pub certain: Vec<f32>,
}

/// Why there is no transcript.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecogniserError {
    /// [`Abort`] was set.
    #[error("aborted")]
    Aborted,
    /// The engine failed; for the log.
    #[error("{0}")]
    Failed(String),
}

/// An engine. It belongs to one thread, blocks, and keeps nothing of an
/// utterance.
pub trait Recogniser {
    /// Words of one utterance: mono, [`SAMPLE_RATE`], -1 to 1.
    ///
    /// # Errors
    /// When aborted, and when the engine fails.
    fn recognise(
        &mut self,
        samples: &[f32],
        request: &Request,
    ) -> Result<Transcript, RecogniserError>;

    /// Whether [`Width::Full`] can give another result than
    /// [`Width::Utterance`].
    fn has_window(&self) -> bool {
        false
    }
}

/// Makes a recogniser for the thread that calls it.
pub type Engine = Arc<dyn Fn() -> Result<Box<dyn Recogniser>, String> + Send + Sync>;
