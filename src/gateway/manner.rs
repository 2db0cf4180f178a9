//! How a terminal speaks: how its audio comes, and whether it is a small device
//! of the xiaozhi kind, which has no page of ours to show a message on and is told
//! in sentences what it says.

use crate::protocol::terminal::{
    AudioParams, EscalationStateName, OptionRef, TerminalMessage, TtsState,
};

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

/// A message in sentences, framed as such devices know it; nothing for what is
/// not said.
pub(super) fn sentences(message: &TerminalMessage) -> Vec<TerminalMessage> {
    let said = aloud(message);
    if said.is_empty() {
        return Vec::new();
    }
    let tts = |state, text| TerminalMessage::Tts { state, text };
    std::iter::once(tts(TtsState::Start, None))
        .chain(
            split(&said)
                .into_iter()
                .map(|s| tts(TtsState::SentenceStart, Some(s))),
        )
        .chain([tts(TtsState::Stop, None)])
        .collect()
}

/// What is said for a message: never more than is good to hear.
fn aloud(message: &TerminalMessage) -> String {
    match message {
        TerminalMessage::Answer { spoken, .. } => spoken.clone(),
        TerminalMessage::Choices { options, .. } => choices(options),
        TerminalMessage::NoAnswer { .. } => {
            "这个问题我还答不上来。您说一声“找工作人员”，我就替您转过去。".to_owned()
        }
        TerminalMessage::Notice { text, .. }
        | TerminalMessage::Error { message: text, .. }
        | TerminalMessage::WorkerSays { text, .. } => text.clone(),
        TerminalMessage::NothingHeard { .. } => "没有听清楚，请靠近一点再说一遍。".to_owned(),
        TerminalMessage::Busy { .. } => "问的人有点多，请过一会儿再说一遍。".to_owned(),
        // What a worker answered is said in the worker's own words.
        TerminalMessage::Escalation {
            state: EscalationStateName::Waiting,
            code,
            ..
        } => format!(
            "已经转给社区工作人员。取件码是{}，以后说这个号就能听到答复。",
            spelled(code)
        ),
        TerminalMessage::Escalation { .. }
        | TerminalMessage::Hello { .. }
        | TerminalMessage::Stt { .. }
        | TerminalMessage::Tts { .. }
        | TerminalMessage::Ended { .. } => String::new(),
    }
}

fn choices(options: &[OptionRef]) -> String {
    const ORDINALS: [&str; 3] = ["第一", "第二", "第三"];
    match options {
        [only] => format!("您是不是想问：{}？是的话，请说“第一个”。", only.question),
        _ => {
            let named: Vec<String> = ORDINALS
                .iter()
                .zip(options)
                .map(|(ordinal, o)| format!("{ordinal}，{}", o.question))
                .collect();
            format!("您想问哪一个？{}。请说第几个。", named.join("；"))
        }
    }
}

/// A code digit by digit, so that nobody reads it as a number.
fn spelled(code: &str) -> String {
    let digits: Vec<String> = code.chars().map(String::from).collect();
    digits.join(" ")
}

/// Sentences, each with its end mark.
fn split(text: &str) -> Vec<String> {
    text.split_inclusive(['。', '！', '？', '；', '\n'])
        .map(str::trim)
        .filter(|s| s.chars().any(char::is_alphanumeric))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(message: &TerminalMessage) -> Vec<String> {
        let framed = sentences(message);
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
        }
    }

    #[test]
    fn what_is_said_comes_in_sentences() {
        assert_eq!(
            told(&options(&["低保怎么申请", "低保多少钱"])),
            [
                "您想问哪一个？",
                "第一，低保怎么申请；",
                "第二，低保多少钱。",
                "请说第几个。"
            ]
        );
        assert_eq!(
            told(&options(&["低保怎么申请"])),
            ["您是不是想问：低保怎么申请？", "是的话，请说“第一个”。"]
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
