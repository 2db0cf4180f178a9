//! A knowledge base as TOML files, in the layout that is read.

use crate::model::{Entry, Knowledge};
use serde::Serialize;
use std::fmt::Write;
use std::sync::Arc;

/// A TOML string: triple quotes for lines, so that people can edit it.
fn quoted(text: &str) -> String {
    let escaped = |t: &str| t.replace('\\', "\\\\").replace('"', "\\\"");
    if text.contains('\n') {
        format!("\"\"\"\n{}\n\"\"\"", escaped(text))
    } else {
        format!(
            "\"{}\"",
            escaped(text).replace('\t', "\\t").replace('\r', "\\r")
        )
    }
}

fn list(texts: &[String]) -> String {
    texts
        .iter()
        .map(|t| quoted(t))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Every file: path relative to the knowledge folder, and text.
pub fn write_files(knowledge: &Knowledge) -> Vec<(String, String)> {
    let mut files = topic_files(&knowledge.entries);
    let mut add = |name: &str, text: String| {
        if !text.trim().is_empty() {
            files.push((name.to_owned(), text));
        }
    };
    #[derive(Serialize)]
    struct Emergencies<'k> {
        calm: &'k [String],
        emergency: &'k [crate::model::Emergency],
    }
    #[derive(Serialize)]
    struct Talks<'k> {
        small_talk: &'k [crate::model::SmallTalk],
    }
    #[derive(Serialize)]
    struct Variables<'k> {
        variable: &'k [crate::model::Variable],
    }
    #[derive(Serialize)]
    struct Places<'k> {
        place: &'k [crate::model::Place],
    }
    #[derive(Serialize)]
    struct Words<'k> {
        words: &'k [String],
        fillers: &'k [String],
        alias: &'k [crate::model::Alias],
    }
    // Structs of texts always serialise.
    let toml = |value: Result<String, toml::ser::Error>| value.unwrap_or_default();
    add(
        "emergencies.toml",
        toml(toml::to_string_pretty(&Emergencies {
            calm: &knowledge.calm,
            emergency: &knowledge.emergencies,
        })),
    );
    add(
        "small_talk.toml",
        toml(toml::to_string_pretty(&Talks {
            small_talk: &knowledge.small_talk,
        })),
    );
    add(
        "variables.toml",
        toml(toml::to_string_pretty(&Variables {
            variable: &knowledge.places.variables,
        })),
    );
    add(
        "places/places.toml",
        toml(toml::to_string_pretty(&Places {
            place: &knowledge.places.places,
        })),
    );
    if !knowledge.popular.is_empty() {
        let ids: Vec<String> = knowledge.popular.iter().map(ToString::to_string).collect();
        add("popular.toml", format!("entries = [{}]\n", list(&ids)));
    }
    let lexicon = &knowledge.lexicon;
    add(
        "lexicon/words.toml",
        toml(toml::to_string_pretty(&Words {
            words: &lexicon.words,
            fillers: &lexicon.fillers,
            alias: &lexicon.aliases,
        })),
    );
    files
}

/// One file for every run of entries that share area, topic and aliases,
/// named by the first entry.
fn topic_files(entries: &[Arc<Entry>]) -> Vec<(String, String)> {
    let mut areas: Vec<&str> = Vec::new();
    let mut groups: Vec<Vec<&Entry>> = Vec::new();
    for entry in entries {
        if !areas.contains(&entry.area.as_str()) {
            areas.push(&entry.area);
        }
        let same = |g: &Vec<&Entry>| {
            g[0].area == entry.area && g[0].topic == entry.topic && g[0].aliases == entry.aliases
        };
        match groups.iter_mut().find(|g| same(g)) {
            Some(group) => group.push(entry),
            None => groups.push(vec![entry]),
        }
    }
    let mut names = std::collections::HashSet::new();
    groups
        .iter()
        .map(|group| {
            let number = areas
                .iter()
                .position(|a| *a == group[0].area)
                .map_or(0, |p| p + 1);
            let stem = group[0].id.as_str().split('.').next().unwrap_or("topic");
            let mut name = format!("entries/{number:02}/{stem}.toml");
            let mut copy = 2;
            while !names.insert(name.clone()) {
                name = format!("entries/{number:02}/{stem}-{copy}.toml");
                copy += 1;
            }
            (name, topic_file(group))
        })
        .collect()
}

fn topic_file(group: &[&Entry]) -> String {
    let mut out = String::new();
    let first = group[0];
    // Writing into a String does not fail.
    let _ = writeln!(out, "area = {}", quoted(&first.area));
    let _ = writeln!(out, "topic = {}", quoted(&first.topic));
    if !first.aliases.is_empty() {
        let _ = writeln!(out, "aliases = [{}]", list(&first.aliases));
    }
    for entry in group {
        write_entry(&mut out, entry);
    }
    out
}

fn write_entry(out: &mut String, entry: &Entry) {
    let _ = writeln!(out, "\n[[entry]]\nid = {}", quoted(entry.id.as_str()));
    if let Some(facet) = entry.facet.and_then(|f| serde_json::to_value(f).ok()) {
        let _ = writeln!(out, "facet = {facet}");
    }
    let _ = writeln!(out, "question = {}\nphrasings = [", quoted(&entry.question));
    for phrasing in &entry.phrasings {
        let _ = writeln!(out, "  {},", quoted(&phrasing.text));
    }
    let _ = writeln!(
        out,
        "]\ntext = {}\nspoken = {}",
        quoted(&entry.text),
        quoted(&entry.spoken)
    );
    if let Some(scope) = &entry.scope {
        let _ = writeln!(out, "scope = {}", quoted(scope.as_str()));
    }
    if !entry.related.is_empty() {
        let ids: Vec<String> = entry.related.iter().map(ToString::to_string).collect();
        let _ = writeln!(out, "related = [{}]", list(&ids));
    }
    for (name, date) in [("effective", entry.effective), ("expires", entry.expires)] {
        if let Some(date) = date {
            let _ = writeln!(out, "{name} = {date}");
        }
    }
    if let Some(review) = &entry.review {
        let _ = writeln!(out, "review = {}", quoted(review));
    }
    let source = &entry.source;
    let _ = writeln!(out, "\n[entry.source]\ntitle = {}", quoted(&source.title));
    for (name, text) in [("number", &source.number), ("issuer", &source.issuer)] {
        if let Some(text) = text {
            let _ = writeln!(out, "{name} = {}", quoted(text));
        }
    }
    for (name, date) in [("effective", source.effective), ("expires", source.expires)] {
        if let Some(date) = date {
            let _ = writeln!(out, "{name} = {date}");
        }
    }
}
