//! The plainest questions of all: a topic's name and 怎么办, or 要带什么材料.
//!
//! Such a question is so short that every side of the topic looks alike to the
//! features, yet everybody means the same by it: how it is done, what to bring.
//! Most follow-ups in full are of this kind.

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
/// What stands behind a name when another side is asked about.
const SIDES: &[(Facet, &[&str])] = &[
    (
        Facet::Materials,
        &[
            "要带什么材料",
            "需要什么材料",
            "要什么材料",
            "带什么材料",
            "要哪些材料",
            "需要哪些材料",
            "要带什么",
            "带什么",
            "要准备什么材料",
            "准备什么材料",
            "要准备什么",
            "需要带什么",
            "要啥材料",
            "要带啥",
            "带啥",
            "的材料",
            "材料",
            "要带些什么",
            "办理材料",
            "要什么手续",
        ],
    ),
    (
        Facet::Where,
        &[
            "在哪办",
            "去哪办",
            "在哪里办",
            "去哪里办",
            "在哪儿办",
            "上哪办",
            "到哪办",
            "在哪办理",
            "去哪里办理",
            "在哪里办理",
            "去哪儿办",
            "到哪里办",
        ],
    ),
    (
        Facet::Duration,
        &[
            "多久能办好",
            "多久办好",
            "要多久",
            "多久",
            "几天能办好",
            "几天能拿到",
            "多久能拿到",
            "多长时间",
            "要多长时间",
            "多久下来",
            "多久能下来",
            "要等多久",
        ],
    ),
    (
        Facet::Fee,
        &[
            "要多少钱",
            "多少钱",
            "要钱吗",
            "收费吗",
            "收多少钱",
            "要不要钱",
            "收钱吗",
            "办一个多少钱",
        ],
    ),
    (
        Facet::Online,
        &[
            "网上能办吗",
            "能网上办吗",
            "网上怎么办",
            "手机上能办吗",
            "可以网上办吗",
            "能在网上办吗",
        ],
    ),
];
/// How sure such a question makes.
const SURE: f32 = 0.95;
/// At most so sure is any other entry then.
const OTHERS: f32 = 0.5;

/// Whether the words are nothing but the name and that side.
fn asks(core: &str, name: &str, facet: Facet) -> bool {
    let behind = |list: &[&str]| {
        core.strip_prefix(name)
            .is_some_and(|rest| list.contains(&rest))
    };
    if facet == Facet::How {
        return behind(AFTER)
            || core
                .strip_suffix(name)
                .is_some_and(|rest| BEFORE.contains(&rest));
    }
    let mut sides = SIDES.iter().filter(|(side, _)| *side == facet);
    sides.any(|(_, list)| behind(list))
}

impl Index {
    /// Where exactly one entry tells the side of a named topic that is plainly
    /// asked about, it answers. `hits` stay sorted.
    pub(super) fn prefer_plain(&self, core: &str, hits: &mut [Hit]) {
        let told = |hit: &Hit| {
            let known = &self.known[self.by_id[&hit.entry] as usize];
            let facet = known.entry.facet?;
            let named = known.names.iter().any(|name| asks(core, name, facet));
            (named && hit.confidence > 0.0).then_some(facet)
        };
        let mut found = hits
            .iter()
            .enumerate()
            .filter(|(_, hit)| told(hit).is_some());
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
            assert_eq!(asks(core, "居住证", Facet::How), wanted, "{core}");
        }
    }

    #[test]
    fn a_name_and_another_side_is_plain() {
        for (core, facet, wanted) in [
            ("居住证要带什么材料", Facet::Materials, true),
            ("居住证多少钱", Facet::Fee, true),
            ("居住证多少钱", Facet::Materials, false),
            ("居住证丢了要带什么材料", Facet::Materials, false),
        ] {
            assert_eq!(asks(core, "居住证", facet), wanted, "{core}");
        }
    }
}
