//! Binary frames of a terminal as samples.

use super::decimate::{self, Decimator};
use opus_pure::OpusDecoder;
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

/// The longest Opus packet: 120 ms.
const LONGEST_PACKET: usize = decimate::RATE * 120 / 1000;

/// Turns frames of one utterance into samples.
pub struct Frames(Kind);

enum Kind {
    /// Holds the first byte of a sample whose second is in the next frame.
    Pcm16(Option<u8>),
    /// The decoder at its full rate: at a lower one it keeps every third sample of
    /// what is too high for that, too, which comes back as hiss.
    Opus(Box<OpusDecoder>, Decimator, Vec<f32>),
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
                    OpusDecoder::new(decimate::RATE as i32, 1).map_err(|e| e.to_string())?;
                Kind::Opus(
                    Box::new(decoder),
                    Decimator::new(),
                    vec![0.0; LONGEST_PACKET],
                )
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
            Kind::Opus(decoder, decimator, buffer) => {
                // Should a packet that no encoder makes bring the decoder down, then
                // only itself. It is not used again then.
                let decoded = catch_unwind(AssertUnwindSafe(|| {
                    decoder.decode(frame, LONGEST_PACKET, buffer)
                }));
                let Ok(decoded) = decoded else {
                    *self = Self::new(Encoding::Opus)?;
                    return Err("broken packet".to_owned());
                };
                let decoded = decoded.map_err(|e| e.to_string())?;
                let samples = buffer.get(..decoded).unwrap_or_default();
                let samples = decimator.push(samples);
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

    /// A tone of 440 Hz in frames of 60 ms, as the reference encoder (libopus,
    /// 16 kbit/s) writes it.
    const TONE: [&str; 4] = [
        concat!(
            "58e0cfc71449fc5b1000002ab9006775010678e59eb655b0cf7ad6f04f723115de2a14",
            "e5261cdbbec566ad61f25a9ec0645ed0b0eb146d2646566e9f6539918eb3290c51e36a",
            "29276af75fc12edd3331a7113817ec964c09382f01929276ede5b3f4e75f3ccb007436",
            "582728e9f3c54e996e3ad7141987d2b0dc272e6dff67115843d26d5d49d847fc3f97c2",
            "f7",
        ),
        concat!(
            "58e7fea304b3ac93d0d8227a7fd84ddb7f707a6da5059a009183874b903ef61dc423c9",
            "2f72745ac006e3fb0c09f60be7786ac0eb030490cb8d967e85739e639b08524d8bf5fa",
            "5504687880f355d6d427577909e9b47e0636891ef70a61057031397a98e724ad51dfcc",
            "fa4f02199191c15f8e9a54f8197e5074cd66a54d99188c80649faa50484318e161fa80",
            "5670aa59fb82",
        ),
        concat!(
            "58e7fea304b3ac93d0d2da8a1d00b0b51d0b84df76cdf9953e2629ffc6459e704e2eb3",
            "eee7f1c495a0ee87a0bc7f5f3a7f9af515b448eeef8c6cb49f8dc20653f30994c30e48",
            "8017749de994ecf72160c8b5d57fec7dbe3dd7140ca9c39665e0ee04fd2789a3c75f48",
            "bef2af94556a39269df70e9ef31c601e04a49c8ad4b48ecee2dc8218429c60",
        ),
        concat!(
            "58e7fea304b3ac93c17b15f1a7778bd26acdf5deacebfcb013c275eaa6598c3d4c55a9",
            "2e1e9a0cafdd253e3c2656cfc7576d503c1defa020d22f52d4f5a014749b062d6fcd1d",
            "2541d572050ad82e94d5caa5f417cbb72b3c71789c4f77ad8e98b8cd4a1b8cd6c1ef92",
            "7254429fa236361bf092adac6b649a9757eb1d2cb92016c01f609240",
        ),
    ];

    #[test]
    fn packets_of_the_reference_encoder_are_a_tone_again() {
        let mut frames = Frames::new(Encoding::Opus).unwrap();
        let mut samples = Vec::new();
        for packet in TONE {
            let bytes: Vec<u8> = (0..packet.len())
                .step_by(2)
                .map(|i| u8::from_str_radix(&packet[i..i + 2], 16).unwrap())
                .collect();
            let frame = frames.samples(&bytes).unwrap();
            assert_eq!(frame.len(), 960);
            samples.extend(frame);
        }
        // The first frame swings in.
        let tone = &samples[960..];
        let upwards = tone.windows(2).filter(|w| w[0] < 0.0 && w[1] >= 0.0);
        // 0.18 s of 440 Hz.
        assert!(upwards.count().abs_diff(79) <= 2);
        let loudest = tone.iter().fold(0.0_f32, |a, s| a.max(s.abs()));
        assert!((0.3..0.45).contains(&loudest), "{loudest}");
        assert!(frames.samples(&[]).unwrap().is_empty());
    }

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
