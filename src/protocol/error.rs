//! The one table of error codes.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $status:literal, $text:literal;)+) => {
        /// What went wrong, in a word that programs can rely on.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum Code {
            $($(#[$doc])* $variant,)+
        }

        impl Code {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The HTTP status that goes with it.
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status),+ }
            }

            /// What to tell a person, in Chinese.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }
    };
}

codes! {
    /// The frame is not JSON.
    BadJson = 400, "收到的内容不是有效的 JSON，请检查发送的程序。";
    /// The `type` is not known.
    UnknownMessage = 400, "不认识的消息类型。可用的类型见协议说明。";
    /// A field is missing or wrong.
    BadMessage = 400, "消息里缺少必要的内容，或者内容不对。";
    /// The frame or body is larger than allowed.
    TooLarge = 413, "内容太长了，请说短一点。";
    /// `hello` must come first.
    HelloFirst = 409, "请先发送 hello。";
    /// The protocol version is not 1.
    UnsupportedVersion = 400, "协议版本不支持，本服务使用版本 1。";
    /// No kiosk key, or a wrong or revoked one.
    KioskUnknown = 401, "这台终端还没有配对，请管理员用 linli kiosk add 配对。";
    /// Nobody is signed in.
    SignInNeeded = 401, "请先登录。";
    /// Wrong name or password.
    WrongPassword = 401, "账号或密码不对。";
    /// Too many attempts.
    SlowDown = 429, "尝试得太频繁了，请稍等一会儿再试。";
    /// The role may not do this.
    Forbidden = 403, "您的账号没有这项权限。";
    /// There is no such thing.
    NotFound = 404, "没有找到。";
    /// The session has no turn of that name.
    NoSuchTurn = 404, "没有找到这一次提问。";
    /// The turn offered no such option.
    NoSuchOption = 404, "没有这个选项。";
    /// The turn's name was used before in this session.
    DuplicateTurn = 409, "这次提问已经处理过了。";
    /// Somebody else was first.
    Conflict = 409, "别人刚刚处理过，请看最新的状态。";
    /// The state does not allow it.
    InvalidTransition = 409, "现在的状态不能这样做。";
    /// Speech is not available here.
    SpeechUnavailable = 503, "这里暂时不能语音提问，请打字，或者请工作人员帮忙。";
    /// The recogniser failed; typing works.
    SpeechFailed = 503, "语音识别出了点问题，请再说一遍，或者打字提问。";
    /// Audio without `listen` `start`.
    NotListening = 409, "现在没有在听。请先发送 listen start，再发送声音。";
    /// Audio that cannot be used: not 16 kHz mono, or a broken packet.
    BadAudio = 400, "声音的格式不对。请用 16000 赫兹、单声道的 pcm_s16le 或 opus。";
    /// Writing failed: the database is full, gone or broken.
    Unavailable = 503, "系统暂时记录不了，请稍后再试，或者请工作人员帮忙。";
    /// The server is going down.
    Stopping = 503, "系统正在重启，请稍等。";
    /// A bug.
    Internal = 500, "系统出了点问题，请稍后再试，或者请工作人员帮忙。";
}

impl Code {
    /// The name on the wire.
    pub fn name(self) -> String {
        serde_json::to_value(self)
            .ok()
            .and_then(|v| v.as_str().map(str::to_owned))
            .unwrap_or_default()
    }
}

/// The body of every refused REST call.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// For programs.
    pub code: Code,
    /// For people, in Chinese.
    pub message: String,
}

impl Problem {
    /// The code with its standard words.
    pub fn new(code: Code) -> Self {
        Self {
            code,
            message: code.text().to_owned(),
        }
    }

    /// The code with words of its own.
    pub fn saying(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }
}
