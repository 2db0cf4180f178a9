//! A question set: `kb.jsonl` with entries, `queries.jsonl` with questions.

use super::load;
use crate::model::{Entry, Knowledge, Phrasing, PhrasingOrigin, Source};
use serde::Deserialize;
use std::path::Path;
use std::sync::Arc;

#[derive(Deserialize)]
struct KbLine {
    id: String,
    question: String,
    #[serde(default)]
    similar: Vec<String>,
    #[serde(default)]
    answer: String,
}

/// A question and the entries that answer it.
#[derive(Deserialize)]
pub(super) struct QueryLine {
    pub(super) text: String,
    #[serde(default)]
    pub(super) gold: Vec<String>,
}

fn entry(line: KbLine) -> Arc<Entry> {
    let phrasing = |text| Phrasing {
        text,
        origin: PhrasingOrigin::Author,
    };
    Arc::new(Entry {
        id: line.id.clone().into(),
        area: String::new(),
        topic: String::new(),
        aliases: Vec::new(),
        facet: None,
        question: line.question,
        phrasings: line.similar.into_iter().map(phrasing).collect(),
        text: line.answer,
        spoken: String::new(),
        scope: None,
        source: Source::default(),
        effective: None,
        expires: None,
        related: Vec::new(),
        review: None,
    })
}

/// The knowledge base of a set.
pub(super) fn knowledge(dir: &Path) -> Result<Knowledge, String> {
    let kb: Vec<KbLine> = load::jsonl(&dir.join("kb.jsonl"))?;
    Ok(Knowledge {
        entries: kb.into_iter().map(entry).collect(),
        ..Knowledge::default()
    })
}

/// The questions of one file of a set.
pub(super) fn queries(dir: &Path, file: &Path) -> Result<Vec<QueryLine>, String> {
    load::jsonl(&dir.join(file))
}
