//! Speech as a file of Opus in Ogg (RFC 6716, RFC 7845), and such a file as the
//! packets that a small device is sent.

use super::sound::{RATE, Sound};
use opus_pure::{
    Application, MAX_PACKET_BYTES, OggOpusReader, OggOpusWriter, OpusEncoder, OpusHead, OpusTags,
    RateControl, Signal, packet,
};

/// Bits a second: speech of the whole band is not told from the original.
const BITS: i32 = 24_000;

/// Samples of a packet: 20 ms.
const FRAME: usize = RATE / 50;

/// Opus counts at 48 kHz, whatever it was given.
const TICKS: usize = 48_000 / RATE;

/// The comment with the times at which sentences begin.
const MARKS: &str = "LINLI_MARKS";

/// The stream's number. There is one in a file, and the same sound must become
/// the same bytes.
const SERIAL: u32 = 1;

/// Why a file cannot be written or read; for the log.
#[derive(Debug, thiserror::Error)]
pub enum OpusFileError {
    /// A comment's name is not ASCII, or has a `=`.
    #[error("a comment cannot be called {0:?}")]
    Comment(String),
    /// The encoder, or what the file holds.
    #[error("{0}")]
    Opus(#[from] opus_pure::Error),
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpusFile {
    /// How long it plays, in milliseconds.
    pub milliseconds: u32,
    /// When each sentence begins, in milliseconds; empty when it is not said.
    pub marks: Vec<u32>,
    /// Names and values of the other comments.
    pub comments: Vec<(String, String)>,
    /// Samples at 48 kHz that a player leaves out at the beginning.
    pub pre_skip: u16,
    /// Packets, of 20 ms each in a file of ours.
    pub packets: Vec<Vec<u8>>,
}

/// Writes speech: one channel, about 24 kbit/s, packets of 20 ms. It plays
/// exactly as long as the sound is. The same sound and comments always give the
/// same bytes.
///
/// # Errors
/// When a comment's name is not possible, or the encoder fails.
pub fn encode(sound: &Sound, comments: &[(&str, &str)]) -> Result<Vec<u8>, OpusFileError> {
    let mut encoder = OpusEncoder::new(RATE as i32, 1, Application::Audio)?;
    encoder.bitrate_bps = BITS;
    encoder.rate_control = RateControl::Vbr;
    encoder.signal_type = Some(Signal::Voice);
    let head = OpusHead::for_encoder(&encoder, RATE as u32);
    let pre_skip = usize::from(head.pre_skip);
    let tags = tags(sound, comments)?;
    let mut writer = OggOpusWriter::with_serial(Vec::new(), head, tags, SERIAL)?;

    // The encoder lags behind: silence after the end brings the last of the
    // sound out. The last packet says where the sound ends in it.
    let length = sound.samples.len();
    let count = (length + pre_skip.div_ceil(TICKS)).div_ceil(FRAME).max(1);
    let end = pre_skip + length * TICKS;
    let mut frame = vec![0.0; FRAME];
    let mut bytes = vec![0; MAX_PACKET_BYTES];
    for nth in 0..count {
        let from = (nth * FRAME).min(length);
        let to = (from + FRAME).min(length);
        frame[..to - from].copy_from_slice(&sound.samples[from..to]);
        frame[to - from..].fill(0.0);
        let written = encoder.encode(&frame, FRAME, &mut bytes)?;
        let left = end - nth * FRAME * TICKS;
        let duration = left.min(FRAME * TICKS) as u32;
        writer.write_packet_with_duration(&bytes[..written], duration)?;
    }
    Ok(writer.finish()?)
}

fn tags(sound: &Sound, comments: &[(&str, &str)]) -> Result<OpusTags, OpusFileError> {
    let mut tags = OpusTags::new();
    tags.vendor = concat!("linli ", env!("CARGO_PKG_VERSION")).to_owned();
    let marks: Vec<String> = sound.marks.iter().map(ToString::to_string).collect();
    let marks = marks.join(",");
    let of_ours = (!marks.is_empty()).then_some((MARKS, marks.as_str()));
    for (name, value) in of_ours.iter().chain(comments) {
        tags.push(name, value)
            .map_err(|_| OpusFileError::Comment((*name).to_owned()))?;
    }
    Ok(tags)
}

/// Reads a file; nothing is decoded.
///
/// # Errors
/// When it is no such file, or a damaged one.
pub fn read(bytes: &[u8]) -> Result<OpusFile, OpusFileError> {
    let mut reader = OggOpusReader::new(bytes)?;
    let pre_skip = reader.head().pre_skip;
    let (mut marks, mut comments) = (Vec::new(), Vec::new());
    for comment in &reader.tags().comments {
        match comment.split_once('=') {
            Some((MARKS, value)) => {
                marks = value.split(',').filter_map(|at| at.parse().ok()).collect();
            }
            Some((name, value)) => comments.push((name.to_owned(), value.to_owned())),
            None => {}
        }
    }
    let (mut packets, mut ticks, mut end) = (Vec::new(), 0, None);
    while let Some(packet) = reader.read_packet()? {
        ticks += packet::samples_48k(&packet.data)? as u64;
        if packet.end_of_stream {
            end = u64::try_from(packet.page_granule).ok();
        }
        packets.push(packet.data);
    }
    // A file that is cut off has no end of its own.
    let played = end.map_or(ticks, |end| end.min(ticks));
    let milliseconds = played.saturating_sub(u64::from(pre_skip)) / 48;
    Ok(OpusFile {
        milliseconds: u32::try_from(milliseconds).unwrap_or(u32::MAX),
        marks,
        comments,
        pre_skip,
        packets,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A voice of a kind: harmonics whose pitch and loudness move.
    fn voice(length: usize) -> Sound {
        let mut phase = 0.0_f32;
        let samples = (0..length).map(|i| {
            let t = i as f32 / RATE as f32;
            phase += (180.0 + 40.0 * (t * 3.0).sin()) / RATE as f32;
            let harmonics =
                (1..12).map(|n| (phase * n as f32 * std::f32::consts::TAU).sin() / n as f32);
            0.2 * harmonics.sum::<f32>() * (0.6 + 0.4 * (t * 20.0).sin())
        });
        Sound {
            samples: samples.collect(),
            marks: vec![0, 1450, 3200],
        }
    }

    /// Decodes with a decoder by other people, as a player would: what comes
    /// before the sound is left out, and what comes after its end.
    fn decoded(file: &OpusFile) -> Vec<f32> {
        let mut decoder = opus_decoder::OpusDecoder::new(48_000, 1).unwrap();
        let mut out = vec![0.0; 5760];
        let mut samples = Vec::new();
        for packet in &file.packets {
            let count = decoder.decode_float(packet, &mut out, false).unwrap();
            samples.extend_from_slice(&out[..count]);
        }
        let end = usize::from(file.pre_skip) + file.milliseconds as usize * 48;
        samples[usize::from(file.pre_skip)..end].to_vec()
    }

    fn correlation(a: &[f32], b: &[f32]) -> f32 {
        let product = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        product(a, b) / (product(a, a) * product(b, b)).sqrt()
    }

    #[test]
    fn what_is_written_is_read_and_sounds_the_same() {
        let sound = voice(RATE * 4 + 123);
        let comments = [("AIGC", "{\"Label\":\"1\"}"), ("TITLE", "居住证")];
        let bytes = encode(&sound, &comments).unwrap();
        let file = read(&bytes).unwrap();
        assert_eq!(file.marks, sound.marks);
        assert_eq!(file.milliseconds, sound.milliseconds());
        let wanted = comments.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(file.comments, wanted);
        // 4 s at 24 kbit/s are 12 kB.
        assert!((8_000..18_000).contains(&bytes.len()), "{}", bytes.len());
        for packet in &file.packets {
            assert_eq!(packet::samples_48k(packet).unwrap(), 960);
        }
        let decoded = decoded(&file);
        let every_second: Vec<f32> = decoded.iter().copied().step_by(TICKS).collect();
        let alike = correlation(&every_second, &sound.samples);
        assert!(alike > 0.97, "{alike}");
        assert_eq!(encode(&sound, &comments).unwrap(), bytes);
    }

    #[test]
    fn a_comment_has_a_name() {
        for name in ["", "A=B", "标签"] {
            let error = encode(&voice(100), &[(name, "x")]).unwrap_err();
            assert!(matches!(error, OpusFileError::Comment(_)), "{name}");
        }
    }

    #[test]
    fn a_damaged_file_is_refused_and_a_short_one_read() {
        let bytes = encode(&voice(RATE * 3), &[]).unwrap();
        assert!(read(b"").is_err());
        assert!(read(&bytes[..40]).is_err());
        let mut damaged = bytes.clone();
        let middle = damaged.len() / 2;
        damaged[middle] ^= 0x55;
        assert!(read(&damaged).is_err());
        let mut silent = voice(0);
        silent.marks.clear();
        let empty = read(&encode(&silent, &[]).unwrap()).unwrap();
        assert_eq!((empty.milliseconds, empty.marks.len()), (0, 0));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn any_length_is_kept(length in 0_usize..30_000) {
            let sound = voice(length);
            let file = read(&encode(&sound, &[]).unwrap()).unwrap();
            prop_assert_eq!(file.milliseconds, sound.milliseconds());
        }

        #[test]
        fn no_bytes_panic(junk in prop::collection::vec(any::<u8>(), 0..400), keep in 0_usize..3000) {
            let _ = read(&junk);
            let mut bytes = encode(&voice(9_000), &[]).unwrap();
            bytes.truncate(keep);
            bytes.extend(junk);
            let _ = read(&bytes);
        }
    }
}
