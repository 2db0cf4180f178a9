//! Numbers that are dialled or typed, said digit by digit.

use super::calendar::{Pattern, begins_number, pattern};
use super::glyph::{Kind, Place, Spoken};
use super::number::{by_code, by_digit};
use super::unit::{AMOUNT_FIRST, is_counted};
use std::sync::LazyLock;

static SPACED: Pattern = LazyLock::new(|| pattern(r"^[0-9](?: [0-9]){2,}"));
static TELEPHONE: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:(?:\+?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}|\+86[- ]?[0-9]{1,3}[- ]?[0-9]{5,8}|0[0-9]{2,3}[- ]?[0-9]{3,4}[- ]?[0-9]{4}(?:-[0-9]{1,5})?|[48]00[- ]?[0-9]{3,4}[- ]?[0-9]{3,4})",
    )
});
static EXTENSION: Pattern = LazyLock::new(|| pattern(r"^12[0-9]{3}-[0-9]{1,2}(?:[^0-9]|$)"));
static RUN: Pattern = LazyLock::new(|| pattern(r"^[0-9]+"));

/// Short numbers of the whole country. Sources: the published lists of
/// public service numbers (1xx, 123xx, 95xxx, 96xxx).
const SHORT: &[&str] = &["110", "112", "114", "117", "119", "120", "122", "999"];

/// Words right before a number that is dialled or typed.
const DIALLED: &[&str] = &[
    "打",
    "拨",
    "拨通",
    "致电",
    "电话",
    "热线",
    "专线",
    "短信",
    "号码",
    "尾号",
    "编号",
    "编码",
    "代码",
    "验证码",
    "取件码",
    "邮编",
    "密码",
    "发送",
    "回复",
    "转接",
    "分机",
    "加拨",
    "客服",
    "座机",
    "转",
    "手机",
];

/// Words right after such a number.
const SERVICES: &[&str] = &[
    "热线",
    "专线",
    "电话",
    "平台",
    "短信",
    "客服",
    "举报",
    "投诉",
    "服务",
    "急救",
    "报警",
    "公共",
    "人工",
    "救援",
    "消防",
    "App",
    "APP",
    "小程序",
    "网",
];

/// Digits with spaces between them, as codes are shown: 0 4 2 9 1 7.
pub(super) fn code(place: Place<'_>) -> Option<Spoken> {
    if !begins_number(place) {
        return None;
    }
    let found = SPACED.find(place.rest)?.as_str();
    if place.rest[found.len()..].starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut spoken = Spoken::new(found.len());
    for (at, c) in found.char_indices().filter(|(_, c)| *c != ' ') {
        spoken = spoken.say(at, by_code(c.encode_utf8(&mut [0; 4])), Kind::Name);
    }
    Some(spoken)
}

/// Mobile, land line and 400 numbers, and every run of seven and more digits
/// that is no amount.
pub(super) fn number(place: Place<'_>) -> Option<Spoken> {
    if !begins_number(place) && !place.rest.starts_with("+86") {
        return None;
    }
    let whole = TELEPHONE
        .find(place.rest)
        .map(|found| found.as_str())
        .filter(|found| {
            !place.rest[found.len()..].starts_with(|c: char| c.is_ascii_digit() || c == '.')
        });
    let found = whole.or_else(|| RUN.find(place.rest).map(|found| found.as_str()))?;
    let after = place.rest[found.len()..].trim_start();
    let amount = after.starts_with(AMOUNT_FIRST)
        || after
            .strip_prefix('.')
            .is_some_and(|d| d.starts_with(|c: char| c.is_ascii_digit()));
    if found.bytes().filter(u8::is_ascii_digit).count() < 7 || amount {
        return None;
    }
    Some(digit_by_digit(found))
}

/// Numbers such as 12345 and 110: known ones anywhere, others after a word
/// such as 拨打. Before something counted they are amounts.
pub(super) fn hotline(place: Place<'_>) -> Option<Spoken> {
    if !begins_number(place) {
        return None;
    }
    if let Some(found) = EXTENSION.captures(place.rest) {
        let whole = found[0].trim_end_matches(|c: char| !c.is_ascii_digit());
        return Some(digit_by_digit(whole));
    }
    let found = RUN.find(place.rest)?.as_str();
    let after = &place.rest[found.len()..];
    let dialled = DIALLED.iter().any(|word| place.before.ends_with(word));
    let service = SERVICES
        .iter()
        .any(|word| after.trim_start().starts_with(word));
    if found.len() < 3 || !is_alone(place.before, after) {
        return None;
    }
    let telecom = found == "10000" && place.before.ends_with("电信");
    let called = telecom
        || if dialled || service {
            let amount = after.starts_with(AMOUNT_FIRST) && !after.starts_with("平台");
            !amount && (dialled || found.len() > 3 || is_public(found))
        } else {
            is_public(found) && !is_counted(after)
        };
    called.then(|| digit_by_digit(found))
}

/// Whether no decimals, range or fraction make an amount of a number.
fn is_alone(before: &str, after: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    let mut next = after.chars();
    let joined = match next.next() {
        Some(',' | '.' | '-' | '~' | '–' | '—' | '/' | '×' | ':' | '%' | '‰' | '℃') => {
            next.next().is_some_and(digit) || after.starts_with(['%', '‰', '℃'])
        }
        Some(c) => {
            c.is_ascii_alphabetic() && !after.starts_with("App") && !after.starts_with("APP")
        }
        None => false,
    };
    let to = before.trim_end_matches(['-', '~', '–', '—', '到', '至', '/', '×', '.', ',']);
    let from = to.len() < before.len() && to.ends_with(|c: char| digit(c) || c == '%');
    let letter = before.ends_with(|c: char| c.is_ascii_alphabetic());
    !joined && !from && !letter && !before.ends_with(['第', '≥', '≤', '>', '<'])
}

/// Whether a number looks like one of the public services.
fn is_public(digits: &str) -> bool {
    let round = digits.ends_with("000");
    match digits.len() {
        3 => SHORT.contains(&digits),
        5 => ["100", "101", "116", "118", "12", "95", "96"]
            .iter()
            .any(|head| digits.starts_with(head) && !round),
        6 => ["95", "96", "123"]
            .iter()
            .any(|head| digits.starts_with(head) && !round),
        _ => false,
    }
}

fn digit_by_digit(found: &str) -> Spoken {
    let mut spoken = Spoken::new(found.len());
    for (at, c) in found.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        spoken = spoken.say(at, by_code(c.encode_utf8(&mut [0; 4])), Kind::Name);
    }
    spoken
}

/// Digits that name a room or a bus.
pub(super) fn room(digits: &str) -> String {
    if digits.len() > 2 {
        by_code(digits)
    } else {
        by_digit(digits)
    }
}
