//! Where in a sound somebody speaks.

use super::sound::samples;
use std::ops::Range;

/// Samples whose loudness is measured together: 10 ms.
const FRAME: usize = samples(10);

/// Frames in a row that are speech and not a click.
const LEAST: usize = 3;

/// How far below the loud parts speech still is: a soft consonant beside a
/// vowel. Power, so 40 dB.
const BELOW_LOUD: f32 = 1e-4;

/// What is no sound at all: -60 dB of full scale.
const NOTHING: f32 = 1e-6;

/// The loudness of frames.
pub(super) struct Loudness {
    /// Mean square of each frame.
    powers: Vec<f32>,
    /// That of the loud parts; one frame in twenty is louder.
    loud: f32,
    length: usize,
}

impl Loudness {
    /// Measures. A value that is no number counts as silence.
    pub(super) fn of(sound: &[f32]) -> Self {
        let powers: Vec<f32> = sound.chunks(FRAME).map(power).collect();
        let mut sorted = powers.clone();
        sorted.sort_by(f32::total_cmp);
        let loud = sorted.get(sorted.len() * 19 / 20).copied();
        Self {
            powers,
            loud: loud.unwrap_or(0.0),
            length: sound.len(),
        }
    }

    /// From the first to the last sample of speech; nothing in silence.
    pub(super) fn span(&self) -> Option<Range<usize>> {
        let floor = (self.loud * BELOW_LOUD).max(NOTHING);
        let is_speech = |frames: &[f32]| frames.iter().all(|power| *power > floor);
        let mut runs = self.powers.windows(LEAST);
        let first = runs.position(is_speech)?;
        let last = self.powers.windows(LEAST).rposition(is_speech)? + LEAST;
        Some(first * FRAME..(last * FRAME).min(self.length))
    }

    /// Mean square of what is not a pause, as loudness meters gate it: frames
    /// that are not more than 10 dB below the mean of all that sound.
    pub(super) fn gated(&self) -> f32 {
        let mean = |floor: f32| {
            let loud: Vec<f32> = self.powers.iter().copied().filter(|p| *p > floor).collect();
            #[expect(clippy::cast_precision_loss, reason = "a hundred frames a second")]
            let count = loud.len().max(1) as f32;
            loud.iter().sum::<f32>() / count
        };
        mean(mean(NOTHING) / 10.0)
    }
}

fn power(frame: &[f32]) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "240 samples")]
    let count = frame.len().max(1) as f32;
    let power = frame.iter().map(|sample| sample * sample).sum::<f32>() / count;
    if power.is_finite() { power } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(level: f32, length: usize) -> Vec<f32> {
        (0..length)
            .map(|i| level * (i as f32 * 0.1).sin())
            .collect()
    }

    #[test]
    fn speech_is_found_between_silences() {
        let sound = [vec![0.0; 2400], tone(0.5, 4800), vec![1e-4; 7200]].concat();
        let loudness = Loudness::of(&sound);
        assert_eq!(loudness.span(), Some(2400..7200));
        assert!((loudness.gated() - 0.125).abs() < 0.005);
    }

    #[test]
    fn a_soft_beginning_is_speech_and_a_click_is_not() {
        let mut sound = [vec![0.0; 2400], tone(0.01, 1200), tone(0.5, 4800)].concat();
        sound[300] = 0.9;
        assert_eq!(Loudness::of(&sound).span(), Some(2400..8400));
    }

    #[test]
    fn silence_has_no_speech() {
        for sound in [
            vec![],
            vec![0.0; 9000],
            vec![1e-4; 9000],
            vec![f32::NAN; 9000],
        ] {
            assert_eq!(Loudness::of(&sound).span(), None);
        }
    }
}
