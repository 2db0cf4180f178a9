//! One session: a closed list of what can wake it, and one match.
//!
//! The session outlives its socket: while it is detached it goes on noting
//! what a worker says, and a connection that comes back within the resume
//! window gets what it missed, once and in order.

use super::Gateway;
use super::connection::{Connection, Incoming};
use super::listen::Microphone;
use super::manner::{self, Manner};
use super::outbox::Outbox;
use super::playback::{self, Playback, Step};
use super::registry::{Attach, Door};
use super::wire;
use crate::flow::{Progress, Session};
use crate::model::{EscalationId, Event};
use crate::protocol::Code;
use crate::protocol::terminal::{ClipRef, Numbered, TerminalMessage};
use axum::body::Bytes;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast;
use tokio::time::Instant;

/// How often a silent terminal is asked for a sign of life.
const PING_EVERY: Duration = Duration::from_secs(30);
/// A terminal without a sign of life for so long is gone.
const DEAD_AFTER: Duration = Duration::from_secs(75);
/// Seconds that the terminal's own countdown takes before it says `end`, and
/// a few more: only then the server wipes the session itself.
const COUNTDOWN: u64 = 40;

/// Everything that can wake a session.
enum Wake {
    Frame(Incoming),
    Event(Result<Event, broadcast::error::RecvError>),
    Resumed(Box<Attach>),
    Heard(Progress),
    Said(Step),
    Tick,
    Stop,
}

/// Whether the session goes on.
#[derive(PartialEq)]
pub(super) enum Next {
    Go,
    End,
}

/// What the terminal has seen of an escalation.
#[derive(Default)]
pub(super) struct Followed {
    /// The number of the last line.
    pub(super) line: i64,
    pub(super) version: i64,
    /// How many waited before it.
    pub(super) ahead: Option<i64>,
}

/// A session and what it needs.
pub(super) struct Actor {
    pub(super) gateway: Gateway,
    pub(super) session: Session,
    outbox: Outbox,
    /// Escalations this terminal is told about.
    pub(super) followed: HashMap<EscalationId, Followed>,
    connection: Option<Connection>,
    door: Arc<Door>,
    events: broadcast::Receiver<Event>,
    last_sign: Instant,
    pub(super) last_act: Instant,
    /// How the terminal speaks, as it said in `hello`.
    pub(super) manner: Manner,
    pub(super) microphone: Microphone,
    /// What a device is being told.
    pub(super) playback: Playback,
    /// Whether anything was said to this resident.
    pub(super) voiced: bool,
    detached_at: Option<Instant>,
    /// Tokens of the rate limit, and when they were counted.
    pub(super) tokens: (f64, Instant),
    pub(super) used: bool,
}

impl Actor {
    /// Begins a session of its own for a connection.
    pub(super) fn begin(
        gateway: Gateway,
        session: Session,
        connection: Connection,
        manner: Manner,
    ) {
        let tasks = gateway.0.tasks.clone();
        let mut actor = Self::new(gateway, session);
        actor.manner = manner;
        tasks.spawn(actor.run(connection));
    }

    fn new(gateway: Gateway, session: Session) -> Self {
        let door = gateway
            .0
            .registry
            .enter(session.id.clone(), session.kiosk.clone());
        let events = gateway.0.flow.bus.listen();
        let burst = gateway.0.settings.requests_per_second * 2.0;
        Self {
            gateway,
            session,
            outbox: Outbox::default(),
            followed: HashMap::new(),
            connection: None,
            door,
            events,
            last_sign: Instant::now(),
            last_act: Instant::now(),
            manner: Manner::default(),
            microphone: Microphone::default(),
            playback: Playback::default(),
            voiced: false,
            detached_at: None,
            tokens: (burst, Instant::now()),
            used: false,
        }
    }

    /// Lives until the resident leaves, the resume window closes, or the
    /// server stops.
    async fn run(mut self, connection: Connection) {
        self.attach(connection);
        let hello = self.hello();
        self.send(hello).await;
        let mut tick = tokio::time::interval(PING_EVERY.min(self.gateway.0.settings.resume_window));
        let stop = self.gateway.0.stop.clone();
        loop {
            let wake = tokio::select! {
                biased;
                () = stop.cancelled() => Wake::Stop,
                attach = self.door.next() => Wake::Resumed(attach),
                progress = self.microphone.next() => Wake::Heard(progress),
                step = self.playback.next() => Wake::Said(step),
                frame = next_frame(&mut self.connection) => Wake::Frame(frame),
                event = self.events.recv(), if self.used => Wake::Event(event),
                _ = tick.tick() => Wake::Tick,
            };
            if self.woken(wake).await == Next::End {
                break;
            }
        }
        self.gateway.0.flow.left(&self.session);
        self.gateway.0.registry.leave(&self.session.id);
        self.receive();
    }

    /// A connection that came for this session while it ended begins afresh; the
    /// registry has forgotten the session, so there will be no more.
    fn receive(&self) {
        if let Some(attach) = self.door.take() {
            let (kiosk, place) = (self.session.kiosk.clone(), self.session.place.clone());
            let session = Session::new(kiosk, place);
            let Attach {
                connection, manner, ..
            } = *attach;
            Self::begin(self.gateway.clone(), session, connection, manner);
        }
    }

    async fn woken(&mut self, wake: Wake) -> Next {
        match wake {
            Wake::Frame(Incoming::Text(text)) => {
                self.last_sign = Instant::now();
                self.last_act = Instant::now();
                self.request(&text).await
            }
            Wake::Frame(Incoming::Audio(frame)) => {
                self.last_sign = Instant::now();
                self.audio(&frame).await;
                Next::Go
            }
            Wake::Heard(progress) => {
                self.heard(progress).await;
                Next::Go
            }
            Wake::Said(step) => {
                self.step(step).await;
                Next::Go
            }
            Wake::Frame(Incoming::Alive) => {
                self.last_sign = Instant::now();
                Next::Go
            }
            Wake::Frame(Incoming::TooLarge) => {
                self.send(wire::error_message(Code::TooLarge, None, None))
                    .await;
                self.detach();
                Next::Go
            }
            Wake::Frame(Incoming::Gone) => {
                self.detach();
                Next::Go
            }
            Wake::Event(event) => {
                self.event(event).await;
                Next::Go
            }
            Wake::Resumed(attach) => {
                self.resume(*attach).await;
                Next::Go
            }
            Wake::Tick => self.tick().await,
            Wake::Stop => {
                self.send(TerminalMessage::Ended {
                    reason: "stopping".to_owned(),
                })
                .await;
                if let Some(connection) = &mut self.connection {
                    connection.close(1001, "stopping").await;
                }
                Next::End
            }
        }
    }

    fn attach(&mut self, connection: Connection) {
        if self.connection.replace(connection).is_none() {
            self.gateway
                .0
                .flow
                .presence
                .resident_came(self.session.id.clone());
            self.tell_desks();
        }
        self.last_sign = Instant::now();
        self.detached_at = None;
    }

    fn detach(&mut self) {
        if self.connection.take().is_some() {
            // The rest of a sentence would be heard as a whole one.
            self.microphone.close();
            self.playback = Playback::default();
            self.gateway.0.flow.presence.resident_left(&self.session.id);
            self.detached_at = Some(Instant::now());
            self.tell_desks();
        }
    }

    /// Desks show whether the resident is still there.
    fn tell_desks(&self) {
        for id in self.followed.keys() {
            self.gateway.0.flow.bus.tell(Event::Attendance(id.clone()));
        }
    }

    async fn resume(&mut self, attach: Attach) {
        let Attach {
            mut connection,
            seq,
            manner,
        } = attach;
        self.microphone.close();
        self.manner = manner;
        let Some(missed) = self.outbox.after(seq) else {
            // The gap cannot be filled: a new session, so that nothing is taken
            // for complete that is not. What people said is still told.
            self.attach(connection);
            let followed = std::mem::take(&mut self.followed);
            self.start_over();
            let hello = self.hello();
            self.send(hello).await;
            for id in followed.into_keys() {
                self.used = true;
                self.tell_news(&id).await;
            }
            return;
        };
        let hello = Numbered {
            seq,
            message: self.hello(),
            audio: Vec::new(),
        };
        let mut alive = connection.send(&hello).await;
        for message in missed {
            alive = alive && connection.send(&message).await;
        }
        self.attach(connection);
        if !alive {
            self.detach();
        }
    }

    /// Tells the terminal something, and says it; a device without a page is told
    /// in sentences what is said.
    pub(super) async fn send(&mut self, message: TerminalMessage) {
        let clips = self.clips(&message);
        if !self.manner.device {
            return self.post(message, playback::refs(&clips)).await;
        }
        let lines = manner::aloud(&message, true);
        if !lines.is_empty() {
            self.silence().await;
        }
        self.post(message, Vec::new()).await;
        if !clips.is_empty() {
            return self.play(clips).await;
        }
        for message in manner::sentences(&lines) {
            self.post(message, Vec::new()).await;
        }
    }

    /// Numbers and keeps a message, and sends it when somebody is there.
    pub(super) async fn post(&mut self, message: TerminalMessage, audio: Vec<ClipRef>) {
        let numbered = self.outbox.push(message, audio);
        if let Some(connection) = &mut self.connection
            && !connection.send(&numbered).await
        {
            self.detach();
        }
    }

    /// Sends a packet of sound when somebody is there; nobody wants it later.
    pub(super) async fn post_audio(&mut self, packet: Bytes) {
        if let Some(connection) = &mut self.connection
            && !connection.send_audio(packet).await
        {
            self.detach();
        }
    }

    /// Wipes the session and begins another on the same connection.
    pub(super) fn start_over(&mut self) -> Next {
        let flow = self.gateway.0.flow.clone();
        flow.left(&self.session);
        flow.presence.resident_left(&self.session.id);
        self.gateway.0.registry.leave(&self.session.id);
        self.receive();
        let (kiosk, place) = (self.session.kiosk.clone(), self.session.place.clone());
        self.session = Session::new(kiosk.clone(), place);
        self.door = self
            .gateway
            .0
            .registry
            .enter(self.session.id.clone(), kiosk);
        self.outbox = Outbox::default();
        self.hush();
        self.playback = Playback::default();
        self.voiced = false;
        self.tell_desks();
        self.followed.clear();
        self.used = false;
        if self.connection.is_none() {
            return Next::End;
        }
        flow.presence.resident_came(self.session.id.clone());
        Next::Go
    }

    async fn tick(&mut self) -> Next {
        let settings = &self.gateway.0.settings;
        if let Some(since) = self.detached_at {
            return if since.elapsed() >= settings.resume_window {
                Next::End
            } else {
                Next::Go
            };
        }
        let idle = Duration::from_secs(u64::from(settings.idle_seconds) + COUNTDOWN);
        if self.used && self.last_act.elapsed() >= idle {
            self.send(TerminalMessage::Ended {
                reason: "idle".to_owned(),
            })
            .await;
            return self.start_over();
        }
        if self.gateway.0.flow.is_revoked(&self.session.kiosk).await {
            return Next::End;
        }
        if self.last_sign.elapsed() >= DEAD_AFTER {
            self.detach();
        } else if let Some(connection) = &mut self.connection
            && !connection.ping().await
        {
            self.detach();
        }
        Next::Go
    }
}

/// The next frame; never, while nobody is connected.
async fn next_frame(connection: &mut Option<Connection>) -> Incoming {
    match connection {
        Some(connection) => connection.next().await,
        None => std::future::pending().await,
    }
}

/// However a session ends, it is not counted any more.
impl Drop for Actor {
    fn drop(&mut self) {
        self.detach();
        self.gateway.0.registry.leave(&self.session.id);
    }
}
