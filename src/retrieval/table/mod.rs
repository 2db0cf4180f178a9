//! The table: an encoder of our own that costs a microsecond.
//!
//! A text's vector is the sum of a row for each run of one to three characters
//! in it. The rows are fitted in closed form so that common words and the
//! knowledge base's phrasings get nearly the vectors that a sentence encoder, the
//! teacher, gives them. On short public questions it keeps about two thirds of
//! what the teacher adds; it does nothing for long messages, and it must know the
//! phrasings: fitted to words alone it is below plain search.

mod file;
mod fit;
mod projection;

pub use file::TableError;
pub use fit::{TEACHER_WORDS, fit_table};
pub use projection::Projection;

use super::Encoder;
use crate::text::gram::{Gram, pairs, triples};
use rustc_hash::FxHashMap;

/// How many numbers a vector of the table has. 96 of the teacher's 384 cost 0.6
/// to 3 points of hit@1 and save three quarters of the size.
pub const DIMENSIONS: usize = 96;

/// Marks the beginning and the end of a text.
const BEGIN: char = '\u{2}';
const END: char = '\u{3}';

/// Rows of numbers for runs of characters.
pub struct Table {
    /// What it was fitted to: a hash of the phrasings, in hex.
    content: String,
    fingerprint: String,
    numbers: FxHashMap<Gram, u32>,
    /// [`DIMENSIONS`] for each run.
    rows: Vec<i8>,
    /// What a row's numbers are multiplied by.
    scales: Vec<f32>,
}

/// The runs of a text, with its ends.
fn runs(text: &str) -> Vec<Gram> {
    let inner = text.chars().filter(|c| !c.is_whitespace());
    let letters: Vec<char> = [BEGIN].into_iter().chain(inner).chain([END]).collect();
    let mut runs: Vec<Gram> = letters[1..letters.len() - 1]
        .iter()
        .map(|c| Gram::from(u32::from(*c)))
        .collect();
    runs.extend(pairs(&letters));
    runs.extend(triples(&letters));
    runs
}

/// Each run once, with how much it counts: 1 + ln of how often it occurs.
fn counted(text: &str) -> Vec<(Gram, f32)> {
    let mut runs = runs(text);
    runs.sort_unstable();
    #[expect(clippy::cast_precision_loss, reason = "texts are short")]
    let weight = |same: &[Gram]| (same[0], 1.0 + (same.len() as f32).ln());
    runs.chunk_by(|a, b| a == b).map(weight).collect()
}

/// A hash of phrasings, in hex.
fn content(phrasings: &[String]) -> String {
    use sha2::{Digest, Sha256};
    let mut hash = Sha256::new();
    for phrasing in phrasings {
        hash.update(phrasing);
        hash.update([0]);
    }
    let bytes = hash.finalize();
    bytes[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

impl Table {
    /// Whether it was fitted to these phrasings by that teacher.
    pub fn is_of(&self, teacher: &str, phrasings: &[String]) -> bool {
        self.fingerprint == table_fingerprint(teacher) && self.content == content(phrasings)
    }

    /// Bytes of its rows.
    pub fn size(&self) -> usize {
        self.rows.len() + self.scales.len() * 12
    }
}

/// What a table's weights of the decision are bound to: any table of the same
/// teacher has cosines on the same scale.
pub fn table_fingerprint(teacher: &str) -> String {
    format!("table-{DIMENSIONS}-{teacher}")
}

impl Encoder for Table {
    fn name(&self) -> &str {
        "table"
    }

    fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    fn dimensions(&self) -> usize {
        DIMENSIONS
    }

    fn encode(&self, text: &str) -> Vec<f32> {
        let mut vector = vec![0.0; DIMENSIONS];
        for (run, weight) in counted(text) {
            let Some(number) = self.numbers.get(&run) else {
                continue;
            };
            let at = *number as usize;
            let scale = self.scales[at] * weight;
            let row = &self.rows[at * DIMENSIONS..(at + 1) * DIMENSIONS];
            for (sum, value) in vector.iter_mut().zip(row) {
                *sum += f32::from(*value) * scale;
            }
        }
        normalise(&mut vector);
        vector
    }
}

/// To unit length; what has no length stays as it is.
fn normalise(vector: &mut [f32]) {
    let length = vector.iter().map(|v| v * v).sum::<f32>().sqrt();
    if length > 0.0 {
        for value in vector {
            *value /= length;
        }
    }
}

#[cfg(test)]
mod tests;
