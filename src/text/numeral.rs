//! Spoken numbers as digits: 六十岁 becomes 60岁, 一二三四五 becomes 12345.
//!
//! A numeral with units is a number (三千六 is 3600). Three and more digits
//! without units are read one by one (二〇二五年 is 2025年). A single digit is
//! a number only before something counted (三次 is 3次, but 三无 stays), and
//! two digits are mostly a guess or a name (两三天, 三八) and stay. Words of
//! `numeral_words` always stay.

use super::numeral_decimal::{ascii_decimal, decimals, scaled};
use super::numeral_value::{Value, digit, unit, value};
use super::numeral_words::{begins, kept_at, measure};

/// `text`, without punctuation, with its numbers in digits.
pub(super) fn to_digits(text: &str) -> String {
    if !text
        .chars()
        .any(|c| digit(c).is_some() || unit(c).is_some())
    {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut i = 0;
    while i < chars.len() {
        let (piece, next) = step(&chars, i);
        if grows_together(&out, &piece, &chars, i) {
            out.push(' ');
        }
        out.push_str(&piece);
        i = next;
    }
    out
}

/// Whether `piece`, written for what begins at `at`, would join the number at
/// the end of `out` although they are two: 两万五一个月.
fn grows_together(out: &str, piece: &str, chars: &[char], at: usize) -> bool {
    let both = out.ends_with(|c: char| c.is_ascii_digit() || c == '%')
        && piece.starts_with(|c: char| c.is_ascii_digit());
    // Digits that were written side by side are one number.
    let written = |at: usize| chars[at].is_ascii_alphanumeric() || matches!(chars[at], '.' | '%');
    both && at > 0 && !(written(at) && written(at - 1))
}

/// What stands at `at` in its uniform form, and where it ends.
fn step(chars: &[char], at: usize) -> (String, usize) {
    if let Some(length) = kept_at(chars, at) {
        return (chars[at..at + length].iter().collect(), at + length);
    }
    if let Some(found) = percent(chars, at) {
        return found;
    }
    if begins(&chars[at..], "分之")
        && let Some((number, next)) = number(chars, at + 2, true)
    {
        return (format!("分之{number}"), next);
    }
    if digit(chars[at]).is_none() && chars[at] != '十' {
        return (chars[at].to_string(), at + 1);
    }
    if weekday(chars, at) {
        return (chars[at].to_string(), at + 1);
    }
    number(chars, at, false).unwrap_or_else(|| {
        let end = run_end(chars, at);
        (chars[at..end].iter().collect(), end)
    })
}

/// 百分之八十, also 百分之百 and 百分之七点五.
fn percent(chars: &[char], at: usize) -> Option<(String, usize)> {
    if !begins(&chars[at..], "百分之") {
        return None;
    }
    let from = at + 3;
    let next = chars.get(from)?;
    if *next == '百' {
        return Some(("100%".to_owned(), from + 1));
    }
    let (number, end) = number(chars, from, true)?;
    let end = if chars.get(end) == Some(&'%') {
        end + 1
    } else {
        end
    };
    Some((format!("{number}%"), end))
}

/// The number at `at`. `certain`: the words around it say that it is one, so
/// that a single digit needs nothing counted behind it.
fn number(chars: &[char], at: usize, certain: bool) -> Option<(String, usize)> {
    if let Some(found) = ascii_decimal(chars, at) {
        return Some(found);
    }
    let end = run_end(chars, at);
    if end == at {
        return None;
    }
    let has_unit = chars[at..end].iter().any(|c| unit(*c).is_some());
    let (whole, next) = if has_unit {
        let Value::Number(number, next) = value(chars, at, end) else {
            return None;
        };
        // A single 十 is as uncertain as a single digit: 十几岁, 十有八九.
        let lone_ten = next == at + 1 && chars[at] == '十';
        if lone_ten && !certain && !counted_ten(chars, at) {
            return None;
        }
        if next == at + 1
            && !lone_ten
            && !certain
            && !chars[at].is_ascii_digit()
            && !measure(&chars[next..])
        {
            return None;
        }
        (number.to_string(), next)
    } else {
        digits(chars, at, end, certain)?
    };
    match decimals(chars, next, certain) {
        Some((fraction, after)) if next == end => Some(scaled(&whole, &fraction, chars, after)),
        _ => Some((whole, next)),
    }
}

fn counted_ten(chars: &[char], at: usize) -> bool {
    let vague = at > 0 && matches!(chars[at - 1], '几' | '数');
    let rest = &chars[at + 1..];
    !vague && (measure(rest) || begins(rest, "多") || begins(rest, "余"))
}

/// A run of digits without units.
fn digits(chars: &[char], at: usize, end: usize, certain: bool) -> Option<(String, usize)> {
    let run = &chars[at..end];
    let written = |run: &[char]| -> String {
        run.iter()
            .filter_map(|c| digit(*c))
            .map(|d| char::from(b'0' + d))
            .collect()
    };
    let chinese = run.iter().filter(|c| !c.is_ascii_digit()).count();
    if chinese == 0 {
        return Some((run.iter().collect(), end));
    }
    let one_by_one = !run.contains(&'两');
    let counted = certain || measure(&chars[end..]);
    if chinese == run.len() {
        let number = match run {
            ['幺'] => false,
            [_] => counted,
            [a, b] => one_by_one && year(*a, *b, chars.get(end)),
            _ => one_by_one,
        };
        return number.then(|| (written(run), end));
    }
    let inside = run[0].is_ascii_digit() && run[run.len() - 1].is_ascii_digit();
    if one_by_one && (inside || chinese > 1) {
        return Some((written(run), end));
    }
    // 60一个月: two numbers. Take the first here, the next step the second.
    let same = run
        .iter()
        .take_while(|c| c.is_ascii_digit() == run[0].is_ascii_digit())
        .count();
    run[0]
        .is_ascii_digit()
        .then(|| (run[..same].iter().collect(), at + same))
        .or_else(|| {
            // A Chinese digit before ASCII digits stays as it is.
            Some((run[..same].iter().collect(), at + same))
        })
}

/// 二五年 is a year, 三五年 and 二三年 are guesses.
fn year(a: char, b: char, next: Option<&char>) -> bool {
    let (Some(a), Some(b)) = (digit(a), digit(b)) else {
        return false;
    };
    let guess = b == a + 1 || (a, b) == (3, 5);
    matches!(next, Some('年' | '号' | '室' | '栋')) && (a == 0 || !guess)
}

/// Where the run of digits and units that begins at `at` ends.
fn run_end(chars: &[char], at: usize) -> usize {
    let mut end = at;
    while let Some(&c) = chars.get(end) {
        let weight = c == '千' && matches!(chars.get(end + 1), Some('克' | '瓦' | '米' | '卡'));
        let in_run = digit(c).is_some() || (unit(c).is_some() && !weight);
        if !in_run || (end > at && begins_kept(chars, end)) {
            break;
        }
        end += 1;
    }
    end
}

/// Whether a kept word that begins with a digit stands here: 12345 一下. One
/// that begins with a unit (万一) does not end a number, nor does one that
/// is as likely the end of it: 十一点, 二十一路.
fn begins_kept(chars: &[char], at: usize) -> bool {
    let c = chars[at];
    let after_unit = at > 0 && (unit(chars[at - 1]).is_some() || chars[at - 1] == '零');
    let counted = matches!(
        chars.get(at + 1),
        Some('点' | '路' | '度' | '道' | '步' | '线' | '块')
    );
    !c.is_ascii_digit()
        && digit(c).is_some()
        && !(after_unit && counted)
        && kept_at(chars, at).is_some()
}

/// 周一, 星期三 and 礼拜五 are names of days, 周一10点 too.
fn weekday(chars: &[char], at: usize) -> bool {
    let named = at > 0 && matches!(chars[at - 1], '周' | '期' | '拜');
    if !named || !matches!(chars[at], '一' | '二' | '三' | '四' | '五' | '六') {
        return false;
    }
    let rest = &chars[at + 1..];
    let hour = rest
        .iter()
        .take_while(|c| digit(**c).is_some() || **c == '十')
        .count();
    if hour > 0 {
        return rest.get(hour) == Some(&'点');
    }
    rest.first().is_none_or(|c| unit(*c).is_none()) && !measure(rest)
}

#[cfg(test)]
mod tests {
    use super::to_digits;

    #[test]
    fn numbers_become_digits() {
        for (text, wanted) in [
            ("六十岁", "60岁"),
            ("二〇二五年", "2025年"),
            ("二零二五年一月一号", "2025年1月1号"),
            ("二五年", "25年"),
            ("一百三十八", "138"),
            ("三千六", "3600"),
            ("3千6", "3600"),
            ("两万五", "25000"),
            ("2万5", "25000"),
            ("十五天", "15天"),
            ("十天", "10天"),
            ("十多年", "10多年"),
            ("六十多岁", "60多岁"),
            ("百分之八十", "80%"),
            ("百分之80", "80%"),
            ("百分之七点五", "7.5%"),
            ("百分之百", "100%"),
            ("百分之五", "5%"),
            ("三分之一", "3分之1"),
            ("十分之一", "10分之1"),
            ("第三胎", "第3胎"),
            ("二胎", "2胎"),
            ("三孩", "3孩"),
            ("两个孩子", "2个孩子"),
            ("二级残疾", "2级残疾"),
            ("一次办好", "1次办好"),
            ("五险一金", "5险1金"),
            ("九年义务教育", "9年义务教育"),
            ("一二三四五热线", "12345热线"),
            ("幺二三四五", "12345"),
            ("1二3四5", "12345"),
            ("一一零", "110"),
            ("幺幺零", "110"),
            ("九六一一零", "96110"),
            ("两点五万", "25000"),
            ("2.5万", "25000"),
            ("0.5万", "5000"),
            ("一点五倍", "1.5倍"),
            ("上午八点半", "上午8点半"),
            ("下午一点", "下午1点"),
            ("三点五十", "3点50"),
            ("二十四小时", "24小时"),
            ("一百万", "1000000"),
            ("十分钟", "10分钟"),
            ("一块钱", "1块钱"),
            ("三千六一个月", "3600 1个月"),
            ("60一个月", "60 1个月"),
            ("一万一年", "10000 1年"),
            ("一周五天", "1周5天"),
            ("上午十一点", "上午11点"),
            ("二十一路车", "21路车"),
            ("五十分钟", "50分钟"),
        ] {
            assert_eq!(to_digits(text), wanted, "{text}");
        }
    }

    #[test]
    fn words_stay() {
        for text in [
            "一下",
            "一起",
            "统一",
            "唯一",
            "万一",
            "三八红旗手",
            "一样",
            "一定",
            "十分方便",
            "一次性补贴",
            "便宜一点",
            "一块去",
            "千万不要",
            "百姓",
            "两三天",
            "七八十岁",
            "三四百",
            "几十岁",
            "十几岁",
            "三五年",
            "二手房",
            "两癌筛查",
            "两会",
            "零钱",
            "零工市场",
            "三无人员",
            "五保户",
            "星期一",
            "周五下午",
            "第三方",
            "第一时间",
            "统一个人账户",
            "三心二意",
            "一卡通",
            "12345一下",
            "60千克",
            "2024.5.1",
            "五一放假",
            "三方协议",
            "一网通办",
            "进一步",
            "其中之一",
        ] {
            assert_eq!(to_digits(text), text);
        }
    }

    #[test]
    fn days_of_the_week_stay_beside_hours() {
        assert_eq!(to_digits("周一十点"), "周一10点");
        assert_eq!(to_digits("周一8点半"), "周一8点半");
        assert_eq!(to_digits("星期六上午九点"), "星期六上午9点");
    }
}
