//! A voice: a row of values for each length of text.

use super::KokoroError;
use super::groups::MOST;
use std::path::Path;

/// Values of a row.
pub(super) const WIDTH: usize = 256;

/// One voice.
pub(super) struct Style {
    name: String,
    /// [`MOST`] rows.
    values: Vec<f32>,
}

impl Style {
    /// Reads `NAME.bin`: float32, little-endian, 510 × 1 × 256.
    ///
    /// # Errors
    /// When the name is no plain name, or the file not such a one.
    pub(super) fn read(folder: &Path, name: &str) -> Result<Self, KokoroError> {
        let path = folder.join(format!("{name}.bin"));
        let fault = |what: String| KokoroError::Voice {
            path: path.clone(),
            what,
        };
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if name.is_empty() || !name.chars().all(is_plain) {
            return Err(fault("not a name".to_owned()));
        }
        let bytes = std::fs::read(&path).map_err(|error| fault(error.to_string()))?;
        let (values, rest) = bytes.as_chunks::<4>();
        let values: Vec<f32> = values.iter().map(|b| f32::from_le_bytes(*b)).collect();
        if values.len() != MOST * WIDTH || !rest.is_empty() {
            return Err(fault(format!("{} bytes", bytes.len())));
        }
        if !values.iter().all(|value| value.is_finite()) {
            return Err(fault("not numbers".to_owned()));
        }
        Ok(Self {
            name: name.to_owned(),
            values,
        })
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The row for so many phonemes: it is counted without the padding, from 1.
    pub(super) fn row(&self, phonemes: usize) -> &[f32] {
        let at = phonemes.clamp(1, MOST) - 1;
        &self.values[at * WIDTH..][..WIDTH]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_that_of_the_length() {
        let folder = tempfile::tempdir().unwrap();
        let values = (0..MOST).flat_map(|row| [row as f32; WIDTH]);
        let bytes: Vec<u8> = values.flat_map(f32::to_le_bytes).collect();
        std::fs::write(folder.path().join("one.bin"), &bytes).unwrap();
        std::fs::write(folder.path().join("short.bin"), &bytes[4..]).unwrap();
        let style = Style::read(folder.path(), "one").unwrap();
        for (phonemes, row) in [(0, 0.0), (1, 0.0), (2, 1.0), (510, 509.0), (600, 509.0)] {
            assert_eq!(style.row(phonemes), [row; WIDTH]);
        }
        for name in ["short", "absent", "../one", ""] {
            assert!(Style::read(folder.path(), name).is_err(), "{name}");
        }
    }
}
