//! One utterance from samples to what was heard: gate, recognition, guard, gate.

use super::gate::{self, LEAST_VOICE, Nothing};
use super::recogniser::{Recogniser, RecogniserError, Request, Transcript, Width, seconds};
use super::voice::Voice;
use crate::text::simplify;

/// What somebody said.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    /// The words, in simplified characters.
    pub text: String,
    /// Mean natural logarithm of the probability of its tokens, where the
    /// engine tells.
    pub log_probability: Option<f32>,
    /// How probable each character of `text` is, 0 to 1; empty where the engine does
    /// not tell.
    pub certain: Vec<f32>,
    /// Length of the utterance in seconds.
    pub seconds: f32,
}

/// What became of an utterance.
pub type Hearing = Result<Heard, Nothing>;

/// An engine between its gates. It belongs to one thread.
pub(super) struct Listener {
    recogniser: Box<dyn Recogniser>,
    voice: Voice,
}

impl Listener {
    pub(super) fn new(recogniser: Box<dyn Recogniser>, voice: Voice) -> Self {
        Self { recogniser, voice }
    }

    /// Hears an utterance. What loops is decoded once more over the whole
    /// window, unless the text is only `passing`.
    ///
    /// # Errors
    /// When aborted, and when the engine fails.
    pub(super) fn hear(
        &mut self,
        samples: &[f32],
        request: &Request,
        passing: bool,
    ) -> Result<Hearing, RecogniserError> {
        let voiced = self
            .voice
            .seconds(samples)
            .map_err(RecogniserError::Failed)?;
        if voiced < LEAST_VOICE {
            return Ok(Err(Nothing::NoVoice));
        }
        let mut transcript = self.recogniser.recognise(samples, request)?;
        if !passing && self.recogniser.has_window() && gate::is_loop(&transcript, samples.len()) {
            metrics::counter!("linli_speech_loops_total").increment(1);
            let widest = Request {
                width: Width::Full,
                ..request.clone()
            };
            transcript = self.recogniser.recognise(samples, &widest)?;
        }
        Ok(
            match gate::refusal(&transcript, &request.prompt, samples.len()) {
                Some(nothing) => Err(nothing),
                None => Ok(heard(transcript, samples.len())),
            },
        )
    }
}

fn heard(transcript: Transcript, samples: usize) -> Heard {
    let text = simplify(transcript.text.trim());
    // Simplified characters are mostly as many; where not, nothing is told.
    let certain = match text.chars().count() == transcript.certain.len() {
        true => transcript.certain,
        false => Vec::new(),
    };
    Heard {
        text,
        certain,
        log_probability: transcript.log_probability,
        seconds: seconds(samples),
    }
}
