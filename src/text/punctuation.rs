//! What is neither letter nor digit goes.
//!
//! Kept are: a decimal point, a percent sign after a digit, and one space
//! where two Latin or digit runs would grow together. A masked number
//! (`138****1234`) goes as a whole: it says nothing about the question.

/// `text` without punctuation and spaces.
pub(super) fn strip(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut last: Option<char> = None;
    let mut gap = false;
    let mut i = 0;
    while i < chars.len() {
        if let Some(next) = masked_number(&chars, i) {
            i = next;
            gap = true;
            continue;
        }
        let c = chars[i];
        let digit_before = i > 0 && chars[i - 1].is_ascii_digit();
        let digit_after = chars.get(i + 1).is_some_and(char::is_ascii_digit);
        // `last` differs from the character before when that was dropped.
        let kept_before = i > 0 && last == Some(chars[i - 1]) && !gap;
        if c.is_alphanumeric() {
            if gap && runs_together(last) && !is_wide(c) {
                out.push(' ');
            }
            out.push(c);
            last = Some(c);
            gap = false;
        } else if digit_before && kept_before && (c == '%' || (c == '.' && digit_after)) {
            out.push(c);
            last = Some(c);
        } else if !(c == ',' && thousands(&chars, i)) {
            gap = true;
        }
        i += 1;
    }
    out
}

/// Whether a Latin letter or digit directly after `last` would join its run.
fn runs_together(last: Option<char>) -> bool {
    last.is_some_and(|c| !is_wide(c))
}

/// Chinese, Japanese and Korean characters, written without spaces.
pub(super) const fn is_wide(c: char) -> bool {
    c as u32 >= 0x2e80
}

/// Whether the comma at `at` groups thousands: 12,000.
fn thousands(chars: &[char], at: usize) -> bool {
    let before = chars[..at]
        .iter()
        .rev()
        .take_while(|c| c.is_ascii_digit())
        .count();
    let after = chars[at + 1..]
        .iter()
        .take_while(|c| c.is_ascii_digit())
        .count();
    (1..=3).contains(&before) && after == 3
}

/// Where the masked number that begins at `at` ends.
fn masked_number(chars: &[char], at: usize) -> Option<usize> {
    let run = |from: usize, wanted: fn(&char) -> bool| {
        chars[from..].iter().take_while(|c| wanted(c)).count()
    };
    // It begins with a digit: to look behind every star costs a square of time.
    if !chars[at].is_ascii_digit() || (at > 0 && chars[at - 1].is_ascii_digit()) {
        return None;
    }
    let head = run(at, char::is_ascii_digit);
    let stars = run(at + head, |c| *c == '*');
    let tail = run(at + head + stars, char::is_ascii_digit);
    if head < 3 || stars < 4 || tail < 3 {
        return None;
    }
    let end = at + head + stars + tail;
    Some(if chars.get(end) == Some(&'x') {
        end + 1
    } else {
        end
    })
}

#[cfg(test)]
mod tests {
    use super::strip;

    #[test]
    fn only_letters_and_digits_stay() {
        for (text, wanted) in [
            ("居住证，怎么办？", "居住证怎么办"),
            (" 居 住 证 ", "居住证"),
            ("wi-fi 密码", "wi fi密码"),
            ("app 下载", "app下载"),
            ("12,000元", "12000元"),
            ("1,2,3", "1 2 3"),
            ("12345,110", "12345 110"),
            ("2.5万", "2.5万"),
            ("80%、90%", "80% 90%"),
            ("%80", "80"),
            ("第1.", "第1"),
            ("400-810-8888", "400 810 8888"),
            ("手机138****1234怎么改", "手机怎么改"),
            ("110101********123x是谁", "是谁"),
            ("！？…", ""),
            ("🙂好🙂", "好"),
        ] {
            assert_eq!(strip(text), wanted, "{text}");
        }
    }
}
