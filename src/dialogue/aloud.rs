//! What is said where the screen shows more than is good to hear.

/// After a question that found nothing; the page's buttons are before the
/// resident.
pub const NO_ANSWER: &str = "这个问题我还答不上来。您可以点“找人帮忙”，我替您转过去。";
/// The same to somebody who has nothing to touch.
pub const NO_ANSWER_SPOKEN: &str = "这个问题我还答不上来。您说一声“找工作人员”，我就替您转过去。";
/// When nobody could be understood.
pub const UNHEARD: &str = "没有听清楚，请靠近一点再说一遍。";
/// When too many ask at once.
pub const BUSY: &str = "问的人有点多，请过一会儿再说一遍。";
/// A question has been handed to people.
pub const HANDED_OVER: &str = "已经转给社区工作人员。";

const ORDINALS: [&str; 3] = ["第一，", "第二，", "第三，"];
const WHICH: &str = "您想问哪一个？";
const PERHAPS: &str = "您是不是想问，";
const SAY_WHICH: &str = "请说第几个。";
const TOUCH_WHICH: &str = "请点您要问的那个。";
const SAY_YES: &str = "是的话，请说“第一个”。";
const TOUCH_YES: &str = "是的话，请点一下。";

/// Everything in this file that is said as it stands.
pub const FIXED: [&str; 14] = [
    NO_ANSWER,
    NO_ANSWER_SPOKEN,
    UNHEARD,
    BUSY,
    HANDED_OVER,
    ORDINALS[0],
    ORDINALS[1],
    ORDINALS[2],
    WHICH,
    PERHAPS,
    SAY_WHICH,
    TOUCH_WHICH,
    SAY_YES,
    TOUCH_YES,
];

/// Choices, part by part: each part is said in many replies, and so made once.
/// `touch`: whether they are on a screen.
pub fn choices<'q>(questions: &[&'q str], touch: bool) -> Vec<&'q str> {
    if let [only] = questions {
        return vec![PERHAPS, only, if touch { TOUCH_YES } else { SAY_YES }];
    }
    let named = ORDINALS.iter().zip(questions).flat_map(|(o, q)| [*o, *q]);
    let last = if touch { TOUCH_WHICH } else { SAY_WHICH };
    std::iter::once(WHICH).chain(named).chain([last]).collect()
}

/// The pick-up code digit by digit, so that nobody reads it as a number.
pub fn code(code: &str) -> String {
    let digits: Vec<String> = code.chars().map(String::from).collect();
    format!("取件码是{}，以后凭这个号就能看到答复。", digits.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_said_part_by_part() {
        assert_eq!(
            choices(&["低保怎么申请", "低保多少钱"], false).concat(),
            "您想问哪一个？第一，低保怎么申请第二，低保多少钱请说第几个。"
        );
        assert_eq!(
            choices(&["低保怎么申请"], true).concat(),
            "您是不是想问，低保怎么申请是的话，请点一下。"
        );
        for part in choices(&["甲", "乙", "丙"], true) {
            assert!(FIXED.contains(&part) || ["甲", "乙", "丙"].contains(&part));
        }
    }

    #[test]
    fn a_code_is_spelled() {
        assert!(code("042917").contains("0 4 2 9 1 7"));
    }
}
