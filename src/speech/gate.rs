//! Nothing heard is a result: what keeps the machine from inventing a
//! question. Silence, hiss and music became text in every one of 60 trials.
//!
//! Two gates, one before recognition (was there a voice at all?) and one after
//! it (can this be what somebody said?), and the guard against loops in
//! `repetition`. Each refusal has its reason.

use super::recogniser::{Transcript, seconds};
use super::repetition::repeats;
use crate::text::{normalise, simplify};

/// Why nothing was heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Nothing {
    /// No voice, or less of it than the shortest question.
    NoVoice,
    /// There was a voice, and the engine wrote nothing.
    NoWords,
    /// The engine describes a sound: (音乐).
    Sound,
    /// The engine is not sure of what it wrote.
    Unsure,
    /// The same again and again.
    Loop,
    /// More words than anybody can say in that time.
    TooFast,
    /// What engines write when nobody speaks: 谢谢观看, or the words of their prompt.
    Invented,
}

impl Nothing {
    /// All reasons.
    pub const ALL: [Self; 7] = [
        Self::NoVoice,
        Self::NoWords,
        Self::Sound,
        Self::Unsure,
        Self::Loop,
        Self::TooFast,
        Self::Invented,
    ];

    /// The name in the store and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoVoice => "no_voice",
            Self::NoWords => "no_words",
            Self::Sound => "sound",
            Self::Unsure => "unsure",
            Self::Loop => "loop",
            Self::TooFast => "too_fast",
            Self::Invented => "invented",
        }
    }
}

/// Seconds of voice below which nothing was said. Silero found 1.18 s and more
/// in 96 recordings of people, at most 0.45 s in 56 of noise.
pub(super) const LEAST_VOICE: f32 = 0.5;

/// Mean token log-probability below which a text is not believed: lowest of 58
/// recordings of people -1.15, highest of 56 of noise that was no loop -1.7.
const LEAST_SURE: f32 = -1.2;

/// Characters a second that nobody exceeds, and some for short utterances: the
/// fastest of 96 people came to 7.
const FASTEST: f32 = 9.0;
const SLACK: f32 = 4.0;

/// What recognisers write under noise, having learnt from subtitles. Whole
/// texts, normalised.
const INVENTIONS: [&str; 14] = [
    "谢谢观看",
    "谢谢大家观看",
    "感谢观看",
    "感谢您的观看",
    "谢谢收看",
    "感谢收看",
    "中文字幕",
    "字幕",
    "我们下期再见",
    "下期再见",
    "下集再见",
    "未完待续",
    "以下是普通话的句子",
    "我看到了我看到了我看到了",
];

/// The same, wherever it occurs.
const CREDITS: [&str; 7] = [
    "字幕志愿者",
    "字幕组",
    "字幕由",
    "字幕by",
    "amaraorg",
    "明镜与点点",
    "点赞订阅转发",
];

/// Brackets with which engines describe sounds. Not 《》: Whisper puts whole
/// sentences into those.
const BRACKETS: [char; 6] = ['(', '（', '[', '【', '*', '♪'];

/// Whether the decoder ran in circles.
pub(super) fn is_loop(transcript: &Transcript, samples: usize) -> bool {
    repeats(&transcript.text) || is_too_fast(&transcript.text, samples)
}

fn is_too_fast(text: &str, samples: usize) -> bool {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a text has far fewer than 2^24 characters"
    )]
    let length = normalise(text).chars().count() as f32;
    length > FASTEST * seconds(samples) + SLACK
}

/// Words of the prompt that nobody lists one after the other.
const ECHO: usize = 3;

/// Whether a text only lists what the engine was told to expect: under noise it writes
/// 社区、医保、身份证. The last word may be cut off.
fn is_echo(text: &str, prompt: &str) -> bool {
    let words = |text: &'_ str| {
        let words = text.split(|c: char| !c.is_alphanumeric());
        let words = words.filter(|word| !word.is_empty());
        words.map(str::to_owned).collect::<Vec<String>>()
    };
    let (written, expected) = (words(&simplify(text)), words(prompt));
    // The prompt begins with a sentence that nobody says at all.
    let begun = written.len() > 1 && written.first() == expected.first();
    (begun || written.len() >= ECHO)
        && written.split_last().is_some_and(|(last, first)| {
            first.iter().all(|word| expected.contains(word))
                && expected.iter().any(|word| word.starts_with(last.as_str()))
        })
}

/// Why a transcript of so many samples is no question; nothing when it may be
/// one. `prompt` is what the engine was told to expect.
pub(super) fn refusal(transcript: &Transcript, prompt: &str, samples: usize) -> Option<Nothing> {
    let text = transcript.text.trim();
    let normal = normalise(text);
    if text.starts_with(BRACKETS) {
        Some(Nothing::Sound)
    } else if normal.is_empty() {
        Some(Nothing::NoWords)
    } else if repeats(text) {
        Some(Nothing::Loop)
    } else if is_too_fast(text, samples) {
        Some(Nothing::TooFast)
    } else if INVENTIONS.contains(&normal.as_str())
        || CREDITS.iter().any(|c| normal.contains(c))
        || is_echo(text, prompt)
    {
        Some(Nothing::Invented)
    } else if transcript.log_probability.is_some_and(|p| p < LEAST_SURE) {
        Some(Nothing::Unsure)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROMPT: &str = "以下是普通话的句子。社区、医保、身份证、物业。";

    fn said(text: &str, log_probability: f32) -> Transcript {
        Transcript {
            text: text.to_owned(),
            log_probability: Some(log_probability),
            tokens: text.chars().count(),
            ..Transcript::default()
        }
    }

    #[test]
    fn every_refusal_has_its_reason() {
        let four = 4 * super::super::SAMPLE_RATE;
        for (text, sure, wanted) in [
            ("居住证怎么办", -0.3, None),
            ("居住证怎么办", -1.15, None),
            ("《广州市房地产中介协会分析》", -0.3, None),
            ("居住证怎么办", -1.21, Some(Nothing::Unsure)),
            ("", -0.1, Some(Nothing::NoWords)),
            ("。。。", -0.1, Some(Nothing::NoWords)),
            (" (沾水)", -0.2, Some(Nothing::Sound)),
            ("【音乐】", -0.2, Some(Nothing::Sound)),
            ("我認證,我認證,我認證", -0.1, Some(Nothing::Loop)),
            ("謝謝觀看", -0.3, Some(Nothing::Invented)),
            ("字幕志願者 楊茜茜", -0.3, Some(Nothing::Invented)),
            ("谢谢观看栏目怎么投诉", -0.3, None),
            ("社区、医保、身份证。", -0.2, Some(Nothing::Invented)),
            (
                "以下是普通话的句子。医保、物业、身份",
                -0.2,
                Some(Nothing::Invented),
            ),
            ("以下是普通話的句子。社區", -0.2, Some(Nothing::Invented)),
            ("社區、醫保、物業", -0.2, Some(Nothing::Invented)),
            ("社区、医保", -0.2, None),
            ("医保、物业、身份证丢了", -0.2, None),
            (
                "老人高龄津贴的申领条件以及所需要的全部材料分别是什么在哪个窗口提交多少天办好",
                -0.2,
                None,
            ),
            (
                "老人高龄津贴的申领条件以及所需要的全部材料分别是什么在哪个窗口提交多少天办好呢谢谢您",
                -0.2,
                Some(Nothing::TooFast),
            ),
        ] {
            let refused = refusal(&said(text, sure), PROMPT, four);
            assert_eq!(refused, wanted, "{text}");
        }
    }

    #[test]
    fn an_engine_that_tells_no_confidence_is_believed() {
        let heard = Transcript {
            log_probability: None,
            ..said("居住证怎么办", 0.0)
        };
        assert_eq!(refusal(&heard, PROMPT, 40_000), None);
    }

    #[test]
    fn names_are_unique() {
        let names: std::collections::HashSet<_> = Nothing::ALL.map(Nothing::as_str).into();
        assert_eq!(names.len(), Nothing::ALL.len());
    }
}
