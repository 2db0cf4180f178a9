//! Questions with their right entries, over a knowledge base.

use linli::curation::{Case, Wanted};
use linli::model::{Entry, Knowledge, Phrasing, PhrasingOrigin, Source};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Questions asked of a public set at most: every so-manieth of them.
const MOST: usize = 1_000;

/// A question and the entries that answer it; none where nothing may.
pub(crate) struct Posed {
    pub(crate) text: String,
    pub(crate) gold: Vec<String>,
}

/// A knowledge base and what it is asked.
pub(crate) struct QuestionSet {
    pub(crate) name: String,
    pub(crate) knowledge: Knowledge,
    pub(crate) questions: Vec<Posed>,
}

#[derive(Deserialize)]
struct KbLine {
    id: String,
    question: String,
    #[serde(default)]
    similar: Vec<String>,
    #[serde(default)]
    answer: String,
}

#[derive(Deserialize)]
struct QueryLine {
    text: String,
    #[serde(default)]
    gold: Vec<String>,
}

/// The shipped knowledge with its judging cases.
pub(crate) fn shipped(knowledge: Knowledge, cases: &[Case]) -> QuestionSet {
    let posed = |case: &Case| Posed {
        text: case.ask.clone(),
        gold: match &case.wanted {
            Wanted::Entry(ids) => ids.iter().map(ToString::to_string).collect(),
            _ => Vec::new(),
        },
    };
    QuestionSet {
        name: "shipped knowledge, judging cases".to_owned(),
        questions: cases.iter().map(posed).collect(),
        knowledge,
    }
}

/// The sets in a folder, in the order of their names: each a folder with
/// `kb.jsonl` and `queries.jsonl`, or with both in `dev`.
pub(crate) fn public(folder: &Path) -> Vec<QuestionSet> {
    let Ok(list) = std::fs::read_dir(folder) else {
        println!("skipped: LINLI_EVAL_DIR cannot be read");
        return Vec::new();
    };
    let mut folders: Vec<PathBuf> = list.filter_map(|e| Some(e.ok()?.path())).collect();
    folders.sort();
    let has = |dir: &Path| {
        ["kb.jsonl", "queries.jsonl"]
            .iter()
            .all(|f| dir.join(f).is_file())
    };
    let places = folders.iter().filter_map(|dir| {
        let inside = [dir.clone(), dir.join("dev")]
            .into_iter()
            .find(|d| has(d))?;
        Some((dir.file_name()?.to_string_lossy().into_owned(), inside))
    });
    places.map(|(name, dir)| read(name, &dir)).collect()
}

fn lines<T: DeserializeOwned>(file: &Path) -> Vec<T> {
    let text = std::fs::read_to_string(file).expect("a file of lines");
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let parsed = lines.map(serde_json::from_str);
    parsed.collect::<Result<_, _>>().expect("JSON in each line")
}

fn read(name: String, dir: &Path) -> QuestionSet {
    let entries = lines(&dir.join("kb.jsonl")).into_iter().map(entry);
    let all: Vec<QueryLine> = lines(&dir.join("queries.jsonl"));
    let step = all.len().div_ceil(MOST).max(1);
    let posed = |line: QueryLine| Posed {
        text: line.text,
        gold: line.gold,
    };
    QuestionSet {
        name,
        knowledge: Knowledge {
            entries: entries.collect(),
            ..Knowledge::default()
        },
        questions: all.into_iter().step_by(step).map(posed).collect(),
    }
}

fn entry(line: KbLine) -> Arc<Entry> {
    let phrasing = |text| Phrasing {
        text,
        origin: PhrasingOrigin::Author,
    };
    Arc::new(Entry {
        id: line.id.into(),
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
