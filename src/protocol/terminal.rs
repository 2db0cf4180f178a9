//! The terminal protocol (`/ws/terminal`), version 1.
//!
//! JSON text frames tagged by `type`; binary frames are audio between
//! `listen` `start` and `stop`. Names follow the xiaozhi v1 protocol where it
//! has a name. Unknown fields are ignored, so that such terminals need
//! little.

use super::Code;
pub use super::spoken::{
    AudioFormat, AudioParams, ClipRef, ListenMode, ListenState, SentenceRef, TtsState,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The protocol version spoken here.
pub const VERSION: u32 = 1;
/// Longest text of a question or a line, in characters.
pub const MAX_TEXT: usize = 1000;
/// Largest frame, in bytes.
pub const MAX_FRAME: usize = 64 * 1024;

/// What the terminal can do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TerminalFeatures {
    /// Whether the microphone's echo is cancelled.
    #[serde(default)]
    pub aec: bool,
}

/// Where a terminal wants to go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Resume {
    /// The session of the last `hello`.
    pub session: String,
    /// The last `seq` that was seen.
    pub seq: u64,
}

/// An option by number, or none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum Pick {
    /// 1-based.
    Number(u32),
    /// The word `none`.
    None(NoneWord),
}

/// The word `none`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoneWord {
    /// None of the options.
    None,
}

/// What a terminal says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum TerminalRequest {
    /// First message on every connection.
    Hello {
        /// 1.
        version: u32,
        /// How audio will come.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        audio_params: Option<AudioParams>,
        /// What the terminal can do.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        features: Option<TerminalFeatures>,
        /// `websocket`: a device of the xiaozhi kind, which is told in `tts`
        /// sentences what it shall say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        transport: Option<String>,
        /// Where to go on after a broken connection.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resume: Option<Resume>,
    },
    /// A typed question.
    Ask {
        /// The terminal's name for the turn, unique in the session.
        turn: String,
        /// The question.
        text: String,
    },
    /// A spoken question; binary frames of audio follow `start`.
    Listen {
        /// Start, stop or cancel.
        state: ListenState,
        /// Who ends the utterance.
        #[serde(default)]
        mode: ListenMode,
        /// The terminal's name for the turn.
        #[serde(default)]
        turn: String,
    },
    /// Picks one of the choices of a turn.
    Choose {
        /// The turn that offered them.
        turn: String,
        /// Which.
        option: Pick,
    },
    /// One tap: was that right?
    Feedback {
        /// The turn that was answered.
        turn: String,
        /// 有帮助 or 没有帮助
        helpful: bool,
    },
    /// Hands the question to people.
    Escalate {
        /// The turn it is about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        turn: Option<String>,
        /// What the resident adds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
        /// How to reach the resident.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        contact: Option<String>,
    },
    /// A line in an escalation.
    Say {
        /// Which escalation.
        escalation: String,
        /// The words.
        text: String,
    },
    /// Stop speaking.
    Abort {
        /// Why.
        #[serde(default)]
        reason: String,
    },
    /// The resident leaves.
    End {},
}

/// An entry by its standard question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EntryRef {
    /// The entry's id.
    pub entry: String,
    /// Its standard question.
    pub question: String,
}

/// One of the choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OptionRef {
    /// 1-based.
    pub option: u32,
    /// The entry's id.
    pub entry: String,
    /// Its standard question.
    pub question: String,
}

/// Whether one can speak to this server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SpeechState {
    /// Whether `listen` is answered.
    pub available: bool,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The document behind an answer. Dates are `YYYY-MM-DD`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SourceRef {
    /// 标题
    pub title: String,
    /// 发文字号
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// 发文机关
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// 生效日期
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective: Option<String>,
    /// 失效日期
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
}

/// What a terminal changes because a resident said so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Adjustment {
    /// It speaks louder.
    Louder,
    /// It speaks more slowly.
    Slower,
    /// It writes larger.
    Larger,
}

/// Kinds of `notice`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// A greeting, thanks.
    SmallTalk,
    /// Repeat, louder, back.
    Command,
    /// A danger and the number to call.
    Emergency,
}

/// States of an escalation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EscalationStateName {
    /// Nobody has it yet.
    Waiting,
    /// A worker has it.
    Claimed,
    /// Answered.
    Answered,
    /// Ended without an answer.
    Closed,
}

/// What the server says. Every message carries `seq` beside these fields
/// (see [`Numbered`]).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum TerminalMessage {
    /// Answer to `hello`. On a resumed session its `seq` is the one the
    /// terminal named, and what it missed follows.
    Hello {
        /// 1.
        version: u32,
        /// The session's name, for `resume`.
        session: String,
        /// The edition that answers.
        edition: i64,
        /// The place's name.
        place: String,
        /// Whether one can speak.
        speech: SpeechState,
        /// Questions for the idle screen.
        popular: Vec<EntryRef>,
        /// Seconds without a touch until the session is wiped.
        idle_seconds: u32,
        /// For a device that named its own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        transport: Option<String>,
        /// The session once more, under the name that such devices know.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        session_id: Option<String>,
        /// How the sound comes that such a device is sent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        audio_params: Option<AudioParams>,
    },
    /// What was understood of speech.
    Stt {
        /// The turn.
        turn: String,
        /// The words.
        text: String,
        /// Whether it will not change any more.
        r#final: bool,
    },
    /// What a device of the xiaozhi kind says, sentence by sentence, after the
    /// message that it is about. Where this server speaks, binary frames follow
    /// each sentence: Opus packets at the pace at which they are played.
    Tts {
        /// Where in the speech this is.
        state: TtsState,
        /// The sentence.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    /// The answer.
    Answer {
        /// The turn.
        turn: String,
        /// The entry's id.
        entry: String,
        /// Its standard question.
        question: String,
        /// For the screen.
        text: String,
        /// To be spoken.
        spoken: String,
        /// What it rests on.
        source: SourceRef,
        /// How sure, 0 to 1.
        confidence: f32,
        /// Questions that are near.
        related: Vec<EntryRef>,
        /// Milliseconds from submit to here.
        took_ms: f64,
        /// It is shown again, in another way.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        adjust: Option<Adjustment>,
    },
    /// 您是不是想问
    Choices {
        /// The turn.
        turn: String,
        /// One to three.
        options: Vec<OptionRef>,
        /// They are shown again, in another way.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        adjust: Option<Adjustment>,
    },
    /// The truth, and the offer of a human.
    NoAnswer {
        /// The turn.
        turn: String,
        /// `unknown`, `unsure`, `unclear` or `none_of_these`.
        reason: String,
        /// How many workers are at their desks.
        workers_online: u32,
        /// What comes near.
        nearest: Vec<EntryRef>,
    },
    /// Audio without words.
    NothingHeard {
        /// The turn.
        turn: String,
        /// Why.
        reason: String,
    },
    /// A fixed reply.
    Notice {
        /// The turn.
        turn: String,
        /// Of what kind.
        kind: NoticeKind,
        /// For the screen.
        text: String,
        /// To be spoken, where that is not the same.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        spoken: Option<String>,
        /// The number to call.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        phone: Option<String>,
        /// What is done at once.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        adjust: Option<Adjustment>,
    },
    /// Where an escalation stands.
    Escalation {
        /// Its id.
        escalation: String,
        /// The turn it is about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        turn: Option<String>,
        /// Its state.
        state: EscalationStateName,
        /// The pick-up code.
        code: String,
        /// How many wait before it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ahead: Option<u32>,
        /// Expected seconds, from and to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wait_seconds: Option<[u32; 2]>,
        /// When it must be answered, ms since 1970.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<i64>,
        /// The worker's name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        worker: Option<String>,
    },
    /// A worker's words.
    WorkerSays {
        /// Which escalation.
        escalation: String,
        /// The words.
        text: String,
        /// When, ms since 1970.
        at: i64,
    },
    /// Too much at once; try again.
    Busy {
        /// The turn.
        turn: String,
        /// In so many seconds.
        retry_seconds: u32,
    },
    /// The session is over; nothing of it is left.
    Ended {
        /// `end`, `idle` or `stopping`.
        reason: String,
    },
    /// Something was wrong; the connection lives on.
    Error {
        /// For programs.
        code: Code,
        /// For people, in Chinese.
        message: String,
        /// The turn it is about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        turn: Option<String>,
    },
}

/// A server message with its number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Numbered {
    /// Counts up by one in the session, from 1.
    pub seq: u64,
    /// The message.
    #[serde(flatten)]
    pub message: TerminalMessage,
    /// What is said with it, sound after sound; nothing where this server does not
    /// speak, or has nothing to say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audio: Vec<ClipRef>,
}

/// The request types that exist: what an error about an unknown one names.
pub const REQUEST_TYPES: [&str; 9] = [
    "hello", "ask", "listen", "choose", "feedback", "escalate", "say", "abort", "end",
];
