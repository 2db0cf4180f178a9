//! Spoken questions against a launched server: with a scripted recogniser for
//! the protocol, with the real model where it is.

mod device;
mod microphone;
mod real;
mod real_voice;
mod voice;

use crate::harness::{Server, Terminal, config};
use futures_util::SinkExt;
use linli::model::SystemClock;
use linli::protocol::terminal::TerminalMessage;
use linli::speech::{Detector, Ear, Script, Settings, scripted, transcript};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use tokio_tungstenite::tungstenite::Message;

/// Voice is what is loud.
struct Loudness;

impl Detector for Loudness {
    fn probability(&mut self, frame: &[f32]) -> f32 {
        f32::from(u8::from(frame.iter().any(|s| s.abs() > 0.1)))
    }
}

fn loudness() -> Box<dyn Detector> {
    Box::new(Loudness)
}

/// A server that hears what `script` says.
pub async fn server(script: Script, change: impl FnOnce(&mut Settings)) -> Server {
    let mut settings = Settings {
        workers: 1,
        hang_over: Duration::from_millis(700),
        deadline: Duration::from_secs(15),
        ..Settings::default()
    };
    change(&mut settings);
    Server::start_built(async |data| {
        let ear = Ear::with(settings, scripted(script), loudness);
        linli::app::build_with(&config(data), Arc::new(SystemClock), ear)
            .await
            .unwrap()
    })
    .await
}

/// A recogniser that hears these words in everything.
pub fn says(text: &'static str) -> Script {
    Arc::new(move |_, _| Ok(transcript(text)))
}

/// So many milliseconds of speech (`1`) and silence (`0`), in turn, as PCM.
pub fn sounds(parts: &[(u8, usize)]) -> Vec<u8> {
    parts
        .iter()
        .flat_map(|(loud, ms)| std::iter::repeat_n(i16::from(*loud) * 16_000, ms * 16))
        .flat_map(i16::to_le_bytes)
        .collect()
}

impl Terminal {
    pub async fn listen(&mut self, state: &str, mode: &str, turn: &str) {
        let listen = json!({"type": "listen", "state": state, "mode": mode, "turn": turn});
        self.raw(&listen.to_string()).await;
    }

    /// Sends audio in frames of so many bytes.
    pub async fn speak(&mut self, audio: &[u8], frame: usize) {
        for frame in audio.chunks(frame) {
            let frame = Message::binary(frame.to_vec());
            self.socket.send(frame).await.unwrap();
        }
    }

    /// The next message that is no passing `stt`.
    pub async fn next_final(&mut self) -> TerminalMessage {
        self.until(|m| !matches!(m, TerminalMessage::Stt { r#final: false, .. }))
            .await
    }
}
