//! Looks at the head of a ggml model file before whisper.cpp does.
//!
//! whisper.cpp takes a file without weights for a model that hears nothing, and
//! may end the process over sizes that make no sense.

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// `ggml`, as the number that every file begins with.
const MAGIC: u32 = 0x6767_6d6c;
/// Bits a weight takes at least: those of the smallest quantisation that
/// whisper.cpp writes (`q4_0` has 4.5, `q3_k` 3.4).
const LEAST_BITS: u64 = 3;

/// What is wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is not there.
    Missing,
    /// It cannot be read.
    Unreadable,
    /// It is something else.
    Foreign,
    /// It is cut off.
    Short,
}

/// Looks at a file that should hold a Whisper model.
pub(super) fn check(path: &Path) -> Result<(), Fault> {
    let mut file = open(path)?;
    let mut head = [0_u8; 48];
    file.read_exact(&mut head).map_err(|_| Fault::Foreign)?;
    let number = |i: usize| {
        let bytes = head[i * 4..].first_chunk().copied().unwrap_or_default();
        u64::from(u32::from_le_bytes(bytes))
    };
    // Vocabulary, audio positions, state, heads and layers of the encoder; the
    // same of the decoder; mel bands.
    let [vocabulary, positions, state, _, audio_layers] = [1, 2, 3, 4, 5].map(number);
    let [text_state, text_layers, mels] = [7, 9, 10].map(number);
    let sane = number(0) == u64::from(MAGIC)
        && (50_000..60_000).contains(&vocabulary)
        && positions == 1500
        && (64..=4096).contains(&state)
        && text_state == state
        && (1..=64).contains(&audio_layers)
        && (1..=64).contains(&text_layers)
        && (mels == 80 || mels == 128);
    if !sane {
        return Err(Fault::Foreign);
    }
    // Attention and the layers after it, of both halves, and the words.
    let weights = state * state * (12 * audio_layers + 16 * text_layers) + vocabulary * state;
    let length = file.metadata().map_err(|_| Fault::Unreadable)?.len();
    if length < weights * LEAST_BITS / 8 {
        return Err(Fault::Short);
    }
    Ok(())
}

/// Looks at a file that should hold a voice detector.
pub(super) fn check_voice(path: &Path) -> Result<(), Fault> {
    let mut head = [0_u8; 4];
    open(path)?
        .read_exact(&mut head)
        .map_err(|_| Fault::Foreign)?;
    if u32::from_le_bytes(head) == MAGIC {
        Ok(())
    } else {
        Err(Fault::Foreign)
    }
}

fn open(path: &Path) -> Result<File, Fault> {
    File::open(path).map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => Fault::Missing,
        _ => Fault::Unreadable,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The head of Whisper base, `q8_0`.
    const BASE: [u32; 12] = [MAGIC, 51_865, 1500, 512, 8, 6, 448, 512, 8, 6, 80, 2007];

    fn file(head: &[u32], length: u64) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        let bytes: Vec<u8> = head.iter().flat_map(|n| n.to_le_bytes()).collect();
        std::fs::write(file.path(), bytes).unwrap();
        if length > 0 {
            file.as_file().set_len(length).unwrap();
        }
        file
    }

    #[test]
    fn a_model_is_told_from_what_is_none() {
        let with = |at: usize, value: u32| {
            let mut head = BASE;
            head[at] = value;
            head
        };
        for (head, length, wanted) in [
            (&BASE[..], 81_768_585, Ok(())),
            (&BASE, 575_451, Err(Fault::Short)),
            (&BASE, 0, Err(Fault::Short)),
            (&BASE[..3], 0, Err(Fault::Foreign)),
            (&[], 0, Err(Fault::Foreign)),
            (&with(0, 0x4655_4747), 81_768_585, Err(Fault::Foreign)),
            (&with(3, u32::MAX), 81_768_585, Err(Fault::Foreign)),
            (&with(9, 0), 81_768_585, Err(Fault::Foreign)),
        ] {
            assert_eq!(check(file(head, length).path()), wanted, "{head:?}");
        }
        assert_eq!(check(Path::new("no/such/file")), Err(Fault::Missing));
    }

    #[test]
    fn a_voice_detector_begins_as_all_of_them() {
        assert_eq!(check_voice(file(&[MAGIC, 1], 0).path()), Ok(()));
        assert_eq!(check_voice(file(&[7, 1], 0).path()), Err(Fault::Foreign));
    }
}
