//! Question cases: how residents may ask, and what must come of it.

use super::Problem;
use super::table::{Fields, Source};
use crate::model::{EntryId, Knowledge};
use std::collections::HashSet;
use toml::de::DeValue;

/// What must come of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Any of these entries.
    Entry(Vec<EntryId>),
    /// No answer; the text says why.
    None(String),
    /// This emergency.
    Emergency(String),
}

/// One question case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The file it stands in.
    pub file: String,
    /// Its line.
    pub line: usize,
    /// The question.
    pub ask: String,
    /// What was asked before in the same session.
    pub after: Vec<String>,
    /// What must come of it.
    pub wanted: Wanted,
}

/// Where the cases stand that never judge: who wrote them had read how the answer begins.
const LEARNED: &str = "cases/learn/";

impl Case {
    /// Whether it is one of those that judge. The weights of the decision may be
    /// fitted to the others: all in `cases/learn/`, and half of the single questions
    /// elsewhere; a hash of the words decides, so that no case changes sides when
    /// others come or go.
    pub fn judges(&self) -> bool {
        use sha2::{Digest, Sha256};
        let single = self.after.is_empty() && !matches!(self.wanted, Wanted::Emergency(_));
        !self.only_teaches() && (!single || Sha256::digest(&self.ask)[0] % 2 == 0)
    }

    /// Whether it stands among those that never judge.
    pub fn only_teaches(&self) -> bool {
        self.file.starts_with(LEARNED)
    }
}

/// The cases of every file under `cases/`, with their faults.
pub fn read_cases(files: &[(String, String)], knowledge: &Knowledge) -> (Vec<Case>, Vec<Problem>) {
    let ids: HashSet<&str> = knowledge.entries.iter().map(|e| e.id.as_str()).collect();
    let wordings: HashSet<&str> = knowledge
        .entries
        .iter()
        .flat_map(|e| e.wordings().collect::<Vec<_>>())
        .collect();
    let mut cases = Vec::new();
    let mut problems = Vec::new();
    for (file, text) in files.iter().filter(|(file, _)| file.starts_with("cases/")) {
        let mut source = Source::new(file, text);
        if let Some(table) = source.parse() {
            let fields = Fields {
                table: table.get_ref(),
                at: 0,
            };
            fields.only(&mut source, &["case"]);
            for case in fields.tables(&mut source, "case") {
                cases.extend(read(&mut source, &case, &ids, &wordings, knowledge));
            }
        }
        problems.append(&mut source.problems);
    }
    (cases, problems)
}

fn read(
    source: &mut Source,
    fields: &Fields,
    ids: &HashSet<&str>,
    wordings: &HashSet<&str>,
    knowledge: &Knowledge,
) -> Option<Case> {
    fields.only(source, &["ask", "after", "entry", "none", "emergency"]);
    let ask = fields.needed(source, "ask");
    if wordings.contains(ask.as_str()) {
        source.error(
            fields.place("ask"),
            "ask",
            "和一条问法一模一样，考不出什么，请换一种说法",
        );
    }
    let after = fields.words(source, "after");
    let given = ["entry", "none", "emergency"]
        .iter()
        .filter(|n| fields.value(n).is_some())
        .count();
    if given != 1 {
        source.error(fields.at, "entry", "要写 entry、none、emergency 中的一个");
        return None;
    }
    let wanted = if fields.value("entry").is_some() {
        let wanted = entries(source, fields);
        for id in wanted.iter().filter(|id| !ids.contains(id.as_str())) {
            source.error(fields.place("entry"), "entry", format!("没有条目 {id}"));
        }
        Wanted::Entry(wanted)
    } else if fields.value("none").is_some() {
        Wanted::None(fields.needed(source, "none"))
    } else {
        let id = fields.needed(source, "emergency");
        if !knowledge.emergencies.iter().any(|e| e.id == id) {
            source.error(
                fields.place("emergency"),
                "emergency",
                format!("没有紧急情况 {id}"),
            );
        }
        Wanted::Emergency(id)
    };
    let line = source.line(fields.at);
    let case = Case {
        file: source.file.to_owned(),
        line,
        ask,
        after,
        wanted,
    };
    // What is learned is one question and what finds its answer.
    let alone = case.after.is_empty() && !matches!(case.wanted, Wanted::Emergency(_));
    if case.only_teaches() && !alone {
        let words = "cases/learn/ 里的考题不能写 after 和 emergency，请放到别的文件里";
        source.error(fields.at, "case", words);
    }
    Some(case)
}

fn entries(source: &mut Source, fields: &Fields) -> Vec<EntryId> {
    match fields.value("entry").map(|v| v.get_ref()) {
        Some(DeValue::Array(_)) => fields
            .words(source, "entry")
            .into_iter()
            .map(Into::into)
            .collect(),
        _ => vec![fields.needed(source, "entry").into()],
    }
}
