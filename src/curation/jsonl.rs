//! Entries as JSON lines: `id`, `question`, `similar`, `answer` as in public
//! question sets, and our other fields where they are known.

use super::Problem;
use crate::model::{Entry, EntryId, Facet, Knowledge, Phrasing, PhrasingOrigin, PlaceId, Source};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Line {
    id: EntryId,
    question: String,
    #[serde(default)]
    similar: Vec<String>,
    answer: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    spoken: String,
    #[serde(default)]
    area: String,
    #[serde(default)]
    topic: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    facet: Option<Facet>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scope: Option<PlaceId>,
    #[serde(default)]
    source: Source,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    effective: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires: Option<Date>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    related: Vec<EntryId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    review: Option<String>,
}

/// Reads entries. Blank lines are skipped; every faulty line is named.
pub fn read_jsonl(text: &str) -> (Vec<Entry>, Vec<Problem>) {
    let mut entries: Vec<Entry> = Vec::new();
    let mut problems = Vec::new();
    for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let line: Line = match serde_json::from_str(line) {
            Ok(line) => line,
            Err(error) => {
                let words = format!("这一行读不懂：{error}");
                problems.push(Problem::error("JSONL", number, "", words));
                continue;
            }
        };
        if line.id.as_str().is_empty()
            || line.question.trim().is_empty()
            || line.answer.trim().is_empty()
        {
            problems.push(Problem::error(
                "JSONL",
                number,
                "",
                "id、question、answer 都不能是空的",
            ));
        } else if entries.iter().any(|e| e.id == line.id) {
            let words = format!("条目 {} 写了两次", line.id);
            problems.push(Problem::error("JSONL", number, "id", words));
        } else {
            entries.push(entry(line));
        }
    }
    (entries, problems)
}

fn entry(line: Line) -> Entry {
    let phrasing = |text| Phrasing {
        text,
        origin: PhrasingOrigin::Author,
    };
    Entry {
        id: line.id,
        area: line.area,
        topic: line.topic,
        aliases: line.aliases,
        facet: line.facet,
        question: line.question,
        phrasings: line.similar.into_iter().map(phrasing).collect(),
        text: line.answer,
        spoken: line.spoken,
        scope: line.scope,
        source: line.source,
        effective: line.effective,
        expires: line.expires,
        related: line.related,
        review: line.review,
    }
}

/// Every entry, one line each.
pub fn write_jsonl(knowledge: &Knowledge) -> String {
    let mut out = String::new();
    for e in &knowledge.entries {
        let line = Line {
            id: e.id.clone(),
            question: e.question.clone(),
            similar: e.phrasings.iter().map(|p| p.text.clone()).collect(),
            answer: e.text.clone(),
            spoken: e.spoken.clone(),
            area: e.area.clone(),
            topic: e.topic.clone(),
            aliases: e.aliases.clone(),
            facet: e.facet,
            scope: e.scope.clone(),
            source: e.source.clone(),
            effective: e.effective,
            expires: e.expires,
            related: e.related.clone(),
            review: e.review.clone(),
        };
        // A struct of texts always serialises.
        if let Ok(json) = serde_json::to_string(&line) {
            out.push_str(&json);
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_back_and_faults_are_named() {
        let text = concat!(
            r#"{"id":"a","question":"问","similar":["咋问"],"answer":"答"}"#,
            "\n\n",
            r#"{"id":"a","question":"问","answer":"答"}"#,
            "\n",
            r#"{"id":"b","question":"","answer":"答"}"#,
            "\n",
            "{",
        );
        let (entries, problems) = read_jsonl(text);
        assert_eq!(entries.len(), 1);
        assert_eq!(
            problems.iter().map(|p| p.line).collect::<Vec<_>>(),
            [3, 4, 5]
        );

        let knowledge = Knowledge {
            entries: entries.iter().cloned().map(std::sync::Arc::new).collect(),
            ..Knowledge::default()
        };
        assert_eq!(read_jsonl(&write_jsonl(&knowledge)), (entries, Vec::new()));
    }
}
