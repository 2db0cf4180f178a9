//! Why a sentence encoder could not be loaded.

use std::io;
use std::path::{Path, PathBuf};

/// Why a model folder did not become an encoder. Written for admins: each
/// message names the file and what mends it.
#[derive(Debug, thiserror::Error)]
pub enum EncoderError {
    /// The file is not there.
    #[error("缺少模型文件：{}，请运行 linli models fetch", path.display())]
    Missing {
        /// The file looked for.
        path: PathBuf,
    },
    /// The file is there and cannot be read.
    #[error("无法读取模型文件：{}（{source}），请检查文件权限和磁盘", path.display())]
    Unreadable {
        /// The file that was read.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The file ends early, has tensors missing or of another shape, or holds
    /// values that are no numbers.
    #[error("模型文件不完整：{}（{what}），请重新运行 linli models fetch", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong in it.
        what: String,
    },
    /// A model that this encoder cannot compute.
    #[error(
        "不支持的模型结构：{}（{what}），请换用 BERT 类的句向量模型，或运行 linli models fetch 下载推荐的模型",
        path.display()
    )]
    UnknownArchitecture {
        /// The configuration or the weights that say so.
        path: PathBuf,
        /// What is not supported.
        what: String,
    },
    /// `tokenizer.json` does not parse, or fails on a plain text.
    #[error("分词器文件无法解析：{}（{what}），请重新运行 linli models fetch", path.display())]
    Tokenizer {
        /// The tokenizer file.
        path: PathBuf,
        /// What its reader said.
        what: String,
    },
    /// The tokenizer knows pieces that the weights have no embedding for.
    #[error(
        "词表与模型不配套：{} 有 {pieces} 个词，模型只有 {rows} 个词向量，请重新运行 linli models fetch，使两个文件来自同一个模型",
        path.display()
    )]
    VocabularyMismatch {
        /// The tokenizer file.
        path: PathBuf,
        /// One more than the greatest id of the tokenizer.
        pieces: usize,
        /// Rows of the word embedding.
        rows: usize,
    },
}

impl EncoderError {
    /// An error of the operating system while reading `path`. A file that ends
    /// before its content does is a damaged one, not an unreadable one.
    pub(super) fn io(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => Self::Missing { path },
            io::ErrorKind::UnexpectedEof => Self::damaged(&path, "文件提前结束"),
            _ => Self::Unreadable { path, source },
        }
    }

    pub(super) fn damaged(path: &Path, what: impl Into<String>) -> Self {
        Self::Damaged {
            path: path.to_owned(),
            what: what.into(),
        }
    }

    pub(super) fn unknown(path: &Path, what: impl Into<String>) -> Self {
        Self::UnknownArchitecture {
            path: path.to_owned(),
            what: what.into(),
        }
    }
}
