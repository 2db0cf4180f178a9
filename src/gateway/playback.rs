//! Sound that a small device is sent: packets at the pace at which they are
//! played, since it keeps only a few of them.

use super::manner::tts;
use super::session::Actor;
use crate::flow::{Clip, Flow, open_sound};
use crate::protocol::terminal::{
    AudioFormat, AudioParams, ClipRef, SentenceRef, TerminalMessage, TtsState,
};
use axum::body::Bytes;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::Instant;

/// Samples a second, and milliseconds a packet, of every sound that is made here.
const SAMPLE_RATE: u32 = 24_000;
const PACKET_MS: u32 = 20;
/// So much is sent ahead of what is played: a late packet is not heard.
const AHEAD: Duration = Duration::from_millis(120);

/// How the sound comes that a device is sent.
pub(super) fn params() -> AudioParams {
    AudioParams {
        format: AudioFormat::Opus,
        sample_rate: SAMPLE_RATE,
        channels: 1,
        frame_duration: PACKET_MS,
    }
}

/// One thing that a device is sent next.
pub(super) enum Step {
    /// A sentence begins.
    Sentence(String),
    /// A packet of it.
    Packet(Bytes),
    /// That was all.
    End,
}

/// What a device is being told; dropped, it is told no more.
#[derive(Default)]
pub(super) struct Playback(Option<mpsc::Receiver<Step>>);

impl Playback {
    fn begin(flow: Arc<Flow>, clips: Vec<Clip>) -> Self {
        let (steps, next) = mpsc::channel(8);
        tokio::spawn(async move {
            // It ends early when nobody receives any more.
            if play(&flow, clips, &steps).await.is_some() {
                let _ = steps.send(Step::End).await;
            }
        });
        Self(Some(next))
    }

    /// The next step; never, while nothing is said.
    pub(super) async fn next(&mut self) -> Step {
        match &mut self.0 {
            Some(steps) => steps.recv().await.unwrap_or(Step::End),
            None => std::future::pending().await,
        }
    }
}

/// Nothing when nobody receives any more.
async fn play(flow: &Flow, clips: Vec<Clip>, steps: &mpsc::Sender<Step>) -> Option<()> {
    let mut due = Instant::now();
    for clip in clips {
        let sound = flow.sound(&clip.key).await;
        let opened = sound.and_then(|(file, _)| open_sound(&file).ok());
        let packets = opened.map(|o| o.packets).unwrap_or_default();
        // What took long to make is not caught up with.
        due = due.max(Instant::now());
        let mut sentences = clip.sentences.into_iter().peekable();
        let mut at_ms = 0;
        for packet in packets {
            while let Some((_, text)) = sentences.next_if(|(at, _)| *at <= at_ms) {
                steps.send(Step::Sentence(text)).await.ok()?;
            }
            tokio::time::sleep_until(due.checked_sub(AHEAD).unwrap_or(due)).await;
            steps.send(Step::Packet(packet.into())).await.ok()?;
            due += Duration::from_millis(u64::from(PACKET_MS));
            at_ms += PACKET_MS;
        }
        for (_, text) in sentences {
            steps.send(Step::Sentence(text)).await.ok()?;
        }
    }
    tokio::time::sleep_until(due).await;
    Some(())
}

impl Actor {
    /// Says it to a device.
    pub(super) async fn play(&mut self, clips: Vec<Clip>) {
        self.post(tts(TtsState::Start, None), Vec::new()).await;
        self.playback = Playback::begin(self.gateway.0.flow.clone(), clips);
    }

    /// Says no more of what is being said.
    pub(super) async fn silence(&mut self) {
        if std::mem::take(&mut self.playback).0.is_some() {
            self.post(tts(TtsState::Stop, None), Vec::new()).await;
        }
    }

    /// The next step of what is being said.
    pub(super) async fn step(&mut self, step: Step) {
        match step {
            Step::Sentence(text) => {
                let begins = tts(TtsState::SentenceStart, Some(text));
                self.post(begins, Vec::new()).await;
            }
            Step::Packet(packet) => self.post_audio(packet).await,
            Step::End => self.silence().await,
        }
    }

    /// Where the sound of a message is; the rhythm that tells generated speech goes
    /// before it as it is set.
    pub(super) fn clips(&mut self, message: &TerminalMessage) -> Vec<Clip> {
        let lines = super::manner::aloud(message, self.manner.device);
        let flow = &self.gateway.0.flow;
        let said = flow.clips(&lines);
        if said.is_empty() {
            return said;
        }
        let first = !std::mem::replace(&mut self.voiced, true);
        let label = flow.mouth().label(first);
        label.into_iter().chain(said).collect()
    }
}

/// Clips as a page is told of them.
pub(super) fn refs(clips: &[Clip]) -> Vec<ClipRef> {
    let sentence = |(at_ms, text): &(u32, String)| SentenceRef {
        at_ms: *at_ms,
        text: text.clone(),
    };
    clips
        .iter()
        .map(|clip| ClipRef {
            src: format!("/audio/{}", clip.key),
            sentences: clip.sentences.iter().map(sentence).collect(),
        })
        .collect()
}
