//! A folder of files becomes a knowledge base.

use super::table::{Fields, Source};
use super::{Problem, check, entry_file};
use crate::model::{
    Alias, Conjunction, Emergency, EntryId, Knowledge, Lexicon, Place, PlaceKind, PlaceTree,
    SmallTalk, Variable,
};
use serde_spanned::Spanned;
use std::collections::BTreeMap;
use std::sync::Arc;
use toml::de::{DeTable, DeValue};

/// Reads every file (path relative to the knowledge folder, and text).
/// Question cases are read by [`super::read_cases`]. What could be read is
/// returned together with every fault and doubt.
pub fn read_files(files: &[(String, String)]) -> (Knowledge, Vec<Problem>) {
    let mut knowledge = Knowledge::default();
    let mut problems = Vec::new();
    let mut found = Vec::new();
    for (file, text) in files {
        let mut source = Source::new(file, text);
        match kind(file) {
            Kind::Entries => {
                let entries = entry_file::read(&mut source);
                found.extend(entries.into_iter().map(|f| (file.as_str(), text.as_str(), f)));
            }
            Kind::Emergencies => {
                emergencies(&mut source, &mut knowledge);
            }
            Kind::SmallTalk => {
                knowledge.small_talk.extend(list(&mut source, "small_talk", small_talk));
            }
            Kind::Variables => {
                knowledge.places.variables.extend(list(&mut source, "variable", variable));
            }
            Kind::Places => places(&mut source, &mut knowledge.places),
            Kind::Popular => knowledge.popular.extend(popular(&mut source)),
            Kind::Lexicon => lexicon(&mut source, &mut knowledge.lexicon),
            Kind::Cases => {}
            Kind::Unknown => source.error(
                0,
                "",
                "不知道这个文件是做什么的。条目放 entries/，考题放 cases/，区域放 places/，词表放 lexicon/",
            ),
        }
        problems.append(&mut source.problems);
    }
    check::across(&knowledge, &found, &mut problems);
    knowledge.entries = found
        .into_iter()
        .map(|(_, _, f)| Arc::new(f.entry))
        .collect();
    (knowledge, problems)
}

enum Kind {
    Entries,
    Emergencies,
    SmallTalk,
    Variables,
    Places,
    Lexicon,
    Popular,
    Cases,
    Unknown,
}

fn kind(file: &str) -> Kind {
    match file.split_once('/') {
        Some(("entries", _)) => Kind::Entries,
        Some(("cases", _)) => Kind::Cases,
        Some(("places", _)) => Kind::Places,
        Some(("lexicon", _)) => Kind::Lexicon,
        None if file == "emergencies.toml" => Kind::Emergencies,
        None if file == "small_talk.toml" => Kind::SmallTalk,
        None if file == "variables.toml" => Kind::Variables,
        None if file == "popular.toml" => Kind::Popular,
        _ => Kind::Unknown,
    }
}

fn list<T>(source: &mut Source, name: &str, read: impl Fn(&mut Source, &Fields) -> T) -> Vec<T> {
    let Some(table) = source.parse() else {
        return Vec::new();
    };
    let file = Fields {
        table: table.get_ref(),
        at: 0,
    };
    file.only(source, &[name]);
    file.tables(source, name)
        .iter()
        .map(|fields| read(source, fields))
        .collect()
}

fn emergencies(source: &mut Source, knowledge: &mut Knowledge) {
    let Some(table) = source.parse() else { return };
    let file = Fields {
        table: table.get_ref(),
        at: 0,
    };
    file.only(source, &["calm", "emergency"]);
    knowledge.calm.extend(file.words(source, "calm"));
    for fields in file.tables(source, "emergency") {
        knowledge.emergencies.push(emergency(source, &fields));
    }
}

fn emergency(source: &mut Source, fields: &Fields) -> Emergency {
    fields.only(
        source,
        &[
            "id", "phone", "text", "spoken", "any", "all", "unless", "when", "like",
        ],
    );
    let found = Emergency {
        id: fields.needed(source, "id"),
        phone: fields.needed(source, "phone"),
        text: fields.needed(source, "text"),
        spoken: fields.needed(source, "spoken"),
        any: fields.words(source, "any"),
        all: groups(source, fields),
        unless: fields.words(source, "unless"),
        like: fields.words(source, "like"),
        when: fields
            .tables(source, "when")
            .iter()
            .map(|when| conjunction(source, when))
            .collect(),
    };
    let rules = found.any.len() + found.all.len() + found.when.len();
    if rules == 0 && found.like.is_empty() {
        source.error(
            fields.at,
            "any",
            "没有写居民会怎么说（any、all、when 或 like），永远认不出来",
        );
    }
    found
}

fn conjunction(source: &mut Source, fields: &Fields) -> Conjunction {
    fields.only(source, &["all", "unless"]);
    let found = Conjunction {
        all: groups(source, fields),
        unless: fields.words(source, "unless"),
    };
    if found.all.is_empty() {
        source.error(fields.place("all"), "all", "至少要写一组词");
    }
    found
}

fn groups(source: &mut Source, fields: &Fields) -> Vec<Vec<String>> {
    let Some(value) = fields.value("all") else {
        return Vec::new();
    };
    let wrong = "要写成几组词：[[\"煤气\", \"燃气\"], [\"漏\"]]";
    let DeValue::Array(outer) = value.get_ref() else {
        source.error(value.span().start, "all", wrong);
        return Vec::new();
    };
    let mut groups = Vec::new();
    for inner in outer.iter() {
        let DeValue::Array(words) = inner.get_ref() else {
            source.error(inner.span().start, "all", wrong);
            continue;
        };
        let words: Vec<String> = words
            .iter()
            .filter_map(|w| w.get_ref().as_str())
            .map(str::to_owned)
            .collect();
        if words.is_empty() {
            source.error(inner.span().start, "all", wrong);
        } else {
            groups.push(words);
        }
    }
    groups
}

fn small_talk(source: &mut Source, fields: &Fields) -> SmallTalk {
    fields.only(source, &["id", "phrasings", "text", "spoken"]);
    let found = SmallTalk {
        id: fields.needed(source, "id"),
        phrasings: fields.words(source, "phrasings"),
        text: fields.needed(source, "text"),
        spoken: fields.needed(source, "spoken"),
    };
    if found.phrasings.is_empty() {
        source.error(fields.at, "phrasings", "缺少说法，请补上");
    }
    found
}

fn variable(source: &mut Source, fields: &Fields) -> Variable {
    fields.only(source, &["name", "label", "default"]);
    Variable {
        name: fields.needed(source, "name"),
        label: fields.needed(source, "label"),
        default: fields.needed(source, "default"),
    }
}

fn places(source: &mut Source, tree: &mut PlaceTree) {
    let Some(table) = source.parse() else { return };
    let file = Fields {
        table: table.get_ref(),
        at: 0,
    };
    file.only(source, &["place"]);
    for fields in file.tables(source, "place") {
        fields.only(source, &["id", "kind", "name", "parent", "variables"]);
        let kind = match fields.needed(source, "kind").as_str() {
            "city" => PlaceKind::City,
            "district" => PlaceKind::District,
            "street" => PlaceKind::Street,
            "community" => PlaceKind::Community,
            _ => {
                let at = fields.place("kind");
                source.error(at, "kind", "要写 city、district、street 或 community");
                continue;
            }
        };
        tree.places.push(Place {
            id: fields.needed(source, "id").into(),
            kind,
            name: fields.needed(source, "name"),
            parent: fields
                .text(source, "parent")
                .filter(|p| !p.is_empty())
                .map(Into::into),
            variables: values(source, &fields),
        });
    }
}

/// `"community.phone" = "..."` and the dotted `community.phone = "..."` mean
/// the same.
fn values(source: &mut Source, fields: &Fields) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    if let Some(given) = fields.table(source, "variables") {
        flatten(source, given.table, "", &mut values);
    }
    values
}

fn flatten(
    source: &mut Source,
    table: &DeTable,
    prefix: &str,
    values: &mut BTreeMap<String, String>,
) {
    for (key, value) in table {
        let value: &Spanned<DeValue> = value;
        let name = if prefix.is_empty() {
            key.get_ref().to_string()
        } else {
            format!("{prefix}.{}", key.get_ref())
        };
        match value.get_ref() {
            DeValue::String(text) => {
                values.insert(name, text.trim().to_owned());
            }
            DeValue::Table(inner) => flatten(source, inner, &name, values),
            _ => source.error(value.span().start, &name, "要写成带引号的文字"),
        }
    }
}

fn popular(source: &mut Source) -> Vec<EntryId> {
    let Some(table) = source.parse() else {
        return Vec::new();
    };
    let file = Fields {
        table: table.get_ref(),
        at: 0,
    };
    file.only(source, &["entries"]);
    file.words(source, "entries")
        .into_iter()
        .map(Into::into)
        .collect()
}

fn lexicon(source: &mut Source, lexicon: &mut Lexicon) {
    let Some(table) = source.parse() else { return };
    let file = Fields {
        table: table.get_ref(),
        at: 0,
    };
    file.only(source, &["words", "fillers", "alias"]);
    lexicon.words.extend(file.words(source, "words"));
    lexicon.fillers.extend(file.words(source, "fillers"));
    for fields in file.tables(source, "alias") {
        fields.only(source, &["from", "to"]);
        let alias = Alias {
            from: fields.needed(source, "from"),
            to: fields.needed(source, "to"),
        };
        if !alias.from.is_empty() && alias.from == alias.to {
            source.error(fields.at, "to", "俗称和正式名称一样，不用写");
        }
        lexicon.aliases.push(alias);
    }
}
