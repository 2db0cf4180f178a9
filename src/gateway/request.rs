//! What a terminal asks of its session: one match over the requests.

use super::manner::Manner;
use super::session::{Actor, Followed, Next};
use super::wire;
use crate::flow::{FlowResult, Request};
use crate::model::Channel;
use crate::protocol::Code;
use crate::protocol::terminal::{MAX_TEXT, Pick, REQUEST_TYPES, TerminalMessage, TerminalRequest};
use tokio::time::Instant;

/// Reads a request.
pub(super) fn parse(text: &str) -> Result<TerminalRequest, (Code, Option<String>)> {
    let value: serde_json::Value = serde_json::from_str(text).map_err(|_| (Code::BadJson, None))?;
    let kind = value
        .get("type")
        .and_then(|t| t.as_str())
        .unwrap_or_default();
    if !REQUEST_TYPES.contains(&kind) {
        let words = format!(
            "{}可用的类型：{}。",
            Code::UnknownMessage.text(),
            REQUEST_TYPES.join("、")
        );
        return Err((Code::UnknownMessage, Some(words)));
    }
    serde_json::from_value(value).map_err(|error| {
        let words = format!("{}（{error}）", Code::BadMessage.text());
        (Code::BadMessage, Some(words))
    })
}

impl Actor {
    fn allowed(&mut self) -> bool {
        let rate = self.gateway.0.settings.requests_per_second;
        let now = Instant::now();
        let (tokens, counted) = self.tokens;
        let tokens = (tokens + rate * (now - counted).as_secs_f64()).min(rate * 2.0);
        let allowed = tokens >= 1.0;
        self.tokens = (if allowed { tokens - 1.0 } else { tokens }, now);
        allowed
    }

    pub(super) async fn request(&mut self, text: &str) -> Next {
        if !self.allowed() {
            self.send(wire::error_message(Code::SlowDown, None, None))
                .await;
            return Next::Go;
        }
        let request = match parse(text) {
            Ok(request) => request,
            Err((code, words)) => {
                self.send(wire::error_message(code, words, None)).await;
                return Next::Go;
            }
        };
        self.used = true;
        let turn = turn_of(&request);
        match self.act(request).await {
            Ok(next) => next,
            Err(error) => {
                self.send(wire::refusal(&error, turn)).await;
                Next::Go
            }
        }
    }

    async fn act(&mut self, request: TerminalRequest) -> FlowResult<Next> {
        let gateway = self.gateway.clone();
        let flow = &gateway.0.flow;
        match request {
            TerminalRequest::Hello {
                audio_params,
                transport,
                ..
            } => {
                self.manner = Manner::of(audio_params, transport.as_deref());
                let hello = self.hello();
                self.send(hello).await;
            }
            TerminalRequest::Ask { turn, text } => self.ask(turn, &text).await?,
            TerminalRequest::Listen { state, mode, turn } => self.listen(state, mode, turn).await?,
            TerminalRequest::Choose { turn, option } => {
                let option = match option {
                    Pick::Number(number) => Some(number as usize),
                    Pick::None(_) => None,
                };
                let replied = flow.choose(&mut self.session, &turn, option).await?;
                self.reply(&turn, &replied).await;
            }
            TerminalRequest::Feedback { turn, helpful } => {
                flow.feedback(&self.session, &turn, helpful).await?;
            }
            TerminalRequest::Escalate {
                turn,
                note,
                contact,
            } => {
                let too_long = |t: &Option<String>| t.as_deref().is_some_and(longer_than_allowed);
                if too_long(&note) || too_long(&contact) {
                    self.send(wire::error_message(Code::TooLarge, None, turn))
                        .await;
                    return Ok(Next::Go);
                }
                let request = Request {
                    turn,
                    note,
                    contact,
                };
                let news = flow.escalate(&mut self.session, request).await?;
                let followed = self.followed.entry(news.escalation.id.clone()).or_default();
                followed.version = news.escalation.version;
                followed.ahead = news.ahead;
                self.send(wire::news(&news, None)).await;
            }
            TerminalRequest::Say { escalation, text } => {
                if longer_than_allowed(&text) {
                    self.send(wire::error_message(Code::TooLarge, None, None))
                        .await;
                } else {
                    let id = escalation.into();
                    if !self.followed.contains_key(&id) {
                        return Err(crate::flow::FlowError::NotFound("escalation"));
                    }
                    flow.resident_says(&id, &text).await?;
                }
            }
            TerminalRequest::Abort { .. } => {
                self.hush();
                self.silence().await;
            }
            TerminalRequest::End {} => {
                self.send(TerminalMessage::Ended {
                    reason: "end".to_owned(),
                })
                .await;
                return Ok(self.start_over());
            }
        }
        Ok(Next::Go)
    }

    async fn ask(&mut self, turn: String, text: &str) -> FlowResult<()> {
        if turn.is_empty() || turn.chars().count() > 64 || text.trim().is_empty() {
            let turn = Some(turn).filter(|t| !t.is_empty());
            self.send(wire::error_message(Code::BadMessage, None, turn))
                .await;
        } else if longer_than_allowed(text) {
            self.send(wire::error_message(Code::TooLarge, None, Some(turn)))
                .await;
        } else if self.session.knows(&turn) {
            self.send(wire::error_message(Code::DuplicateTurn, None, Some(turn)))
                .await;
        } else {
            let flow = self.gateway.0.flow.clone();
            let replied = flow
                .answer(&mut self.session, &turn, text, Channel::Typed)
                .await?;
            self.reply(&turn, &replied).await;
        }
        Ok(())
    }

    pub(super) async fn reply(&mut self, turn: &str, replied: &crate::flow::Replied) {
        if let crate::flow::Reply::Escalation(news) = &replied.reply {
            let line = news.lines.last().map_or(0, |l| l.number);
            let version = news.escalation.version;
            self.followed.insert(
                news.escalation.id.clone(),
                Followed {
                    line,
                    version,
                    ahead: news.ahead,
                },
            );
        }
        for message in wire::reply(turn, replied, &self.manner) {
            self.send(message).await;
        }
    }
}

fn longer_than_allowed(text: &str) -> bool {
    text.chars().count() > MAX_TEXT
}

fn turn_of(request: &TerminalRequest) -> Option<String> {
    match request {
        TerminalRequest::Ask { turn, .. }
        | TerminalRequest::Choose { turn, .. }
        | TerminalRequest::Feedback { turn, .. } => Some(turn.clone()),
        TerminalRequest::Escalate { turn, .. } => turn.clone(),
        _ => None,
    }
}
