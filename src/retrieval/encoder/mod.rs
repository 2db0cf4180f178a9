//! Sentences as unit vectors: near in meaning is near in angle.

mod attention;
mod bert;
mod config;
mod elementwise;
mod error;
mod linear;
mod pieces;
mod sentence;
mod similarity;
mod weights;

pub use error::EncoderError;
pub use sentence::SentenceEncoder;
pub use similarity::cosine;

/// Makes a vector of a text.
///
/// Cosines of different encoders live on different scales: never compare
/// vectors, nor thresholds on them, across fingerprints.
pub trait Encoder: Send + Sync {
    /// What admins know it by.
    fn name(&self) -> &str;

    /// Hex digits that change whenever the same text might get another vector:
    /// a hash of weights and tokenizer.
    fn fingerprint(&self) -> &str;

    /// Length of every vector.
    fn dimensions(&self) -> usize;

    /// The unit vector of a text; equal texts get equal vectors. An empty text
    /// has one too. All zeros, which is like nothing, only when the text cannot
    /// be computed.
    fn encode(&self, text: &str) -> Vec<f32>;

    /// The vectors of many texts, in their order, equal to those of
    /// [`Self::encode`].
    fn encode_many(&self, texts: &[&str]) -> Vec<Vec<f32>> {
        texts.iter().map(|text| self.encode(text)).collect()
    }
}

#[cfg(test)]
mod tests;
