//! Files of Opus in OGG, which phones and this program write, as samples.

use super::SAMPLE_RATE;
use super::audio_file::Fault;
use super::frames::{Encoding, Frames};
use opus_pure::{OggOpusReader, Trim};
use std::io::Read;

/// Bytes of a file from which its kind is known.
pub(super) const BEGINNING: usize = 64;

/// Whether a file that begins so is of this kind.
pub(super) fn is_opus(beginning: &[u8]) -> bool {
    beginning.starts_with(b"OggS") && beginning.windows(8).any(|w| w == b"OpusHead")
}

/// The samples of a file of at most `longest` seconds, mono, 16 kHz. What comes
/// before a fault is given.
///
/// # Errors
/// When there are none, or too many.
pub(super) fn decode(source: impl Read, longest: usize) -> Result<Vec<f32>, Fault> {
    let mut reader = OggOpusReader::new(source).map_err(|_| Fault::Foreign)?;
    let mut frames = Frames::new(Encoding::Opus).map_err(|_| Fault::Foreign)?;
    let mut trim = Trim::new(reader.head(), SAMPLE_RATE as i32, 1).map_err(|_| Fault::Foreign)?;
    let mut samples = Vec::new();
    while let Ok(Some(packet)) = reader.read_packet() {
        // One that cannot be decoded is lost, the next may be good.
        let decoded = frames.samples(&packet.data).unwrap_or_default();
        // Without what the encoder put before and after the sound.
        samples.extend_from_slice(trim.keep(&packet, &decoded));
        if samples.len() > longest * SAMPLE_RATE {
            return Err(Fault::Long);
        }
    }
    if samples.is_empty() {
        return Err(Fault::Silent);
    }
    Ok(samples)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::mouth::{Sound, save_sound};

    /// A second of 440 Hz as a file.
    fn file() -> Vec<u8> {
        let tone = |i: i32| (f64::from(i) / 24_000.0 * 440.0 * std::f64::consts::TAU).sin();
        let samples = (0..24_000).map(|i| 0.5 * tone(i) as f32).collect();
        let sound = Sound {
            samples,
            ..Sound::default()
        };
        save_sound(&sound, &[]).unwrap()
    }

    #[test]
    fn a_tone_comes_back() {
        let file = file();
        assert!(is_opus(&file[..BEGINNING]));
        let samples = decode(file.as_slice(), 2).unwrap();
        assert_eq!(samples.len(), 16_000);
        let middle = &samples[4_000..12_000];
        let rises = middle
            .windows(2)
            .filter(|w| w[0] < 0.0 && w[1] >= 0.0)
            .count();
        assert!((218..=222).contains(&rises), "{rises}");
        let loudest = middle.iter().copied().fold(0.0, f32::max);
        assert!((0.4..0.6).contains(&loudest), "{loudest}");
    }

    /// 10 kHz are more than 16,000 samples a second can hold: what is left of them
    /// must not come back as a tone of 6 kHz. Another decoder did that, and the ear
    /// heard consonants wrong.
    #[test]
    fn what_is_too_high_is_gone() {
        let tone = |i: i32| (f64::from(i) / 24_000.0 * 10_000.0 * std::f64::consts::TAU).sin();
        let samples = (0..24_000).map(|i| 0.5 * tone(i) as f32).collect();
        let sound = Sound {
            samples,
            ..Sound::default()
        };
        let samples = decode(save_sound(&sound, &[]).unwrap().as_slice(), 2).unwrap();
        let middle = &samples[4_000..12_000];
        let loudest = middle.iter().copied().map(f32::abs).fold(0.0, f32::max);
        assert!(loudest < 0.03, "{loudest}");
    }

    #[test]
    fn a_file_that_is_cut_off_gives_what_is_there() {
        let file = file();
        let half = decode(&file[..file.len() / 2], 2);
        // Pages are read whole: there may be nothing before the cut.
        assert!(half.is_err() || half.unwrap().len() < 16_640);
        assert_eq!(decode(&file[..20], 2), Err(Fault::Foreign));
        assert_eq!(decode(b"RIFF".as_slice(), 2), Err(Fault::Foreign));
        // What is around the sound is no part of its length.
        assert!(decode(file.as_slice(), 1).is_ok());
        assert_eq!(decode(file.as_slice(), 0), Err(Fault::Long));
        assert!(!is_opus(b"RIFF") && !is_opus(b""));
    }
}
