//! What a session does with speech: the microphone is opened and closed by
//! `listen`, binary frames come in between, and what was heard is answered.

use super::session::Actor;
use super::wire;
use crate::flow::{FlowResult, Listening, Progress, Utterance};
use crate::protocol::Code;
use crate::protocol::terminal::{ListenMode, ListenState, TerminalMessage};
use tokio::time::Instant;

/// The only rate that is taken: what microphones' pages resample to.
const SAMPLE_RATE: u32 = 16_000;

/// What a session knows of its microphone.
#[derive(Default)]
pub(super) struct Microphone {
    /// The turn that is spoken at this moment.
    listening: Option<(String, Listening)>,
    /// Turns that the server named, of terminals that name none.
    named: u32,
    /// Frames are on their way for some time after the server ended an
    /// utterance: they are no fault.
    trailing: bool,
    /// Whether the terminal was told that nobody listens.
    told: bool,
}

impl Microphone {
    /// The next thing to tell; never, while nobody speaks.
    pub(super) async fn next(&mut self) -> Progress {
        match &mut self.listening {
            Some((_, listening)) => listening.next().await,
            None => std::future::pending().await,
        }
    }

    /// Forgets what was not yet complete; what is being recognised is still
    /// answered.
    pub(super) fn close(&mut self) {
        self.listening = self.listening.take().filter(|(_, l)| !l.is_open());
    }

    fn is_on(&self) -> bool {
        self.listening.as_ref().is_some_and(|(_, l)| l.is_open())
    }
}

impl Actor {
    pub(super) async fn listen(
        &mut self,
        state: ListenState,
        mode: ListenMode,
        turn: String,
    ) -> FlowResult<()> {
        match state {
            ListenState::Start => self.open(mode, turn).await,
            ListenState::Stop => {
                if let Some((_, listening)) = &mut self.microphone.listening {
                    listening.stop();
                } else if !self.microphone.trailing {
                    let turn = Some(turn).filter(|t| !t.is_empty());
                    self.fault(Code::NotListening, turn).await;
                }
            }
            ListenState::Cancel => self.hush(),
            ListenState::Detect => {}
        }
        Ok(())
    }

    /// Nothing of what is being said shall be answered.
    pub(super) fn hush(&mut self) {
        self.microphone.trailing |= self.microphone.listening.take().is_some();
    }

    async fn open(&mut self, mode: ListenMode, turn: String) {
        // Whoever speaks has heard enough.
        self.silence().await;
        let turn = if turn.is_empty() {
            self.microphone.named += 1;
            format!("spoken-{}", self.microphone.named)
        } else {
            turn
        };
        if turn.chars().count() > 64 {
            return self.fault(Code::BadMessage, Some(turn)).await;
        }
        if self.session.knows(&turn) {
            return self.fault(Code::DuplicateTurn, Some(turn)).await;
        }
        let flow = self.gateway.0.flow.clone();
        if let Some(words) = flow.speech_unavailable() {
            let message = wire::error_message(Code::SpeechUnavailable, Some(words), Some(turn));
            return self.send(message).await;
        }
        let encoding = match &self.manner.audio {
            None => Some(wire::encoding(None)),
            Some(p) if p.sample_rate == SAMPLE_RATE && p.channels == 1 => {
                Some(wire::encoding(Some(p.format)))
            }
            Some(_) => None,
        };
        let Some(encoding) = encoding else {
            return self.fault(Code::BadAudio, Some(turn)).await;
        };
        match flow.listen(&self.session, encoding, mode == ListenMode::Manual) {
            Ok(listening) => {
                self.microphone.listening = Some((turn, listening));
                self.microphone.trailing = false;
                self.microphone.told = false;
            }
            Err(error) => {
                tracing::error!(%error, "cannot listen");
                self.fault(Code::SpeechUnavailable, Some(turn)).await;
            }
        }
    }

    /// A binary frame of the terminal.
    pub(super) async fn audio(&mut self, frame: &[u8]) {
        if self.microphone.is_on() {
            self.last_act = Instant::now();
            if let Some((turn, listening)) = &mut self.microphone.listening
                && listening.frame(frame).is_err()
                && !std::mem::replace(&mut self.microphone.told, true)
            {
                let turn = turn.clone();
                self.fault(Code::BadAudio, Some(turn)).await;
            }
        } else if self.microphone.listening.is_none()
            && !self.microphone.trailing
            && !std::mem::replace(&mut self.microphone.told, true)
        {
            // Once: fifty a second would follow.
            self.fault(Code::NotListening, None).await;
        }
    }

    async fn fault(&mut self, code: Code, turn: Option<String>) {
        self.send(wire::error_message(code, None, turn)).await;
    }

    /// Something was heard, or not.
    pub(super) async fn heard(&mut self, progress: Progress) {
        let spoken = match progress {
            Progress::Words(text) => {
                if let Some((turn, _)) = &self.microphone.listening {
                    let turn = turn.clone();
                    let stt = TerminalMessage::Stt {
                        turn,
                        text,
                        r#final: false,
                    };
                    self.send(stt).await;
                }
                return;
            }
            Progress::Done(spoken) => spoken,
        };
        let Some((turn, _)) = self.microphone.listening.take() else {
            return;
        };
        self.microphone.trailing = true;
        self.last_act = Instant::now();
        let flow = self.gateway.0.flow.clone();
        match flow.understand(&mut self.session, &turn, spoken).await {
            Utterance::Words(understood) => {
                self.send(TerminalMessage::Stt {
                    turn: turn.clone(),
                    text: understood.text.clone(),
                    r#final: true,
                })
                .await;
                let replied = flow
                    .answer_spoken(&mut self.session, &turn, &understood)
                    .await;
                match replied {
                    Ok(replied) => self.reply(&turn, &replied).await,
                    Err(error) => self.send(wire::refusal(&error, Some(turn))).await,
                }
            }
            Utterance::Nothing(nothing) => {
                let reason = nothing.as_str().to_owned();
                self.send(TerminalMessage::NothingHeard { turn, reason })
                    .await;
            }
            Utterance::Busy { retry_seconds } => {
                self.send(TerminalMessage::Busy {
                    turn,
                    retry_seconds,
                })
                .await;
            }
            Utterance::Failed => self.fault(Code::SpeechFailed, Some(turn)).await,
        }
    }
}
