//! Tones that the neighbours decide: those of 一 and 不, and of small words.

use super::glyph::Kind;
use super::lookup::Line;
use super::syllable::Sound;

/// Verbs that are said twice to make little of it: 看看, 问一问.
const LIGHTLY: &str =
    "看试问说想聊走找查量听等谈转逛坐歇尝算比学练讲管帮催猜摸闻擦洗扫收改教写用做读";

/// What 一 before it names and does not count: 一号楼, 一年级.
const NAMED: &[&str] = &[
    "月", "号", "楼", "层楼", "单元", "年级", "等奖", "级", "类", "期工", "季度", "把手", "孩",
    "胎", "区", "班", "中学", "二三", "是",
];

/// Characters before 一 after which it keeps its tone.
const COUNTING: &str = "第初零〇幺周";

/// Digits before 一: 二十一, 三一.
const DIGITS: &str = "一二三四五六七八九十";

/// What words end with 一 that keeps its tone there.
const ENDS: &[&str] = &[
    "统一",
    "唯一",
    "万一",
    "之一",
    "单一",
    "周一",
    "星期一",
    "礼拜一",
    "初一",
    "其一",
    "逐一",
    "一一",
    "五一",
    "六一",
    "七一",
    "八一",
];

/// Sets what depends on the syllables around.
pub(super) fn settle(line: &mut Line) {
    for i in 0..line.chars.len() {
        if line.fixed[i] {
            continue;
        }
        let tone = match line.chars[i] {
            '一' if line.kinds[i] != Kind::Name || at_unit(line, i + 1) => one(line, i),
            '不' => Some(not(line, i)),
            c if doubled(line, i, c) => Some(5),
            _ => None,
        };
        if let (Some(tone), Some(sound)) = (tone, line.sounds[i]) {
            line.sounds[i] = Some(Sound { tone, ..sound });
        }
    }
}

fn tone_at(line: &Line, i: usize) -> Option<u8> {
    line.sounds.get(i).copied().flatten().map(|s| s.tone)
}

fn before(line: &Line, i: usize, back: usize) -> Option<char> {
    line.chars.get(i.checked_sub(back)?).copied()
}

/// Whether 百, 千, 万 or 亿 is at `i`.
fn at_unit(line: &Line, i: usize) -> bool {
    line.chars.get(i).is_some_and(|c| "百千万亿".contains(*c))
}

/// Whether the text at `i` begins with `word`.
fn at(line: &Line, i: usize, word: &str) -> bool {
    word.chars()
        .enumerate()
        .all(|(n, c)| line.chars.get(i + n) == Some(&c))
}

/// Whether the text up to and with `i` ends with `word`.
fn up_to(line: &Line, i: usize, word: &str) -> bool {
    let length = word.chars().count();
    i + 1 >= length && at(line, i + 1 - length, word)
}

/// 不 rises before a falling tone.
fn not(line: &Line, i: usize) -> u8 {
    let listed = line.sounds[i].is_some_and(|s| s.tone == 5);
    match tone_at(line, i + 1) {
        _ if listed => 5,
        Some(4) => 2,
        _ => 4,
    }
}

/// 一 rises before a falling tone, falls before the others, and keeps its
/// tone in numbers that name and at the end.
fn one(line: &Line, i: usize) -> Option<u8> {
    if line.sounds[i]?.base != "yi" || tone_at(line, i) == Some(5) {
        return None;
    }
    let next = line.chars.get(i + 1).copied();
    let last = before(line, i, 1)
        .filter(|c| !line.gaps[i] && ("第初".contains(*c) || line.kinds[i - 1] == line.kinds[i]));
    let between = next.is_some() && next == last && LIGHTLY.contains(next?);
    if between {
        return Some(5);
    }
    let unit = at_unit(line, i + 1);
    // 周五一般 is 周五 and 一般.
    let begins = line.words[i].start == i && line.words[i].len() > 1;
    let is_digit = |c: Option<char>| c.is_some_and(|c| DIGITS.contains(c) || "零〇".contains(c));
    // 一点五, 一到三, and 二零一一.
    let decimal = last == Some('点') && line.kinds[i] != Kind::Written
        || next.is_some_and(|c| "点到至".contains(c)) && is_digit(line.chars.get(i + 2).copied())
        || is_digit(last) && is_digit(before(line, i, 2)) && !unit;
    let counting =
        !unit && last.is_some_and(|c| COUNTING.contains(c) || !begins && DIGITS.contains(c));
    // 一百一, 三万一: the end of a number whose unit is not said.
    let tail =
        last.is_some_and(|c| "百千万".contains(c)) && !unit && line.kinds[i] == Kind::Written;
    let ends = !line.gaps[i] && !begins && ENDS.iter().any(|word| up_to(line, i, word));
    let names = NAMED.iter().any(|word| at(line, i + 1, word)) && !at(line, i + 1, "是否");
    let digit = next.is_some_and(|c| "一二三四五六七八九〇零点十比到".contains(c))
        && (line.kinds[i] != Kind::Written || !"点到".contains(next.unwrap_or(' ')));
    let month = last == Some('月') && at(line, i + 1, "日");
    if decimal || counting || tail || ends || names || digit || month {
        return Some(1);
    }
    Some(match tone_at(line, i + 1)? {
        4 | 5 => 2,
        _ => 4,
    })
}

/// The second of 看看 has no tone; 等等 at the end of a list has.
fn doubled(line: &Line, i: usize, c: char) -> bool {
    let verb = before(line, i, 1) == Some(c)
        || (before(line, i, 1) == Some('一') && before(line, i, 2) == Some(c));
    let list = c == '等' && i + 1 == line.chars.len();
    // 问问题 is 问 and 问题.
    let first = if before(line, i, 1) == Some(c) {
        i - 1
    } else {
        i
    };
    let whole = line.words[i].end == i + 1 && line.words[first].start == first;
    verb && whole
        && LIGHTLY.contains(c)
        && !list
        && line.kinds[i] == Kind::Written
        && before(line, i, 2) != Some('一')
        && before(line, i, 3) != Some(c)
}
