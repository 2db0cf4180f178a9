//! The name of a sound: a hash of everything that it depends on.

use super::voice::{Saying, Style};
use sha2::{Digest, Sha256};
use std::fmt;

/// Counts up when the same script would be made into another file: trimming,
/// loudness, coding.
const MAKING: u32 = 1;

/// Names a sound by what it is made of. Words that change, a reading that is put
/// right, another voice or engine have another name, so that old sound never
/// plays for new words, and what did not change is not made again.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key(String);

impl Key {
    /// The key of a script that `engine` says. How it is read is hashed syllable
    /// by syllable: a rule or a new version of the reader changes the names of
    /// what it changes, and of nothing else.
    pub(super) fn of(engine: &str, style: &Style, script: &Saying) -> Self {
        let mut hash = Sha256::new();
        let mut part = |text: &str| {
            hash.update(text.as_bytes());
            hash.update([0]);
        };
        part(&MAKING.to_string());
        part(engine);
        part(&style.voice);
        part(&format!("{:.3}", style.speed));
        part(&script.text);
        for clause in &script.clauses {
            for syllable in &clause.syllables {
                part(&format!("{}{}", syllable.base, syllable.tone));
            }
            part(&format!("{:?}", clause.pause));
        }
        let digest = hash.finalize();
        Self(digest[..20].iter().map(|b| format!("{b:02x}")).collect())
    }

    /// The key that this text is; nothing for what is none.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        (text.len() == 40 && text.bytes().all(hex)).then(|| Self(text.to_owned()))
    }

    /// 40 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Reader, Rule};

    fn key(text: &str, rules: &[Rule], speed: f32) -> Key {
        let script = Saying {
            text: text.to_owned(),
            clauses: Reader::new(rules.iter().cloned()).read(text),
        };
        let style = Style {
            voice: "a".to_owned(),
            speed,
        };
        Key::of("test", &style, &script)
    }

    #[test]
    fn whatever_changes_the_sound_changes_the_key_and_nothing_else_does() {
        let rule = Rule::parse("处长", "chu4 zhang3").unwrap();
        let one = key("到街道办理。", &[], 0.95);
        assert_eq!(one, key("到街道办理。", &[], 0.95));
        assert_eq!(one, key("到街道办理。", &[rule], 0.95));
        assert_ne!(one, key("到街道办理！", &[], 0.95));
        assert_ne!(one, key("到街道办理。", &[], 1.1));
        let wrong = Rule::parse("街道", "jie1 dao5").unwrap();
        assert_ne!(one, key("到街道办理。", &[wrong], 0.95));
    }

    #[test]
    fn only_keys_are_keys() {
        let one = key("好。", &[], 1.0);
        assert_eq!(Key::parse(one.as_str()), Some(one));
        for other in ["", "../../etc/passwd", &"A".repeat(40), &"a".repeat(41)] {
            assert_eq!(Key::parse(other), None);
        }
    }
}
