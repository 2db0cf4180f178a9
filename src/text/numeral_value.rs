//! The value of a numeral with units: 三千六, 两万五, 3千6, 一百零八.

use super::numeral_words::measure;

/// The value of a Chinese or ASCII digit. 幺 is how telephone numbers say 一.
pub(super) const fn digit(c: char) -> Option<u8> {
    Some(match c {
        '〇' | '零' => 0,
        '一' | '幺' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '0'..='9' => c as u8 - b'0',
        _ => return None,
    })
}

/// The value of a unit.
pub(super) const fn unit(c: char) -> Option<u64> {
    Some(match c {
        '十' => 10,
        '百' => 100,
        '千' => 1_000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    })
}

/// What a run of digits and units is worth.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// A number that ends before the index.
    Number(u64, usize),
    /// No well-formed number.
    None,
}

/// Reads the number at the beginning of `chars[at..end]`, a run of digits and
/// units. A second number in the same run (三千六 一个月) is left over.
pub(super) fn value(chars: &[char], at: usize, end: usize) -> Value {
    let mut sum = Sum::default();
    let mut i = at;
    while i < end {
        let c = chars[i];
        if let Some(unit) = unit(c) {
            if !sum.take_unit(unit) {
                return Value::None;
            }
            i += 1;
        } else if matches!(c, '零' | '〇') && sum.pending.is_none() && sum.seen_unit() {
            if i + 1 >= end || digit(chars[i + 1]).is_none() || sum.zero {
                break;
            }
            sum.zero = true;
            i += 1;
        } else if sum.pending.is_some() {
            break;
        } else {
            let Some((number, next)) = plain_digits(chars, i, end) else {
                return Value::None;
            };
            sum.pending = Some(number);
            sum.short = next == i + 1;
            i = next;
        }
    }
    // 七八十 and 一两万 are guesses, not two numbers.
    let second = i < end && digit(chars[i]).is_some_and(|_| !chars[i].is_ascii_digit());
    if second && !sum.seen_unit() && !chars[at].is_ascii_digit() {
        return Value::None;
    }
    // 一万一年 is ten thousand a year, 一万一 is eleven thousand.
    if sum.is_shorthand() && sum.pending == Some(1) && measure(&chars[i..]) {
        sum.pending = None;
        i -= 1;
    }
    sum.total().map_or(Value::None, |n| Value::Number(n, i))
}

/// One Chinese digit, or a whole run of ASCII digits. Numbers of more than
/// twelve digits are names, not amounts.
fn plain_digits(chars: &[char], at: usize, end: usize) -> Option<(u64, usize)> {
    if !chars[at].is_ascii_digit() {
        return digit(chars[at]).map(|d| (u64::from(d), at + 1));
    }
    let length = chars[at..end]
        .iter()
        .take_while(|c| c.is_ascii_digit())
        .count();
    let leading_zero = chars[at] == '0' && length > 1;
    if leading_zero || length > 12 {
        return None;
    }
    let number = chars[at..at + length]
        .iter()
        .fold(0, |n, c| n * 10 + (*c as u64 - '0' as u64));
    Some((number, at + length))
}

/// The number read so far.
#[derive(Default)]
struct Sum {
    /// Closed by 万 or 亿.
    closed: u64,
    /// Below 10,000, still open.
    section: u64,
    /// Digits that wait for their unit.
    pending: Option<u64>,
    /// `pending` is a single character.
    short: bool,
    /// A 零 stands before `pending`.
    zero: bool,
    /// The last unit of all, of the section, and the last of 万 and 亿.
    last: Option<u64>,
    small: Option<u64>,
    big: Option<u64>,
}

impl Sum {
    const fn seen_unit(&self) -> bool {
        self.last.is_some()
    }

    /// Whether the last digit stands for the next smaller unit: 三千六.
    fn is_shorthand(&self) -> bool {
        self.pending.is_some_and(|p| p > 0)
            && self.short
            && !self.zero
            && self.last.is_some_and(|u| u > 10)
    }

    /// Takes a unit; false when it cannot stand here.
    fn take_unit(&mut self, unit: u64) -> bool {
        let taken = if unit < 10_000 {
            // 十五 and 一百十五 leave out the 一.
            let digits = match self.pending {
                None if unit == 10 => 1,
                None => return false,
                Some(digits) => digits,
            };
            if self.small.is_some_and(|s| unit >= s) {
                return false;
            }
            self.small = Some(unit);
            digits
                .checked_mul(unit)
                .and_then(|n| self.section.checked_add(n))
                .map(|n| self.section = n)
        } else {
            let section = self.section.saturating_add(self.pending.unwrap_or(0));
            if section == 0 || self.big.is_some_and(|b| unit >= b) {
                return false;
            }
            self.big = Some(unit);
            self.small = None;
            self.section = 0;
            section
                .checked_mul(unit)
                .and_then(|n| self.closed.checked_add(n))
                .map(|n| self.closed = n)
        };
        self.pending = None;
        self.zero = false;
        self.last = Some(unit);
        taken.is_some()
    }

    fn total(&self) -> Option<u64> {
        let step = match self.last {
            Some(unit) if self.is_shorthand() => unit / 10,
            _ => 1,
        };
        let rest = self.pending.unwrap_or(0).checked_mul(step)?;
        self.closed.checked_add(self.section)?.checked_add(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Value {
        let chars: Vec<char> = text.chars().collect();
        let end = chars
            .iter()
            .take_while(|c| digit(**c).is_some() || unit(**c).is_some())
            .count();
        value(&chars, 0, end)
    }

    #[test]
    fn well_formed_numbers_have_a_value() {
        for (text, number) in [
            ("十", 10),
            ("十五", 15),
            ("二十", 20),
            ("六十岁", 60),
            ("一百", 100),
            ("一百三十八", 138),
            ("一百三", 130),
            ("一百零三", 103),
            ("一百十五", 115),
            ("两千零二十五", 2025),
            ("三千六", 3600),
            ("三千零六", 3006),
            ("两万五", 25_000),
            ("一万二千三百四十五", 12_345),
            ("一百二十万", 1_200_000),
            ("一亿三千万", 130_000_000),
            ("3千6", 3600),
            ("2万", 20_000),
            ("3万5千", 35_000),
            ("100万", 1_000_000),
        ] {
            assert_eq!(
                read(text),
                Value::Number(number, text.chars().take_while(|c| *c != '岁').count())
            );
        }
    }

    #[test]
    fn what_is_no_number_has_none() {
        for text in [
            "七八十",
            "一两万",
            "万",
            "一百百",
            "一万万",
            "千五",
            "007万",
            "1234567890123万",
        ] {
            assert_eq!(read(text), Value::None, "{text}");
        }
    }

    #[test]
    fn a_second_number_is_left_over() {
        for (text, number, end) in [
            ("三千六一个月", 3600, 3),
            ("二十五一次", 25, 3),
            ("一万一年", 10_000, 2),
            ("一百一个月", 100, 2),
        ] {
            assert_eq!(read(text), Value::Number(number, end), "{text}");
        }
    }
}
