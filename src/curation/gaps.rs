//! Which questions without an answer belong together.

use crate::model::Gap;
use std::collections::HashSet;

/// Two questions at least so alike are one gap. Of two wordings of one
/// question half of the character pairs are usually shared; at 0.5 different
/// questions about one topic (怎么办 against 多少钱) stay apart. Merging too
/// little costs an admin a click, merging too much hides a question.
const ALIKE: f32 = 0.5;

fn pairs(core: &str) -> HashSet<(char, char)> {
    let chars: Vec<char> = core.chars().collect();
    match chars.as_slice() {
        [one] => HashSet::from([(*one, *one)]),
        many => many.windows(2).map(|w| (w[0], w[1])).collect(),
    }
}

/// The open gap that a question belongs to: the one whose core shares most
/// character pairs with it (Jaccard), when they are alike enough.
pub fn nearest<'g>(gaps: &'g [Gap], core: &str) -> Option<&'g Gap> {
    let asked = pairs(core);
    gaps.iter()
        .filter(|gap| gap.closed_by.is_none())
        .map(|gap| {
            let known = pairs(&gap.core);
            let shared = asked.intersection(&known).count();
            let all = asked.len() + known.len() - shared;
            #[expect(clippy::cast_precision_loss, reason = "questions are short")]
            let alike = if all == 0 {
                0.0
            } else {
                shared as f32 / all as f32
            };
            (alike, gap)
        })
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, gap)| gap)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{GapId, Timestamp};

    fn gap(core: &str) -> Gap {
        Gap {
            id: GapId::from(core),
            core: core.to_owned(),
            label: core.to_owned(),
            first_at: Timestamp(0),
            last_at: Timestamp(0),
            count: 1,
            closed_by: None,
        }
    }

    #[test]
    fn rewordings_join_and_other_questions_do_not() {
        let gaps = [gap("小区健身房几点开门"), gap("楼下健身器材坏了找谁修")];
        for (asked, wanted) in [
            ("小区的健身房几点开门", Some("小区健身房几点开门")),
            ("健身器材坏了找谁修", Some("楼下健身器材坏了找谁修")),
            ("小区游泳池多少钱", None),
            ("健身房", None),
            ("", None),
        ] {
            assert_eq!(
                nearest(&gaps, asked).map(|g| g.core.as_str()),
                wanted,
                "{asked}"
            );
        }
        let closed = [Gap {
            closed_by: Some("a".into()),
            ..gap("小区健身房几点开门")
        }];
        assert!(nearest(&closed, "小区健身房几点开门").is_none());
    }
}
