//! A choice made by words.

use crate::model::{Choice, Query};
use crate::text::normalise;

/// What the words pick.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Picked {
    /// That one.
    One(usize),
    /// None of them.
    None,
}

const NONE: &[&str] = &[
    "都不是",
    "都不对",
    "不是这些",
    "没有我要的",
    "没有我想问的",
    "都没有",
    "不是",
    "不对",
    "没有一个是",
];

/// Whether the words pick one of the choices on the screen: by number, or by
/// the question itself.
pub(super) fn picked(shown: &[Choice], query: &Query) -> Option<Picked> {
    if shown.is_empty() {
        return None;
    }
    let said = query.normal.as_str();
    if NONE.contains(&said) || NONE.contains(&query.core.as_str()) {
        return Some(Picked::None);
    }
    if let Some(number) = number(said).filter(|n| (1..=shown.len()).contains(n)) {
        return Some(Picked::One(number - 1));
    }
    shown
        .iter()
        .position(|c| normalise(&c.question) == said)
        .map(Picked::One)
}

fn number(said: &str) -> Option<usize> {
    let inner = [
        "我要选",
        "我选",
        "就选",
        "选择",
        "选",
        "我要问",
        "问",
        "就是",
        "是",
        "要",
    ]
    .iter()
    .find_map(|w| said.strip_prefix(w))
    .unwrap_or(said);
    let inner = inner.strip_prefix('第').unwrap_or(inner);
    let inner = ["个问题", "个", "项", "条", "号"]
        .iter()
        .find_map(|w| inner.strip_suffix(w))
        .unwrap_or(inner);
    match inner {
        "1" | "一" => Some(1),
        "2" | "二" | "两" => Some(2),
        "3" | "三" => Some(3),
        _ => None,
    }
}
