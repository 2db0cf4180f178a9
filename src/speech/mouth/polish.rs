//! The same beginning, end and loudness for all that is spoken.

use super::sound::{Sound, milliseconds, samples};
use super::voiced::Loudness;

/// What is kept before speech and after it.
const BEFORE: usize = samples(100);
const AFTER: usize = samples(200);

/// The cut ends come and go over 5 ms, so that nothing clicks.
const FADE: usize = samples(5);

/// Root of the mean square of what is not a pause: -20 dB of full scale.
const TARGET: f32 = 0.1;

/// No sample is louder.
const PEAK: f32 = 0.95;

/// There is nothing to hear in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the sound is silent or broken")]
pub struct Silent;

/// Cuts the silence around speech down, and brings it to one loudness. Times of
/// sentences stay with what they were the times of.
///
/// # Errors
/// When nobody speaks in it, or a value is no number.
pub fn polish(sound: &Sound) -> Result<Sound, Silent> {
    if !sound.samples.iter().all(|sample| sample.is_finite()) {
        return Err(Silent);
    }
    let loudness = Loudness::of(&sound.samples);
    let speech = loudness.span().ok_or(Silent)?;
    let from = speech.start.saturating_sub(BEFORE);
    let to = (speech.end + AFTER).min(sound.samples.len());
    let mut cut = sound.samples[from..to].to_vec();
    level(&mut cut, loudness.gated());
    fade(&mut cut);
    let (shift, end) = (milliseconds(from), milliseconds(cut.len()));
    let marks = sound.marks.iter();
    Ok(Sound {
        marks: marks.map(|at| at.saturating_sub(shift).min(end)).collect(),
        samples: cut,
    })
}

/// Peaks that would go beyond are bent, not cut off: a single loud vowel must
/// not make the whole answer quieter than the others.
fn level(sound: &mut [f32], power: f32) {
    let factor = TARGET / power.sqrt();
    for sample in sound {
        *sample = limited(*sample * factor);
    }
}

/// Above this, loud samples are pressed together.
const KNEE: f32 = 0.7;

/// The sample itself as far as the knee, then ever closer to the peak.
fn limited(sample: f32) -> f32 {
    let loud = sample.abs();
    if loud <= KNEE {
        return sample;
    }
    let room = PEAK - KNEE;
    (KNEE + room * ((loud - KNEE) / room).tanh()).copysign(sample)
}

fn fade(sound: &mut [f32]) {
    let length = FADE.min(sound.len() / 2);
    let end = sound.len();
    for at in 0..length {
        #[expect(clippy::cast_precision_loss, reason = "120 samples")]
        let factor = at as f32 / length as f32;
        sound[at] *= factor;
        sound[end - 1 - at] *= factor;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A voice of a kind: a buzz whose loudness goes up and down.
    fn voice(level: f32, seconds: f32) -> Vec<f32> {
        (0..(seconds * 24_000.0) as usize)
            .map(|i| {
                let t = i as f32 / 24_000.0;
                let buzz = (t * 150.0 * std::f32::consts::TAU).sin();
                level * buzz * (0.6 + 0.4 * (t * 4.0 * std::f32::consts::TAU).sin())
            })
            .collect()
    }

    fn sound(before: usize, level: f32, after: usize) -> Sound {
        Sound {
            samples: [vec![0.0; before], voice(level, 2.0), vec![0.0; after]].concat(),
            marks: vec![milliseconds(before), milliseconds(before) + 1000],
        }
    }

    #[test]
    fn silence_is_cut_down_and_times_move_along() {
        let polished = polish(&sound(9_600, 0.3, 24_000)).unwrap();
        let length = polished.milliseconds();
        assert!((2280..=2320).contains(&length), "{length}");
        assert!(
            polished.marks[0].abs_diff(100) <= 20,
            "{:?}",
            polished.marks
        );
        assert_eq!(polished.marks[1], polished.marks[0] + 1000);
        assert_eq!(polished.samples[0], 0.0);
        assert_eq!(polished.samples.last(), Some(&0.0));
    }

    #[test]
    fn silence_is_refused() {
        for samples in [
            vec![],
            vec![0.0; 48_000],
            vec![1e-4; 48_000],
            vec![f32::NAN; 48_000],
        ] {
            let marks = vec![0];
            assert_eq!(polish(&Sound { samples, marks }), Err(Silent));
        }
        let mut broken = sound(0, 0.3, 0);
        broken.samples[100] = f32::INFINITY;
        assert_eq!(polish(&broken), Err(Silent));
    }

    proptest! {
        #[test]
        fn all_are_equally_loud_and_none_is_clipped(
            before in 0_usize..20_000, level in 0.01_f32..3.0, after in 0_usize..40_000,
        ) {
            let polished = polish(&sound(before, level, after)).unwrap();
            let loud = Loudness::of(&polished.samples).gated().sqrt();
            prop_assert!((0.09..0.11).contains(&loud), "{loud}");
            prop_assert!(polished.samples.iter().all(|s| s.is_finite() && s.abs() <= PEAK));
            prop_assert!(polished.marks.iter().all(|at| *at <= polished.milliseconds()));
        }

        #[test]
        fn no_sound_is_ever_beyond_full_scale(
            samples in prop::collection::vec(prop::num::f32::ANY, 0..3000), mark in 0_u32..200,
        ) {
            if let Ok(polished) = polish(&Sound { samples, marks: vec![mark] }) {
                prop_assert!(polished.samples.iter().all(|s| s.is_finite() && s.abs() <= PEAK));
            }
        }
    }
}
