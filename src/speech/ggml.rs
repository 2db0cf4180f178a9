//! Walks through a ggml model file before whisper.cpp reads it.
//!
//! whisper.cpp takes a file without weights for a model that hears nothing,
//! asks for gigabytes where a length makes no sense, and may end the process
//! over sizes that do not fit. Here nothing but lengths is read: some
//! milliseconds for 80 MB.

use std::fs::File;
use std::io::{BufReader, ErrorKind, Read};
use std::path::Path;

/// `ggml`, as the number that every file begins with.
const MAGIC: u32 = 0x6767_6d6c;
/// Longest word and longest name of a tensor, in bytes; the longest of the
/// official models have 128 and 40.
const LONGEST_WORD: u64 = 512;
const LONGEST_NAME: u64 = 128;

/// What is wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is not there.
    Missing,
    /// It cannot be read.
    Unreadable,
    /// It is something else, or damaged.
    Foreign,
    /// It is cut off.
    Short,
}

/// Weights a block and bytes a block of the types that whisper.cpp writes, by
/// their number.
const TYPES: [(u64, u64, u64); 14] = [
    (0, 1, 4),
    (1, 1, 2),
    (2, 32, 18),
    (3, 32, 20),
    (6, 32, 22),
    (7, 32, 24),
    (8, 32, 34),
    (10, 256, 84),
    (11, 256, 110),
    (12, 256, 144),
    (13, 256, 176),
    (14, 256, 210),
    (15, 256, 292),
    (30, 1, 2),
];

struct Walk {
    file: BufReader<File>,
    at: u64,
    length: u64,
}

impl Walk {
    fn open(path: &Path) -> Result<Self, Fault> {
        let file = File::open(path).map_err(|e| match e.kind() {
            ErrorKind::NotFound => Fault::Missing,
            _ => Fault::Unreadable,
        })?;
        let length = file.metadata().map_err(|_| Fault::Unreadable)?.len();
        Ok(Self {
            file: BufReader::new(file),
            at: 0,
            length,
        })
    }

    fn number(&mut self) -> Result<u64, Fault> {
        let mut bytes = [0; 4];
        self.file
            .read_exact(&mut bytes)
            .map_err(|e| match e.kind() {
                ErrorKind::UnexpectedEof => Fault::Short,
                _ => Fault::Unreadable,
            })?;
        self.at += 4;
        Ok(u64::from(u32::from_le_bytes(bytes)))
    }

    /// As [`number`](Self::number), at most `most`.
    fn within(&mut self, most: u64) -> Result<u64, Fault> {
        let number = self.number()?;
        (number <= most).then_some(number).ok_or(Fault::Foreign)
    }

    fn skip(&mut self, bytes: u64) -> Result<(), Fault> {
        if bytes > self.length - self.at {
            return Err(Fault::Short);
        }
        let offset = i64::try_from(bytes).map_err(|_| Fault::Foreign)?;
        self.file
            .seek_relative(offset)
            .map_err(|_| Fault::Unreadable)?;
        self.at += bytes;
        Ok(())
    }

    fn tensor(&mut self) -> Result<(), Fault> {
        let dimensions = self.within(4)?;
        let name = self.within(LONGEST_NAME)?;
        let kind = self.number()?;
        let (_, weights, bytes) = TYPES
            .into_iter()
            .find(|t| t.0 == kind)
            .ok_or(Fault::Foreign)?;
        let mut count = 1_u64;
        for _ in 0..dimensions {
            // The largest is the vocabulary.
            count *= self.within(100_000)?;
        }
        self.skip(name)?;
        if !count.is_multiple_of(weights) {
            return Err(Fault::Foreign);
        }
        self.skip(count / weights * bytes)
    }
}

/// Looks at a file that should hold a Whisper model.
pub(super) fn check(path: &Path) -> Result<(), Fault> {
    let mut walk = Walk::open(path)?;
    let mut head = [0; 12];
    for number in &mut head {
        // Too short for a head is no model at all.
        *number = walk.number().map_err(|fault| match fault {
            Fault::Short => Fault::Foreign,
            other => other,
        })?;
    }
    let [magic, vocabulary, positions, state, _, audio_layers, ..] = head;
    let [.., text_state, _, text_layers, mels, _] = head;
    let sane = magic == u64::from(MAGIC)
        && (1..60_000).contains(&vocabulary)
        && positions == 1500
        && (64..=4096).contains(&state)
        && text_state == state
        && (1..=64).contains(&audio_layers)
        && (1..=64).contains(&text_layers)
        && (mels == 80 || mels == 128);
    if !sane {
        return Err(Fault::Foreign);
    }
    let filters = walk.within(128)? * walk.within(4096)?;
    walk.skip(filters * 4)?;
    for _ in 0..walk.within(vocabulary)? {
        let length = walk.within(LONGEST_WORD)?;
        walk.skip(length)?;
    }
    let mut tensors = 0;
    while walk.at < walk.length {
        walk.tensor()?;
        tensors += 1;
    }
    // Those of both halves, of their layers, and of what is before and after.
    if tensors < 11 + 15 * audio_layers + 24 * text_layers {
        return Err(Fault::Short);
    }
    Ok(())
}

/// Looks at a file that should hold a voice detector.
pub(super) fn check_voice(path: &Path) -> Result<(), Fault> {
    match Walk::open(path)?.number() {
        Ok(magic) if magic == u64::from(MAGIC) => Ok(()),
        Err(Fault::Unreadable) => Err(Fault::Unreadable),
        _ => Err(Fault::Foreign),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A model of one layer a half: 50 tensors.
    fn model() -> Vec<u8> {
        let head = [MAGIC, 2, 1500, 64, 1, 1, 448, 64, 1, 1, 80, 7];
        let mut bytes: Vec<u8> = head.iter().flat_map(|n| n.to_le_bytes()).collect();
        let mut numbers = |list: &[u32]| {
            bytes.extend(list.iter().flat_map(|n| n.to_le_bytes()));
        };
        // Filters of 1 by 2, and two words of four bytes.
        numbers(&[1, 2, 0, 0]);
        numbers(&[2, 4, 0, 4, 0]);
        for _ in 0..50 {
            // Eight float weights, called abcd.
            numbers(&[1, 4, 0, 8, u32::from_le_bytes(*b"abcd")]);
            numbers(&[0; 8]);
        }
        bytes
    }

    fn checked(bytes: &[u8]) -> Result<(), Fault> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        check(file.path())
    }

    #[test]
    fn a_model_is_told_from_what_is_none() {
        let whole = model();
        let with = |at: usize, value: u32| {
            let mut bytes = whole.clone();
            bytes[at * 4..at * 4 + 4].copy_from_slice(&value.to_le_bytes());
            bytes
        };
        assert_eq!(checked(&whole), Ok(()));
        for (bytes, wanted) in [
            (whole[..whole.len() - 1].to_vec(), Fault::Short),
            (whole[..whole.len() / 2].to_vec(), Fault::Short),
            // Everything but the weights.
            (whole[..21 * 4].to_vec(), Fault::Short),
            (whole[..60].to_vec(), Fault::Short),
            (whole[..20].to_vec(), Fault::Foreign),
            (Vec::new(), Fault::Foreign),
            (b"<html>404 not found".to_vec(), Fault::Foreign),
            (with(0, 0x4655_4747), Fault::Foreign),
            (with(3, u32::MAX), Fault::Foreign),
            (with(9, 0), Fault::Foreign),
            // A length in the vocabulary, a type and a size of a tensor.
            (with(17, 0xa5a5_a5a5), Fault::Foreign),
            (with(23, 99), Fault::Foreign),
            (with(24, 0xa5a5_a5a5), Fault::Foreign),
        ] {
            assert_eq!(checked(&bytes), Err(wanted), "{} bytes", bytes.len());
        }
        assert_eq!(check(Path::new("no/such/file")), Err(Fault::Missing));
    }

    #[test]
    fn a_voice_detector_begins_as_all_of_them() {
        for (bytes, wanted) in [
            (&MAGIC.to_le_bytes()[..], Ok(())),
            (b"RIFF", Err(Fault::Foreign)),
            (b"", Err(Fault::Foreign)),
        ] {
            let file = tempfile::NamedTempFile::new().unwrap();
            std::fs::write(file.path(), bytes).unwrap();
            assert_eq!(check_voice(file.path()), wanted);
        }
    }
}
