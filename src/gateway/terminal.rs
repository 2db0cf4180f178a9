//! `/ws/terminal`: a terminal is let in, says hello, and gets its session.

use super::Gateway;
use super::connection::{Connection, Incoming};
use super::manner::{self, Manner};
use super::pairing::{Paired, kiosk_of};
use super::playback;
use super::registry::Attach;
use super::session::Actor;
use super::wire::error_message;
use crate::access::same_origin;
use crate::flow::Session;
use crate::model::{Kiosk, SessionId};
use crate::protocol::terminal::{
    EntryRef, MAX_FRAME, Numbered, Resume, SpeechState, TerminalMessage, TerminalRequest, VERSION,
};
use crate::protocol::{Code, Problem};
use axum::Json;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use std::net::SocketAddr;
use std::time::Duration;

/// A terminal that does not say hello within this time is let go.
const HELLO_TIMEOUT: Duration = Duration::from_secs(10);
/// Close code of a refused hello (RFC 6455: policy violation).
const POLICY: u16 = 1008;
/// Close code of a frame that is too large (RFC 6455).
const TOO_BIG: u16 = 1009;

fn refused(code: Code) -> Response {
    let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::BAD_REQUEST);
    (status, Json(Problem::new(code))).into_response()
}

/// The upgrade of `/ws/terminal`.
pub async fn terminal_socket(
    State(gateway): State<Gateway>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if gateway.0.stop.is_cancelled() {
        return refused(Code::Stopping);
    }
    if !same_origin(&headers) {
        return refused(Code::Forbidden);
    }
    if gateway.sessions() >= gateway.0.settings.max_connections {
        return refused(Code::SlowDown);
    }
    let kiosk = match kiosk_of(&gateway.0.flow, &headers, peer.ip()).await {
        Paired::Kiosk(kiosk) => *kiosk,
        Paired::Unknown => return refused(Code::KioskUnknown),
        Paired::Unavailable => return refused(Code::Unavailable),
    };
    upgrade
        // axum's default of 128 KiB costs 134 kB a connection; this costs 6.
        .read_buffer_size(4096)
        .write_buffer_size(0)
        .max_write_buffer_size(1 << 20)
        .max_message_size(MAX_FRAME)
        .max_frame_size(MAX_FRAME)
        .on_upgrade(move |socket| {
            let tasks = gateway.0.tasks.clone();
            tasks.track_future(greet(gateway, kiosk, Connection::new(socket)))
        })
}

/// Waits for hello, then hands the connection to its session.
async fn greet(gateway: Gateway, kiosk: Kiosk, mut connection: Connection) {
    let stop = gateway.0.stop.clone();
    let hello = tokio::select! {
        hello = tokio::time::timeout(HELLO_TIMEOUT, hello(&mut connection)) => hello,
        () = stop.cancelled() => return connection.close(1001, "stopping").await,
    };
    let (resume, manner) = match hello {
        Ok(Ok(said)) => said,
        Ok(Err(Refusal::Gone)) => return,
        Ok(Err(Refusal::TooLarge)) => return connection.close(TOO_BIG, "frame too large").await,
        Ok(Err(Refusal::Code(code))) => {
            let message = error_message(code, None, None);
            let audio = Vec::new();
            let numbered = Numbered {
                seq: 0,
                message,
                audio,
            };
            connection.send(&numbered).await;
            return connection.close(POLICY, "hello refused").await;
        }
        Err(_) => return connection.close(POLICY, "no hello").await,
    };
    let connection = match resume {
        Some(Resume { session, seq }) => {
            let attach = Box::new(Attach {
                connection,
                seq,
                manner: manner.clone(),
            });
            match gateway
                .0
                .registry
                .resume(&SessionId(session), &kiosk.id, attach)
            {
                Ok(()) => return,
                Err(attach) => attach.connection,
            }
        }
        None => connection,
    };
    let session = Session::new(kiosk.id.clone(), kiosk.place.clone());
    Actor::begin(gateway, session, connection, manner);
}

enum Refusal {
    Gone,
    TooLarge,
    Code(Code),
}

/// What a terminal says of itself: where it goes on, how it speaks.
type Said = (Option<Resume>, Manner);

/// The first message; nothing but a hello is accepted.
async fn hello(connection: &mut Connection) -> Result<Said, Refusal> {
    loop {
        match connection.next().await {
            Incoming::Text(text) => {
                return match super::request::parse(&text) {
                    Ok(TerminalRequest::Hello {
                        version,
                        resume,
                        audio_params,
                        transport,
                        ..
                    }) if version == VERSION => {
                        Ok((resume, Manner::of(audio_params, transport.as_deref())))
                    }
                    Ok(TerminalRequest::Hello { .. }) => {
                        Err(Refusal::Code(Code::UnsupportedVersion))
                    }
                    Ok(_) => Err(Refusal::Code(Code::HelloFirst)),
                    Err((code, _)) => Err(Refusal::Code(code)),
                };
            }
            Incoming::Audio(_) => return Err(Refusal::Code(Code::HelloFirst)),
            Incoming::Alive => {}
            Incoming::TooLarge => return Err(Refusal::TooLarge),
            Incoming::Gone => return Err(Refusal::Gone),
        }
    }
}

impl Actor {
    /// What the server says of itself and of the session.
    pub(super) fn hello(&self) -> TerminalMessage {
        let flow = &self.gateway.0.flow;
        let live = flow.live();
        let unavailable = flow.speech_unavailable();
        let popular = live.popular(&self.session.place, flow.clock.now());
        TerminalMessage::Hello {
            version: VERSION,
            session: self.session.id.to_string(),
            edition: live.number(),
            place: live.place_name(&self.session.place),
            speech: SpeechState {
                available: unavailable.is_none(),
                reason: unavailable,
            },
            popular: popular.iter().map(EntryRef::from).collect(),
            idle_seconds: self.gateway.0.settings.idle_seconds,
            transport: self.manner.device.then(|| manner::TRANSPORT.to_owned()),
            session_id: (self.manner.device).then(|| self.session.id.to_string()),
            audio_params: (self.manner.device && flow.mouth().speaks()).then(playback::params),
        }
    }
}
