//! Decimals: 两点五万 and 2.5万.

use super::numeral_value::{digit, unit};
use super::numeral_words::DECIMAL_AFTER;

/// A decimal in ASCII digits, multiplied by its unit: 2.5万.
pub(super) fn ascii_decimal(chars: &[char], at: usize) -> Option<(String, usize)> {
    let figures = |from: usize| {
        chars[from..]
            .iter()
            .take_while(|c| c.is_ascii_digit())
            .count()
    };
    let whole = figures(at);
    let point = at + whole;
    if whole == 0 || chars.get(point) != Some(&'.') {
        return None;
    }
    let length = figures(point + 1);
    let after = point + 1 + length;
    // Part of a version or a date: 2024.5.1.
    let long = chars.get(after) == Some(&'.') || (at > 0 && chars[at - 1] == '.');
    if length == 0 || long {
        let end = chars[at..]
            .iter()
            .take_while(|c| c.is_ascii_digit() || **c == '.')
            .count();
        return Some((chars[at..at + end].iter().collect(), at + end));
    }
    let text = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
    Some(scaled(
        &text(at, point),
        &text(point + 1, after),
        chars,
        after,
    ))
}

/// Decimals after 点 at `at`, when it is certain or what follows shows it.
pub(super) fn decimals(chars: &[char], at: usize, certain: bool) -> Option<(String, usize)> {
    if chars.get(at) != Some(&'点') {
        return None;
    }
    let figures: String = chars[at + 1..]
        .iter()
        .map_while(|c| digit(*c).filter(|_| !matches!(c, '两' | '幺')))
        .map(|d| char::from(b'0' + d))
        .take(5)
        .collect();
    let after = at + 1 + figures.len();
    let shown = certain || chars.get(after).is_some_and(|c| DECIMAL_AFTER.contains(c));
    (!figures.is_empty() && figures.len() < 5 && shown).then_some((figures, after))
}

/// `whole.fraction` times the unit at `after`, when that is a whole number.
pub(super) fn scaled(whole: &str, fraction: &str, chars: &[char], after: usize) -> (String, usize) {
    let plain = || (format!("{whole}.{fraction}"), after);
    let Some(times) = chars.get(after).copied().and_then(unit) else {
        return plain();
    };
    let more = chars.get(after + 1).is_some_and(|c| unit(*c).is_some());
    let zeros = times.ilog10() as usize;
    if more || fraction.len() > zeros || whole.len() > 8 || times < 1_000 {
        return plain();
    }
    let joined = format!("{whole}{fraction}{}", "0".repeat(zeros - fraction.len()));
    let value = joined.trim_start_matches('0');
    (
        if value.is_empty() {
            "0".to_owned()
        } else {
            value.to_owned()
        },
        after + 1,
    )
}
