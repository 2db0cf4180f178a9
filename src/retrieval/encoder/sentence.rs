//! A BERT-family sentence encoder from a model folder.

use super::Encoder;
use super::bert::Bert;
use super::config::Config;
use super::error::EncoderError;
use super::pieces::{Pieces, Pooling};
use super::similarity::dot;
use super::weights::Weights;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::fs::File;
use std::io;
use std::path::Path;

/// Part of every fingerprint; to be changed when the same files shall give
/// other vectors.
const REVISION: &str = "sentence encoder 2";

/// Tokens that are computed at once. More share the reading of the weights;
/// too many do not fit the processor's cache.
const BATCH: usize = 96;

/// A BERT-family model that makes a unit vector of a sentence.
///
/// Reads the usual layout: `config.json`, `tokenizer.json`,
/// `model.safetensors` (float16 or float32). multilingual-e5 and bge are told
/// apart by their tokenizers, which decides prefix and pooling; text beyond
/// 128 tokens does not count.
pub struct SentenceEncoder {
    name: String,
    fingerprint: String,
    pub(super) pieces: Pieces,
    model: Bert,
}

impl SentenceEncoder {
    /// Loads the model of a folder; the folder's name becomes its name.
    ///
    /// # Errors
    /// When a file is missing or damaged, the files do not belong together, or
    /// the model is none of the supported kind.
    pub fn load(dir: &Path) -> Result<Self, EncoderError> {
        let at = |file: &str| dir.join(file);
        let config = Config::read(&at("config.json"))?;
        let (tokenizer, safetensors) = (at("tokenizer.json"), at("model.safetensors"));
        let pieces = Pieces::load(&tokenizer, &config)?;
        let model = Bert::load(&mut Weights::open(&safetensors)?, &config)?;
        if pieces.count() > model.vocabulary() {
            return Err(EncoderError::VocabularyMismatch {
                path: tokenizer,
                pieces: pieces.count(),
                rows: model.vocabulary(),
            });
        }
        let mut hash = Sha256::new();
        hash.update(format!("{REVISION}\n"));
        pieces.hash(&mut hash);
        File::open(&safetensors)
            .and_then(|mut file| io::copy(&mut file, &mut hash))
            .map_err(|e| EncoderError::io(&safetensors, e))?;
        let fingerprint = hash.finalize()[..16]
            .iter()
            .fold(String::new(), |mut hex, byte| {
                // Writing to a string does not fail.
                let _ = write!(hex, "{byte:02x}");
                hex
            });
        let name = dir.file_name().unwrap_or(dir.as_os_str());
        let encoder = Self {
            name: name.to_string_lossy().into_owned(),
            fingerprint,
            pieces,
            model,
        };
        // Finite weights may still be noise that overflows.
        if encoder.encode("物业费怎么交").iter().all(|v| *v == 0.0) {
            return Err(EncoderError::damaged(&safetensors, "算不出向量"));
        }
        Ok(encoder)
    }

    /// Vectors of texts whose ids are given, computed together; zeros of a text
    /// without any.
    pub(super) fn batch(&self, texts: &[Vec<u32>]) -> Vec<Vec<f32>> {
        let width = self.model.width();
        let rows = self.model.forward(texts);
        let mut rest = rows.as_slice();
        let mut vectors = Vec::with_capacity(texts.len());
        for ids in texts {
            let (own, others) = rest.split_at(ids.len() * width);
            rest = others;
            vectors.push(unit(self.pool(own)));
        }
        vectors
    }

    fn pool(&self, rows: &[f32]) -> Vec<f32> {
        let mut sum = vec![0.0; self.model.width()];
        let rows = rows.chunks_exact(sum.len());
        let count = match self.pieces.pooling() {
            // Divided out by the length, so the sum does for the mean.
            Pooling::Mean => rows.len(),
            Pooling::First => 1,
        };
        for row in rows.take(count) {
            for (sum, value) in sum.iter_mut().zip(row) {
                *sum += value;
            }
        }
        sum
    }
}

impl Encoder for SentenceEncoder {
    fn name(&self) -> &str {
        &self.name
    }

    fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    fn dimensions(&self) -> usize {
        self.model.width()
    }

    fn encode(&self, text: &str) -> Vec<f32> {
        self.batch(&[self.pieces.ids(text)]).swap_remove(0)
    }

    fn encode_many(&self, texts: &[&str]) -> Vec<Vec<f32>> {
        let mut vectors = Vec::with_capacity(texts.len());
        let (mut waiting, mut tokens) = (Vec::new(), 0);
        for text in texts {
            let ids = self.pieces.ids(text);
            if tokens + ids.len() > BATCH && tokens > 0 {
                vectors.extend(self.batch(&waiting));
                waiting.clear();
                tokens = 0;
            }
            tokens += ids.len();
            waiting.push(ids);
        }
        vectors.extend(self.batch(&waiting));
        vectors
    }
}

/// The vector at length one; all zeros when it has no direction or is not
/// finite.
fn unit(mut vector: Vec<f32>) -> Vec<f32> {
    let length = dot(&vector, &vector).sqrt();
    let factor = match length.is_normal() {
        true => 1.0 / length,
        false => {
            vector.fill(0.0);
            0.0
        }
    };
    for value in &mut vector {
        *value *= factor;
    }
    vector
}
