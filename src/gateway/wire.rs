//! Replies as protocol messages.

use super::manner::Manner;
use crate::flow::{Card, Encoding, EscalationNews, FlowError, ON_A_DEVICE, Replied, Reply};
use crate::model::{Command, EscalationId, EscalationState, Fixed, Line};
use crate::protocol::terminal::{Adjustment, AudioFormat, NoticeKind, SourceRef, TerminalMessage};
use crate::protocol::{Code, options};

/// What to send for a reply: one message, more for a picked-up escalation.
pub(super) fn reply(turn: &str, replied: &Replied, manner: &Manner) -> Vec<TerminalMessage> {
    let turn = turn.to_owned();
    let adjust = replied.command.and_then(adjust);
    match &replied.reply {
        Reply::Emergency(fixed) => vec![notice(turn, NoticeKind::Emergency, fixed, adjust)],
        // A device of the xiaozhi kind has buttons of its own, and changes nothing.
        _ if manner.device && adjust.is_some() => vec![told(turn, ON_A_DEVICE, None)],
        Reply::Answer(card) => vec![answer(turn, card, replied)],
        Reply::Choices(choices) => {
            vec![TerminalMessage::Choices {
                turn,
                options: options(choices),
                adjust,
            }]
        }
        Reply::NoAnswer {
            reason,
            workers_online,
            nearest,
        } => vec![TerminalMessage::NoAnswer {
            turn,
            reason: reason.as_str().to_owned(),
            workers_online: *workers_online,
            nearest: nearest.iter().map(Into::into).collect(),
        }],
        Reply::SmallTalk(fixed) => vec![notice(turn, NoticeKind::SmallTalk, fixed, None)],
        Reply::Command(text) => vec![told(turn, text, adjust)],
        Reply::Escalation(found) => {
            let mut messages = vec![news(found, Some(turn))];
            messages.extend(
                found
                    .lines
                    .iter()
                    .filter_map(|l| line(&found.escalation.id, l)),
            );
            messages
        }
    }
}

/// What the machine says of a command.
fn told(turn: String, text: &str, adjust: Option<Adjustment>) -> TerminalMessage {
    TerminalMessage::Notice {
        turn,
        kind: NoticeKind::Command,
        text: text.to_owned(),
        spoken: None,
        phone: None,
        adjust,
    }
}

fn notice(
    turn: String,
    kind: NoticeKind,
    fixed: &Fixed,
    adjust: Option<Adjustment>,
) -> TerminalMessage {
    TerminalMessage::Notice {
        turn,
        kind,
        text: fixed.text.clone(),
        spoken: Some(&fixed.spoken).filter(|s| !s.is_empty()).cloned(),
        phone: fixed.phone.clone(),
        adjust,
    }
}

/// What a terminal changes for a command.
fn adjust(command: Command) -> Option<Adjustment> {
    match command {
        Command::Louder => Some(Adjustment::Louder),
        Command::Slower => Some(Adjustment::Slower),
        Command::Larger => Some(Adjustment::Larger),
        Command::Repeat | Command::Back => None,
    }
}

fn answer(turn: String, card: &Card, replied: &Replied) -> TerminalMessage {
    #[expect(
        clippy::cast_precision_loss,
        reason = "microseconds of one turn are far below 2^52"
    )]
    let took_ms = replied.took_us as f64 / 1000.0;
    TerminalMessage::Answer {
        turn,
        entry: card.entry.to_string(),
        question: card.question.clone(),
        text: card.text.clone(),
        spoken: card.spoken.clone(),
        source: SourceRef {
            effective: card.effective.map(|d| d.to_string()),
            expires: card.expires.map(|d| d.to_string()),
            ..(&card.source).into()
        },
        confidence: card.confidence,
        related: card.related.iter().map(Into::into).collect(),
        took_ms,
        adjust: replied.command.and_then(adjust),
    }
}

/// Where an escalation stands. `asked_as` names the turn when the news
/// itself does not.
pub(super) fn news(news: &EscalationNews, asked_as: Option<String>) -> TerminalMessage {
    let found = &news.escalation;
    TerminalMessage::Escalation {
        escalation: found.id.to_string(),
        turn: news.turn.clone().or(asked_as),
        state: (&found.state).into(),
        code: found.code.clone(),
        ahead: news.ahead.and_then(|n| u32::try_from(n).ok()),
        wait_seconds: news.wait_seconds,
        due: match found.state {
            EscalationState::Waiting | EscalationState::Claimed { .. } => Some(found.due_at.0),
            _ => None,
        },
        worker: news.worker.clone(),
    }
}

/// A worker's line; nothing for the resident's own.
pub(super) fn line(escalation: &EscalationId, line: &Line) -> Option<TerminalMessage> {
    matches!(line.speaker, crate::model::Speaker::Worker(_)).then(|| TerminalMessage::WorkerSays {
        escalation: escalation.to_string(),
        text: line.text.clone(),
        at: line.at.0,
    })
}

/// How audio comes, as speech names it; PCM where the terminal did not say.
pub(super) fn encoding(format: Option<AudioFormat>) -> Encoding {
    match format {
        None | Some(AudioFormat::PcmS16le) => Encoding::Pcm16,
        Some(AudioFormat::Opus) => Encoding::Opus,
    }
}

/// A refusal in the resident's words; details go to the log.
pub(super) fn refusal(error: &FlowError, turn: Option<String>) -> TerminalMessage {
    let code = match error {
        FlowError::NotFound("turn") => Code::NoSuchTurn,
        FlowError::NotFound("option") => Code::NoSuchOption,
        FlowError::NotFound(_) => Code::NotFound,
        FlowError::Conflict(_) => Code::Conflict,
        FlowError::Transition(_) => Code::InvalidTransition,
        FlowError::Invalid(_) => Code::BadMessage,
        FlowError::Store(_) => Code::Unavailable,
        FlowError::Index(_) => Code::Internal,
    };
    if matches!(code, Code::Unavailable | Code::Internal) {
        tracing::error!(%error, "request failed");
    }
    error_message(code, None, turn)
}

/// An error message with its code's words, or others.
pub(super) fn error_message(
    code: Code,
    words: Option<String>,
    turn: Option<String>,
) -> TerminalMessage {
    TerminalMessage::Error {
        code,
        message: words.unwrap_or_else(|| code.text().to_owned()),
        turn,
    }
}
