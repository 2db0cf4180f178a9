//! Where an utterance begins and ends in a stream of audio.
//!
//! All state belongs to one stream. Frames of any size give the same events.

use super::SAMPLE_RATE;
use super::detector::{Detector, FRAME};
use std::collections::VecDeque;
use std::time::Duration;

/// A frame at least this likely may begin an utterance; a lower one goes on
/// with it.
const BEGINS: f32 = 0.5;
const GOES_ON: f32 = 0.35;
/// Frames in a row that begin an utterance (64 ms): a click is shorter.
const ONSET: usize = 4;
/// Frames in a row that show after a pause that the speaker goes on.
const RESUMES: usize = 3;
/// Kept before the onset: soft first consonants are in there.
const PRE_ROLL: usize = SAMPLE_RATE * 300 / 1000;
/// Silence after which one may have finished, and what is kept of it.
const PAUSE: usize = SAMPLE_RATE / 5;

/// Who ends an utterance, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endpointing {
    /// Silence that ends it; nothing when the terminal does.
    pub hang_over: Option<Duration>,
    /// How long nobody may say anything; counts only with a hang-over.
    pub patience: Duration,
    /// Longest utterance.
    pub longest: Duration,
}

/// What happened in the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Somebody began to speak.
    Onset,
    /// They may have finished.
    Pause,
    /// They had not.
    Resumed,
    /// The utterance is complete. Nothing comes after it.
    End(End),
}

/// Why an utterance is complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Silence.
    Silence,
    /// It is as long as one may be.
    Longest,
    /// Nobody said anything.
    Nobody,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Quiet,
    Speaking,
    Paused,
    Ended,
}

/// Finds the utterance in one stream.
pub struct Endpointer {
    detector: Box<dyn Detector>,
    settings: Endpointing,
    state: State,
    /// Samples that do not yet fill a frame.
    begun: Vec<f32>,
    /// Before the onset what may belong to the utterance, then the utterance.
    audio: VecDeque<f32>,
    /// Frames with a voice in a row.
    voiced: usize,
    /// Samples since the last voice.
    silent: usize,
    /// Samples that were judged.
    judged: usize,
}

fn samples(duration: Duration) -> usize {
    usize::try_from(duration.as_millis()).unwrap_or(usize::MAX / SAMPLE_RATE) * SAMPLE_RATE / 1000
}

impl Endpointer {
    /// For one stream.
    pub fn new(detector: Box<dyn Detector>, settings: Endpointing) -> Self {
        Self {
            detector,
            settings,
            state: State::Quiet,
            begun: Vec::with_capacity(FRAME),
            audio: VecDeque::new(),
            voiced: 0,
            silent: 0,
            judged: 0,
        }
    }

    /// Takes samples (mono, 16 kHz, -1 to 1) and tells what happened, in
    /// order.
    pub fn push(&mut self, mut samples: &[f32]) -> Vec<Event> {
        let mut events = Vec::new();
        while !samples.is_empty() && self.state != State::Ended {
            let (taken, rest) = samples.split_at(samples.len().min(FRAME - self.begun.len()));
            self.begun.extend_from_slice(taken);
            samples = rest;
            if self.begun.len() == FRAME {
                let frame = std::mem::take(&mut self.begun);
                events.extend(self.judge(&frame));
                self.begun = frame;
                self.begun.clear();
            }
        }
        events
    }

    fn judge(&mut self, frame: &[f32]) -> Option<Event> {
        let probability = self.detector.probability(frame);
        let needed = if self.state == State::Quiet {
            BEGINS
        } else {
            GOES_ON
        };
        let voice = probability >= needed;
        self.audio.extend(frame);
        self.judged += frame.len();
        self.voiced = if voice { self.voiced + 1 } else { 0 };
        if !voice {
            self.silent += frame.len();
        }
        let event = match (self.state, voice) {
            (State::Quiet, true) if self.voiced >= ONSET => {
                self.keep(PRE_ROLL + ONSET * FRAME);
                Some(self.go(State::Speaking, Event::Onset))
            }
            (State::Quiet, _) => {
                self.forget();
                let nobody = self.settings.hang_over.is_some()
                    && self.judged >= samples(self.settings.patience);
                return nobody.then(|| self.go(State::Ended, Event::End(End::Nobody)));
            }
            (State::Speaking, true) => {
                self.silent = 0;
                None
            }
            (State::Speaking, false) if self.silent >= PAUSE => {
                Some(self.go(State::Paused, Event::Pause))
            }
            (State::Paused, true) if self.voiced >= RESUMES => {
                Some(self.go(State::Speaking, Event::Resumed))
            }
            (State::Paused, true) => {
                self.silent += frame.len();
                None
            }
            (State::Paused, false)
                if self
                    .settings
                    .hang_over
                    .is_some_and(|h| self.silent >= samples(h)) =>
            {
                Some(self.go(State::Ended, Event::End(End::Silence)))
            }
            (State::Speaking | State::Paused | State::Ended, _) => None,
        };
        if event.is_none() && self.audio.len() >= samples(self.settings.longest) {
            return Some(self.go(State::Ended, Event::End(End::Longest)));
        }
        event
    }

    fn go(&mut self, state: State, event: Event) -> Event {
        if state == State::Speaking {
            self.silent = 0;
        }
        self.state = state;
        event
    }

    /// Before the onset: who ends utterances by hand may have been too soft to
    /// be noticed, so that everything is kept.
    fn forget(&mut self) {
        self.keep(match self.settings.hang_over {
            Some(_) => PRE_ROLL + ONSET * FRAME,
            None => samples(self.settings.longest),
        });
    }

    fn keep(&mut self, last: usize) {
        let over = self.audio.len().saturating_sub(last);
        self.audio.drain(..over);
    }

    /// Whether somebody speaks at this moment.
    pub fn is_speaking(&self) -> bool {
        self.state == State::Speaking
    }

    /// Whether anybody has spoken.
    pub fn has_begun(&self) -> bool {
        !matches!(self.state, State::Quiet)
    }

    /// How long it has been silent after the last word.
    pub fn silence(&self) -> Duration {
        let millis = self.silent * 1000 / SAMPLE_RATE;
        Duration::from_millis(u64::try_from(millis).unwrap_or(0))
    }

    /// The utterance so far, from shortly before the onset to shortly after the
    /// last word.
    pub fn utterance(&self) -> Vec<f32> {
        let after = if self.has_begun() {
            self.silent.saturating_sub(PAUSE).min(self.audio.len())
        } else {
            0
        };
        let audio = self.audio.iter().take(self.audio.len() - after);
        audio.copied().collect()
    }
}

#[cfg(test)]
#[path = "endpoint_tests.rs"]
mod tests;
