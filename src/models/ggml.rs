//! Files in whisper.cpp's ggml layout, as its own converters write them.
//!
//! Little endian: the magic number, what the kind of model says of itself, and
//! tensors up to the end: dimensions, length of the name, type; sizes, the
//! fastest first; name; data.

use half::f16;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// `ggml`, as the number that every file begins with.
const MAGIC: u32 = 0x6767_6d6c;

/// Values that share a scale.
pub(super) const BLOCK: usize = 32;

/// How the values of a tensor are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// float32
    Single,
    /// float16
    Half,
    /// `q8_0`: blocks of a float16 scale and 32 bytes with a sign.
    Blocks,
}

/// A file that is being written.
pub(super) struct Writer(BufWriter<File>);

impl Writer {
    /// Begins a file.
    pub fn create(path: &Path) -> io::Result<Self> {
        let mut writer = Self(BufWriter::with_capacity(1 << 18, File::create(path)?));
        writer.0.write_all(&MAGIC.to_le_bytes())?;
        Ok(writer)
    }

    /// Numbers of four bytes.
    pub fn numbers(&mut self, numbers: &[usize]) -> io::Result<()> {
        for number in numbers {
            let number = u32::try_from(*number).map_err(io::Error::other)?;
            self.0.write_all(&number.to_le_bytes())?;
        }
        Ok(())
    }

    /// Numbers of four bytes with a fraction.
    pub fn singles(&mut self, values: impl Iterator<Item = f32>) -> io::Result<()> {
        for value in values {
            self.0.write_all(&value.to_le_bytes())?;
        }
        Ok(())
    }

    /// Bytes with their number before them.
    pub fn counted(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.numbers(&[bytes.len()])?;
        self.0.write_all(bytes)
    }

    /// A tensor. Sizes are given slowest first. Of [`Form::Blocks`] a row must
    /// be whole blocks.
    pub fn tensor(
        &mut self,
        name: &str,
        shape: &[usize],
        form: Form,
        mut values: impl Iterator<Item = f32>,
    ) -> io::Result<()> {
        let kind = match form {
            Form::Single => 0,
            Form::Half => 1,
            Form::Blocks => 8,
        };
        self.numbers(&[shape.len(), name.len(), kind])?;
        for size in shape.iter().rev() {
            self.numbers(&[*size])?;
        }
        self.0.write_all(name.as_bytes())?;
        match form {
            Form::Single => self.singles(values)?,
            Form::Half => {
                for value in values {
                    self.0.write_all(&f16::from_f32(value).to_le_bytes())?;
                }
            }
            Form::Blocks => {
                let count = shape.iter().product::<usize>() / BLOCK;
                for _ in 0..count {
                    let mut block = [0.0; BLOCK];
                    for (to, value) in block.iter_mut().zip(&mut values) {
                        *to = value;
                    }
                    let (scale, steps) = block_of(&block);
                    self.0.write_all(&scale.to_le_bytes())?;
                    self.0.write_all(&steps.map(i8::cast_unsigned))?;
                }
            }
        }
        Ok(())
    }

    /// Ends the file and puts it on the disk.
    pub fn finish(self) -> io::Result<()> {
        self.0.into_inner()?.sync_all()
    }
}

/// The scale, which makes the largest value 127 steps, and the steps. They are
/// counted with the scale as it was before it became a float16, halves away from zero: the
/// official files are made so.
fn block_of(values: &[f32; BLOCK]) -> (f16, [i8; BLOCK]) {
    let most = values
        .iter()
        .fold(0.0f32, |most, value| most.max(value.abs()));
    let scale = most / 127.0;
    let steps_in_one = if scale == 0.0 { 0.0 } else { 1.0 / scale };
    (
        f16::from_f32(scale),
        values.map(|value| (value * steps_in_one).round() as i8),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(values: &[f32]) -> (f32, Vec<i8>) {
        let mut block = [0.0; BLOCK];
        block[..values.len()].copy_from_slice(values);
        let (scale, steps) = block_of(&block);
        assert!(steps[values.len()..].iter().all(|step| *step == 0));
        (scale.to_f32(), steps[..values.len()].to_vec())
    }

    #[test]
    fn the_largest_of_a_block_is_127_steps() {
        for (values, scale, steps) in [
            (&[][..], 0.0, &[][..]),
            (&[127.0, -127.0, 1.0, 0.4], 1.0, &[127, -127, 1, 0]),
            // Halves go away from zero.
            (&[-127.0, 0.5, -0.5, 1.5, 2.5], 1.0, &[-127, 1, -1, 2, 3]),
            (&[63.5, 0.25, -31.75], 0.5, &[127, 1, -64]),
            (&[1.0, -1.0, 0.5], 0.007_873_535, &[127, -127, 64]),
            // The scale is too small for a float16, the steps are counted with it.
            (&[1e-8, -4e-9], 0.0, &[127, -51]),
            (&[-1e-45], 0.0, &[0]),
        ] {
            assert_eq!(first(values), (scale, steps.to_vec()), "{values:?}");
        }
    }

    #[test]
    fn a_tensor_is_its_sizes_its_name_and_its_blocks() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("model");
        let mut writer = Writer::create(&path).unwrap();
        let values = (0..128u8).map(|n| f32::from(n % 32) * 127.0 / 31.0);
        writer.tensor("ab", &[2, 64], Form::Blocks, values).unwrap();
        writer
            .tensor("c", &[1], Form::Half, [1.0].into_iter())
            .unwrap();
        writer
            .tensor("", &[], Form::Single, [1.0].into_iter())
            .unwrap();
        writer.finish().unwrap();
        let bytes = std::fs::read(path).unwrap();
        let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
        assert_eq!(&bytes[..4], b"lmgg");
        assert_eq!([4, 8, 12, 16, 20].map(number), [2, 2, 8, 64, 2]);
        assert_eq!(&bytes[24..26], b"ab");
        for block in bytes[26..26 + 4 * 34].chunks(34) {
            assert_eq!(block[..2], f16::ONE.to_le_bytes());
            assert_eq!((block[2], block[3], block[33]), (0, 4, 127));
        }
        let rest = &bytes[26 + 4 * 34..];
        assert_eq!(rest.len(), 16 + 1 + 2 + 12 + 4);
        assert_eq!(rest[17..19], f16::ONE.to_le_bytes());
        assert_eq!(rest[31..], 1.0f32.to_le_bytes());
    }
}
