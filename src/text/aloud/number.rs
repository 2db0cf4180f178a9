//! Numbers in Chinese characters.

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// Digit by digit: a year, a room. Other characters are left out.
pub(super) fn by_digit(digits: &str) -> String {
    digits
        .chars()
        .filter_map(|c| c.to_digit(10))
        .map(|d| DIGITS[d as usize])
        .collect()
}

/// Digit by digit as telephone numbers and codes are said: 1 is 幺.
pub(super) fn by_code(digits: &str) -> String {
    by_digit(digits).replace('一', "幺")
}

/// As a quantity: 1,204 is 一千二百零四. Above what has a name, digit by
/// digit.
pub(super) fn cardinal(digits: &str) -> String {
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return "零".to_owned();
    }
    if digits.len() > 12 {
        return by_digit(digits);
    }
    let mut out = String::new();
    let mut gap = false;
    for (i, c) in digits.char_indices() {
        let place = digits.len() - 1 - i;
        let digit = c.to_digit(10).unwrap_or(0) as usize;
        if digit == 0 {
            gap = true;
        } else {
            if gap && !out.is_empty() {
                out.push('零');
            }
            gap = false;
            // 12 is 十二, not 一十二.
            if !(digit == 1 && place % 4 == 1 && out.is_empty()) {
                out.push(DIGITS[digit]);
            }
            out.push_str(["", "十", "百", "千"][place % 4]);
        }
        let group_is_empty = digits[digits.len().saturating_sub(place + 4)..=i]
            .bytes()
            .all(|b| b == b'0');
        match place {
            8 => out.push('亿'),
            4 if !group_is_empty => out.push('万'),
            _ => {}
        }
    }
    out
}

/// With its decimals: 2.5 is 二点五.
pub(super) fn decimal(whole: &str, decimals: &str) -> String {
    format!("{}点{}", cardinal(whole), by_digit(decimals))
}

/// 二 at the head of a number as people say it before what is counted:
/// 两个, 两百, 两千二百, but 二十.
pub(super) fn paired(number: &str, counted: bool) -> String {
    let Some(rest) = number.strip_prefix('二') else {
        return number.to_owned();
    };
    let head = match rest.chars().next() {
        None => counted,
        Some(unit) => matches!(unit, '百' | '千' | '万' | '亿'),
    };
    if head {
        format!("两{rest}")
    } else {
        number.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_have_units() {
        for (digits, wanted) in [
            ("0", "零"),
            ("7", "七"),
            ("10", "十"),
            ("12", "十二"),
            ("20", "二十"),
            ("105", "一百零五"),
            ("110", "一百一十"),
            ("1,234", "一千二百三十四"),
            ("1010", "一千零一十"),
            ("2000", "二千"),
            ("10000", "一万"),
            ("10500", "一万零五百"),
            ("100000", "十万"),
            ("120000", "十二万"),
            ("1000001", "一百万零一"),
            ("100000000", "一亿"),
            ("120030000", "一亿二千零三万"),
            ("1000010000", "十亿零一万"),
            ("1234567890123", "一二三四五六七八九零一二三"),
        ] {
            assert_eq!(cardinal(digits), wanted, "{digits}");
        }
        assert_eq!(by_code("12345"), "幺二三四五");
        assert_eq!(decimal("0", "5"), "零点五");
        assert_eq!(decimal("1,234", "50"), "一千二百三十四点五零");
    }

    #[test]
    fn two_things_are_a_pair() {
        for (number, counted, wanted) in [
            ("二", true, "两"),
            ("二", false, "二"),
            ("二百", false, "两百"),
            ("二十", true, "二十"),
            ("二点五", true, "二点五"),
            ("十二", true, "十二"),
        ] {
            assert_eq!(paired(number, counted), wanted);
        }
    }
}
