//! The import table of `src/README.md` is the law: every `crate::module` path
//! must be allowed there. Files stay small, too.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on shall panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Longest file, in lines, without its tests.
const LONGEST: usize = 430;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The rows of the table: module to the modules it may use.
fn table(readme: &str) -> BTreeMap<String, BTreeSet<String>> {
    let ticked = |cell: &str| {
        cell.split('`')
            .skip(1)
            .step_by(2)
            .map(str::to_owned)
            .collect::<BTreeSet<_>>()
    };
    let mut rows = BTreeMap::new();
    let body = readme
        .split("<!-- import table -->")
        .nth(1)
        .expect("the table is marked");
    for line in body.lines().filter(|l| l.starts_with("| `")) {
        let mut cells = line.trim_matches('|').split('|');
        let (modules, allowed) = (cells.next().unwrap(), cells.next().unwrap());
        for module in ticked(modules) {
            rows.insert(module, ticked(allowed));
        }
    }
    rows
}

fn files(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Modules named by `crate::...` in a source text, grouped imports included.
fn used(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("crate::") {
        let before = text[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &text[at + "crate::".len()..];
        let names = match rest.strip_prefix('{') {
            Some(group) => top_level(group),
            None => vec![rest.to_owned()],
        };
        for name in names {
            let name: String = name
                .trim()
                .chars()
                .take_while(|c| c.is_ascii_lowercase() || *c == '_' || c.is_ascii_digit())
                .collect();
            if !name.is_empty() {
                found.insert(name);
            }
        }
    }
    found
}

/// The items of a `{...}` group at its own level.
fn top_level(group: &str) -> Vec<String> {
    let (mut depth, mut item, mut items) = (0, String::new(), Vec::new());
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => items.push(std::mem::take(&mut item)),
            _ => {}
        }
        if c != ',' || depth > 0 {
            item.push(c);
        }
    }
    items.push(item);
    items
}

#[test]
fn every_import_is_in_the_table() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let table = table(&readme);
    let modules: BTreeSet<String> = std::fs::read_dir(root())
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.is_dir())
        .map(|p| p.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    let rows: BTreeSet<String> = table.keys().cloned().collect();
    assert_eq!(
        modules, rows,
        "every module has a row and every row a module"
    );

    let mut wrong = Vec::new();
    for module in &modules {
        let allowed = &table[module];
        let mut sources = Vec::new();
        files(&root().join(module), &mut sources);
        for source in sources {
            for used in used(&std::fs::read_to_string(&source).unwrap()) {
                let open =
                    allowed.contains("*") && used != "cli" && (used != "app" || module == "cli");
                if used != *module && modules.contains(&used) && !open && !allowed.contains(&used) {
                    wrong.push(format!("{} uses {used}", source.display()));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "not allowed by the table in src/README.md:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn files_stay_small() {
    let mut sources = Vec::new();
    files(&root(), &mut sources);
    let long: Vec<String> = sources
        .iter()
        .filter(|p| !p.ends_with("tests.rs"))
        .map(|p| (p, std::fs::read_to_string(p).unwrap()))
        .map(|(p, text)| {
            let body = text
                .split("#[cfg(test)]\nmod tests {")
                .next()
                .unwrap_or_default();
            (p, body.lines().count())
        })
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(p, lines)| format!("{} has {lines} lines", p.display()))
        .collect();
    assert!(long.is_empty(), "split them:\n{}", long.join("\n"));
}

#[test]
fn imports_are_found_however_they_are_written() {
    for (text, wanted) in [
        ("use crate::store::Reader;", vec!["store"]),
        (
            "use crate::{desk, goal::{Tally, report}, text};",
            vec!["desk", "goal", "text"],
        ),
        ("fn f() { crate::flow::go() }", vec!["flow"]),
        ("linli_crate::store", vec![]),
    ] {
        let found: Vec<String> = used(text).into_iter().collect();
        assert_eq!(found, wanted, "{text}");
    }
}
