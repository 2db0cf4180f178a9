//! From 48,000 samples a second to the ear's 16,000, as they come.

use super::SAMPLE_RATE;
use std::sync::LazyLock;

/// Of so many samples one is kept.
const FACTOR: usize = 3;

/// Samples a second that go in.
pub(super) const RATE: usize = SAMPLE_RATE * FACTOR;

/// Samples that each one that is kept is made of: 4 ms.
const TAPS: usize = 193;

/// Everything up to 7 kHz stays (-0.1 dB), everything from 8.2 kHz on is gone
/// (-75 dB): a sinc of 7.5 kHz under a Blackman window.
static FILTER: LazyLock<Vec<f32>> = LazyLock::new(|| {
    const EDGE: f64 = 7_500.0;
    let middle = (TAPS - 1) as f64 / 2.0;
    let tap = |at: usize| {
        let x = at as f64 - middle;
        let turn = std::f64::consts::TAU * at as f64 / (TAPS - 1) as f64;
        let window = 0.42 - 0.5 * turn.cos() + 0.08 * (2.0 * turn).cos();
        let angle = std::f64::consts::TAU * EDGE / RATE as f64 * x;
        let sinc = if x == 0.0 { 1.0 } else { angle.sin() / angle };
        sinc * window
    };
    let taps: Vec<f64> = (0..TAPS).map(tap).collect();
    let sum: f64 = taps.iter().sum();
    taps.iter().map(|t| (t / sum) as f32).collect()
});

/// Keeps every third sample of what has been freed from what is too high. What
/// comes out is two milliseconds late.
pub(super) struct Decimator {
    /// The last samples that went in, the oldest first.
    kept: Vec<f32>,
}

impl Decimator {
    /// Silence has gone in so far.
    pub(super) fn new() -> Self {
        Self {
            kept: vec![0.0; TAPS - 1],
        }
    }

    /// A third as many samples as go in; what is over waits for the next.
    pub(super) fn push(&mut self, samples: &[f32]) -> Vec<f32> {
        self.kept.extend_from_slice(samples);
        let count = (self.kept.len() - (TAPS - 1)) / FACTOR;
        let at = |n: usize| {
            let window = &self.kept[n * FACTOR..n * FACTOR + TAPS];
            window.iter().zip(FILTER.iter()).map(|(s, t)| s * t).sum()
        };
        let out = (0..count).map(at).collect();
        self.kept.drain(..count * FACTOR);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tone(hertz: f64) -> Vec<f32> {
        let sample = |i: usize| (i as f64 / RATE as f64 * hertz * std::f64::consts::TAU).sin();
        (0..RATE / 10).map(|i| sample(i) as f32).collect()
    }

    /// The loudness of a tone after it, in decibels.
    fn left(hertz: f64) -> f64 {
        let out = Decimator::new().push(&tone(hertz));
        let middle = &out[100..out.len() - 100];
        let power = middle.iter().map(|s| f64::from(s * s)).sum::<f64>() / middle.len() as f64;
        10.0 * (2.0 * power).log10()
    }

    #[test]
    fn speech_stays_and_what_is_too_high_is_gone() {
        for hertz in [50.0, 440.0, 3_000.0, 6_000.0, 6_900.0] {
            assert!(left(hertz).abs() < 0.2, "{hertz}: {}", left(hertz));
        }
        for hertz in [8_200.0, 9_000.0, 12_000.0, 16_000.0, 23_000.0] {
            assert!(left(hertz) < -70.0, "{hertz}: {}", left(hertz));
        }
    }

    proptest! {
        #[test]
        fn pieces_make_the_same_as_the_whole(lengths in prop::collection::vec(0_usize..2_000, 1..8)) {
            let whole = tone(700.0);
            let mut pieces = Decimator::new();
            let (mut out, mut at) = (Vec::new(), 0);
            for length in lengths {
                let end = (at + length).min(whole.len());
                out.extend(pieces.push(&whole[at..end]));
                at = end;
            }
            prop_assert_eq!(out.len(), at / FACTOR);
            prop_assert_eq!(out, Decimator::new().push(&whole[..at]));
        }
    }
}
