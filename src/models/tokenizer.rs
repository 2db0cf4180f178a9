//! `tokenizer.json` of the Unigram kind, with fewer pieces.

use super::json::{Members, quoted};
use super::pieces;
use serde_json::Value;
use serde_json::value::RawValue;

/// XLM-RoBERTa's tokenizer without its pieces and special tokens.
///
/// The published one normalises by a table, `nmt_nfkc` of `SentencePiece`.
/// Here the same is said in steps: control characters go, NFKC, then one space
/// for any run of white space, of marks without width and of the piece's own
/// sign for a space. Of single characters this differs from the table only
/// where whoever reads the file knows a newer Unicode, with compatibility forms
/// that the table has not (U+32FF, U+1FBF0): none that questions have. The
/// table leaves the full-width tilde of "3～5天" as it is and NFKC does not, so
/// it stands aside meanwhile as U+0001, which the first step has removed.
const XLM_ROBERTA: &str = r#"{
 "version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
 "normalizer": {"type": "Sequence", "normalizers": [
  {"type": "Replace", "pattern": {"Regex": "[\u0001-\u0008\u000b\u000e-\u001f\u007f\u008f\u009f]"}, "content": ""},
  {"type": "Replace", "pattern": {"String": "\uff5e"}, "content": "\u0001"},
  {"type": "NFKC"},
  {"type": "Replace", "pattern": {"String": "\u0001"}, "content": "\uff5e"},
  {"type": "Replace", "pattern": {"Regex": "[\t\n\f\r \u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]+"}, "content": " "}]},
 "pre_tokenizer": {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always", "split": true},
 "post_processor": {"type": "TemplateProcessing",
  "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
   {"SpecialToken": {"id": "</s>", "type_id": 0}}],
  "pair": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
   {"SpecialToken": {"id": "</s>", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}},
   {"Sequence": {"id": "B", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}}],
  "special_tokens": {"<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]},
   "</s>": {"id": "</s>", "ids": [2], "tokens": ["</s>"]}}},
 "decoder": {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always", "split": true},
 "model": {"type": "Unigram", "unk_id": 3, "vocab": []}
}"#;

/// Its special tokens. The first four are its first pieces.
const SPECIAL: [&str; 5] = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"];

/// A tokenizer with its pieces apart.
pub(super) struct Tokenizer {
    members: Members,
    model: Members,
    added: Vec<Added>,
    /// Each with its score, as written.
    pieces: Vec<(String, String)>,
}

/// One entry of `added_tokens`.
#[derive(serde::Deserialize)]
struct Added {
    id: usize,
    content: String,
    single_word: bool,
    lstrip: bool,
    rstrip: bool,
    normalized: bool,
    special: bool,
}

impl Tokenizer {
    /// Reads one.
    ///
    /// # Errors
    /// When it is no Unigram tokenizer; the text says what is the matter.
    pub fn read(text: &str) -> Result<Self, String> {
        let fault = |error: serde_json::Error| format!("解析不了，{error}");
        let members: Members = serde_json::from_str(text).map_err(fault)?;
        let member = |name: &str| members.get(name).ok_or(format!("没有 {name}"));
        let model: Members = serde_json::from_str(member("model")?).map_err(fault)?;
        let kind = model.get("type").unwrap_or("null");
        if kind != "\"Unigram\"" {
            return Err(format!("分词器是 {kind}，只能裁剪 Unigram 的"));
        }
        let vocabulary = model.get("vocab").unwrap_or("[]");
        let pieces: Vec<(String, Box<RawValue>)> =
            serde_json::from_str(vocabulary).map_err(fault)?;
        Ok(Self {
            added: serde_json::from_str(member("added_tokens")?).map_err(fault)?,
            pieces: pieces
                .into_iter()
                .map(|(piece, score)| (piece, score.get().to_owned()))
                .collect(),
            members,
            model,
        })
    }

    /// XLM-RoBERTa's with these pieces and their scores.
    ///
    /// # Errors
    /// When its special tokens are not among the pieces, or not where it has
    /// them.
    pub fn xlm_roberta(pieces: Vec<(String, f32)>) -> Result<Self, String> {
        let mut tokenizer = Self::read(XLM_ROBERTA)?;
        for (at, content) in SPECIAL.into_iter().enumerate() {
            let id = pieces.iter().position(|(piece, _)| piece == content);
            match id {
                Some(id) if id == at || content == "<mask>" => {
                    tokenizer.added.push(Added::special(id, content));
                }
                _ => return Err(format!("特殊词 {content} 不在该在的位置")),
            }
        }
        let scored =
            |(piece, score): (String, f32)| (piece, Value::from(f64::from(score)).to_string());
        tokenizer.pieces = pieces.into_iter().map(scored).collect();
        Ok(tokenizer)
    }

    /// How many pieces it has.
    pub fn count(&self) -> usize {
        self.pieces.len()
    }

    /// The ids that stay, ascending: those of special pieces, and those that
    /// [`pieces::stays`] says.
    pub fn kept(&self) -> Vec<usize> {
        let special = |id: usize| self.added.iter().any(|added| added.id == id);
        let all = self.pieces.iter().enumerate();
        all.filter(|(id, (piece, _))| special(*id) || pieces::stays(*id, piece))
            .map(|(id, _)| id)
            .collect()
    }

    /// The same with only these pieces, numbered anew in their order.
    ///
    /// # Errors
    /// When something names a piece that does not stay.
    pub fn cut(mut self, kept: &[usize]) -> Result<String, String> {
        let renumbered = |id: usize| {
            kept.binary_search(&id)
                .map_err(|_| format!("{id} 号词是特殊词，却不在词表里"))
        };
        for added in &mut self.added {
            added.id = renumbered(added.id)?;
        }
        if let Some(id) = self.model.get("unk_id").and_then(|text| text.parse().ok()) {
            self.model.set("unk_id", renumbered(id)?.to_string());
        }
        let pieces: Vec<String> = kept
            .iter()
            .filter_map(|id| self.pieces.get(*id))
            .map(|(piece, score)| format!("[{}, {score}]", quoted(piece)))
            .collect();
        self.model.set("vocab", format!("[{}]", pieces.join(", ")));
        self.members.set("model", self.model.write("", ", ", ""));
        let added: Vec<String> = self.added.iter().map(Added::write).collect();
        self.members
            .set("added_tokens", format!("[{}]", added.join(", ")));
        if let Some(text) = self.members.get("post_processor")
            && let Some(text) = around(text, &renumbered)?
        {
            self.members.set("post_processor", text);
        }
        Ok(self.members.write("", ", ", ""))
    }
}

impl Added {
    fn special(id: usize, content: &str) -> Self {
        Self {
            id,
            content: content.to_owned(),
            single_word: false,
            lstrip: false,
            rstrip: false,
            normalized: false,
            special: true,
        }
    }

    fn write(&self) -> String {
        format!(
            "{{\"id\": {}, \"content\": {}, \"single_word\": {}, \"lstrip\": {}, \"rstrip\": {}, \
             \"normalized\": {}, \"special\": {}}}",
            self.id,
            quoted(&self.content),
            self.single_word,
            self.lstrip,
            self.rstrip,
            self.normalized,
            self.special
        )
    }
}

/// What stands around a text, with new ids; nothing when they are the old
/// ones.
fn around(
    text: &str,
    renumbered: &dyn Fn(usize) -> Result<usize, String>,
) -> Result<Option<String>, String> {
    let mut value: Value = serde_json::from_str(text).map_err(|e| e.to_string())?;
    let mut changed = false;
    let tokens = value
        .get_mut("special_tokens")
        .and_then(Value::as_object_mut);
    for token in tokens.into_iter().flat_map(|tokens| tokens.values_mut()) {
        let ids = token.get_mut("ids").and_then(Value::as_array_mut);
        for id in ids.into_iter().flatten() {
            let old = id.as_u64().and_then(|id| usize::try_from(id).ok());
            let old = old.ok_or("special_tokens 里的编号有误")?;
            let new = renumbered(old)?;
            changed |= new != old;
            *id = new.into();
        }
    }
    Ok(changed.then(|| value.to_string()))
}
