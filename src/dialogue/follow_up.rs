//! Questions that only make sense after another: 那要带什么材料.

use super::sides::only_sides;
use super::state::Answered;
use crate::model::Facet;

/// Longest follow-up, in characters: a longer sentence carries its own topic.
const LONGEST: usize = 16;

/// What points back.
const POINTING: &[&str] = &[
    "那么",
    "那这个",
    "那它",
    "那个",
    "那",
    "这个",
    "这",
    "它",
    "还有",
    "还要",
    "还需要",
    "另外",
    "然后",
    "如果是",
    "要是",
    "接着",
];

/// How a facet is asked for.
const fn asked_as(facet: Facet) -> &'static str {
    match facet {
        Facet::What => "是什么",
        Facet::How => "怎么办理",
        Facet::Materials => "需要什么材料",
        Facet::Where => "在哪里办",
        Facet::Duration => "多久能办好",
        Facet::Fee => "多少钱",
        Facet::Proxy => "能不能代办",
        Facet::Online => "能不能网上办",
        Facet::Condition => "需要什么条件",
        Facet::When => "什么时候",
        Facet::Phone => "电话是多少",
        Facet::Amount => "能领多少钱",
        Facet::Query => "怎么查",
        Facet::Lost => "丢了怎么补办",
    }
}

/// `normal` without what points back.
fn without_pointing(normal: &str) -> &str {
    POINTING
        .iter()
        .find_map(|w| normal.strip_prefix(w))
        .unwrap_or(normal)
}

/// What a follow-up asks in full.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FollowUp {
    /// The question with its topic.
    pub(super) full: String,
    /// Whether the words alone ask nothing: the full question decides.
    pub(super) bare: bool,
    /// Whether nothing in the words points back: they may go with the topic,
    /// or begin another.
    pub(super) loose: bool,
}

/// The full question of a follow-up after `last`; nothing when the words
/// stand on their own.
pub(super) fn complete(normal: &str, last: &Answered) -> Option<FollowUp> {
    let length = normal.chars().count();
    if length == 0 || length > LONGEST || last.topic.is_empty() {
        return None;
    }
    let names_it = std::iter::once(&last.topic).chain(&last.aliases);
    if names_it
        .into_iter()
        .any(|name| normal.contains(name.as_str()))
    {
        return None;
    }
    let rest = without_pointing(normal);
    let pointed = rest.len() < normal.len();
    if only_sides(normal) {
        let side = if rest.is_empty() { normal } else { rest };
        return Some(FollowUp {
            full: format!("{}{side}", last.subject),
            bare: true,
            loose: false,
        });
    }
    if !pointed {
        return Some(FollowUp {
            full: format!("{}{normal}", last.subject),
            bare: false,
            loose: true,
        });
    }
    // 那低保呢: another topic, the same side.
    if let Some(topic) = rest.strip_suffix('呢').filter(|t| t.chars().count() >= 2)
        && let Some(facet) = last.facet
    {
        return Some(FollowUp {
            full: format!("{topic}{}", asked_as(facet)),
            bare: false,
            loose: false,
        });
    }
    Some(FollowUp {
        full: format!("{}{rest}", last.subject),
        bare: false,
        loose: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Timestamp;

    fn last() -> Answered {
        Answered {
            entry: "residence-permit.apply".into(),
            subject: "居住证".to_owned(),
            topic: "居住证".to_owned(),
            aliases: vec!["暂住证".to_owned()],
            facet: Some(Facet::How),
            core: "居住证怎么办".to_owned(),
            turn: "t".into(),
            at: Timestamp(0),
        }
    }

    #[test]
    fn follow_ups_are_completed_with_their_topic() {
        for (said, full) in [
            ("那要带什么材料", Some("居住证要带什么材料")),
            ("要带什么材料", Some("居住证要带什么材料")),
            ("多少钱", Some("居住证多少钱")),
            ("在哪办", Some("居住证在哪办")),
            ("能让别人代办吗", Some("居住证能让别人代办吗")),
            ("要几天能办好", Some("居住证要几天能办好")),
            ("这个可以网上办吗", Some("居住证可以网上办吗")),
            ("那丢了怎么办", Some("居住证丢了怎么办")),
            ("还要准备什么", Some("居住证准备什么")),
            ("周末能办吗", Some("居住证周末能办吗")),
            ("那低保呢", Some("低保怎么办理")),
            ("那身份证呢", Some("身份证怎么办理")),
            ("那孩子上学用得着吗", Some("居住证孩子上学用得着吗")),
            ("低保怎么申请", Some("居住证低保怎么申请")),
            ("孩子没满十六岁", Some("居住证孩子没满十六岁")),
            ("居住证多少钱", None),
            ("暂住证要带什么", None),
            ("我想给我妈办老年优待证需要带些什么材料过去", None),
            ("", None),
        ] {
            let found = complete(said, &last()).map(|f| f.full);
            assert_eq!(found.as_deref(), full, "{said}");
        }
    }
}
