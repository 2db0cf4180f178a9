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
    /// Written in Chinese characters.
    pub(super) chinese: bool,
}

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
            None => {
                if let Some((count, text)) = after_a_word(&groups[first..]) {
                    let begin = groups[first].range.start + '一'.len_utf8();
                    let last = &groups[first + count - 1];
                    found.push((begin..last.range.end, text));
                    first += count;
                } else {
                    first += 1;
                }
            }
        }
    }
    found
}

/// The number that begins behind a 一 of the word before: 统一 一三八 is heard
/// without the space.
fn after_a_word(groups: &[Group]) -> Option<(usize, String)> {
    let digits = groups[0]
        .digits
        .strip_prefix('1')
        .filter(|d| !d.is_empty())?;
    if !groups[0].chinese {
        return None;
    }
    let mut shorter = groups.to_vec();
    shorter[0].digits = digits.to_owned();
    longest(&shorter)
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
    let put_together: [fn(&[Group], &str) -> Option<String>; 4] = [dated_id, phone, plain_id, card];
    put_together
        .iter()
        .find_map(|kind| {
            more.iter().rev().find_map(|(count, digits)| {
                kind(&groups[..*count], digits).map(|text| (*count, text))
            })
        })
        .or_else(|| grown(groups))
}

/// Digits of mixed style that touch each other and are more than any phone
/// has, like a long group of one style.
fn grown(groups: &[Group]) -> Option<(usize, String)> {
    let count = 1 + groups[1..]
        .iter()
        .take_while(|g| g.gap == Gap::None && g.digits != "X")
        .count();
    let digits: String = groups[..count].iter().map(|g| g.digits.as_str()).collect();
    let holds_another = (1..count).any(|i| longest(&groups[i..count]).is_some());
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

fn dated_id(groups: &[Group], digits: &str) -> Option<String> {
    // The shape of a birth date says enough, whatever stands between.
    (dated(digits) && (digits.len() == 18 || sized(groups))).then(|| hide(digits, 6, 4))
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

fn plain_id(groups: &[Group], digits: &str) -> Option<String> {
    (digits.len() == 18 && sized(groups)).then(|| hide(digits, 6, 4))
}

fn card(groups: &[Group], digits: &str) -> Option<String> {
    let card = (16..=19).contains(&digits.len()) && !digits.ends_with('X');
    (card && sized(groups)).then(|| hide(digits, 4, 4))
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
