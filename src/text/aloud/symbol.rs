//! Symbols: those that are said, those that stop, those that are silent.

use super::calendar::{Pattern, pattern};
use super::clause::Pause;
use super::glyph::{Kind, Place, Spoken};
use super::number::cardinal;
use super::rule::is_hanzi;
use std::sync::LazyLock;

static TO: Pattern = LazyLock::new(|| pattern(r"^ ?(?:-|–|—+|~|～) ?"));

/// Symbols that are said as they stand.
const SAID: &[(char, &str)] = &[
    ('≥', "大于等于"),
    ('≤', "小于等于"),
    ('℃', "摄氏度"),
    ('㎡', "平方米"),
    ('㎥', "立方米"),
    ('㎏', "公斤"),
    ('㎞', "公里"),
    ('±', "正负"),
    ('×', "乘"),
    ('÷', "除以"),
    ('＝', "等于"),
    ('=', "等于"),
    ('%', "百分号"),
    ('&', "和"),
    ('½', "二分之一"),
    ('⅓', "三分之一"),
    ('¼', "四分之一"),
];

/// A range: 60-79岁, 周一-周五, 8:30~17:30.
pub(super) fn between(place: Place<'_>) -> Option<Spoken> {
    let found = TO.find(place.rest)?.as_str();
    let after = &place.rest[found.len()..];
    let last = place.last()?;
    let day = |text: &str| ["周", "星期", "礼拜"].iter().any(|d| text.starts_with(d));
    let number =
        after.starts_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let from = last.is_ascii_digit()
        || "%‰℃㎡年月日号时点分岁元米级栋楼层度天周个万倍户人角斤里寸吨克升次期午晚半"
            .contains(last);
    let weekday = "一二三四五六日天".contains(last) && day(after);
    let tilde = found.contains(['~', '～']) && is_hanzi(last) && after.starts_with(is_hanzi);
    let noon = ["上午", "下午", "中午", "晚上", "次日", "当日", "凌晨"]
        .iter()
        .any(|word| after.starts_with(word));
    (from && (number || noon) || weekday || tilde)
        .then(|| Spoken::new(found.len()).say(0, "到", Kind::Count))
}

/// Symbols with a name, numbers in circles and Roman numerals.
pub(super) fn symbol(place: Place<'_>) -> Option<Spoken> {
    let c = place.rest.chars().next()?;
    let after = &place.rest[c.len_utf8()..];
    let digit = |text: &str| text.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let spoken = Spoken::new(c.len_utf8());
    if let Some(number) = numbered(c) {
        return Some(spoken.say(0, cardinal(&number.to_string()), Kind::Name));
    }
    if let Some((_, said)) = SAID.iter().find(|(symbol, _)| *symbol == c) {
        let alone = place.before.is_empty() || after.is_empty();
        let between = !alone || !matches!(c, '×' | '÷' | '=' | '＝' | '&' | '%');
        return between.then(|| spoken.say(0, *said, Kind::Name));
    }
    let free = !place.last().is_some_and(|c| c.is_ascii_alphanumeric());
    match c {
        '+' if !place.before.trim_end().is_empty()
            && after.trim_start().starts_with(char::is_alphanumeric) =>
        {
            Some(spoken.say(0, "加", Kind::Name))
        }
        '+' if place.last().is_some_and(|c| c.is_ascii_digit()) => {
            Some(spoken.say(0, "加", Kind::Name))
        }
        '>' if digit(after) => Some(spoken.say(0, "大于", Kind::Name)),
        '<' if digit(after) => Some(spoken.say(0, "小于", Kind::Name)),
        '-' | '−' if free && digit(after) && below(after) => {
            Some(spoken.say(0, "负", Kind::Name))
        }
        '¥' | '￥' if digit(after) => money(place.rest, c.len_utf8()),
        _ => None,
    }
}

/// Whether a number of degrees or a share begins here: what may be negative.
fn below(after: &str) -> bool {
    let unit = after.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    unit.starts_with(['℃', '°', '度', '%'])
}

/// ¥200: the unit is said after the number.
fn money(rest: &str, sign: usize) -> Option<Spoken> {
    let place = Place {
        before: "",
        rest: &rest[sign..],
    };
    let mut amount = super::quantity::amount(place)?;
    for (at, _, _) in &mut amount.parts {
        *at += sign;
    }
    amount.length += sign;
    let written = rest[amount.length..].starts_with(['元', '万', '亿']);
    let unit = if written { "" } else { "元" };
    Some(amount.say(sign, unit, Kind::Count))
}

/// The number that a character with a circle or in Roman letters is.
fn numbered(c: char) -> Option<u32> {
    let from = |first: u32| u32::from(c) - first + 1;
    match c {
        '①'..='⑳' => Some(from(0x2460)),
        '⑴'..='⒇' => Some(from(0x2474)),
        '⒈'..='⒛' => Some(from(0x2488)),
        '㈠'..='㈩' => Some(from(0x3220)),
        'Ⅰ'..='Ⅻ' => Some(from(0x2160)),
        'ⅰ'..='ⅻ' => Some(from(0x2170)),
        '❶'..='❿' => Some(from(0x2776)),
        _ => None,
    }
}

/// How long a character stops, if it does.
pub(super) fn pause(c: char, place: Place<'_>) -> Option<Pause> {
    let after = place.rest[c.len_utf8()..].chars().next();
    match c {
        '，' | ',' | '、' | '(' | ')' | '[' | ']' | '【' | '】' | '〔' | '〕' | '|' | '→' | '/'
        | '—' | '﹒' => Some(Pause::Short),
        '；' | ';' | ':' | '…' => Some(Pause::Middle),
        '。' | '\n' | '｡' => Some(Pause::Full),
        '?' => Some(Pause::Question),
        '!' => Some(Pause::Exclamation),
        '.' => stop(place, after),
        _ => None,
    }
}

/// The dot after the number of a line is a short pause, between letters and
/// digits none, else the end of a sentence.
fn stop(place: Place<'_>, after: Option<char>) -> Option<Pause> {
    let last = place.last()?;
    if last.is_ascii_digit() && !after.is_some_and(|c| c.is_ascii_digit()) {
        return Some(Pause::Short);
    }
    (last.is_alphanumeric() && !after.is_some_and(|c| c.is_ascii_alphanumeric()))
        .then_some(Pause::Full)
}

/// Whether a silent character belongs to what was said before it.
pub(super) fn belongs_to_before(c: char) -> bool {
    !matches!(
        c,
        '“' | '‘' | '《' | '〈' | '「' | '『' | '(' | '[' | '【' | '〔' | '{' | '"'
    )
}
