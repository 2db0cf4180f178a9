//! Tokenizers written in different ways that must give the same ids: the one
//! that is built of the package, and the published one after `linli models cut`.
//! Compared is every folder in `LINLI_MODELS_DIR` whose name begins with
//! [`NAME`]; where there are not two, nothing is tested.

use crate::retrieval::encoder::config::Config;
use crate::retrieval::encoder::pieces::Pieces;
use crate::text;
use std::path::Path;
use toml::Value;

const NAME: &str = "multilingual-e5-small-zh";

/// The tokenizers with the names of their folders.
fn tokenizers() -> Vec<(String, Pieces)> {
    let Some(models) = std::env::var_os("LINLI_MODELS_DIR") else {
        eprintln!("skipped: LINLI_MODELS_DIR names no folder of models");
        return Vec::new();
    };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(models).unwrap().flatten() {
        let (name, dir) = (entry.file_name(), entry.path());
        let name = name.to_string_lossy().into_owned();
        if name.starts_with(NAME) && dir.join("tokenizer.json").exists() {
            let config = Config::read(&dir.join("config.json")).unwrap();
            let pieces = Pieces::load(&dir.join("tokenizer.json"), &config).unwrap();
            found.push((name, pieces));
        }
    }
    if found.len() < 2 {
        eprintln!("skipped: no two folders {NAME}… in LINLI_MODELS_DIR");
        found.clear();
    }
    found
}

/// The strings of a file that stand under these keys.
fn strings(value: &Value, keys: &[&str], wanted: bool, into: &mut Vec<String>) {
    match value {
        Value::String(text) if wanted => into.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|v| strings(v, keys, wanted, into)),
        Value::Table(members) => members
            .iter()
            .for_each(|(key, v)| strings(v, keys, keys.contains(&key.as_str()), into)),
        _ => {}
    }
}

fn read(path: &Path, keys: &[&str], into: &mut Vec<String>) {
    if path.is_dir() {
        let entries = std::fs::read_dir(path).unwrap().flatten();
        entries.for_each(|entry| read(&entry.path(), keys, into));
    } else if path.extension().is_some_and(|e| e == "toml") {
        let text = std::fs::read_to_string(path).unwrap();
        strings(&toml::from_str(&text).unwrap(), keys, false, into);
    }
}

#[test]
fn questions_have_the_same_ids() {
    let tokenizers = tokenizers();
    let [(first, one), rest @ ..] = tokenizers.as_slice() else {
        return;
    };
    let knowledge = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge");
    let mut texts = Vec::new();
    read(
        &knowledge.join("entries"),
        &["question", "phrasings"],
        &mut texts,
    );
    read(&knowledge.join("cases"), &["ask", "after"], &mut texts);
    for (name, other) in rest {
        let differs = |text: &&str| one.ids(text) != other.ids(text);
        let normal: Vec<String> = texts.iter().map(|text| text::normalise(text)).collect();
        for (kind, texts) in [("normalised", &normal), ("as they are", &texts)] {
            let different: Vec<&str> = texts.iter().map(String::as_str).filter(differs).collect();
            eprintln!(
                "{first} and {name}: {} of {} texts {kind} differ",
                different.len(),
                texts.len()
            );
            assert!(different.is_empty(), "{different:?}");
        }
    }
}

#[test]
fn characters_have_the_same_ids() {
    let tokenizers = tokenizers();
    let [(_, one), rest @ ..] = tokenizers.as_slice() else {
        return;
    };
    for (name, other) in rest {
        let different: Vec<char> = ('\u{1}'..'\u{10000}')
            .filter(|c| {
                let [alone, among] = [format!("{c}"), format!("3 {c}{c} 天{c}a")];
                one.ids(&alone) != other.ids(&alone) || one.ids(&among) != other.ids(&among)
            })
            .collect();
        assert!(different.is_empty(), "{name}: {different:?}");
    }
}
