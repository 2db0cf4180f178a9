//! Listens to one stream until what was said is heard.
//!
//! Recognition begins in the pause after the last word, before it is sure that
//! it was the last, so that a resident waits for the pause or for the
//! recogniser and not for both; where the speaker goes on, it is thrown away.

use super::{Flow, Session};
use crate::speech::{
    Ear, Encoding, End, Endpointer, Event, Frames, Hearing, Nothing, Pending, Purpose, SAMPLE_RATE,
    Trouble,
};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Samples between two looks at what has been said so far.
const PASSING_EVERY: usize = SAMPLE_RATE / 2;

/// What became of an utterance.
#[derive(Debug)]
pub struct Spoken {
    /// What was heard, or why nothing was.
    pub hearing: Result<Hearing, Trouble>,
    /// When the speaker had finished: from here on they wait.
    pub ended: Instant,
}

/// What there is to tell of a stream.
#[derive(Debug)]
pub enum Progress {
    /// Words so far; they may still change at the end.
    Words(String),
    /// The utterance was heard, or not. Nothing comes after it.
    Done(Spoken),
}

enum Stage {
    /// Audio is coming in.
    Open,
    /// It is complete; the recogniser works.
    Hearing(Pending),
    /// What there is to tell at once.
    Known(Option<Result<Hearing, Trouble>>),
}

/// One stream of audio and what is heard of it. Dropped, nobody works for it
/// any more.
pub struct Listening {
    ear: Arc<Ear>,
    prompt: Arc<str>,
    frames: Frames,
    endpointer: Endpointer,
    stage: Stage,
    ended: Instant,
    ahead: Option<Pending>,
    passing: Option<Pending>,
    /// Samples that came in after the last look.
    unseen: usize,
    words: Words,
}

impl Flow {
    /// Why residents cannot speak, in their words; nothing when they can.
    pub fn speech_unavailable(&self) -> Option<String> {
        self.ear.unavailable().map(|u| u.for_residents.clone())
    }

    /// Ends every recognition under way, and waits for the engine.
    pub fn stop_hearing(&self) {
        self.ear.close();
    }

    /// What the recogniser is told to expect of a resident at this moment.
    fn prompt(&self, session: &Session) -> Arc<str> {
        let live = self.live();
        let most = self.ear.prompt_terms();
        let about = session.dialogue.about(self.clock.now());
        if !about.is_empty() {
            return live.vocabulary.prompt(most, &about).into();
        }
        let made = live
            .prompt
            .get_or_init(|| live.vocabulary.prompt(most, &[]).into());
        Arc::clone(made)
    }

    /// Listens to a new stream of a resident, which ends its utterance `by_hand` or
    /// by silence.
    ///
    /// # Errors
    /// When there is no decoder for the encoding; in English, for the log.
    pub fn listen(
        &self,
        session: &Session,
        encoding: Encoding,
        by_hand: bool,
    ) -> Result<Listening, String> {
        Ok(Listening {
            ear: Arc::clone(&self.ear),
            prompt: self.prompt(session),
            frames: Frames::new(encoding)?,
            endpointer: self.ear.endpointer(by_hand),
            stage: Stage::Open,
            ended: Instant::now(),
            ahead: None,
            passing: None,
            unseen: 0,
            words: Words::default(),
        })
    }
}

impl Listening {
    /// Whether audio is still wanted.
    pub fn is_open(&self) -> bool {
        matches!(self.stage, Stage::Open)
    }

    /// Takes a binary frame of the terminal.
    ///
    /// # Errors
    /// When it cannot be decoded; the stream goes on without it.
    pub fn frame(&mut self, frame: &[u8]) -> Result<(), String> {
        if self.is_open() {
            let samples = self.frames.samples(frame)?;
            self.push(&samples);
        }
        Ok(())
    }

    /// Takes samples: mono, 16 kHz, -1 to 1.
    pub fn push(&mut self, samples: &[f32]) {
        for event in self.endpointer.push(samples) {
            match event {
                Event::Onset => self.unseen = 0,
                Event::Pause => {
                    self.passing = None;
                    self.ahead = self.ask(Purpose::Ahead).ok();
                }
                Event::Resumed => self.ahead = None,
                Event::End(End::Nobody) => {
                    self.stage = Stage::Known(Some(Ok(Err(Nothing::NoVoice))));
                }
                Event::End(End::Silence | End::Longest) => {
                    self.finish(self.endpointer.silence());
                }
            }
        }
        self.unseen += samples.len();
        if self.is_open()
            && self.endpointer.is_speaking()
            && self.unseen >= PASSING_EVERY
            && self.passing.is_none()
        {
            self.unseen = 0;
            self.passing = self.ask(Purpose::Passing).ok();
        }
    }

    /// Takes an utterance that is complete, at once.
    pub fn hear_all(&mut self, samples: &[f32]) {
        self.endpointer.push(samples);
        self.stop();
    }

    /// The speaker says that the utterance is complete.
    pub fn stop(&mut self) {
        if self.is_open() {
            self.finish(Duration::ZERO);
        }
    }

    fn finish(&mut self, silence: Duration) {
        let now = Instant::now();
        self.ended = now.checked_sub(silence).unwrap_or(now);
        self.passing = None;
        let heard = match self.ahead.take() {
            Some(pending) => Ok(pending),
            None => self.ask(Purpose::Answer),
        };
        self.stage = match heard {
            Ok(pending) => Stage::Hearing(pending),
            Err(trouble) => Stage::Known(Some(Err(trouble))),
        };
    }

    fn ask(&self, purpose: Purpose) -> Result<Pending, Trouble> {
        self.ear
            .hear(self.endpointer.utterance(), &self.prompt, purpose)
    }

    /// Waits for what there is to tell. May be dropped and called again
    /// without loss.
    pub async fn next(&mut self) -> Progress {
        loop {
            match &mut self.stage {
                Stage::Known(known) => match known.take() {
                    Some(hearing) => return self.done(hearing),
                    None => std::future::pending().await,
                },
                Stage::Hearing(pending) => {
                    let hearing = pending.await;
                    self.stage = Stage::Known(None);
                    return self.done(hearing);
                }
                Stage::Open => {
                    let Some(passing) = &mut self.passing else {
                        std::future::pending::<()>().await;
                        continue;
                    };
                    let heard = passing.await;
                    self.passing = None;
                    if let Ok(Ok(heard)) = heard
                        && let Some(words) = self.words.after(&heard.text)
                    {
                        return Progress::Words(words);
                    }
                }
            }
        }
    }

    fn done(&self, hearing: Result<Hearing, Trouble>) -> Progress {
        Progress::Done(Spoken {
            hearing,
            ended: self.ended,
        })
    }
}

/// Words that are shown while somebody speaks. What two looks agreed on does
/// not change any more: text that jumps cannot be read.
#[derive(Default)]
struct Words {
    stable: String,
    last: String,
    shown: String,
}

impl Words {
    /// What to show after a new look; nothing when it is what is shown.
    fn after(&mut self, text: &str) -> Option<String> {
        let text = text.trim_end_matches(['。', '？', '！', '，', '…', '.', '?', '!', ',']);
        let agreed: usize = text
            .chars()
            .zip(self.last.chars())
            .take_while(|(a, b)| a == b)
            .map(|(a, _)| a.len_utf8())
            .sum();
        if agreed > self.stable.len() && text.starts_with(&self.stable) {
            self.stable = text[..agreed].to_owned();
        }
        text.clone_into(&mut self.last);
        let shown = if text.starts_with(&self.stable) {
            text
        } else {
            &self.stable
        };
        if shown == self.shown {
            return None;
        }
        shown.clone_into(&mut self.shown);
        Some(self.shown.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::Words;
    use proptest::prelude::*;

    #[test]
    fn what_two_looks_agree_on_stays() {
        let mut words = Words::default();
        for (look, shown) in [
            ("举", Some("举")),
            ("居住", Some("居住")),
            ("居住证。", Some("居住证")),
            ("居住证", None),
            ("居住正怎么", None),
            ("居住证怎么", Some("居住证怎么")),
            ("局主", Some("居住证")),
            ("居住证怎么办？", Some("居住证怎么办")),
            ("", Some("居住证")),
        ] {
            assert_eq!(words.after(look).as_deref(), shown, "{look}");
        }
        assert_eq!(Words::default().after(""), None);
    }

    proptest! {
        #[test]
        fn stable_words_only_grow(looks in prop::collection::vec("[一二三]{0,6}", 1..12)) {
            let mut words = Words::default();
            let mut before = String::new();
            for look in looks {
                let told = words.after(&look);
                prop_assert!(words.stable.starts_with(&before));
                prop_assert!(words.shown.starts_with(&words.stable));
                prop_assert!(told.is_none_or(|t| t == words.shown));
                before.clone_from(&words.stable);
            }
        }
    }
}
