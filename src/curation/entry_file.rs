//! A topic file with its entries.

use super::table::{Fields, Source};
use super::{MAX_SPOKEN, variables};
use crate::model::{Entry, Facet, Phrasing, PhrasingOrigin, Source as Document};

/// Fewer phrasings than this are a doubt: from one to four phrasings an entry
/// is found 10 to 23 points more often, and still more with eight.
const FEW_PHRASINGS: usize = 8;

/// An entry with the places of what other files may contradict.
pub(super) struct Found {
    pub(super) entry: Entry,
    pub(super) id_at: usize,
    pub(super) wordings_at: Vec<(String, usize)>,
    pub(super) related_at: usize,
    pub(super) text_at: usize,
    pub(super) scope_at: usize,
}

/// The entries of one file.
pub(super) fn read(source: &mut Source) -> Vec<Found> {
    let Some(table) = source.parse() else {
        return Vec::new();
    };
    let file = Fields {
        table: table.get_ref(),
        at: 0,
    };
    file.only(source, &["area", "topic", "aliases", "entry"]);
    let area = file.needed(source, "area");
    let topic = file.needed(source, "topic");
    let aliases = file.words(source, "aliases");
    let entries = file.tables(source, "entry");
    if entries.is_empty() {
        source.warning(0, "entry", "这个文件里还没有条目（[[entry]]）");
    }
    entries
        .iter()
        .map(|fields| entry(source, fields, &area, &topic, &aliases))
        .collect()
}

fn entry(
    source: &mut Source,
    fields: &Fields,
    area: &str,
    topic: &str,
    aliases: &[String],
) -> Found {
    fields.only(
        source,
        &[
            "id",
            "facet",
            "question",
            "phrasings",
            "text",
            "spoken",
            "scope",
            "source",
            "effective",
            "expires",
            "related",
            "review",
        ],
    );
    let id = id(source, fields);
    let question = fields.needed(source, "question");
    let phrasings = fields.texts(source, "phrasings");
    if phrasings.len() < FEW_PHRASINGS {
        let words = format!(
            "只有 {} 种问法，最好有 {FEW_PHRASINGS} 种以上",
            phrasings.len()
        );
        source.warning(fields.place("phrasings"), "phrasings", words);
    }
    let text = fields.needed(source, "text");
    let spoken = spoken(source, fields);
    let effective = fields.date(source, "effective");
    let expires = fields.date(source, "expires");
    if effective
        .zip(expires)
        .is_some_and(|(from, until)| from >= until)
    {
        source.error(fields.place("expires"), "expires", "失效日期要晚于生效日期");
    }
    let review = fields.text(source, "review").filter(|r| !r.is_empty());
    if let Some(doubt) = &review {
        source.warning(fields.place("review"), "review", format!("待核实：{doubt}"));
    }
    let mut wordings_at = vec![(question.clone(), fields.place("question"))];
    wordings_at.extend(phrasings.iter().cloned());
    Found {
        entry: Entry {
            id: id.into(),
            area: area.to_owned(),
            topic: topic.to_owned(),
            aliases: aliases.to_vec(),
            facet: facet(source, fields),
            question,
            phrasings: phrasings
                .into_iter()
                .map(|(text, _)| Phrasing {
                    text,
                    origin: PhrasingOrigin::Author,
                })
                .collect(),
            text,
            spoken,
            scope: fields
                .text(source, "scope")
                .filter(|s| !s.is_empty())
                .map(Into::into),
            source: document(source, fields),
            effective,
            expires,
            related: fields
                .words(source, "related")
                .into_iter()
                .map(Into::into)
                .collect(),
            review,
        },
        id_at: fields.place("id"),
        wordings_at,
        related_at: fields.place("related"),
        text_at: fields.place("text"),
        scope_at: fields.place("scope"),
    }
}

fn id(source: &mut Source, fields: &Fields) -> String {
    let id = fields.needed(source, "id");
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-".contains(c);
    if !id.chars().all(plain) {
        let words = format!("“{id}”只能用小写英文字母、数字、点和短横线");
        source.error(fields.place("id"), "id", words);
    }
    id
}

fn spoken(source: &mut Source, fields: &Fields) -> String {
    let spoken = fields.needed(source, "spoken");
    let length = spoken.chars().count();
    if length > MAX_SPOKEN {
        let words = format!("有 {length} 个字，念出来太长，最多 {MAX_SPOKEN} 个");
        source.error(fields.place("spoken"), "spoken", words);
    }
    spoken
}

fn facet(source: &mut Source, fields: &Fields) -> Option<Facet> {
    let name = fields.text(source, "facet")?;
    let facet = serde_json::from_value(serde_json::Value::from(name.as_str())).ok();
    if facet.is_none() {
        let words = format!("不认识“{name}”，可以写的见 README.md 里的表");
        source.error(fields.place("facet"), "facet", words);
    }
    facet
}

fn document(source: &mut Source, fields: &Fields) -> Document {
    let Some(given) = fields.table(source, "source") else {
        if fields.value("source").is_none() {
            source.error(
                fields.at,
                "source",
                "缺少依据，请补上 [entry.source] 和文件标题",
            );
        }
        return Document::default();
    };
    given.only(
        source,
        &["title", "number", "issuer", "effective", "expires"],
    );
    let some = |text: Option<String>| text.filter(|t| !t.is_empty());
    Document {
        title: given.needed(source, "title"),
        number: some(given.text(source, "number")),
        issuer: some(given.text(source, "issuer")),
        effective: given.date(source, "effective"),
        expires: given.date(source, "expires"),
    }
}

/// Names of the variables in an entry's texts.
pub(super) fn variables_of(entry: &Entry) -> Vec<String> {
    variables(&entry.text)
        .chain(variables(&entry.spoken))
        .map(str::to_owned)
        .collect()
}
