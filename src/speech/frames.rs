//! Binary frames of a terminal as samples.

use super::SAMPLE_RATE;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How a terminal sends audio.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// 16-bit little-endian samples.
    #[default]
    Pcm16,
    /// One Opus packet a frame.
    Opus,
}

/// Samples a second that an Opus decoder gives for speech at this rate.
const OPUS_RATE: u32 = 16_000;
/// The longest Opus packet: 120 ms.
const LONGEST_PACKET: usize = SAMPLE_RATE * 120 / 1000;

/// Turns frames of one utterance into samples.
pub struct Frames(Kind);

enum Kind {
    /// Holds the first byte of a sample whose second is in the next frame.
    Pcm16(Option<u8>),
    Opus(Box<opus_decoder::OpusDecoder>, Vec<f32>),
}

impl Frames {
    /// For an utterance in that encoding.
    ///
    /// # Errors
    /// When the decoder cannot be made; in English, for the log.
    pub fn new(encoding: Encoding) -> Result<Self, String> {
        Ok(Self(match encoding {
            Encoding::Pcm16 => Kind::Pcm16(None),
            Encoding::Opus => {
                let decoder =
                    opus_decoder::OpusDecoder::new(OPUS_RATE, 1).map_err(|e| e.to_string())?;
                Kind::Opus(Box::new(decoder), vec![0.0; LONGEST_PACKET])
            }
        }))
    }

    /// The samples of a frame, -1 to 1. A frame of PCM may end within a
    /// sample.
    ///
    /// # Errors
    /// When an Opus packet cannot be decoded; the frame is lost, the next may
    /// be good.
    pub fn samples(&mut self, frame: &[u8]) -> Result<Vec<f32>, String> {
        match &mut self.0 {
            Kind::Pcm16(kept) => Ok(pcm16(kept, frame)),
            // An empty packet would be made up by the decoder.
            Kind::Opus(..) if frame.is_empty() => Ok(Vec::new()),
            Kind::Opus(decoder, buffer) => {
                // The decoder holds no unsafe code, but it panics at some
                // packets that no encoder makes. It is not used again then.
                let decoded = catch_unwind(AssertUnwindSafe(|| {
                    decoder.decode_float(frame, buffer, false)
                }));
                let Ok(decoded) = decoded else {
                    *self = Self::new(Encoding::Opus)?;
                    return Err("broken packet".to_owned());
                };
                let decoded = decoded.map_err(|e| e.to_string())?;
                let samples = buffer.get(..decoded).unwrap_or_default();
                Ok(samples.iter().map(|s| s.clamp(-1.0, 1.0)).collect())
            }
        }
    }
}

fn pcm16(kept: &mut Option<u8>, frame: &[u8]) -> Vec<f32> {
    let sample = |low: u8, high: u8| f32::from(i16::from_le_bytes([low, high])) / 32_768.0;
    let mut samples = Vec::with_capacity(frame.len() / 2 + 1);
    let mut rest = frame;
    if let (Some(low), Some((high, after))) = (*kept, frame.split_first()) {
        samples.push(sample(low, *high));
        *kept = None;
        rest = after;
    }
    let pairs = rest.chunks_exact(2);
    if let [last] = pairs.remainder() {
        *kept = Some(*last);
    }
    samples.extend(pairs.map(|p| sample(p[0], p[1])));
    samples
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// However the bytes are cut, the samples are the same.
        #[test]
        fn frames_of_any_size_give_the_same_samples(
            wanted in prop::collection::vec(any::<i16>(), 0..200),
            cuts in prop::collection::vec(0_usize..50, 0..40),
        ) {
            let bytes: Vec<u8> = wanted.iter().flat_map(|s| s.to_le_bytes()).collect();
            let mut frames = Frames::new(Encoding::Pcm16).unwrap();
            let (mut got, mut rest) = (Vec::new(), bytes.as_slice());
            for cut in cuts {
                let (frame, after) = rest.split_at(cut.min(rest.len()));
                got.extend(frames.samples(frame).unwrap());
                rest = after;
            }
            got.extend(frames.samples(rest).unwrap());
            let wanted: Vec<f32> = wanted.iter().map(|s| f32::from(*s) / 32_768.0).collect();
            prop_assert_eq!(got, wanted);
        }

        #[test]
        fn no_packet_breaks_the_opus_decoder(
            packets in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 1..20),
        ) {
            let mut frames = Frames::new(Encoding::Opus).unwrap();
            for packet in packets {
                if let Ok(samples) = frames.samples(&packet) {
                    prop_assert!(samples.iter().all(|s| s.abs() <= 1.0));
                }
            }
        }
    }
}
