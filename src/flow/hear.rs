//! What was heard becomes a turn: answered as a typed question is, or written
//! down as nothing heard.

use super::answer::Asked;
use super::listen::Spoken;
use super::session::PastTurn;
use super::{Flow, FlowResult, Replied, Session};
use crate::model::{Channel, Outcome, Timings, Turn, TurnId};
use crate::speech::{Heard, Nothing, Trouble};
use crate::text::{certainty, mask};
use std::sync::Arc;
use std::time::Instant;

/// What somebody said, as it is shown and answered.
#[derive(Clone, Debug)]
pub struct Understood {
    /// The words, terms put right.
    pub text: String,
    /// What the recogniser made of the sounds.
    pub heard: Heard,
    /// When the speaker had finished.
    pub ended: Instant,
}

impl Understood {
    /// The recogniser's part of the explain record.
    pub(super) fn record(&self) -> serde_json::Value {
        let text = mask(&self.heard.text);
        let certain = certainty(&self.heard.text, &self.heard.certain, &text);
        let percent = certain.iter().map(|sure| (sure * 100.0).round());
        serde_json::json!({
            "certain": percent.collect::<Vec<f32>>(),
            "text": text,
            "log_probability": self.heard.log_probability,
            "seconds": self.heard.seconds,
        })
    }
}

/// What became of an utterance.
#[derive(Debug)]
pub enum Utterance {
    /// Words: show them, then answer them.
    Words(Understood),
    /// None.
    Nothing(Nothing),
    /// Too many speak at once.
    Busy {
        /// When to try again.
        retry_seconds: u32,
    },
    /// The recogniser failed.
    Failed,
}

impl Flow {
    /// Puts terms right that the recogniser wrote as they sound. What is no
    /// utterance is written down here; words are when they are answered.
    pub async fn understand(&self, session: &mut Session, name: &str, spoken: Spoken) -> Utterance {
        let Spoken { hearing, ended } = spoken;
        let (outcome, why, utterance) = match hearing {
            Ok(Ok(heard)) => {
                let text = if self.ear.puts_right() {
                    self.live().vocabulary.put_right(&heard.text)
                } else {
                    heard.text.clone()
                };
                return Utterance::Words(Understood { text, heard, ended });
            }
            Ok(Err(nothing)) => (
                Outcome::NothingHeard,
                nothing.as_str(),
                Utterance::Nothing(nothing),
            ),
            Err(Trouble::Busy { retry_seconds }) => {
                (Outcome::Busy, "busy", Utterance::Busy { retry_seconds })
            }
            Err(Trouble::Failed(_)) => (Outcome::Failed, "recogniser", Utterance::Failed),
        };
        self.note_unheard(session, name, outcome, why, ended).await;
        utterance
    }

    /// Answers what was understood, as a typed question is answered.
    ///
    /// # Errors
    /// As [`Flow::answer`].
    pub async fn answer_spoken(
        self: &Arc<Self>,
        session: &mut Session,
        name: &str,
        understood: &Understood,
    ) -> FlowResult<Replied> {
        let asked = Asked {
            text: &understood.text,
            channel: Channel::Spoken,
            begun: understood.ended,
            heard: Some(understood),
        };
        self.answer_asked(session, name, asked).await
    }

    async fn note_unheard(
        &self,
        session: &mut Session,
        name: &str,
        outcome: Outcome,
        why: &str,
        ended: Instant,
    ) {
        let id = TurnId::fresh();
        let turn = Turn {
            id: id.clone(),
            session: session.id.clone(),
            name: name.to_owned(),
            kiosk: session.kiosk.clone(),
            place: session.place.clone(),
            at: self.clock.now(),
            channel: Channel::Spoken,
            text: String::new(),
            core: String::new(),
            edition: self.live().number(),
            decision: outcome.as_str().to_owned(),
            outcome,
            entry: None,
            gap: None,
            confidence: 0.0,
            contest: None,
            thumbs_up: false,
            explain: serde_json::json!({ "heard": null, "reason": why }).to_string(),
            timings: Timings {
                total_us: i64::try_from(ended.elapsed().as_micros()).unwrap_or(i64::MAX),
                ..Timings::default()
            },
        };
        session.remember(PastTurn {
            name: name.to_owned(),
            id,
            text: String::new(),
            core: String::new(),
            options: Vec::new(),
            answered: None,
            handed_over: None,
        });
        self.record(&turn).await;
    }
}
