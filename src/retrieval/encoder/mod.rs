//! Sentences as unit vectors: near in meaning is near in angle.
//!
//! The forward pass is written here, over `pulp`'s portable vector
//! instructions, because no library was as fast on one short question. The
//! matrix products of multilingual-e5-small for 16 tokens, one core with AVX2:
//! `gemm` 34 ms, `matrixmultiply` 20, `rten-gemm` prepacked 17 (all with 85 MB
//! of `f32` weights), this 11 (43 MB; `linear` says why). The whole model, a
//! question: candle 38 ms, 155 MB, 4 min 46 s to build; rten 25 ms, 130 MB,
//! 69 s, needs an ONNX graph; this, on a busy machine, 10 ms (99 of 100 below
//! 16), 95 MB, 91 s, 4 MB in the executable, all with the tokenizer. Many
//! texts: 108 a second and thread. Without AVX2 a question takes 64 ms.

mod attention;
mod bert;
mod config;
mod elementwise;
mod error;
mod linear;
mod pieces;
mod sentence;
mod similarity;
mod vectors;
mod weights;

pub use error::EncoderError;
pub use sentence::SentenceEncoder;
pub use similarity::cosine;
pub use vectors::VectorCache;

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
