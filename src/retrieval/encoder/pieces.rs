//! Text to token ids, as the model's own tokenizer does it.

use super::config::Config;
use super::error::EncoderError;
use sha2::{Digest, Sha256};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use tokenizers::{Tokenizer, TruncationParams};

/// Most tokens of a text; what comes after does not count. A question has 20,
/// and a pasted letter must not cost a second.
const LONGEST: usize = 128;

/// Most characters that are looked at: more than [`LONGEST`] tokens of any
/// natural text have.
const MOST_CHARACTERS: usize = 1024;

/// How the rows of the last layer become one vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pooling {
    /// The mean of all rows.
    Mean,
    /// The first row, of the token `[CLS]`.
    First,
}

/// A tokenizer with what its family of models wants around it.
pub(super) struct Pieces {
    tokenizer: Tokenizer,
    prefix: &'static str,
    pooling: Pooling,
}

impl Pieces {
    /// Reads `tokenizer.json`. What is put before a text and how rows are
    /// pooled goes by the tokenizer class of the configuration, or when that
    /// is silent by the kind of the tokenizer:
    ///
    /// | class | kind | family | before every text | pooling |
    /// | --- | --- | --- | --- | --- |
    /// | `XLMRobertaTokenizer…` | `Unigram` | multilingual-e5 | `query: ` | mean |
    /// | any other | `WordPiece` | bge | nothing | first |
    ///
    /// # Errors
    /// When the file is missing, does not parse, or cannot cut a plain text.
    pub fn load(path: &Path, config: &Config) -> Result<Self, EncoderError> {
        let json = std::fs::read(path).map_err(|e| EncoderError::io(path, e))?;
        let broken = |what: String| EncoderError::Tokenizer {
            path: path.to_owned(),
            what,
        };
        let limit = TruncationParams {
            max_length: LONGEST.min(config.max_position_embeddings),
            ..TruncationParams::default()
        };
        let load = || -> tokenizers::Result<Tokenizer> {
            let mut tokenizer = Tokenizer::from_bytes(&json)?;
            tokenizer.with_padding(None).with_truncation(Some(limit))?;
            tokenizer.encode_fast("query: 物业费怎么交？ Ａ１ ①", true)?;
            Ok(tokenizer)
        };
        let tokenizer = caught(load).map_err(broken)?;
        let unigram = match &config.tokenizer_class {
            Some(class) => class.starts_with("XLMRobertaTokenizer"),
            None => matches!(tokenizer.get_model(), tokenizers::ModelWrapper::Unigram(_)),
        };
        let (prefix, pooling) = match unigram {
            true => ("query: ", Pooling::Mean),
            false => ("", Pooling::First),
        };
        Ok(Self {
            tokenizer,
            prefix,
            pooling,
        })
    }

    /// How rows become a vector in this family.
    pub fn pooling(&self) -> Pooling {
        self.pooling
    }

    /// One more than the greatest id.
    pub fn count(&self) -> usize {
        let ids = self.tokenizer.get_vocab(true).into_values();
        ids.max().map_or(0, |id| id as usize + 1)
    }

    /// Puts in what decides the ids: what is before every text, and all pieces
    /// with their ids, in the ids' order. How the file is written is left out.
    pub fn hash(&self, hash: &mut Sha256) {
        let mut pieces: Vec<(u32, String)> = self
            .tokenizer
            .get_vocab(true)
            .into_iter()
            .map(|(piece, id)| (id, piece))
            .collect();
        pieces.sort_unstable();
        hash.update(format!("{:?} {:?}\n", self.pooling, self.prefix));
        for (id, piece) in pieces {
            hash.update(id.to_le_bytes());
            hash.update((piece.len() as u64).to_le_bytes());
            hash.update(piece);
        }
    }

    /// The ids of a text with prefix and end tokens, [`LONGEST`] at most;
    /// none when the tokenizer fails on it.
    pub fn ids(&self, text: &str) -> Vec<u32> {
        let end = text.char_indices().nth(MOST_CHARACTERS);
        let text = &text[..end.map_or(text.len(), |(at, _)| at)];
        let whole = format!("{}{text}", self.prefix);
        match caught(|| self.tokenizer.encode_fast(whole, true)) {
            Ok(encoding) => encoding.get_ids().to_vec(),
            Err(error) => {
                tracing::warn!(%error, "a text could not be tokenized");
                Vec::new()
            }
        }
    }
}

/// What the library makes, or why it does not. It trusts the tables in its
/// file: damage there may make it panic rather than fail.
fn caught<T>(work: impl FnOnce() -> tokenizers::Result<T>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(result) => result.map_err(|error| error.to_string()),
        Err(_) => Err("内部表格损坏".to_owned()),
    }
}
