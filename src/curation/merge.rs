//! Knowledge from files meets what was edited in the console.

use crate::model::{Entry, EntryId, Knowledge};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write;
use std::sync::Arc;

/// What every entry was in the files at the last import: id to content hash.
pub type Remembered = BTreeMap<String, String>;

/// The outcome of a merge.
#[derive(Debug, Default)]
pub struct Merged {
    /// What would be published.
    pub knowledge: Knowledge,
    /// To be remembered for the next import.
    pub remembered: Remembered,
    /// New entries.
    pub added: usize,
    /// Entries whose files changed.
    pub changed: usize,
    /// Entries that are not in the files any more.
    pub removed: usize,
    /// Entries on which file and console disagree: the console's version
    /// stays.
    pub kept: Vec<EntryId>,
}

fn hash(entry: &Entry) -> String {
    let json = serde_json::to_vec(entry).unwrap_or_default();
    Sha256::digest(json)
        .iter()
        .fold(String::new(), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
}

/// Three-way merge of every entry: the live edition, the files, and what the
/// files said at the last import. Who changed it since wins; where both did,
/// the console does. Everything that is no entry comes from the files.
pub fn merge(live: &Knowledge, files: Knowledge, remembered: &Remembered) -> Merged {
    let mut merged = Merged::default();
    let mut by_id: HashMap<&EntryId, &Arc<Entry>> =
        live.entries.iter().map(|e| (&e.id, e)).collect();
    let mut in_files = HashSet::new();
    let mut entries = Vec::with_capacity(files.entries.len());
    for entry in files.entries {
        let new = hash(&entry);
        let before = remembered.get(entry.id.as_str());
        in_files.insert(entry.id.clone());
        merged.remembered.insert(entry.id.to_string(), new.clone());
        match by_id.remove(&entry.id) {
            // Taken out in the console, and the file is as it was.
            None if before == Some(&new) => merged.kept.push(entry.id.clone()),
            None => {
                merged.added += 1;
                entries.push(entry);
            }
            Some(now) => {
                let current = hash(now);
                if current == new {
                    entries.push(Arc::clone(now));
                } else if before == Some(&current) {
                    merged.changed += 1;
                    entries.push(entry);
                } else {
                    if before != Some(&new) {
                        merged.kept.push(entry.id.clone());
                    }
                    entries.push(Arc::clone(now));
                }
            }
        }
    }
    // What is only in the live edition, in its order.
    for entry in live.entries.iter().filter(|e| !in_files.contains(&e.id)) {
        match remembered.get(entry.id.as_str()) {
            Some(before) if *before == hash(entry) => merged.removed += 1,
            Some(_) => {
                merged.kept.push(entry.id.clone());
                entries.push(Arc::clone(entry));
            }
            None => entries.push(Arc::clone(entry)),
        }
    }
    merged.knowledge = Knowledge { entries, ..files };
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Phrasing, PhrasingOrigin, Source};

    fn entry(id: &str, text: &str) -> Arc<Entry> {
        Arc::new(Entry {
            id: id.into(),
            area: "户籍与身份".to_owned(),
            topic: "居住证".to_owned(),
            aliases: Vec::new(),
            facet: None,
            question: format!("{id}怎么办"),
            phrasings: vec![Phrasing {
                text: "咋办".to_owned(),
                origin: PhrasingOrigin::Author,
            }],
            text: text.to_owned(),
            spoken: text.to_owned(),
            scope: None,
            source: Source::default(),
            effective: None,
            expires: None,
            related: Vec::new(),
            review: None,
        })
    }

    fn knowledge(entries: &[(&str, &str)]) -> Knowledge {
        Knowledge {
            entries: entries.iter().map(|(id, text)| entry(id, text)).collect(),
            ..Knowledge::default()
        }
    }

    fn texts(merged: &Merged) -> Vec<(String, String)> {
        merged
            .knowledge
            .entries
            .iter()
            .map(|e| (e.id.to_string(), e.text.clone()))
            .collect()
    }

    fn pair(id: &str, text: &str) -> (String, String) {
        (id.to_owned(), text.to_owned())
    }

    #[test]
    fn who_changed_it_since_the_last_import_wins() {
        let first = merge(
            &Knowledge::default(),
            knowledge(&[("a", "1"), ("b", "1")]),
            &Remembered::new(),
        );
        assert_eq!((first.added, first.changed, first.removed), (2, 0, 0));

        for (case, live, files, wanted, counts, kept) in [
            (
                "nothing",
                [("a", "1"), ("b", "1")],
                [("a", "1"), ("b", "1")],
                vec![pair("a", "1"), pair("b", "1")],
                (0, 0, 0),
                0,
            ),
            (
                "the file",
                [("a", "1"), ("b", "1")],
                [("a", "2"), ("b", "1")],
                vec![pair("a", "2"), pair("b", "1")],
                (0, 1, 0),
                0,
            ),
            (
                "the console",
                [("a", "3"), ("b", "1")],
                [("a", "1"), ("b", "1")],
                vec![pair("a", "3"), pair("b", "1")],
                (0, 0, 0),
                0,
            ),
            (
                "both",
                [("a", "3"), ("b", "1")],
                [("a", "2"), ("b", "1")],
                vec![pair("a", "3"), pair("b", "1")],
                (0, 0, 0),
                1,
            ),
        ] {
            let merged = merge(&knowledge(&live), knowledge(&files), &first.remembered);
            assert_eq!(texts(&merged), wanted, "{case}");
            assert_eq!(
                (merged.added, merged.changed, merged.removed),
                counts,
                "{case}"
            );
            assert_eq!(merged.kept.len(), kept, "{case}");
        }
    }

    #[test]
    fn entries_come_and_go_with_their_files_and_console_entries_stay() {
        let first = merge(
            &Knowledge::default(),
            knowledge(&[("a", "1"), ("b", "1")]),
            &Remembered::new(),
        );
        let live = knowledge(&[("a", "1"), ("b", "1"), ("console", "1")]);
        let merged = merge(&live, knowledge(&[("a", "1")]), &first.remembered);
        assert_eq!(texts(&merged), [pair("a", "1"), pair("console", "1")]);
        assert_eq!(merged.removed, 1);

        // Taken out in the console: it does not come back with the next start.
        let merged = merge(
            &knowledge(&[("b", "1")]),
            knowledge(&[("a", "1"), ("b", "1")]),
            &first.remembered,
        );
        assert_eq!(texts(&merged), [pair("b", "1")]);
    }
}
