//! Numbers that count, and small numbers that name.

use super::calendar::{Pattern, begins_number, pattern};
use super::glyph::{Kind, Place, Spoken};
use super::number::{by_code, by_digit, cardinal, decimal, paired};
use super::telephone::room;
use super::unit::{is_counted, is_paired, unit};
use std::sync::LazyLock;

static ADDRESS: Pattern = LazyLock::new(|| pattern(r"^[0-9]{1,3}(?:-[0-9]{1,4}){2,3}"));
static PARTS: Pattern = LazyLock::new(|| pattern(r"^([0-9]{1,4})(/|:)([0-9]{1,4})"));
static PRODUCT: Pattern = LazyLock::new(|| pattern(r"^([0-9]+)[×xX*]([0-9]+)"));
static NUMBER: Pattern =
    LazyLock::new(|| pattern(r"^([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?"));
static SECTION: Pattern = LazyLock::new(|| pattern(r"^[0-9]+(?:\.[0-9]+){2,}"));
static STANDARD: Pattern = LazyLock::new(|| pattern(r"^([0-9]{3,6})[-–—]+((?:19|20)[0-9][0-9])"));
static RANGE: Pattern = LazyLock::new(|| pattern(r"^ ?(?:-|–|—+|~|至|到) ?([0-9]+(?:\.[0-9]+)?)"));

/// Beginnings of what a number before it names: 二月, 三号楼, 一年级.
const NAMED: &[&str] = &[
    "月", "日", "号", "楼", "层", "单元", "栋", "幢", "级", "年级", "班", "等", "类", "期", "季度",
    "路", "环", "室", "型", "区", "组", "院", "中", "小", "孩", "胎", "手", "线", "座", "版", "甲",
    "档", "条线",
];

/// 3-2-501: building, entrance, room.
pub(super) fn address(place: Place<'_>) -> Option<Spoken> {
    if !begins_number(place) {
        return None;
    }
    let found = ADDRESS.find(place.rest)?.as_str();
    if place.rest[found.len()..].starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut spoken = Spoken::new(found.len());
    let mut at = 0;
    for part in found.split('-') {
        let said = if part.len() > 2 {
            room(part)
        } else {
            cardinal(part)
        };
        spoken = spoken.say(at, said, Kind::Name);
        at += part.len() + 1;
    }
    Some(spoken)
}

/// 1/3 is 三分之一, 1:3 is 一比三; 120/80 are two numbers.
pub(super) fn parts(place: Place<'_>) -> Option<Spoken> {
    if !begins_number(place) {
        return None;
    }
    let found = PARTS.captures(place.rest)?;
    let after = &place.rest[found[0].len()..];
    if after.starts_with(|c: char| c.is_ascii_digit() || c == '/' || c == '.') {
        return None;
    }
    let (one, other): (u32, u32) = (found[1].parse().ok()?, found[3].parse().ok()?);
    let spoken = Spoken::new(found[0].len());
    let second = found[0].len() - found[3].len();
    Some(if &found[2] == ":" {
        spoken.say(0, cardinal(&found[1]) + "比", Kind::Name).say(
            second,
            cardinal(&found[3]),
            Kind::Name,
        )
    } else if one < other {
        spoken
            .say(second, cardinal(&found[3]) + "分之", Kind::Name)
            .say(0, cardinal(&found[1]), Kind::Name)
    } else {
        spoken
            .say(0, cardinal(&found[1]), Kind::Name)
            .say(second, cardinal(&found[3]), Kind::Name)
    })
}

/// 7×24 is 七乘二十四.
pub(super) fn product(place: Place<'_>) -> Option<Spoken> {
    if !begins_number(place) {
        return None;
    }
    let found = PRODUCT.captures(place.rest)?;
    let second = found[0].len() - found[2].len();
    Some(
        Spoken::new(found[0].len())
            .say(0, cardinal(&found[1]) + "乘", Kind::Name)
            .say(second, cardinal(&found[2]), Kind::Name),
    )
}

/// Any number: an amount, a percentage, a year, a floor.
pub(super) fn amount(place: Place<'_>) -> Option<Spoken> {
    if !begins_number(place) {
        return None;
    }
    if let Some(found) = STANDARD.captures(place.rest).filter(|_| {
        place
            .before
            .trim_end()
            .ends_with(|c: char| c.is_ascii_uppercase())
    }) {
        let year = found[0].len() - found[2].len();
        return Some(
            Spoken::new(found[0].len())
                .say(0, by_code(&found[1]), Kind::Name)
                .say(year, by_digit(&found[2]), Kind::Name),
        );
    }
    if let Some(found) = SECTION.find(place.rest) {
        let said: Vec<_> = found.as_str().split('.').map(cardinal).collect();
        return Some(Spoken::new(found.end()).say(0, said.join("点"), Kind::Name));
    }
    let found = NUMBER.captures(place.rest)?;
    let length = found[0].len();
    let after = &place.rest[length..];
    let whole = &found[1];
    let (said, kind) = match found.get(2) {
        Some(decimals) if !place.before.ends_with('·') => {
            (decimal(whole, decimals.as_str()), Kind::Count)
        }
        _ => integer(place, whole, after),
    };
    Some(suffixed(said, kind, length, after))
}

/// Puts 百分之 before and the unit after what is said for a number.
fn suffixed(said: String, kind: Kind, length: usize, after: &str) -> Spoken {
    let counted = beyond_range(after);
    let share = if counted.starts_with('%') {
        "百分之"
    } else if counted.starts_with('‰') {
        "千分之"
    } else {
        ""
    };
    if !share.is_empty() {
        let sign = after.chars().next().filter(|c| matches!(c, '%' | '‰'));
        let spoken = Spoken::new(length + sign.map_or(0, char::len_utf8));
        return spoken.say(0, format!("{share}{said}"), Kind::Name);
    }
    let space = after.len() - after.trim_start_matches(' ').len();
    match unit(&after[space..]) {
        Some((symbol, name)) => Spoken::new(length + space + symbol).say(0, said, kind).say(
            length + space,
            name,
            Kind::Count,
        ),
        None => Spoken::new(length).say(0, said, kind),
    }
}

/// What stands after the second number, if a range begins here.
fn beyond_range(after: &str) -> &str {
    match RANGE.find(after) {
        Some(found) => after[found.end()..].trim_start(),
        None => after.trim_start(),
    }
}

fn integer(place: Place<'_>, digits: &str, after: &str) -> (String, Kind) {
    let unit = beyond_range(after);
    let plain: String = digits.chars().filter(char::is_ascii_digit).collect();
    let number = plain.parse().unwrap_or(u64::MAX);
    let before = place.before;
    let year = plain.len() == 4 && (1900..2100).contains(&number);
    if year && is_year(unit) {
        return (by_digit(&plain), Kind::Name);
    }
    if plain.len() > 2 && is_room(before, after) {
        return (room(&plain), Kind::Name);
    }
    if before.ends_with(|c: char| c.is_ascii_alphabetic()) && plain.len() > 2 {
        return (by_code(&plain), Kind::Name);
    }
    if before.ends_with('·')
        || after.starts_with('·') && after[2..].starts_with(|c: char| c.is_ascii_digit())
    {
        return (by_code(&plain), Kind::Name);
    }
    let clock = unit.starts_with(['月', '日', '号', '时', '点', '分', '秒']);
    if plain.len() > 1 && plain.starts_with('0') && !clock {
        return (by_code(&plain), Kind::Name);
    }
    if before.trim_end().ends_with("GB") || plain == "84" && !is_counted(after) {
        return (by_code(&plain), Kind::Name);
    }
    let ordinal = ["第", "初", "周", "星期", "礼拜", "农历"]
        .iter()
        .any(|word| before.trim_end().ends_with(word))
        || before.ends_with(|c: char| c.is_ascii_alphabetic());
    let named = NAMED.iter().any(|word| unit.starts_with(word));
    let said = cardinal(&plain);
    let counted = is_paired(unit) && !ordinal;
    let bare = !counted && !is_counted(unit);
    if ordinal || named && !counted {
        (said, Kind::Name)
    } else if bare {
        (paired(&said, false), Kind::Name)
    } else {
        (paired(&said, counted), Kind::Count)
    }
}

fn is_year(after: &str) -> bool {
    ["年", "学年", "版", "款", "届", "级"]
        .iter()
        .any(|word| after.starts_with(word))
        && !after.starts_with("年内")
}

/// Whether digits name a room or a bus.
fn is_room(before: &str, after: &str) -> bool {
    ["室", "房间", "号房", "号室", "路公交", "路车", "病房"]
        .iter()
        .any(|word| after.starts_with(word))
        || (["单元", "号楼", "栋", "幢", "座", "尾号", "楼"]
            .iter()
            .any(|word| before.ends_with(word))
            && !after.starts_with(super::unit::AMOUNT_FIRST))
}
