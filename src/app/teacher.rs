//! The sentence encoder that the operator has, and the table that comes with
//! the program.

use crate::config::Config;
use crate::flow::Teacher;
use crate::retrieval::{EncoderError, SentenceEncoder, Signals, Table};
use std::path::PathBuf;
use std::sync::Arc;

/// The table that was fitted to the shipped knowledge.
const SHIPPED: &[u8] = include_bytes!("../../models/table.bin");

/// The table that comes with the program; nothing, and a line in the log, if
/// it cannot be read.
fn shipped() -> Option<Table> {
    Table::read(&mut &SHIPPED[..], "table.bin")
        .inspect_err(|error| tracing::error!(%error, "shipped table not read"))
        .ok()
}

/// Loads the configured encoder; nothing when its folder is not there.
///
/// # Errors
/// When it is there and cannot be used; the text says what to do.
pub fn encoder(config: &Config) -> Result<Option<SentenceEncoder>, EncoderError> {
    let folder = config.models_dir.join(&config.encoder);
    if !folder.is_dir() {
        return Ok(None);
    }
    SentenceEncoder::load(&folder).map(Some)
}

/// What teaches indexes for a command that needs these signals.
///
/// # Errors
/// When the encoder is needed and missing, or cannot be used; when vectors
/// cannot be kept.
pub fn teacher(config: &Config, signals: Signals) -> Result<Teacher, String> {
    let encoder = match signals {
        Signals::Lexical => None,
        Signals::Table | Signals::Encoder => encoder(config).map_err(|e| e.to_string())?,
    };
    if signals == Signals::Encoder && encoder.is_none() {
        return Err(format!(
            "没有语义模型：{}。请用 linli models fetch {} 下载，或用 --models-dir 指定模型所在的文件夹。",
            config.models_dir.join(&config.encoder).display(),
            config.encoder
        ));
    }
    match encoder {
        None => Ok(Teacher::with_table(shipped())),
        Some(encoder) => Teacher::new(encoder, shipped(), &folder(config))
            .map_err(|e| format!("向量没有地方存放：{e}")),
    }
}

fn folder(config: &Config) -> PathBuf {
    config.data_dir.join("vectors")
}

/// As [`live_teacher`], but nothing is encoded: for commands that shall not take
/// a minute.
pub fn kept_teacher(config: &Config) -> Arc<Teacher> {
    Arc::new(read(config).with_what_is_kept())
}

/// What teaches the editions that answer. An encoder that cannot be used is
/// reported and done without: typed words are found without it.
pub fn live_teacher(config: &Config) -> Arc<Teacher> {
    Arc::new(read(config))
}

fn read(config: &Config) -> Teacher {
    teacher(config, Signals::Table).unwrap_or_else(|error| {
        tracing::error!(%error, "sentence encoder not used");
        Teacher::with_table(shipped())
    })
}
