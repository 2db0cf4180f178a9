//! The plainest question of all: a topic's name and 怎么办.
//!
//! Such a question is so short that every side of the topic looks alike to the
//! features, yet everybody means the same by it: how it is done.

use super::index::Index;
use crate::model::{Facet, Hit};
use std::borrow::Cow;

/// What stands behind a name.
const AFTER: &[&str] = &[
    "怎么办",
    "怎么办理",
    "如何办理",
    "怎么申请",
    "如何申请",
    "怎么弄",
    "怎么整",
    "怎么搞",
    "咋办",
    "咋办理",
    "咋弄",
    "咋整",
    "咋申请",
    "咋搞",
    "办理",
    "申请",
    "怎么个办法",
    "的办理",
    "办理流程",
    "申请流程",
    "的流程",
    "流程",
];
/// What stands before a name.
const BEFORE: &[&str] = &[
    "怎么办",
    "怎么办理",
    "如何办理",
    "怎么申请",
    "如何申请",
    "咋办",
    "咋申请",
    "办理",
    "申请",
    "办",
    "想办",
    "我想办",
    "我要办",
    "要办",
    "我想申请",
    "想申请",
    "我要申请",
    "办个",
    "想办个",
    "我想办个",
];
/// How sure such a question makes.
const SURE: f32 = 0.95;
/// At most so sure is any other entry then.
const OTHERS: f32 = 0.5;

/// Whether the words are nothing but the name and how.
fn asks_how(core: &str, name: &str) -> bool {
    core.strip_prefix(name)
        .is_some_and(|rest| AFTER.contains(&rest))
        || core
            .strip_suffix(name)
            .is_some_and(|rest| BEFORE.contains(&rest))
}

impl Index {
    /// Where exactly one entry tells how a named topic is done, it answers the
    /// plain question. `hits` stay sorted.
    pub(super) fn prefer_how(&self, core: &str, hits: &mut [Hit]) {
        let tells_how = |hit: &Hit| {
            let known = &self.known[self.by_id[&hit.entry] as usize];
            known.entry.facet == Some(Facet::How)
                && known.names.iter().any(|name| asks_how(core, name))
        };
        let mut found = hits.iter().enumerate().filter(|(_, hit)| tells_how(hit));
        let (Some((at, _)), None) = (found.next(), found.next()) else {
            return;
        };
        for (number, hit) in hits.iter_mut().enumerate() {
            hit.confidence = if number == at {
                hit.features
                    .values
                    .push((Cow::Borrowed("plainly_asked"), 1.0));
                hit.confidence.max(SURE)
            } else {
                hit.confidence.min(OTHERS)
            };
        }
        hits[..=at].rotate_right(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_how_is_plain_and_anything_more_is_not() {
        for (core, wanted) in [
            ("居住证怎么办", true),
            ("居住证咋整", true),
            ("我想办个居住证", true),
            ("怎么申请居住证", true),
            ("居住证丢了怎么办", false),
            ("居住证怎么办才快", false),
            ("给孩子办居住证", false),
            ("居住证", false),
        ] {
            assert_eq!(asks_how(core, "居住证"), wanted, "{core}");
        }
    }
}
