//! Text as a unit vector: what two sentences mean, compared by a dot product.

/// Turns a text into a unit vector.
pub trait Encoder: Send + Sync {
    /// What it is called: `multilingual-e5-small-zh`.
    fn name(&self) -> &str;
    /// A stable hash of everything that a vector depends on, in hex.
    fn fingerprint(&self) -> &str;
    /// How many numbers a vector has.
    fn dimensions(&self) -> usize;
    /// The vector of a text, of unit length.
    fn encode(&self, text: &str) -> Vec<f32>;
    /// The vectors of many texts, in order.
    fn encode_many(&self, texts: &[&str]) -> Vec<Vec<f32>> {
        texts.iter().map(|text| self.encode(text)).collect()
    }
}
