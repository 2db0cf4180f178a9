//! Pick-up codes, typed or said.

/// Shown for a code that is not known.
pub const UNKNOWN_CODE: &str =
    "没有找到这个取件码。请核对一下六位数字，再输一次；还是不行，请找社区工作人员。";
/// Shown after too many wrong codes.
pub const TOO_MANY_CODES: &str =
    "取件码输错的次数太多了，请过十分钟再试，或者请社区工作人员帮您查。";

/// Digits of a code.
const LENGTH: usize = 6;

const BEFORE: &[&str] = &[
    "我的取件码是",
    "我的取件码",
    "取件码是",
    "取件码",
    "取单码是",
    "取单码",
    "取答复码",
    "取答码",
    "提取码是",
    "提取码",
    "查询码",
    "查答复",
    "看答复",
    "取答复",
    "我的号码是",
    "号码是",
    "编号是",
    "编号",
    "码是",
    "我要取",
    "我来取",
    "取",
];

/// The code, when the words are nothing but one.
pub(super) fn code(normal: &str) -> Option<String> {
    let rest = BEFORE
        .iter()
        .find_map(|w| normal.strip_prefix(w))
        .unwrap_or(normal)
        .trim();
    let digits: String = rest.chars().filter(|c| !c.is_whitespace()).collect();
    let is_code = digits.len() == LENGTH && digits.bytes().all(|b| b.is_ascii_digit());
    is_code.then_some(digits)
}
