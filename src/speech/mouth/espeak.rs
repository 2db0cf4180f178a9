//! espeak-ng: a voice that is poor, at once there, and understands our pinyin.
//! It speaks until a better one has spoken.

use super::super::audio_file::{decode, resampled, with_length};
use super::super::recogniser::Abort;
use super::sound::{RATE, Sound};
use super::voice::{Saying, Style, Voice, VoiceError};
use crate::text::Pause;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The voice that takes pinyin with tone numbers.
const PINYIN: &str = "cmn-latn-pinyin";
/// Words a minute at speed 1; its own 175 is too fast to follow.
const PACE: f32 = 165.0;
/// No text here takes longer to say.
const LONGEST: usize = 180;

/// The program, one run a text.
#[derive(Clone, Debug)]
pub(super) struct Espeak(PathBuf);

impl Espeak {
    pub(super) fn new(program: &Path) -> Self {
        Self(program.to_owned())
    }

    /// Whether the program is there.
    pub(super) fn is_there(&self) -> bool {
        Command::new(&self.0)
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }
}

impl Voice for Espeak {
    fn speak(
        &mut self,
        script: &Saying,
        style: &Style,
        _abort: &Abort,
    ) -> Result<Sound, VoiceError> {
        let words = pinyin(script);
        if !words.chars().any(char::is_alphanumeric) {
            return Err(VoiceError::Nothing);
        }
        let failed = |why: String| VoiceError::Failed(format!("espeak-ng: {why}"));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "from 80 to 400"
        )]
        let pace = (PACE * style.speed).clamp(80.0, 400.0) as u32;
        let mut child = Command::new(&self.0)
            .args(["-v", PINYIN, "--stdin", "--stdout", "-s"])
            .arg(pace.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|e| failed(e.to_string()))?;
        if let Some(mut input) = child.stdin.take() {
            // It says nothing before it has read everything.
            let _ = input.write_all(words.as_bytes());
        }
        let output = child
            .wait_with_output()
            .map_err(|e| failed(e.to_string()))?;
        let wav = Box::new(Cursor::new(with_length(output.stdout)));
        let (mono, rate) =
            decode(wav, Some("wav"), LONGEST).map_err(|fault| failed(format!("{fault:?}")))?;
        let samples = resampled(mono, rate, RATE)
            .ok_or_else(|| failed(format!("{rate} samples a second")))?;
        Ok(Sound {
            samples,
            marks: Vec::new(),
        })
    }
}

/// Syllables with their tones, and marks for the pauses.
fn pinyin(script: &Saying) -> String {
    let mut words = String::new();
    for clause in &script.clauses {
        for syllable in &clause.syllables {
            words.push_str(&syllable.base.replace('v', "ü"));
            words.push(char::from(b'0' + syllable.tone.clamp(1, 5)));
            words.push(' ');
        }
        words.push_str(match clause.pause {
            Pause::None => "",
            Pause::Short => ", ",
            Pause::Middle => "; ",
            Pause::Full => ". ",
            Pause::Question => "? ",
            Pause::Exclamation => "! ",
        });
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Reader;

    fn script(text: &str) -> Saying {
        Saying {
            text: text.to_owned(),
            clauses: Reader::default().read(text),
        }
    }

    #[test]
    fn it_is_given_pinyin() {
        assert_eq!(
            pinyin(&script("重新办，要去银行吗？")),
            "chong2 xin1 ban4 , yao4 qu4 yin2 hang2 ma5 ? "
        );
        assert_eq!(pinyin(&script("女")).trim(), "nü3");
    }

    #[test]
    fn it_speaks_where_it_is() {
        let mut espeak = Espeak::new(Path::new("espeak-ng"));
        if !espeak.is_there() {
            eprintln!("espeak-ng is not there: its voice is not tested");
            return;
        }
        let style = Style {
            voice: String::new(),
            speed: 1.0,
        };
        let mut speak = |text| espeak.speak(&script(text), &style, &Abort::default());
        let short = speak("好。").unwrap();
        let long = speak("请带上身份证和户口本，到社区服务中心办理。").unwrap();
        assert!(long.samples.len() > short.samples.len() * 3);
        assert!(long.samples.iter().any(|s| s.abs() > 0.1), "silence");
        assert_eq!(speak("……"), Err(VoiceError::Nothing));
    }

    #[test]
    fn a_program_that_is_not_there_is_a_failure() {
        let mut espeak = Espeak::new(Path::new("no-such-program"));
        assert!(!espeak.is_there());
        let style = Style {
            voice: String::new(),
            speed: 1.0,
        };
        let said = espeak.speak(&script("好。"), &style, &Abort::default());
        assert!(matches!(said, Err(VoiceError::Failed(_))), "{said:?}");
    }
}
