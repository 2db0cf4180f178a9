//! What the model made in one call, and putting calls together.

use super::super::sound::{Sound, milliseconds, samples};
use super::super::voiced::Loudness;
use super::KokoroError;
use crate::text::Pause;
use std::ops::Range;

/// Samples of the unit in which phonemes are long: 25 ms.
const STEP: usize = samples(25);

/// What is kept of the silence around a call, for soft beginnings and ends.
const AROUND: usize = samples(50);

/// How much earlier sounds begin than the model's lengths say: measured where
/// silence ends.
const EARLIER: usize = 3 * STEP;

/// Samples of one call.
pub(super) struct Call {
    samples: Vec<f32>,
    /// Where somebody speaks in them.
    speech: Range<usize>,
    /// Where each phoneme begins.
    starts: Vec<usize>,
}

impl Call {
    /// Takes what the model gave: samples, and how many [`STEP`]s long the
    /// padding, each phoneme and the padding again are.
    ///
    /// # Errors
    /// When that does not fit together, and when it is silence.
    pub(super) fn new(samples: Vec<f32>, lengths: &[f32]) -> Result<Self, KokoroError> {
        if samples.iter().any(|sample| !sample.is_finite()) {
            return Err(KokoroError::Silent);
        }
        let speech = Loudness::of(&samples).span().ok_or(KokoroError::Silent)?;
        let mut at = 0;
        let mut starts = Vec::with_capacity(lengths.len());
        for length in lengths {
            starts.push(at);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "whole numbers from 1 to 50; what is not becomes 0"
            )]
            let steps = *length as usize;
            at += steps * STEP;
        }
        if at != samples.len() {
            let what = format!("{} samples and lengths of {at}", samples.len());
            return Err(KokoroError::Failed(what));
        }
        starts.remove(0);
        Ok(Self {
            samples,
            speech,
            starts,
        })
    }
}

/// Calls one after the other, with pauses of our own instead of the model's
/// silence between them.
#[derive(Default)]
pub(super) struct Joined {
    sound: Sound,
    /// Where the last speech ends in it.
    end: usize,
    /// Samples from there to the next speech.
    silence: usize,
}

impl Joined {
    /// Puts a call behind what there is. `begins` are the phonemes that begin
    /// sentences, `silence` the samples of pause after it.
    pub(super) fn add(&mut self, call: &Call, begins: &[usize], silence: usize) {
        let is_first = self.sound.samples.is_empty();
        let from = match is_first {
            true => 0,
            false => call.speech.start.saturating_sub(AROUND),
        };
        if !is_first {
            // What is left of the last call's end, and this one's beginning, are
            // part of the pause.
            let soft = (self.end + AROUND).min(self.sound.samples.len());
            self.sound.samples.truncate(soft);
            let next = self.end + self.silence.saturating_sub(call.speech.start - from);
            self.sound.samples.resize(next.max(soft), 0.0);
        }
        let offset = self.sound.samples.len();
        for begin in begins {
            let start = call.starts.get(*begin).copied().unwrap_or(0);
            // A sound is there before the model says that its phoneme begins.
            let start = match *begin {
                0 => call.speech.start,
                _ => start.saturating_sub(EARLIER),
            };
            let start = start.clamp(call.speech.start, call.speech.end);
            self.sound.marks.push(milliseconds(offset + start - from));
        }
        self.sound.samples.extend_from_slice(&call.samples[from..]);
        self.end = offset + call.speech.end - from;
        self.silence = silence;
    }

    /// All of it, with the model's silence before and after.
    pub(super) fn finish(self) -> Sound {
        self.sound
    }
}

/// Samples of silence between two calls; `None` is a clause that was cut.
pub(super) fn silence(after: Option<Pause>, speed: f32) -> usize {
    let milliseconds = match after {
        None | Some(Pause::None) => 60.0,
        Some(Pause::Short) => 200.0,
        Some(Pause::Middle) => 300.0,
        Some(Pause::Full | Pause::Exclamation) => 350.0,
        Some(Pause::Question) => 450.0,
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "less than a second"
    )]
    let whole = (milliseconds / speed) as usize;
    samples(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Silence, a tone, silence: 10, 20 and 40 steps.
    fn call() -> Call {
        let tone = (0..20 * STEP).map(|i| 0.3 * (i as f32 * 0.05).sin());
        let samples = [vec![0.0; 10 * STEP], tone.collect(), vec![0.0; 40 * STEP]].concat();
        Call::new(samples, &[9.0, 4.0, 2.0, 15.0, 40.0]).unwrap()
    }

    #[test]
    fn calls_are_joined_with_pauses_of_our_own() {
        let mut joined = Joined::default();
        joined.add(&call(), &[0], silence(Some(Pause::Full), 1.0));
        joined.add(&call(), &[0, 2], silence(Some(Pause::Full), 2.0));
        joined.add(&call(), &[], 0);
        let sound = joined.finish();
        // 250 ms of silence, then 500 of tone, 350 of pause, the tone, 175 of
        // pause, the tone and the last silence.
        let expected = [250, 250 + 500 + 350, 250 + 500 + 350 + 50];
        for (mark, wanted) in sound.marks.iter().zip(expected) {
            assert!(mark.abs_diff(wanted) <= 20, "{:?}", sound.marks);
        }
        assert_eq!(sound.marks.len(), 3);
        let length = 250 + 500 + 350 + 500 + 175 + 500 + 1000;
        assert!(
            sound.milliseconds().abs_diff(length) <= 30,
            "{}",
            sound.milliseconds()
        );
    }

    #[test]
    fn silence_and_lengths_that_do_not_fit_are_errors() {
        let silent = Call::new(vec![0.0; 70 * STEP], &[30.0, 40.0]);
        assert!(matches!(silent, Err(KokoroError::Silent)));
        let broken = Call::new(vec![f32::NAN; 70 * STEP], &[30.0, 40.0]);
        assert!(matches!(broken, Err(KokoroError::Silent)));
        let samples = call().samples;
        let odd = Call::new(samples, &[30.0, 30.0]);
        assert!(matches!(odd, Err(KokoroError::Failed(_))));
    }
}
