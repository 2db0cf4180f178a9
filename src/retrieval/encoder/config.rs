//! `config.json` of a BERT-family model.

use super::error::EncoderError;
use std::path::Path;

/// Widths must be multiples of this, so that every panel of a packed matrix is
/// full whatever the processor's vector length. All published BERT models are.
const WIDTH_STEP: usize = 32;

/// The fields of `config.json` that the computation depends on, named as there.
#[derive(Clone, Debug, serde::Deserialize)]
pub(super) struct Config {
    pub model_type: String,
    pub hidden_size: usize,
    pub intermediate_size: usize,
    pub num_hidden_layers: usize,
    pub num_attention_heads: usize,
    pub max_position_embeddings: usize,
    pub type_vocab_size: usize,
    pub vocab_size: usize,
    pub layer_norm_eps: f32,
    pub hidden_act: String,
    #[serde(default)]
    pub position_embedding_type: Option<String>,
    #[serde(default)]
    pub tokenizer_class: Option<String>,
}

impl Config {
    /// Reads and checks it.
    ///
    /// # Errors
    /// When the file is missing or no JSON object of this form, and when it
    /// describes a model that is not BERT with absolute positions and GELU.
    pub fn read(path: &Path) -> Result<Self, EncoderError> {
        let text = std::fs::read(path).map_err(|e| EncoderError::io(path, e))?;
        let config: Self = serde_json::from_slice(&text)
            .map_err(|e| EncoderError::damaged(path, e.to_string()))?;
        match config.unsupported() {
            Some(what) => Err(EncoderError::unknown(path, what)),
            None => Ok(config),
        }
    }

    fn unsupported(&self) -> Option<String> {
        let positions = self.position_embedding_type.as_deref();
        let named = |field: &str, value: &str| Some(format!("{field} = {value}"));
        let numbered = |field: &str, value: usize| Some(format!("{field} = {value}"));
        if self.model_type != "bert" {
            named("model_type", &self.model_type)
        } else if self.hidden_act != "gelu" {
            named("hidden_act", &self.hidden_act)
        } else if let Some(other) = positions.filter(|p| *p != "absolute") {
            named("position_embedding_type", other)
        } else if self.hidden_size == 0 || !self.hidden_size.is_multiple_of(WIDTH_STEP) {
            numbered("hidden_size", self.hidden_size)
        } else if self.intermediate_size == 0 || !self.intermediate_size.is_multiple_of(WIDTH_STEP)
        {
            numbered("intermediate_size", self.intermediate_size)
        } else if self.num_attention_heads == 0
            || !self.hidden_size.is_multiple_of(self.num_attention_heads)
        {
            numbered("num_attention_heads", self.num_attention_heads)
        } else if self.num_hidden_layers == 0 {
            numbered("num_hidden_layers", self.num_hidden_layers)
        } else if self.max_position_embeddings < 8 {
            // Prefix and ends alone need six.
            numbered("max_position_embeddings", self.max_position_embeddings)
        } else if self.type_vocab_size == 0 {
            numbered("type_vocab_size", self.type_vocab_size)
        } else if !(self.layer_norm_eps > 0.0 && self.layer_norm_eps < 1.0) {
            Some(format!("layer_norm_eps = {}", self.layer_norm_eps))
        } else {
            None
        }
    }
}
