//! Dates, times of day and the numbers of documents.

use super::glyph::{Kind, Place, Spoken};
use super::number::{by_digit, cardinal, paired};
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// A pattern that is compiled when it is first needed.
pub(super) type Pattern = LazyLock<Regex>;

/// Compiles a pattern that stands in the source.
pub(super) fn pattern(written: &str) -> Regex {
    Regex::new(written).expect("a pattern in the source compiles")
}

static DAY: Pattern =
    LazyLock::new(|| pattern(r"^((?:19|20)[0-9][0-9])([-/.])([0-9]{1,2})([-/.])([0-9]{1,2})"));
static MONTH: Pattern =
    LazyLock::new(|| pattern(r"^((?:19|20)[0-9][0-9])(?:[-/]([0-9]{1,2})|\.([0-9][0-9]))"));
static CLOCK: Pattern = LazyLock::new(|| pattern(r"^([0-9]{1,2}):([0-9][0-9])(?::([0-9][0-9]))?"));
static DOCUMENT: Pattern =
    LazyLock::new(|| pattern(r"^[〔\[(]((?:19|20)[0-9][0-9])[〕\])](第?)([0-9]+)号"));

fn group<'t>(found: &Captures<'t>, i: usize) -> &'t str {
    found.get(i).map_or("", |m| m.as_str())
}

fn start(found: &Captures<'_>, i: usize) -> usize {
    found.get(i).map_or(0, |m| m.start())
}

/// Whether the number at a place begins there.
pub(super) fn begins_number(place: Place<'_>) -> bool {
    place.rest.starts_with(|c: char| c.is_ascii_digit())
        && !place.last().is_some_and(|c| c.is_ascii_digit())
}

fn goes_on(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        Some(c) if c.is_ascii_alphanumeric() => true,
        Some('-' | '/' | '.') => chars.next().is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    }
}

fn within(number: &str, last: u32) -> bool {
    number.parse().is_ok_and(|n: u32| (1..=last).contains(&n))
}

/// 2025-01-01, 2025/1/1, 2025.1.1 and the month 2025-01.
pub(super) fn date(place: Place<'_>) -> Option<Spoken> {
    if !begins_number(place) {
        return None;
    }
    day(place.rest).or_else(|| month(place.rest))
}

fn day(rest: &str) -> Option<Spoken> {
    let found = DAY.captures(rest)?;
    let length = found[0].len();
    let valid = found[2] == found[4] && within(&found[3], 12) && within(&found[5], 31);
    // A range of days goes on with the next year: 2025.1.1-2025.12.31.
    let after = &rest[length..];
    let next_is_date = after.len() > 1 && DAY.is_match(after.get(1..)?);
    if !valid || (goes_on(after) && !next_is_date) {
        return None;
    }
    let written = after.starts_with(['日', '号']);
    let unit = if written { "" } else { "日" };
    Some(
        Spoken::new(length)
            .say(0, by_digit(&found[1]) + "年", Kind::Name)
            .say(start(&found, 3), cardinal(&found[3]) + "月", Kind::Name)
            .say(start(&found, 5), cardinal(&found[5]) + unit, Kind::Name),
    )
}

fn month(rest: &str) -> Option<Spoken> {
    let found = MONTH.captures(rest)?;
    let length = found[0].len();
    let i = if found.get(2).is_some() { 2 } else { 3 };
    let number = group(&found, i);
    let after = &rest[length..];
    let next_is_month = after.len() > 1 && MONTH.is_match(after.get(1..).unwrap_or_default());
    if !within(number, 12)
        || (goes_on(after) && !next_is_month)
        || after.starts_with(['年', '元', '倍', '万', '号', '%'])
    {
        return None;
    }
    let unit = if after.starts_with('月') { "" } else { "月" };
    Some(
        Spoken::new(length)
            .say(0, by_digit(&found[1]) + "年", Kind::Name)
            .say(start(&found, i), cardinal(number) + unit, Kind::Name),
    )
}

/// 8:30 is 八点三十分.
pub(super) fn clock(place: Place<'_>) -> Option<Spoken> {
    if !begins_number(place) {
        return None;
    }
    let found = CLOCK.captures(place.rest)?;
    let length = found[0].len();
    let hour: u32 = found[1].parse().ok()?;
    let minute: u32 = found[2].parse().ok()?;
    if hour > 24 || minute > 59 || place.rest[length..].starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut said = paired(&cardinal(&found[1]), true) + "点";
    said += &sixtieth(&found[2], "分");
    let mut spoken = Spoken::new(length).say(0, said, Kind::Count);
    if found.get(3).is_some() {
        spoken = spoken.say(start(&found, 3), sixtieth(&found[3], "秒"), Kind::Count);
    }
    Some(spoken)
}

/// Minutes or seconds: nothing for 00, 零五分 for 05.
fn sixtieth(digits: &str, unit: &str) -> String {
    match digits.strip_prefix('0') {
        Some("0") => String::new(),
        Some(one) => format!("零{}{unit}", cardinal(one)),
        None => cardinal(digits) + unit,
    }
}

/// 〔2024〕13号 after the name of who issued it: the brackets are not heard.
pub(super) fn document(place: Place<'_>) -> Option<Spoken> {
    let found = DOCUMENT.captures(place.rest)?;
    let number = start(&found, 3);
    Some(
        Spoken::new(number + found[3].len())
            .say(start(&found, 1), by_digit(&found[1]), Kind::Name)
            .say(
                number,
                group(&found, 2).to_owned() + &cardinal(&found[3]),
                Kind::Name,
            ),
    )
}
