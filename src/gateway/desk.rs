//! `/ws/desk`: tells desks what happens.

use super::Gateway;
use super::connection::{Connection, Incoming};
use crate::access::{DESK_COOKIE, Permission, allows, cookie, hash_secret, same_origin};
use crate::flow::{Flow, FlowResult};
use crate::model::{EscalationId, Event, User};
use crate::protocol::desk::DeskMessage;
use crate::protocol::resources::EscalationView;
use crate::protocol::{Code, Problem, escalation_view, line_view};
use axum::Json;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use std::collections::HashMap;
use std::time::Duration;
use tokio::sync::broadcast;
use tokio::time::Instant;

/// How often a desk is asked for a sign of life, and how long it may stay
/// silent: a dead worker is noticed within 20 seconds.
const PING_EVERY: Duration = Duration::from_secs(6);
const DEAD_AFTER: Duration = Duration::from_secs(18);

enum Wake {
    Frame(Incoming),
    Event(Result<Event, broadcast::error::RecvError>),
    Tick,
    Stop,
}

fn refused(code: Code) -> Response {
    let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::BAD_REQUEST);
    (status, Json(Problem::new(code))).into_response()
}

/// The upgrade of `/ws/desk`.
pub async fn desk_socket(
    State(gateway): State<Gateway>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if gateway.0.stop.is_cancelled() {
        return refused(Code::Stopping);
    }
    if !same_origin(&headers) {
        return refused(Code::Forbidden);
    }
    let Some(token) = cookie(&headers, DESK_COOKIE) else {
        return refused(Code::SignInNeeded);
    };
    let token = hash_secret(token);
    let user = match gateway.0.flow.who(&token).await {
        Ok(Some(user)) => user,
        Ok(None) => return refused(Code::SignInNeeded),
        Err(_) => return refused(Code::Unavailable),
    };
    if !allows(user.role, Permission::AnswerResidents) {
        return refused(Code::Forbidden);
    }
    upgrade
        .read_buffer_size(4096)
        .write_buffer_size(0)
        .max_message_size(4096)
        .on_upgrade(move |socket| {
            let tasks = gateway.0.tasks.clone();
            tasks.track_future(serve(gateway, user, token, Connection::new(socket)))
        })
}

async fn serve(gateway: Gateway, user: User, token: String, mut connection: Connection) {
    let flow = gateway.0.flow.clone();
    let mut events = flow.bus.listen();
    flow.presence.worker_came(user.id.clone());
    flow.bus.tell(Event::Presence);
    let mut seen = HashMap::new();
    if tell_all(&flow, &user, &mut connection, &mut seen).await {
        let mut tick = tokio::time::interval(PING_EVERY);
        let mut last_sign = Instant::now();
        loop {
            let wake = tokio::select! {
                () = gateway.0.stop.cancelled() => Wake::Stop,
                frame = connection.next() => Wake::Frame(frame),
                event = events.recv() => Wake::Event(event),
                _ = tick.tick() => Wake::Tick,
            };
            let alive = match wake {
                Wake::Frame(Incoming::Gone | Incoming::TooLarge) => false,
                Wake::Frame(_) => {
                    last_sign = Instant::now();
                    true
                }
                Wake::Event(Ok(event)) => {
                    tell(&flow, &user, &mut connection, &mut seen, event).await
                }
                Wake::Event(Err(broadcast::error::RecvError::Lagged(_))) => {
                    tell_all(&flow, &user, &mut connection, &mut seen).await
                }
                Wake::Event(Err(broadcast::error::RecvError::Closed)) => false,
                Wake::Tick => {
                    // Who signed out, or was signed out, hears nothing more.
                    let still_in = !matches!(flow.who(&token).await, Ok(None));
                    still_in && last_sign.elapsed() < DEAD_AFTER && connection.ping().await
                }
                Wake::Stop => {
                    connection.send(&DeskMessage::Stopping {}).await;
                    connection.close(1001, "stopping").await;
                    false
                }
            };
            if !alive {
                break;
            }
        }
    }
    flow.presence.worker_left(&user.id);
    flow.bus.tell(Event::Presence);
}

/// The last line of each escalation that the desk was told.
type Seen = HashMap<EscalationId, i64>;

async fn tell_all(flow: &Flow, user: &User, connection: &mut Connection, seen: &mut Seen) -> bool {
    match everything(flow, user, seen).await {
        Ok(hello) => connection.send(&hello).await,
        Err(error) => {
            tracing::error!(%error, "desk not told");
            false
        }
    }
}

async fn everything(flow: &Flow, user: &User, seen: &mut Seen) -> FlowResult<DeskMessage> {
    let open = flow.open_escalations().await?;
    let names = flow.names().await?;
    let mut escalations = Vec::with_capacity(open.len());
    for escalation in open {
        let last = flow
            .store
            .lines(&escalation.id)
            .await?
            .last()
            .map_or(0, |l| l.number);
        seen.insert(escalation.id.clone(), last);
        let own = escalation.owner() == Some(&user.id);
        let present = flow.presence.resident_present(&escalation.session);
        escalations.push(escalation_view(&escalation, &names, present, own));
    }
    Ok(DeskMessage::Hello {
        escalations,
        workers_online: flow.presence.workers_online(),
        edition: flow.live().number(),
    })
}

async fn tell(
    flow: &Flow,
    user: &User,
    connection: &mut Connection,
    seen: &mut Seen,
    event: Event,
) -> bool {
    let messages = match event {
        Event::Escalation { id, .. } | Event::Attendance(id) => {
            one(flow, user, &id).await.map(|view| {
                view.into_iter()
                    .map(|escalation| DeskMessage::Escalation { escalation })
                    .collect()
            })
        }
        Event::Said { id, .. } => new_lines(flow, seen, &id).await,
        Event::Presence => Ok(vec![DeskMessage::Presence {
            workers_online: flow.presence.workers_online(),
        }]),
        Event::EditionLive(edition) => Ok(vec![DeskMessage::Edition { edition }]),
        Event::Candidate => Ok(vec![DeskMessage::Candidates {}]),
    };
    match messages {
        Ok(messages) => {
            for message in messages {
                if !connection.send(&message).await {
                    return false;
                }
            }
            true
        }
        Err(error) => {
            tracing::error!(%error, "desk not told");
            true
        }
    }
}

async fn one(flow: &Flow, user: &User, id: &EscalationId) -> FlowResult<Option<EscalationView>> {
    let Some(found) = flow.store.escalation(id).await? else {
        return Ok(None);
    };
    let names = flow.names().await?;
    let present = flow.presence.resident_present(&found.session);
    let own = found.owner() == Some(&user.id);
    Ok(Some(escalation_view(&found, &names, present, own)))
}

async fn new_lines(
    flow: &Flow,
    seen: &mut Seen,
    id: &EscalationId,
) -> FlowResult<Vec<DeskMessage>> {
    let names = flow.names().await?;
    let last = seen.entry(id.clone()).or_insert(0);
    let mut messages = Vec::new();
    for line in flow.store.lines(id).await? {
        if line.number <= *last {
            continue;
        }
        *last = line.number;
        messages.push(DeskMessage::Line {
            escalation: id.to_string(),
            line: line_view(&line, &names),
        });
    }
    Ok(messages)
}
