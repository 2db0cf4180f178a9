//! Audio files as samples: WAV, FLAC, MP3 and OGG (Vorbis or Opus), of any rate and
//! number of channels.

use super::{SAMPLE_RATE, opus_audio};
use rubato::audioadapter::Adapter;
use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Resampler};
use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::Path;
use symphonia::core::codecs::audio::AudioDecoderOptions;
use symphonia::core::errors::Error;
use symphonia::core::formats::TrackType;
use symphonia::core::formats::probe::Hint;
use symphonia::core::io::{MediaSource, MediaSourceStream};

/// Longest file, in seconds: an hour of 16 kHz is 230 MB.
const LONGEST: usize = 3600;

/// Reads a file: mono, 16 kHz, -1 to 1. A file that is cut off gives what is
/// there.
///
/// # Errors
/// In Chinese: what is wrong with the file.
pub fn read_audio(path: &Path) -> Result<Vec<f32>, String> {
    let shown = path.display();
    let file = File::open(path).map_err(|e| format!("读不了 {shown}：{e}"))?;
    let extension = path.extension().and_then(|e| e.to_str());
    let decoded = if is_opus(&file) {
        opus_audio::decode(BufReader::new(file), LONGEST).map(|mono| (mono, SAMPLE_RATE))
    } else {
        decode(Box::new(file), extension, LONGEST)
    };
    let (mono, rate) = decoded.map_err(|fault| match fault {
        Fault::Foreign => {
            format!("{shown} 不是可以识别的音频文件（支持 WAV、FLAC、MP3、OGG）。")
        }
        Fault::Long => format!("{shown} 太长了，最多一小时。"),
        Fault::Silent => format!("{shown} 里没有声音，文件可能不完整。"),
    })?;
    resampled(mono, rate, SAMPLE_RATE).ok_or_else(|| format!("{shown} 的采样率 {rate} 不能用。"))
}

/// Looks at the beginning of a file, and goes back there.
fn is_opus(mut file: &File) -> bool {
    let mut beginning = Vec::new();
    let read = file
        .take(opus_audio::BEGINNING as u64)
        .read_to_end(&mut beginning);
    read.is_ok() && file.rewind().is_ok() && opus_audio::is_opus(&beginning)
}

/// Why nothing came out of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// No kind of file that is known here.
    Foreign,
    /// Longer than is allowed.
    Long,
    /// No samples at all.
    Silent,
}

/// The samples of a file of at most `longest` seconds, mono, and how many there
/// are in a second. What comes before a fault is given.
///
/// # Errors
/// When there are none, or too many.
pub(super) fn decode(
    source: Box<dyn MediaSource>,
    extension: Option<&str>,
    longest: usize,
) -> Result<(Vec<f32>, usize), Fault> {
    let source = MediaSourceStream::new(source, Default::default());
    let mut hint = Hint::new();
    if let Some(extension) = extension {
        hint.with_extension(extension);
    }
    let mut format = symphonia::default::get_probe()
        .probe(&hint, source, Default::default(), Default::default())
        .map_err(|_| Fault::Foreign)?;
    let track = format
        .default_track(TrackType::Audio)
        .ok_or(Fault::Foreign)?;
    let id = track.id;
    let parameters = track
        .codec_params
        .as_ref()
        .and_then(|p| p.audio())
        .ok_or(Fault::Foreign)?;
    let mut decoder = symphonia::default::get_codecs()
        .make_audio_decoder(parameters, &AudioDecoderOptions::default())
        .map_err(|_| Fault::Foreign)?;

    let (mut mono, mut rate, mut interleaved) = (Vec::new(), 0_usize, Vec::<f32>::new());
    loop {
        let packet = match format.next_packet() {
            Ok(Some(packet)) if packet.track_id == id => packet,
            Ok(Some(_)) => continue,
            // Some readers tell the end, and a file that is cut off, so.
            Ok(None) | Err(_) => break,
        };
        match decoder.decode(&packet) {
            Ok(decoded) => {
                let channels = decoded.spec().channels().count().max(1);
                rate = usize::try_from(decoded.spec().rate()).unwrap_or(0);
                decoded.copy_to_vec_interleaved(&mut interleaved);
                mono.extend(interleaved.chunks_exact(channels).map(mean));
            }
            Err(Error::DecodeError(_)) => {}
            Err(_) => break,
        }
        if mono.len() > longest * rate.max(1) {
            return Err(Fault::Long);
        }
    }
    if mono.is_empty() {
        return Err(Fault::Silent);
    }
    Ok((mono, rate))
}

/// A WAV file that was written without knowing how long it would be, to a pipe or
/// a socket: its lengths are put right. Others stay as they are.
pub(super) fn with_length(mut wav: Vec<u8>) -> Vec<u8> {
    let all = u32::try_from(wav.len()).unwrap_or(0);
    if all > 44 && wav.starts_with(b"RIFF") && &wav[36..40] == b"data" {
        wav[4..8].copy_from_slice(&(all - 8).to_le_bytes());
        wav[40..44].copy_from_slice(&(all - 44).to_le_bytes());
    }
    wav
}

fn mean(channels: &[f32]) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a handful of channels")]
    let count = channels.len() as f32;
    (channels.iter().sum::<f32>() / count).clamp(-1.0, 1.0)
}

/// The same sound at another rate; nothing for rates that cannot be.
pub(super) fn resampled(mono: Vec<f32>, rate: usize, wanted: usize) -> Option<Vec<f32>> {
    if rate == wanted {
        return Some(mono);
    }
    let mut resampler = Fft::<f32>::new(rate, wanted, 1024, 1, FixedSync::Both).ok()?;
    let input = InterleavedSlice::new(&mono, 1, mono.len()).ok()?;
    let output = resampler.process_all(&input, mono.len(), None).ok()?;
    let samples = (0..output.frames()).filter_map(|i| output.read_sample(0, i));
    Some(samples.map(|s| s.clamp(-1.0, 1.0)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A WAV file of a tone of 440 Hz, one second.
    fn tone(rate: u32, channels: u16) -> Vec<u8> {
        let mut data = Vec::new();
        for i in 0..rate {
            let t = f64::from(i) / f64::from(rate);
            let sample = ((t * 440.0 * std::f64::consts::TAU).sin() * 16_000.0) as i16;
            for _ in 0..channels {
                data.extend_from_slice(&sample.to_le_bytes());
            }
        }
        let length = data.len() as u32;
        let mut wav = Vec::new();
        wav.extend_from_slice(b"RIFF");
        wav.extend_from_slice(&(36 + length).to_le_bytes());
        wav.extend_from_slice(b"WAVEfmt \x10\0\0\0\x01\0");
        wav.extend_from_slice(&channels.to_le_bytes());
        wav.extend_from_slice(&rate.to_le_bytes());
        wav.extend_from_slice(&(rate * 2 * u32::from(channels)).to_le_bytes());
        wav.extend_from_slice(&(2 * channels).to_le_bytes());
        wav.extend_from_slice(b"\x10\0data");
        wav.extend_from_slice(&length.to_le_bytes());
        wav.extend_from_slice(&data);
        wav
    }

    fn read(bytes: &[u8]) -> Result<Vec<f32>, String> {
        let file = tempfile::Builder::new().suffix(".wav").tempfile().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        read_audio(file.path())
    }

    /// Zero crossings upwards.
    fn pitch(samples: &[f32]) -> usize {
        samples
            .windows(2)
            .filter(|w| w[0] < 0.0 && w[1] >= 0.0)
            .count()
    }

    #[test]
    fn any_rate_and_channels_become_sixteen_kilohertz() {
        for (rate, channels) in [(16_000, 1), (44_100, 2), (48_000, 1), (8_000, 1)] {
            let samples = read(&tone(rate, channels)).unwrap();
            let off = samples.len().abs_diff(SAMPLE_RATE);
            assert!(off <= 16, "{rate}: {} samples", samples.len());
            assert!(
                pitch(&samples).abs_diff(440) <= 2,
                "{rate}: {}",
                pitch(&samples)
            );
            let loudest = samples.iter().fold(0.0_f32, |a, s| a.max(s.abs()));
            assert!((0.45..0.55).contains(&loudest), "{rate}: {loudest}");
        }
    }

    #[test]
    fn a_file_that_is_cut_off_gives_what_is_there() {
        let whole = tone(16_000, 1);
        let half = read(&whole[..whole.len() / 2]).unwrap();
        assert!((7_000..=8_000).contains(&half.len()), "{}", half.len());
        assert!(read(&whole[..20]).unwrap_err().contains("不是可以识别"));
        assert!(read(b"hello").unwrap_err().contains("WAV"));
        assert!(
            read_audio(Path::new("no/such.wav"))
                .unwrap_err()
                .contains("读不了")
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn no_file_panics(head in 0_usize..60, junk in prop::collection::vec(any::<u8>(), 0..300)) {
            let mut bytes = tone(8_000, 1);
            bytes.truncate(head);
            bytes.extend(junk);
            let _ = read(&bytes);
        }
    }
}
