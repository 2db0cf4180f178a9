//! Files become an edition.

use super::{Flow, FlowError, FlowResult};
use crate::curation::{self, Case, Problem};
use crate::model::{Knowledge, Proposal};
use std::sync::Arc;

/// The setting that remembers what every entry was in the files when it was
/// last imported.
const IMPORTED: &str = "imported_entries";

/// What an import did, or would do.
#[derive(Clone, Debug, Default)]
pub struct ImportReport {
    /// Entries that were not there before.
    pub added: usize,
    /// Entries whose files changed.
    pub changed: usize,
    /// Entries that are not in the files any more.
    pub removed: usize,
    /// Entries that differ but were edited in the console since, and stay.
    pub kept: Vec<String>,
    /// What the validator says.
    pub problems: Vec<Problem>,
    /// The edition that came of it; nothing when nothing changed, or in a
    /// rehearsal.
    pub edition: Option<i64>,
}

/// Largest share of the entries that one import may take out. A folder that
/// was half copied, or not mounted, must not empty the kiosks.
const MOST_REMOVED: usize = 5;

impl ImportReport {
    /// Adds a fault when the files would take away what no edit takes away.
    fn refuse_losses(&mut self, before: &Knowledge, after: &Knowledge) {
        let mut refuse = |field: &str, words: String| {
            self.problems
                .push(Problem::error("knowledge", 0, field, words));
        };
        if after.entries.is_empty() {
            refuse("entry", "文件夹里没有一个条目，请检查路径".to_owned());
        } else if self.removed > MOST_REMOVED && self.removed * 5 > before.entries.len() {
            let words = format!(
                "会移除 {} 个条目（现有 {} 个），像是文件没有拷全。确实要移除，请在管理后台停用",
                self.removed,
                before.entries.len()
            );
            refuse("entry", words);
        }
        if after.emergencies.is_empty() && !before.emergencies.is_empty() {
            refuse(
                "emergency",
                "没有 emergencies.toml，紧急情况会认不出来".to_owned(),
            );
        } else if before.teaches_dangers() && !after.teaches_dangers() {
            refuse(
                "like",
                "emergencies.toml 里的 like 或 calm 没有了，没有规则的急话会认不出来".to_owned(),
            );
        }
    }

    /// The faults, one a line, for people.
    pub fn errors(&self) -> String {
        let errors: Vec<String> = self
            .problems
            .iter()
            .filter(|p| p.is_error())
            .map(ToString::to_string)
            .collect();
        errors.join("\n")
    }
}

/// The result of an import: a report, also when it was refused.
pub enum Imported {
    /// Done, or nothing to do.
    Done(ImportReport),
    /// The files have errors; nothing was changed.
    Refused(ImportReport),
}

impl Flow {
    /// Takes a knowledge base from files (relative path and text of each).
    /// Entries that an admin edited since the last import stay as they are.
    /// All or nothing: one error in the files refuses them all.
    ///
    /// # Errors
    /// When the edition cannot be built or written.
    pub async fn import(
        self: &Arc<Self>,
        files: &[(String, String)],
        rehearse: bool,
    ) -> FlowResult<Imported> {
        let _one_at_a_time = self.publishing.lock().await;
        let (from_files, problems) = curation::read_files(files);
        let mut report = ImportReport {
            problems,
            ..ImportReport::default()
        };
        if report.problems.iter().any(Problem::is_error) {
            return Ok(Imported::Refused(report));
        }
        self.catch_up().await?;
        let live = self.live();
        let now_live = &live.index.edition().knowledge;
        let remembered = self.remembered().await?;
        let merged = curation::merge(now_live, from_files, &remembered);
        report.added = merged.added;
        report.changed = merged.changed;
        report.removed = merged.removed;
        report.kept = merged.kept.iter().map(ToString::to_string).collect();
        report.refuse_losses(now_live, &merged.knowledge);
        for words in curation::shared_wordings(&merged.knowledge) {
            report
                .problems
                .push(Problem::warning("entries", 0, "phrasings", words));
        }
        if report.problems.iter().any(Problem::is_error) {
            return Ok(Imported::Refused(report));
        }
        if rehearse {
            return Ok(Imported::Done(report));
        }
        if live.number() == 0 || merged.knowledge != *now_live {
            let note = format!(
                "从文件导入：新增 {}，修改 {}，移除 {}",
                report.added, report.changed, report.removed
            );
            report.edition = Some(self.publish_knowledge(merged.knowledge, note).await?);
        }
        self.remember(&merged.remembered).await?;
        Ok(Imported::Done(report))
    }

    async fn remembered(&self) -> FlowResult<curation::Remembered> {
        let text = self.store.setting(IMPORTED).await?;
        Ok(text
            .and_then(|t| serde_json::from_str(&t).ok())
            .unwrap_or_default())
    }

    async fn remember(&self, remembered: &curation::Remembered) -> FlowResult<()> {
        let text = serde_json::to_string(remembered)
            .map_err(|e| FlowError::Invalid(format!("无法记录导入状态：{e}")))?;
        if self.store.setting(IMPORTED).await?.as_deref() != Some(&text) {
            self.store.set_setting(IMPORTED, &text).await?;
        }
        Ok(())
    }

    /// Takes entries from JSON lines: those that are there are replaced, others
    /// added, none removed.
    ///
    /// # Errors
    /// `Invalid` with line and reason; when the edition cannot be written.
    pub async fn import_jsonl(
        self: &Arc<Self>,
        text: &str,
        rehearse: bool,
    ) -> FlowResult<Imported> {
        let _one_at_a_time = self.publishing.lock().await;
        let (entries, problems) = curation::read_jsonl(text);
        let mut report = ImportReport {
            problems,
            ..ImportReport::default()
        };
        if report.problems.iter().any(Problem::is_error) {
            return Ok(Imported::Refused(report));
        }
        let live = self.live();
        let mut knowledge = live.index.edition().knowledge.clone();
        for entry in entries {
            match knowledge.entries.iter().find(|e| e.id == entry.id) {
                Some(found) if **found == entry => continue,
                Some(_) => report.changed += 1,
                None => report.added += 1,
            }
            curation::apply(
                &mut knowledge,
                &Proposal::Entry {
                    entry: Box::new(entry),
                },
            );
        }
        for words in curation::shared_wordings(&knowledge) {
            report
                .problems
                .push(Problem::error("JSONL", 0, "similar", words));
        }
        if report.problems.iter().any(Problem::is_error) {
            return Ok(Imported::Refused(report));
        }
        if !rehearse && report.added + report.changed > 0 {
            let note = format!(
                "从 JSONL 导入：新增 {}，修改 {}",
                report.added, report.changed
            );
            report.edition = Some(self.publish_knowledge(knowledge, note).await?);
        }
        Ok(Imported::Done(report))
    }

    /// Every entry of the edition as JSON lines.
    pub fn export_jsonl(&self) -> String {
        curation::write_jsonl(&self.live().index.edition().knowledge)
    }

    /// The whole knowledge base as TOML files: relative path and text.
    pub fn export_toml(&self) -> Vec<(String, String)> {
        curation::write_files(&self.live().index.edition().knowledge)
    }
}

/// What is in the files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileCounts {
    /// Entries.
    pub entries: usize,
    /// Phrasings, standard questions included.
    pub phrasings: usize,
    /// Question cases.
    pub cases: usize,
}

/// Checks knowledge files without a store: counts, question cases, errors and
/// warnings.
pub fn check_files(files: &[(String, String)]) -> (FileCounts, Vec<Case>, Vec<Problem>) {
    let (knowledge, mut problems) = curation::read_files(files);
    let (cases, found) = curation::read_cases(files, &knowledge);
    problems.extend(found);
    let phrasings = knowledge.entries.iter().map(|e| e.wordings().count()).sum();
    let entries = knowledge.entries.len();
    let counts = FileCounts {
        entries,
        phrasings,
        cases: cases.len(),
    };
    (counts, cases, problems)
}
