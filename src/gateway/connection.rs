//! Moves frames of one socket; knows nothing of what they mean.

use axum::body::Bytes;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use serde::Serialize;
use std::time::Duration;

/// A terminal that does not take a frame for so long is gone.
const SEND_TIMEOUT: Duration = Duration::from_secs(10);

/// What came in.
#[derive(Debug)]
pub(super) enum Incoming {
    /// A JSON text frame.
    Text(Utf8Bytes),
    /// A binary frame: audio.
    Audio(Bytes),
    /// Ping or pong: a sign of life.
    Alive,
    /// The frame was larger than allowed; the socket is of no use any more.
    TooLarge,
    /// The socket is closed or broken.
    Gone,
}

/// One socket.
pub(super) struct Connection(WebSocket);

impl Connection {
    pub(super) fn new(socket: WebSocket) -> Self {
        Self(socket)
    }

    /// Waits for a frame. May be dropped and called again without loss.
    pub(super) async fn next(&mut self) -> Incoming {
        match self.0.recv().await {
            Some(Ok(Message::Text(text))) => Incoming::Text(text),
            Some(Ok(Message::Binary(frame))) => Incoming::Audio(frame),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Incoming::Alive,
            Some(Ok(Message::Close(_))) | None => Incoming::Gone,
            Some(Err(error)) => {
                // The library closes after such a frame; only its words tell.
                if error.to_string().contains("too long") || error.to_string().contains("too big") {
                    Incoming::TooLarge
                } else {
                    tracing::debug!(%error, "socket broke");
                    Incoming::Gone
                }
            }
        }
    }

    /// Sends a value as JSON. `false` when the socket is gone.
    pub(super) async fn send(&mut self, value: &impl Serialize) -> bool {
        match serde_json::to_string(value) {
            Ok(text) => self.send_frame(Message::Text(text.into())).await,
            Err(error) => {
                tracing::error!(%error, "message not serialised. This is a bug.");
                true
            }
        }
    }

    /// Sends a packet of sound. `false` when the socket is gone.
    pub(super) async fn send_audio(&mut self, packet: Bytes) -> bool {
        self.send_frame(Message::Binary(packet)).await
    }

    /// Asks for a sign of life. `false` when the socket is gone.
    pub(super) async fn ping(&mut self) -> bool {
        self.send_frame(Message::Ping(Vec::new().into())).await
    }

    /// Closes with a code and a reason.
    pub(super) async fn close(&mut self, code: u16, reason: &str) {
        let frame = CloseFrame {
            code,
            reason: Utf8Bytes::from(reason),
        };
        let _ = self.send_frame(Message::Close(Some(frame))).await;
    }

    async fn send_frame(&mut self, frame: Message) -> bool {
        matches!(
            tokio::time::timeout(SEND_TIMEOUT, self.0.send(frame)).await,
            Ok(Ok(()))
        )
    }
}
