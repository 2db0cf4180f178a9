//! Whisper as `CTranslate2` has it, made into the file that whisper.cpp reads,
//! with its weights in blocks of 8 bits (`q8_0`).
//!
//! `CTranslate2` has the projections of an attention one under the other, and
//! names of its own. Nothing else is different: the float16 values are
//! OpenAI's, so what comes out is the official file, byte for byte.

use super::ct2::{Halves, Variables};
use super::ggml::{self, Form, Writer};
use super::mel;
use super::problem::Problem;
use super::vocabulary;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// What the vocabulary is called in a package. The other files are the model's
/// parts, in their order.
const VOCABULARY: &str = "vocabulary.txt";

/// Weights in `q8_0`, the second version of the blocks.
const FORM: usize = 2007;

/// Writes the model.
pub(super) fn make(sources: &[PathBuf], target: &Path) -> Result<(), Problem> {
    let (words, parts): (Vec<_>, Vec<_>) = sources
        .iter()
        .map(PathBuf::as_path)
        .partition(|path| path.ends_with(VOCABULARY));
    let mut bytes = Vec::new();
    for path in &parts {
        File::open(path)
            .and_then(|mut file| file.read_to_end(&mut bytes))
            .map_err(|error| Problem::disk(path, error))?;
    }
    let broken = |what: String| Problem::unusable(&parts, what);
    let variables = Variables::read(&bytes).map_err(broken)?;
    let model = Whisper::of(&variables).map_err(broken)?;
    let mut text = String::new();
    for path in &words {
        text = std::fs::read_to_string(path).map_err(|error| Problem::disk(path, error))?;
    }
    let words = vocabulary::words(&text).map_err(|what| Problem::unusable(&words, what))?;
    model
        .write(&words, target)
        .map_err(|error| Problem::disk(target, error))
}

/// A model under OpenAI's names, in their order.
struct Whisper<'a> {
    /// Vocabulary; positions, width, heads and layers of the encoder; those of
    /// the decoder; filters.
    sizes: [usize; 10],
    tensors: Vec<(String, Halves<'a>)>,
}

impl<'a> Whisper<'a> {
    fn of(variables: &Variables<'a>) -> Result<Self, String> {
        let mut all = Collected {
            variables,
            tensors: Vec::new(),
        };
        let positions = |side: &str| format!("{side}/position_encodings/encodings");
        let written = all.add("decoder.positional_embedding", &positions("decoder"), 2)?;
        let heard = all.add("encoder.positional_embedding", &positions("encoder"), 2)?;
        let words = all.add(
            "decoder.token_embedding.weight",
            "decoder/embeddings/weight",
            2,
        )?;
        let decoder_layers = all.layers("decoder")?;
        all.norm("decoder.ln", "decoder/layer_norm")?;
        let conv = all.add("encoder.conv1.weight", "encoder/conv1/weight", 3)?;
        all.add("encoder.conv1.bias", "encoder/conv1/bias", 1)?;
        all.add("encoder.conv2.weight", "encoder/conv2/weight", 3)?;
        all.add("encoder.conv2.bias", "encoder/conv2/bias", 1)?;
        let encoder_layers = all.layers("encoder")?;
        all.norm("encoder.ln_post", "encoder/layer_norm")?;
        let sizes = [
            words[0],
            heard[0],
            conv[0],
            variables.number("encoder/num_heads")?,
            encoder_layers,
            written[0],
            words[1],
            variables.number("decoder/num_heads")?,
            decoder_layers,
            conv[1],
        ];
        let tensors = all.tensors;
        for (name, values) in &tensors {
            let width = values.shape.last().unwrap_or(&0);
            if form(name, &values.shape) == Form::Blocks && !width.is_multiple_of(ggml::BLOCK) {
                return Err(format!("{name} 的宽度 {width} 不是 {} 的倍数", ggml::BLOCK));
            }
        }
        Ok(Self { sizes, tensors })
    }

    fn write(&self, words: &[Vec<u8>], target: &Path) -> io::Result<()> {
        let mut out = Writer::create(target)?;
        let [.., filters] = self.sizes;
        out.numbers(&self.sizes)?;
        out.numbers(&[FORM, filters, mel::BINS])?;
        out.singles(mel::filters(filters).into_iter())?;
        out.numbers(&[words.len()])?;
        for word in words {
            out.counted(word)?;
        }
        for (name, values) in &self.tensors {
            let mut shape = values.shape.clone();
            let form = form(name, &shape);
            // whisper.cpp adds these to rows of frames.
            if name.contains(".conv") && name.ends_with(".bias") {
                shape.push(1);
            }
            out.tensor(name, &shape, form, values.values())?;
        }
        out.finish()
    }
}

/// whisper.cpp counts in float32 with vectors and positions, and its
/// convolutions take float16; every matrix is in blocks.
fn form(name: &str, shape: &[usize]) -> Form {
    match shape.len() {
        2 if !name.ends_with("positional_embedding") => Form::Blocks,
        3 => Form::Half,
        _ => Form::Single,
    }
}

/// What was found so far.
struct Collected<'a, 'b> {
    variables: &'b Variables<'a>,
    tensors: Vec<(String, Halves<'a>)>,
}

impl Collected<'_, '_> {
    /// Takes a variable under another name; returns its sizes.
    fn add(&mut self, to: &str, from: &str, rank: usize) -> Result<Vec<usize>, String> {
        let values = self.variables.halves(from, rank)?;
        let shape = values.shape.clone();
        self.tensors.push((to.to_owned(), values));
        Ok(shape)
    }

    fn norm(&mut self, to: &str, from: &str) -> Result<(), String> {
        self.add(&format!("{to}.weight"), &format!("{from}/gamma"), 1)?;
        self.add(&format!("{to}.bias"), &format!("{from}/beta"), 1)?;
        Ok(())
    }

    /// The layers of one half; returns how many there are.
    fn layers(&mut self, side: &str) -> Result<usize, String> {
        let mut layer = 0;
        while self
            .variables
            .has(&format!("{side}/layer_{layer}/ffn/linear_0/weight"))
        {
            let to = |part: &str| format!("{side}.blocks.{layer}.{part}");
            let from = |part: &str| format!("{side}/layer_{layer}/{part}");
            self.norm(&to("mlp_ln"), &from("ffn/layer_norm"))?;
            for (part, linear) in [("mlp.0", "ffn/linear_0"), ("mlp.2", "ffn/linear_1")] {
                let (to, from) = (to(part), from(linear));
                self.add(&format!("{to}.weight"), &format!("{from}/weight"), 2)?;
                self.add(&format!("{to}.bias"), &format!("{from}/bias"), 1)?;
            }
            let own: &[&[&str]] = &[&["query", "key", "value"], &["out"]];
            self.norm(&to("attn_ln"), &from("self_attention/layer_norm"))?;
            self.attention(&to("attn"), &from("self_attention"), own)?;
            if side == "decoder" {
                let other: &[&[&str]] = &[&["query"], &["key", "value"], &["out"]];
                self.norm(&to("cross_attn_ln"), &from("attention/layer_norm"))?;
                self.attention(&to("cross_attn"), &from("attention"), other)?;
            }
            layer += 1;
        }
        match layer {
            0 => Err(format!("{side} 一层也没有")),
            _ => Ok(layer),
        }
    }

    /// Takes apart which projections stand one under the other.
    fn attention(&mut self, to: &str, from: &str, linears: &[&[&str]]) -> Result<(), String> {
        for (nth, projections) in linears.iter().enumerate() {
            let linear = format!("{from}/linear_{nth}");
            let weight = self.variables.halves(&format!("{linear}/weight"), 2)?;
            let bias = self.variables.halves(&format!("{linear}/bias"), 1)?;
            for (at, projection) in projections.iter().enumerate() {
                let uneven = || format!("{linear} 不能分成 {} 份", projections.len());
                let [weight, bias] =
                    [&weight, &bias].map(|values| values.part(at, projections.len()));
                let (weight, bias) = weight.zip(bias).ok_or_else(uneven)?;
                self.tensors
                    .push((format!("{to}.{projection}.weight"), weight));
                if *projection != "key" {
                    self.tensors.push((format!("{to}.{projection}.bias"), bias));
                } else if bias.values().any(|value| value != 0.0) {
                    // OpenAI's keys have none; CTranslate2 writes zeros.
                    return Err(format!("{linear} 的 key 有偏置"));
                }
            }
        }
        Ok(())
    }
}
