//! How a terminal speaks: how its audio comes, and whether it is a small device
//! of the xiaozhi kind, which has no page of ours to show a message on and is told
//! in sentences what it says.

use crate::flow::{Line, aloud, speech_sentences};
use crate::protocol::terminal::{AudioParams, EscalationStateName, TerminalMessage, TtsState};

/// What a terminal says of itself in `hello`.
#[derive(Clone, Debug, Default)]
pub(super) struct Manner {
    /// How audio comes.
    pub(super) audio: Option<AudioParams>,
    /// Whether it is a device of the xiaozhi kind: it names its transport.
    pub(super) device: bool,
}

impl Manner {
    /// Of what `hello` said.
    pub(super) fn of(audio: Option<AudioParams>, transport: Option<&str>) -> Self {
        Self {
            audio,
            device: transport == Some(TRANSPORT),
        }
    }
}

/// The transport that such devices name, and that they want to hear.
pub(super) const TRANSPORT: &str = "websocket";

/// A message in sentences, framed as such devices know it, for servers without a
/// voice; nothing for what is not said.
pub(super) fn sentences(lines: &[Line]) -> Vec<TerminalMessage> {
    let said: Vec<&str> = lines
        .iter()
        .flat_map(|l| speech_sentences(&l.text))
        .collect();
    if said.is_empty() {
        return Vec::new();
    }
    std::iter::once(tts(TtsState::Start, None))
        .chain(
            said.into_iter()
                .map(|s| tts(TtsState::SentenceStart, Some(s.to_owned()))),
        )
        .chain([tts(TtsState::Stop, None)])
        .collect()
}

/// A message about speech.
pub(super) fn tts(state: TtsState, text: Option<String>) -> TerminalMessage {
    TerminalMessage::Tts { state, text }
}

/// What is said for a message: never more than is good to hear, and on a page not
/// what can only be read.
pub(super) fn aloud(message: &TerminalMessage, device: bool) -> Vec<Line> {
    match message {
        TerminalMessage::Answer { spoken, text, .. } => {
            let said = if spoken.is_empty() { text } else { spoken };
            vec![published(said)]
        }
        TerminalMessage::Choices { options, .. } => {
            let questions: Vec<&str> = options.iter().map(|o| o.question.as_str()).collect();
            let parts = aloud::choices(&questions, !device);
            parts.into_iter().map(published).collect()
        }
        TerminalMessage::NoAnswer { .. } if device => vec![published(aloud::NO_ANSWER_SPOKEN)],
        TerminalMessage::NoAnswer { .. } => vec![published(aloud::NO_ANSWER)],
        TerminalMessage::Notice { text, spoken, .. } => {
            vec![published(spoken.as_deref().unwrap_or(text))]
        }
        TerminalMessage::WorkerSays { text, .. } => vec![live(text)],
        TerminalMessage::NothingHeard { .. } => vec![published(aloud::UNHEARD)],
        TerminalMessage::Busy { .. } => vec![published(aloud::BUSY)],
        // What a worker answered is said in the worker's own words.
        TerminalMessage::Escalation {
            state: EscalationStateName::Waiting,
            code,
            ..
        } => vec![published(aloud::HANDED_OVER), live(&aloud::code(code))],
        // Whoever has a page reads what went wrong there.
        TerminalMessage::Error { message, .. } if device => vec![live(message)],
        TerminalMessage::Error { .. }
        | TerminalMessage::Escalation { .. }
        | TerminalMessage::Hello { .. }
        | TerminalMessage::Stt { .. }
        | TerminalMessage::Tts { .. }
        | TerminalMessage::Ended { .. } => Vec::new(),
    }
}

fn published(text: &str) -> Line {
    Line {
        text: text.to_owned(),
        published: true,
    }
}

/// A person's words, and what is said once.
fn live(text: &str) -> Line {
    Line {
        text: text.to_owned(),
        published: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::terminal::OptionRef;

    fn told(message: &TerminalMessage) -> Vec<String> {
        let framed = sentences(&aloud(message, true));
        if let [first, said @ .., last] = framed.as_slice() {
            let states = [first, last].map(|m| match m {
                TerminalMessage::Tts { state, .. } => *state,
                other => panic!("{other:?}"),
            });
            assert_eq!(states, [TtsState::Start, TtsState::Stop]);
            said.iter()
                .map(|m| match m {
                    TerminalMessage::Tts {
                        state: TtsState::SentenceStart,
                        text: Some(text),
                    } => text.clone(),
                    other => panic!("{other:?}"),
                })
                .collect()
        } else {
            assert!(framed.is_empty());
            Vec::new()
        }
    }

    fn options(questions: &[&str]) -> TerminalMessage {
        let option = |(option, question): (u32, &&str)| OptionRef {
            option,
            entry: "e".to_owned(),
            question: (*question).to_owned(),
        };
        TerminalMessage::Choices {
            turn: "t".to_owned(),
            options: (1..).zip(questions).map(option).collect(),
            adjust: None,
        }
    }

    #[test]
    fn what_is_said_comes_in_sentences() {
        assert_eq!(
            told(&options(&["低保怎么申请", "低保多少钱"])),
            [
                "您想问哪一个？",
                "第一，",
                "低保怎么申请",
                "第二，",
                "低保多少钱",
                "请说第几个。"
            ]
        );
        assert_eq!(
            told(&options(&["低保怎么申请"])),
            ["您是不是想问，", "低保怎么申请", "是的话，请说“第一个”。"]
        );
        let waiting = TerminalMessage::Escalation {
            escalation: "e".to_owned(),
            turn: None,
            state: EscalationStateName::Waiting,
            code: "042917".to_owned(),
            ahead: None,
            wait_seconds: None,
            due: None,
            worker: None,
        };
        assert!(told(&waiting).concat().contains("0 4 2 9 1 7"));
        let heard = TerminalMessage::Stt {
            turn: "t".to_owned(),
            text: "低保".to_owned(),
            r#final: true,
        };
        assert!(told(&heard).is_empty());
    }
}
