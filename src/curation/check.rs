//! What only shows when all files are seen together.

use super::Problem;
use super::entry_file::{Found, variables_of};
use crate::model::{Emergency, Knowledge, PlaceId};
use crate::text::normalise;
use std::collections::{HashMap, HashSet};

fn line(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset.min(text.len())]
        .iter()
        .filter(|b| **b == b'\n')
        .count()
        + 1
}

/// Ids and phrasings that occur twice, references that lead nowhere.
pub(super) fn across(
    knowledge: &Knowledge,
    found: &[(&str, &str, Found)],
    problems: &mut Vec<Problem>,
) {
    let mut ids: HashMap<&str, &str> = HashMap::new();
    // Entries of different places may be asked in the same words.
    let mut wordings: HashMap<(Option<&PlaceId>, &str), &str> = HashMap::new();
    for (file, text, entry) in found {
        let id = entry.entry.id.as_str();
        if let Some(other) = ids.insert(id, file).filter(|_| !id.is_empty()) {
            let words = format!("条目 {id} 在 {other} 里已经有了，id 不能重复");
            problems.push(Problem::error(file, line(text, entry.id_at), "id", words));
        }
        for (wording, at) in &entry.wordings_at {
            if wording.is_empty() {
                continue;
            }
            if let Some(other) = wordings.insert((entry.entry.scope.as_ref(), wording), id) {
                let words = format!("问法“{wording}”已经在条目 {other} 里，一种问法只能有一个答案");
                problems.push(Problem::error(file, line(text, *at), "phrasings", words));
            }
        }
    }
    let variables: HashSet<&str> = knowledge
        .places
        .variables
        .iter()
        .map(|v| v.name.as_str())
        .collect();
    let places: HashSet<&str> = knowledge
        .places
        .places
        .iter()
        .map(|p| p.id.as_str())
        .collect();
    for (file, text, entry) in found {
        for related in &entry.entry.related {
            if !ids.contains_key(related.as_str()) {
                let words = format!("没有条目 {related}");
                problems.push(Problem::error(
                    file,
                    line(text, entry.related_at),
                    "related",
                    words,
                ));
            }
        }
        for name in variables_of(&entry.entry) {
            if !variables.contains(name.as_str()) {
                let words = format!("变量 {{{name}}} 没有在 variables.toml 登记");
                problems.push(Problem::error(
                    file,
                    line(text, entry.text_at),
                    "text",
                    words,
                ));
            }
        }
        if let Some(scope) = &entry.entry.scope
            && !places.contains(scope.as_str())
        {
            let words = format!("没有区域 {scope}，区域写在 places/ 里");
            problems.push(Problem::error(
                file,
                line(text, entry.scope_at),
                "scope",
                words,
            ));
        }
    }
    for id in knowledge
        .popular
        .iter()
        .filter(|id| !ids.contains_key(id.as_str()))
    {
        let words = format!("没有条目 {id}");
        problems.push(Problem::error("popular.toml", 0, "entries", words));
    }
    places_and_variables(knowledge, &variables, problems);
}

fn places_and_variables(
    knowledge: &Knowledge,
    variables: &HashSet<&str>,
    problems: &mut Vec<Problem>,
) {
    let tree = &knowledge.places;
    let mut seen = HashSet::new();
    for place in &tree.places {
        if !seen.insert(&place.id) {
            let words = format!("区域 {} 写了两次", place.id);
            problems.push(Problem::error("places", 0, "id", words));
        }
        if let Some(parent) = &place.parent
            && !tree.places.iter().any(|p| p.id == *parent)
        {
            let words = format!("区域 {} 的上级 {parent} 没有", place.id);
            problems.push(Problem::error("places", 0, "parent", words));
        }
        for name in place
            .variables
            .keys()
            .filter(|n| !variables.contains(n.as_str()))
        {
            let words = format!("区域 {} 填了没有登记的变量 {name}", place.id);
            problems.push(Problem::error("places", 0, "variables", words));
        }
    }
    let mut names = HashSet::new();
    for variable in &tree.variables {
        if !names.insert(&variable.name) {
            let words = format!("变量 {} 登记了两次", variable.name);
            problems.push(Problem::error("variables.toml", 0, "name", words));
        }
        if variable.default.contains(['{', '}']) {
            let words = format!("变量 {} 的 default 里不能有大括号", variable.name);
            problems.push(Problem::error("variables.toml", 0, "default", words));
        }
    }
    let mut emergencies = HashSet::new();
    for emergency in &knowledge.emergencies {
        if !emergencies.insert(&emergency.id) {
            let words = format!("紧急情况 {} 写了两次", emergency.id);
            problems.push(Problem::error("emergencies.toml", 0, "id", words));
        }
    }
    examples(knowledge, problems);
}

/// What dangers are learned from.
fn examples(knowledge: &Knowledge, problems: &mut Vec<Problem>) {
    let mut error = |words: String| {
        problems.push(Problem::error("emergencies.toml", 0, "like", words));
    };
    let mut seen: HashMap<String, &str> = HashMap::new();
    let like = knowledge.emergencies.iter();
    let like = like.flat_map(|e| e.like.iter().map(|said| (said, e.id.as_str())));
    for (said, of) in like.chain(knowledge.calm.iter().map(|said| (said, "calm"))) {
        let before = seen.insert(normalise(said), of);
        if let Some(before) = before.filter(|before| *before != of) {
            error(format!(
                "“{said}”在 {before} 和 {of} 里都有，分不出是哪一边，请只留一处"
            ));
        }
    }
    let ruled = |e: &Emergency| !(e.any.is_empty() && e.all.is_empty() && e.when.is_empty());
    for emergency in knowledge.emergencies.iter().filter(|e| !ruled(e)) {
        if !knowledge.teaches_dangers() {
            error(format!(
                "紧急情况 {} 只写了 like，可 like 和 calm 没有各写满 {} 句，还认不出来；请补上例子，或者写 any、when",
                emergency.id,
                Knowledge::FEWEST_EXAMPLES
            ));
        }
    }
}
