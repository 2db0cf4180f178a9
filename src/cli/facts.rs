//! `linli doctor --facts`: what the entries state in numbers.

use super::{Common, print_json};
use crate::app;
use crate::config::Config;
use crate::model::Entry;
use regex::Regex;
use serde_json::json;

/// A kind of fact and how it is written. The first kind that fits counts.
const KINDS: &[(&str, &str)] = &[
    (
        "日期",
        r"\d{4}年\d{1,2}月(?:\d{1,2}[日号])?|\d{4}年|\d{1,2}月\d{1,2}[日号]",
    ),
    ("金额", r"\d[\d,.]*\s*[万千百]?(?:多|余)?元|\d[\d.]*万"),
    (
        "比例",
        r"\d[\d.]*\s*%|百分之[一二三四五六七八九十百]+|[一二三四五六七八九]成",
    ),
    ("年龄", r"\d+\s*周?岁"),
    (
        "期限",
        r"\d+\s*(?:个工作日|个自然日|个月|小时|分钟|工作日|天|日|年|周)",
    ),
    ("电话", r"\b\d{5,12}\b|\b1(?:10|19|20|22)\b"),
];

/// One statement.
struct Fact {
    kind: &'static str,
    value: String,
    /// The words around it.
    context: String,
    entry: String,
    source: String,
}

fn source(entry: &Entry) -> String {
    let source = &entry.source;
    match &source.number {
        Some(number) => format!("{}（{number}）", source.title),
        None => source.title.clone(),
    }
}

/// Words around a match, on one line.
fn around(text: &str, begin: usize, end: usize) -> String {
    let before: Vec<char> = text[..begin].chars().rev().take(12).collect();
    let before: String = before.into_iter().rev().collect();
    let after: String = text[end..].chars().take(8).collect();
    format!("{before}{}{after}", &text[begin..end]).replace('\n', " ")
}

fn facts(entry: &Entry, kinds: &[(&'static str, Regex)]) -> Vec<Fact> {
    let mut found = Vec::new();
    for text in [&entry.text, &entry.spoken] {
        let mut taken: Vec<std::ops::Range<usize>> = Vec::new();
        for (kind, pattern) in kinds {
            for hit in pattern.find_iter(text) {
                if taken
                    .iter()
                    .any(|t| t.start < hit.end() && hit.start() < t.end)
                {
                    continue;
                }
                taken.push(hit.range());
                found.push(Fact {
                    kind,
                    value: hit.as_str().replace([' ', ','], ""),
                    context: around(text, hit.start(), hit.end()),
                    entry: entry.id.to_string(),
                    source: source(entry),
                });
            }
        }
    }
    found
}

pub(super) fn run(common: &Common, config: &Config) -> Result<(), String> {
    let files = app::read_folder(&config.knowledge_dir)?;
    let (knowledge, _) = crate::curation::read_files(&files);
    let mut kinds = Vec::new();
    for (kind, pattern) in KINDS {
        kinds.push((*kind, Regex::new(pattern).map_err(|e| e.to_string())?));
    }
    let mut all: Vec<Fact> = knowledge
        .entries
        .iter()
        .flat_map(|e| facts(e, &kinds))
        .collect();
    // Statements about the same thing have nearly the same words around them.
    all.sort_by(|a, b| (a.kind, &a.value, &a.context).cmp(&(b.kind, &b.value, &b.context)));
    if common.json {
        let list: Vec<_> = all
            .iter()
            .map(|f| {
                json!({"kind": f.kind, "value": f.value, "context": f.context,
                    "entry": f.entry, "source": f.source})
            })
            .collect();
        print_json(&json!({"facts": list}));
    } else {
        for f in &all {
            println!(
                "{}\t{}\t{}\t{}\t{}",
                f.kind, f.value, f.entry, f.context, f.source
            );
        }
    }
    Ok(())
}
