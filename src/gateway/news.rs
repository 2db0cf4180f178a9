//! What a session tells of its escalations.

use super::session::{Actor, Followed};
use super::wire;
use crate::model::{EscalationId, Event};
use tokio::sync::broadcast;

impl Actor {
    /// Something happened to an escalation, perhaps one of this terminal's.
    pub(super) async fn event(&mut self, event: Result<Event, broadcast::error::RecvError>) {
        match event {
            // Of another escalation: one's own place in the queue may move.
            Ok(Event::Escalation { id: changed, .. }) => {
                let concerned = |(id, seen): (&EscalationId, &Followed)| {
                    (*id == changed || seen.ahead.is_some()).then(|| id.clone())
                };
                for id in self
                    .followed
                    .iter()
                    .filter_map(concerned)
                    .collect::<Vec<_>>()
                {
                    self.tell_news(&id).await;
                }
            }
            Ok(Event::Said { id, .. }) if self.followed.contains_key(&id) => {
                self.tell_lines(&id).await;
            }
            Err(broadcast::error::RecvError::Lagged(_)) => {
                for id in self.followed.keys().cloned().collect::<Vec<_>>() {
                    self.tell_news(&id).await;
                    self.tell_lines(&id).await;
                }
            }
            _ => {}
        }
    }

    pub(super) async fn tell_news(&mut self, id: &EscalationId) {
        let flow = self.gateway.0.flow.clone();
        let news = match flow.escalation_news(&self.session, id).await {
            Ok(news) => news,
            Err(error) => return tracing::error!(%error, "escalation not read"),
        };
        let seen = self.followed.entry(id.clone()).or_default();
        let moved = seen.ahead != news.ahead;
        if seen.version < news.escalation.version || moved {
            seen.version = news.escalation.version;
            seen.ahead = news.ahead;
            // The answer's words come before the news that there is one.
            self.tell_lines(id).await;
            self.send(wire::news(&news, None)).await;
        }
    }

    async fn tell_lines(&mut self, id: &EscalationId) {
        let lines = match self.gateway.0.flow.store.lines(id).await {
            Ok(lines) => lines,
            Err(error) => return tracing::error!(%error, "lines not read"),
        };
        let seen = self.followed.get(id).map_or(0, |f| f.line);
        for line in lines.iter().filter(|l| l.number > seen) {
            self.followed.entry(id.clone()).or_default().line = line.number;
            if let Some(message) = wire::line(id, line) {
                self.send(message).await;
            }
        }
    }
}
