//! Which stretches of digits identify a person.

use std::ops::Range;

/// What stood between two groups of digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing: a change between Chinese and other digits, or the X of an ID.
    None,
    /// Space, dash, dot or a hesitation, as within one number.
    Soft,
    /// A comma, as between two numbers as well.
    List,
}

/// Digits without a gap.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// The digits as ASCII; an ID's last character may be a group `X`.
    pub(super) digits: String,
    /// Where they stand in the text, in bytes.
    pub(super) range: Range<usize>,
    /// What stands before them.
    pub(super) gap: Gap,
}

/// Tells the masked form of groups and their digits when they are a number of
/// its kind.
type Kind = fn(&[Group], &str) -> Option<String>;

/// Groups that may belong to one number, and what to write instead of them.
pub(super) fn masked_in(groups: &[Group]) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut first = 0;
    while first < groups.len() {
        match longest(&groups[first..]) {
            Some((count, text)) => {
                let last = &groups[first + count - 1];
                found.push((groups[first].range.start..last.range.end, text));
                first += count;
            }
            None => first += 1,
        }
    }
    found
}

/// What the number at the beginning of `groups` is; how many groups it
/// takes, and its masked form. A number within one group comes before one
/// that is put together, and a kind that is surer before one that is less.
fn longest(groups: &[Group]) -> Option<(usize, String)> {
    let mut spans: Vec<(usize, String)> = Vec::new();
    let mut joined = String::new();
    for (i, group) in groups.iter().enumerate() {
        joined.push_str(&group.digits);
        if joined.len() > 19 && i > 0 {
            break;
        }
        spans.push((i + 1, joined.clone()));
        if group.digits == "X" {
            break;
        }
    }
    let (one, more) = spans.split_first()?;
    if one.1.len() == 17
        && let Some((2, id)) = more.first().filter(|(_, digits)| digits.ends_with('X'))
    {
        return Some((2, hide(id, 6, 4)));
    }
    if let Some(text) = alone(&one.1) {
        return Some((1, text));
    }
    let put_together: [Kind; 5] = [digit_by_digit, dated_id, phone, id_or_card, old_id];
    put_together
        .iter()
        .find_map(|kind| {
            more.iter()
                .rev()
                .filter(|(count, _)| ends_well(groups, *count))
                .find_map(|(count, digits)| {
                    kind(&groups[..*count], digits).map(|text| (*count, text))
                })
        })
        .or_else(|| grown(groups))
}

/// At most this many changes of style are looked at, so that hostile text
/// costs no time.
const LONGEST_GROWN: usize = 64;

/// Digits of mixed style that touch each other and are more than any phone
/// has, like a long group of one style.
fn grown(groups: &[Group]) -> Option<(usize, String)> {
    let count = 1 + groups[1..]
        .iter()
        .take(LONGEST_GROWN)
        .take_while(|g| g.gap == Gap::None && g.digits != "X")
        .count();
    let digits: String = groups[..count].iter().map(|g| g.digits.as_str()).collect();
    let holds_another = groups[1..count].iter().any(|g| alone(&g.digits).is_some());
    (count > 1 && digits.len() > 11 && !holds_another).then(|| (count, hide(&digits, 3, 4)))
}

/// What one group of digits is.
fn alone(digits: &str) -> Option<String> {
    if let Some(number) = mobile(digits) {
        return Some(hide(digits, digits.len() - number.len() + 3, 4));
    }
    match digits.len() {
        _ if landline(digits) => Some(hide(digits, area(digits), 4)),
        15 | 18 => Some(hide(digits, 6, 4)),
        16 | 17 | 19 => Some(hide(digits, 4, 4)),
        // Longer than any sum of money: two numbers run together, or a
        // misheard one. It identifies somebody either way.
        n if n > 11 => Some(hide(digits, 3, 4)),
        _ => None,
    }
}

/// The shape of a birth date says enough, whatever stands between.
fn dated_id(_: &[Group], digits: &str) -> Option<String> {
    (digits.len() == 18 && dated(digits)).then(|| hide(digits, 6, 4))
}

/// Two digits of a year say less, so the groups must be likely as well.
fn old_id(groups: &[Group], digits: &str) -> Option<String> {
    (digits.len() == 15 && dated(digits) && sized(groups)).then(|| hide(digits, 6, 4))
}

fn phone(groups: &[Group], digits: &str) -> Option<String> {
    if let Some(number) = mobile(digits) {
        // 1500，2000，300 are three sums.
        let (lengths, list) = blocks(groups);
        let head = digits.len() - number.len() + 3;
        return (!list || lengths[0] <= 3).then(|| hide(digits, head, 4));
    }
    // The area code is a group, or all digits are said one by one.
    let (lengths, _) = blocks(groups);
    let fits = lengths.len() == 1 || lengths[0] == area(digits) || lengths.iter().all(|n| *n == 1);
    (landline(digits) && fits).then(|| hide(digits, area(digits), 4))
}

/// A long number said digit by digit. It goes before phones: eleven of its
/// digits may look like one, and the rest would stay visible.
fn digit_by_digit(groups: &[Group], digits: &str) -> Option<String> {
    let (lengths, _) = blocks(groups);
    lengths[1..]
        .iter()
        .all(|n| *n == 1)
        .then(|| id_or_card(groups, digits))
        .flatten()
}

fn id_or_card(groups: &[Group], digits: &str) -> Option<String> {
    let head = if digits.len() == 18 { 6 } else { 4 };
    ((16..=19).contains(&digits.len()) && sized(groups)).then(|| hide(digits, head, 4))
}

/// Whether a number may end after `count` groups: at a gap, or before one
/// Chinese digit that belongs to the next word (三八零零 一个号).
fn ends_well(groups: &[Group], count: usize) -> bool {
    let block = groups[count..]
        .iter()
        .take_while(|g| g.gap == Gap::None && g.digits != "X");
    let mut rest = block.map(|g| g.digits.len());
    rest.next()
        .is_none_or(|first| first == 1 && rest.next().is_none())
}

/// Whether groups are as long as people make them within one long number.
/// Hotlines one after the other (12345 96110 12333) are not.
fn sized(groups: &[Group]) -> bool {
    match blocks(groups) {
        // 100、200、300 are several numbers; groups of four make a card.
        (lengths, true) => lengths.iter().rev().skip(1).all(|n| *n == 4 || *n == 1),
        (lengths, false) => {
            lengths.len() == 1 || lengths[0] == 6 || lengths.iter().all(|n| *n <= 4)
        }
    }
}

/// The lengths of what is written without a gap, and whether a comma stands
/// between any.
fn blocks(groups: &[Group]) -> (Vec<usize>, bool) {
    let mut lengths = vec![groups[0].digits.len()];
    let mut list = false;
    for group in &groups[1..] {
        list |= group.gap == Gap::List;
        match lengths.last_mut() {
            Some(last) if group.gap == Gap::None => *last += group.digits.len(),
            _ => lengths.push(group.digits.len()),
        }
    }
    (lengths, list)
}

/// The 11 digits of a mobile phone, without the country's 86.
fn mobile(digits: &str) -> Option<&str> {
    let number = match digits.len() {
        11 => digits,
        13 => digits.strip_prefix("86")?,
        15 => digits.strip_prefix("0086")?,
        _ => return None,
    };
    let bytes = number.as_bytes();
    (bytes[0] == b'1' && (b'3'..=b'9').contains(&bytes[1]) && !number.ends_with('X'))
        .then_some(number)
}

/// An area code and seven or eight digits.
fn landline(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    let local = bytes.len().wrapping_sub(area(digits));
    bytes.len() >= 10
        && bytes[0] == b'0'
        && bytes[1] != b'0'
        && (7..=8).contains(&local)
        && !digits.ends_with('X')
}

/// The length of an area code: 010 and 02x have three digits, others four.
fn area(digits: &str) -> usize {
    if digits.starts_with("010") || digits.starts_with("02") {
        3
    } else {
        4
    }
}

/// Whether 18 or 15 characters hold a date of birth where an ID has one.
fn dated(digits: &str) -> bool {
    let (year, rest) = match digits.len() {
        18 => (&digits[6..10], &digits[10..]),
        15 => ("1900", &digits[8..]),
        _ => return false,
    };
    let number = |text: &str| text.parse::<u32>().unwrap_or(0);
    matches!(&year[..2], "18" | "19" | "20")
        && (1..=12).contains(&number(&rest[..2]))
        && (1..=31).contains(&number(&rest[2..4]))
        && (digits.len() == 18 || !digits.ends_with('X'))
        && (b'1'..=b'8').contains(&digits.as_bytes()[0])
}

/// The first `head` and the last `tail` characters; stars instead of others.
/// At least four, so that a masked number is told from 3*4.
fn hide(digits: &str, head: usize, tail: usize) -> String {
    let stars = digits.len().saturating_sub(head + tail).clamp(4, 8);
    format!(
        "{}{}{}",
        &digits[..head],
        "*".repeat(stars),
        &digits[digits.len() - tail..]
    )
}
