//! What every engine that speaks does: words in, sound out.

use super::super::recogniser::Abort;
use super::sound::Sound;
use crate::text::Clause;
use std::sync::Arc;

/// What shall be said: the words as they are shown, and how they are read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Saying {
    /// The words, without readings that somebody wrote into them.
    pub text: String,
    /// Their syllables, clause by clause.
    pub clauses: Vec<Clause>,
}

/// How it shall sound.
#[derive(Clone, Debug, PartialEq)]
pub struct Style {
    /// The voice's name, as its engine knows it.
    pub voice: String,
    /// 1 is the voice's own pace; old people follow 0.85 to 0.95 best.
    pub speed: f32,
}

/// Why there is no sound.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VoiceError {
    /// Nobody waits any more.
    #[error("aborted")]
    Aborted,
    /// There is nothing in the text that can be said.
    #[error("nothing to say")]
    Nothing,
    /// The engine failed; for the log.
    #[error("{0}")]
    Failed(String),
}

/// An engine that speaks. It belongs to one thread, blocks, and keeps nothing of
/// what it said.
pub trait Voice {
    /// Says it.
    ///
    /// # Errors
    /// When aborted, when there is nothing to say, and when the engine fails.
    fn speak(&mut self, script: &Saying, style: &Style, abort: &Abort)
    -> Result<Sound, VoiceError>;
}

/// Makes a voice for the thread that calls it.
pub type VoiceMaker = Arc<dyn Fn() -> Result<Box<dyn Voice>, String> + Send + Sync>;
