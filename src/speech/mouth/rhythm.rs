//! How generated speech says that it is generated.
//!
//! GB 45438-2025 knows, besides spoken words, the rhythm short-long short-short
//! (Morse for AI) at the beginning of generated sound, and a field in the file
//! itself.

use super::key::Key;
use super::opus_file;
use super::sound::{RATE, Sound};
use super::voice::{Saying, Style};
use std::sync::{Arc, LazyLock};

/// Milliseconds of a short tone; a long one is three, a pause between tones one,
/// between letters three.
const SHORT: usize = 60;
/// Soft: it shall not frighten anybody.
const LOUDNESS: f32 = 0.12;
/// Hertz.
const PITCH: f32 = 660.0;

/// The rhythm's key.
pub(super) fn key() -> Key {
    static KEY: LazyLock<Key> = LazyLock::new(|| {
        let style = Style {
            voice: String::new(),
            speed: 1.0,
        };
        Key::of("rhythm", &style, &Saying::default())
    });
    KEY.clone()
}

/// The rhythm as a file.
pub(super) fn file() -> Option<Arc<[u8]>> {
    static FILE: LazyLock<Option<Arc<[u8]>>> = LazyLock::new(|| {
        let sound = Sound {
            samples: samples(),
            marks: Vec::new(),
        };
        let comments = comments();
        let comments: Vec<(&str, &str)> = comments
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        opus_file::encode(&sound, &comments).ok().map(Into::into)
    });
    FILE.clone()
}

/// What every file says of itself: that its content was generated, and by whom.
pub(super) fn comments() -> Vec<(String, String)> {
    let label = r#"{"Label":"1","ContentProducer":"linli","ProduceID":"","ReservedCode1":"","ContentPropagator":"","PropagateID":"","ReservedCode2":""}"#;
    vec![("AIGC".to_owned(), label.to_owned())]
}

fn samples() -> Vec<f32> {
    let length = |ms: usize| ms * RATE / 1000;
    let mut samples = Vec::new();
    for (tone, pause) in [(1, 1), (3, 3), (1, 1), (1, 2)] {
        let count = length(tone * SHORT);
        samples.extend((0..count).map(|n| tone_at(n, count)));
        samples.resize(samples.len() + length(pause * SHORT), 0.0);
    }
    samples
}

/// A sample of a tone of so many, without clicks at its ends.
#[expect(clippy::cast_precision_loss, reason = "a few thousand samples")]
fn tone_at(n: usize, count: usize) -> f32 {
    let (n, count, rate) = (n as f32, count as f32, RATE as f32);
    let edge = 0.008 * rate;
    let swell = (n / edge).min((count - n) / edge).min(1.0);
    LOUDNESS * swell * (n / rate * PITCH * std::f32::consts::TAU).sin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rhythm_is_short_long_short_short_and_says_what_it_is() {
        let samples = samples();
        let window = RATE * SHORT / 1000;
        let beats: String = samples
            .chunks(window)
            .map(|c| c.iter().any(|s| s.abs() > 0.05))
            .map(|on| if on { '=' } else { '.' })
            .collect();
        assert_eq!(beats, "=.===...=.=..");
        let file = file().unwrap();
        let comments = opus_file::read(&file).unwrap().comments;
        assert!(
            comments
                .iter()
                .any(|(n, v)| n == "AIGC" && v.contains("\"Label\":\"1\""))
        );
    }
}
