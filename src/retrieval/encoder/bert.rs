//! The encoder of BERT (Devlin et al., 2019): embeddings, then layers of
//! attention and a feed-forward part, each added to its input and normalised.
//!
//! Texts are not padded: the tokens of all texts of a batch are the rows of one
//! matrix, and only attention looks at where one text ends.

use super::attention::Attention;
use super::config::Config;
use super::elementwise::{LayerNorm, gelu};
use super::error::EncoderError;
use super::linear::Linear;
use super::weights::Weights;
use half::f16;
use half::slice::HalfFloatSliceExt;

/// A model in memory, ready to compute.
pub(super) struct Bert {
    width: usize,
    /// Word embedding, a row a piece.
    pieces: Vec<f16>,
    /// Position embedding with the embedding of the first segment added.
    positions: Vec<f32>,
    norm: LayerNorm,
    layers: Vec<Layer>,
}

struct Layer {
    /// Query, key and value in one.
    projection: Linear,
    attention: Attention,
    attention_output: Linear,
    attention_norm: LayerNorm,
    intermediate: Linear,
    output: Linear,
    output_norm: LayerNorm,
}

impl Bert {
    /// Reads and packs the tensors, named as in the usual layout.
    ///
    /// # Errors
    /// When a tensor is missing, damaged, or not of the shape that `config`
    /// asks for.
    pub fn load(weights: &mut Weights, config: &Config) -> Result<Self, EncoderError> {
        let width = config.hidden_size;
        let rows = [config.vocab_size, width];
        let pieces = weights.halves("embeddings.word_embeddings.weight", &rows)?;
        let mut positions = weights.tensor(
            "embeddings.position_embeddings.weight",
            &[config.max_position_embeddings, width],
        )?;
        let types = weights.tensor(
            "embeddings.token_type_embeddings.weight",
            &[config.type_vocab_size, width],
        )?;
        for row in positions.chunks_exact_mut(width) {
            for (value, first) in row.iter_mut().zip(&types) {
                *value += first;
            }
        }
        let norm = layer_norm(weights, config, "embeddings.LayerNorm")?;
        let layers = (0..config.num_hidden_layers)
            .map(|number| Layer::load(weights, config, number))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            width,
            pieces,
            positions,
            norm,
            layers,
        })
    }

    /// Values in a row of the result.
    pub fn width(&self) -> usize {
        self.width
    }

    /// How many pieces have an embedding.
    pub fn vocabulary(&self) -> usize {
        self.pieces.len() / self.width
    }

    /// The last layer's row for every token of every text, one after another.
    /// Ids must be below [`Self::vocabulary`], texts no longer than the
    /// model's positions.
    pub fn forward(&self, texts: &[Vec<u32>]) -> Vec<f32> {
        let lengths: Vec<usize> = texts.iter().map(Vec::len).collect();
        let size = lengths.iter().sum::<usize>() * self.width;
        let mut x = vec![0.0; size];
        let ids = texts.iter().flatten();
        for (row, id) in x.chunks_exact_mut(self.width).zip(ids) {
            let piece = &self.pieces[*id as usize * self.width..][..self.width];
            piece.convert_to_f32_slice(row);
        }
        let mut placed = Vec::with_capacity(size);
        for length in &lengths {
            placed.extend_from_slice(&self.positions[..length * self.width]);
        }
        self.norm.apply(&mut x, &placed);
        let mut y = placed;
        let (mut packed, mut wide, mut context) = (Vec::new(), Vec::new(), vec![0.0; size]);
        for layer in &self.layers {
            layer.projection.apply(&x, &mut packed, &mut wide);
            layer.attention.apply(&wide, &lengths, &mut context);
            layer.attention_output.apply(&context, &mut packed, &mut y);
            layer.attention_norm.apply(&mut y, &x);
            layer.intermediate.apply(&y, &mut packed, &mut wide);
            gelu(&mut wide);
            layer.output.apply(&wide, &mut packed, &mut x);
            layer.output_norm.apply(&mut x, &y);
        }
        x
    }
}

impl Layer {
    fn load(weights: &mut Weights, config: &Config, number: usize) -> Result<Self, EncoderError> {
        let (width, inner) = (config.hidden_size, config.intermediate_size);
        let name = |part: &str| format!("encoder.layer.{number}.{part}");
        let mut linear = |parts: &[&str], outputs: usize, inputs: usize| {
            let (mut weight, mut bias) = (Vec::new(), Vec::new());
            for part in parts {
                let shape = [outputs, inputs];
                weight.extend(weights.tensor(&name(&format!("{part}.weight")), &shape)?);
                bias.extend(weights.tensor(&name(&format!("{part}.bias")), &[outputs])?);
            }
            Ok(Linear::pack(&weight, bias, inputs))
        };
        let projections = ["query", "key", "value"].map(|p| format!("attention.self.{p}"));
        let projection = linear(&projections.each_ref().map(String::as_str), width, width)?;
        let attention_output = linear(&["attention.output.dense"], width, width)?;
        let intermediate = linear(&["intermediate.dense"], inner, width)?;
        let output = linear(&["output.dense"], width, inner)?;
        Ok(Self {
            projection,
            attention: Attention {
                width,
                heads: config.num_attention_heads,
            },
            attention_output,
            attention_norm: layer_norm(weights, config, &name("attention.output.LayerNorm"))?,
            intermediate,
            output,
            output_norm: layer_norm(weights, config, &name("output.LayerNorm"))?,
        })
    }
}

fn layer_norm(
    weights: &mut Weights,
    config: &Config,
    name: &str,
) -> Result<LayerNorm, EncoderError> {
    let width = [config.hidden_size];
    Ok(LayerNorm {
        weight: weights.tensor(&format!("{name}.weight"), &width)?,
        bias: weights.tensor(&format!("{name}.bias"), &width)?,
        epsilon: config.layer_norm_eps,
    })
}
