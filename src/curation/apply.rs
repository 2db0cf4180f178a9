//! A proposal is checked, and becomes part of the knowledge.

use crate::model::{Entry, EntryId, Knowledge, Phrasing, PhrasingOrigin, PlaceId, Proposal};
use std::collections::HashMap;
use std::sync::Arc;

/// Longest spoken text, in characters.
pub const MAX_SPOKEN: usize = 80;

/// Makes the change. What it is about must exist; a proposal for an entry
/// that was taken out meanwhile changes nothing.
pub fn apply(knowledge: &mut Knowledge, proposal: &Proposal) {
    match proposal {
        Proposal::Entry { entry } => {
            let entry = Arc::new(entry.as_ref().clone());
            match knowledge.entries.iter_mut().find(|e| e.id == entry.id) {
                Some(found) => *found = entry,
                None => knowledge.entries.push(entry),
            }
        }
        Proposal::Phrasing { entry, text } => {
            if let Some(found) = knowledge.entries.iter_mut().find(|e| e.id == *entry)
                && found.wordings().all(|w| w != text)
            {
                let phrasing = Phrasing {
                    text: text.clone(),
                    origin: PhrasingOrigin::Resident,
                };
                Arc::make_mut(found).phrasings.push(phrasing);
            }
        }
        Proposal::Retire { entry } => knowledge.entries.retain(|e| e.id != *entry),
    }
}

/// What must be put right before a proposal may be published, in Chinese;
/// nothing when it is fine.
pub fn check_proposal(knowledge: &Knowledge, proposal: &Proposal) -> Vec<String> {
    let mut problems = Vec::new();
    match proposal {
        Proposal::Entry { entry } => check_entry(knowledge, entry, &mut problems),
        Proposal::Phrasing { entry, text } => {
            if !knowledge.entries.iter().any(|e| e.id == *entry) {
                problems.push(format!("没有条目 {entry}"));
            }
            if text.trim().is_empty() {
                problems.push("问法是空的".to_owned());
            } else if let Some(other) = knowledge
                .entries
                .iter()
                .find(|e| e.wordings().any(|w| w == text))
            {
                problems.push(format!("问法“{text}”已经在条目 {} 里", other.id));
            }
        }
        Proposal::Retire { entry } => {
            if !knowledge.entries.iter().any(|e| e.id == *entry) {
                problems.push(format!("没有条目 {entry}"));
            }
        }
    }
    problems
}

fn check_entry(knowledge: &Knowledge, entry: &Entry, problems: &mut Vec<String>) {
    let id = entry.id.as_str();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-".contains(c);
    if id.is_empty() || !id.chars().all(plain) {
        problems.push("条目 id 只能用小写英文字母、数字、点和短横线".to_owned());
    }
    for (name, value) in [
        ("标准问", &entry.question),
        ("屏幕答案", &entry.text),
        ("口播答案", &entry.spoken),
        ("领域", &entry.area),
        ("主题", &entry.topic),
        ("依据文件标题", &entry.source.title),
    ] {
        if value.trim().is_empty() {
            problems.push(format!("{name}还没有填"));
        }
    }
    let spoken = entry.spoken.chars().count();
    if spoken > MAX_SPOKEN {
        problems.push(format!("口播答案有 {spoken} 个字，最多 {MAX_SPOKEN} 个"));
    }
    for text in [&entry.text, &entry.spoken] {
        for name in variables(text) {
            if !knowledge.places.variables.iter().any(|v| v.name == name) {
                problems.push(format!("变量 {{{name}}} 没有在 variables.toml 登记"));
            }
        }
    }
    if let Some(scope) = &entry.scope
        && !knowledge.places.places.iter().any(|p| p.id == *scope)
    {
        problems.push(format!("没有区域 {scope}"));
    }
    for related in &entry.related {
        if *related != entry.id && !knowledge.entries.iter().any(|e| e.id == *related) {
            problems.push(format!("相关条目 {related} 没有"));
        }
    }
    let others = knowledge
        .entries
        .iter()
        .filter(|e| e.id != entry.id && e.scope == entry.scope);
    for other in others {
        if let Some(same) = entry.wordings().find(|w| other.wordings().any(|o| o == *w)) {
            problems.push(format!("问法“{same}”已经在条目 {} 里", other.id));
        }
    }
    if entry
        .effective
        .zip(entry.expires)
        .is_some_and(|(from, until)| from >= until)
    {
        problems.push("失效日期要晚于生效日期".to_owned());
    }
}

/// Names of the place variables in a text.
pub fn variables(text: &str) -> impl Iterator<Item = &str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name.trim()))
}

/// Wordings that two entries of the same scope share, in Chinese: such a
/// question could not be answered at once any more. Entries of different
/// scopes may share theirs: the nearest place wins.
pub fn shared_wordings(knowledge: &Knowledge) -> Vec<String> {
    let mut seen: HashMap<(Option<&PlaceId>, &str), &EntryId> = HashMap::new();
    let mut problems = Vec::new();
    for entry in &knowledge.entries {
        for wording in entry.wordings() {
            if let Some(other) = seen.insert((entry.scope.as_ref(), wording), &entry.id)
                && *other != entry.id
            {
                problems.push(format!("条目 {other} 和 {} 都有问法“{wording}”", entry.id));
            }
        }
    }
    problems
}
