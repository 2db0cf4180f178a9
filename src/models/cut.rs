//! An encoder's folder with its vocabulary cut to what Chinese questions need.

use super::json::Members;
use super::problem::Problem;
use super::tensors::{self, Source, Tensors};
use super::tokenizer::Tokenizer;
use crate::retrieval::{Encoder, SentenceEncoder, cosine};
use std::path::Path;

/// What the old and the new encoder are compared on.
const QUESTIONS: [&str; 12] = [
    "居住证怎么办理",
    "高龄津贴怎么领？",
    "医保卡丢了怎么补办",
    "物业费怎么交",
    "电梯坏了找谁",
    "楼上漏水怎么办",
    "小区里有人半夜唱歌吵得睡不着",
    "12345打不通",
    "低保要什么材料",
    "孩子上小学怎么报名",
    "老年证在哪儿办",
    "垃圾分类的时间是几点到几点",
];

/// What became of the vocabulary.
#[derive(Clone, Copy, Debug)]
pub struct Cut {
    /// Pieces before.
    pub before: usize,
    /// Pieces that stay.
    pub after: usize,
    /// Least cosine between what both encoders make of a Chinese question.
    pub likeness: f32,
}

/// Writes to `out` the encoder of `dir` with fewer pieces, its weights as
/// float16, and compares the two.
///
/// # Errors
/// When it is no BERT with a Unigram tokenizer, or a file cannot be read or
/// written.
pub fn cut(dir: &Path, out: &Path) -> Result<Cut, Problem> {
    let (before, after) = write(dir, out)?;
    let likeness = likeness(dir, out)?;
    Ok(Cut {
        before,
        after,
        likeness,
    })
}

/// Writes the folder; returns how many pieces there were and are.
pub(super) fn write(dir: &Path, out: &Path) -> Result<(usize, usize), Problem> {
    if out
        .read_dir()
        .is_ok_and(|mut entries| entries.next().is_some())
    {
        return Err(Problem::uncuttable(
            out,
            "这个文件夹里已经有东西，请另选一个",
        ));
    }
    let path = dir.join("tokenizer.json");
    let tokenizer = read(&path)
        .and_then(|text| Tokenizer::read(&text).map_err(|what| Problem::uncuttable(&path, what)))?;
    let kept = tokenizer.kept();
    let before = tokenizer.count();
    let tokenizer = tokenizer
        .cut(&kept)
        .map_err(|what| Problem::uncuttable(&path, what))?;
    let config = config(&dir.join("config.json"), kept.len())?;
    let tensors = weights(&dir.join("model.safetensors"), &kept)?;
    std::fs::create_dir_all(out).map_err(|e| Problem::disk(out, e))?;
    for (name, text) in [("config.json", config), ("tokenizer.json", tokenizer)] {
        let path = out.join(name);
        std::fs::write(&path, text).map_err(|e| Problem::disk(&path, e))?;
    }
    tensors::write(&out.join("model.safetensors"), &tensors)?;
    Ok((before, kept.len()))
}

fn read(path: &Path) -> Result<String, Problem> {
    std::fs::read_to_string(path).map_err(|e| Problem::disk(path, e))
}

fn config(path: &Path, pieces: usize) -> Result<String, Problem> {
    let mut members: Members = serde_json::from_str(&read(path)?)
        .map_err(|e| Problem::uncuttable(path, format!("解析不了，{e}")))?;
    members.set("vocab_size", pieces.to_string());
    members.set("torch_dtype", "\"float16\"".to_owned());
    Ok(members.write("\n ", ",", "\n"))
}

/// What the encoder computes with; heads and tables of positions stay behind.
fn weights(path: &Path, kept: &[usize]) -> Result<Tensors, Problem> {
    let mut source = Source::open(path)?;
    let mut tensors = Tensors::new();
    for name in source.names() {
        let plain = name.strip_prefix("bert.").unwrap_or(&name);
        let used = plain.starts_with("encoder.layer.") || plain.starts_with("embeddings.");
        if !used || plain == "embeddings.position_ids" {
            continue;
        }
        let rows = (plain == "embeddings.word_embeddings.weight").then_some(kept);
        let tensor = source.tensor(&name, rows)?;
        tensors.insert(plain.to_owned(), tensor);
    }
    Ok(tensors)
}

fn likeness(old: &Path, new: &Path) -> Result<f32, Problem> {
    // One after the other: the old one may take half a gigabyte.
    let vectors = |dir: &Path| {
        SentenceEncoder::load(dir)
            .map(|encoder| encoder.encode_many(&QUESTIONS))
            .map_err(|e| Problem::uncuttable(dir, e.to_string()))
    };
    let (old, new) = (vectors(old)?, vectors(new)?);
    let cosines = old.iter().zip(&new).map(|(old, new)| cosine(old, new));
    Ok(cosines.fold(1.0, f32::min))
}
