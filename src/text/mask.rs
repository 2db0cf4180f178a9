//! Numbers that identify people are hidden before anything is stored.
//!
//! Hidden are resident ID numbers (18 and 15 digits), mobile and landline
//! phones, bank cards and any other number of 12 and more digits: in ASCII,
//! full width or spoken numerals, mixed, with spaces, dashes, dots, commas or
//! hesitations between. Not hidden are hotlines (12345, 400 and 800 numbers),
//! pick-up codes, sums, years and document numbers: they are shorter.

use super::mask_run::{Gap, Group, masked_in};
use super::width::is_invisible;
use unicode_normalization::char::decompose_compatible;

/// Hides numbers that identify people: ID cards, phones, bank cards, also
/// with separators and as spoken numerals.
///
/// The first and last digits stay, so that the owner recognises the number:
/// `138****1234`, `110101********1234`, `6222********1234`. The rest of the
/// text stays as it is. Masking twice changes nothing.
pub fn mask(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for run in runs(text) {
        for (range, masked) in masked_in(&run) {
            out.push_str(&text[copied..range.start]);
            out.push_str(&masked);
            copied = range.end;
        }
    }
    out.push_str(&text[copied..]);
    out
}

/// At most this many characters between two groups of one number.
const LONGEST_GAP: usize = 4;

/// After one of these 一 is part of a word: 统一, 第一, 唯一.
const WORDS_WITH_ONE: &str = "统第唯单同逐专万之进";

/// What a character of the text is to a number.
enum Role {
    Digit { value: char, chinese: bool },
    Gap(Gap),
    Invisible,
    Star,
    Other,
}

fn role(c: char) -> Role {
    let chinese = |value| Role::Digit {
        value,
        chinese: true,
    };
    match c {
        '0'..='9' => Role::Digit {
            value: c,
            chinese: false,
        },
        '〇' | '零' | '洞' | '○' => chinese('0'),
        '一' | '幺' | '壹' => chinese('1'),
        '二' | '两' | '贰' => chinese('2'),
        '三' | '叁' => chinese('3'),
        '四' | '肆' => chinese('4'),
        '五' | '伍' => chinese('5'),
        '六' | '陆' => chinese('6'),
        '七' | '柒' | '拐' => chinese('7'),
        '八' | '捌' => chinese('8'),
        '九' | '玖' | '勾' => chinese('9'),
        '*' | '＊' => Role::Star,
        ',' | '，' | '、' | '。' | ';' | '；' => Role::Gap(Gap::List),
        '-' | '–' | '—' | '‐' | '‑' | '－' | '.' | '．' | '·' | '…' | '_' | '~' | '(' | ')'
        | '（' | '）' | '的' | '啊' | '嗯' | '呃' | '额' | '哦' | '是' | '杠' => {
            Role::Gap(Gap::Soft)
        }
        _ if is_invisible(c) => Role::Invisible,
        _ if c.is_whitespace() => Role::Gap(Gap::Soft),
        _ if c < '\u{80}' || ('\u{4e00}'..='\u{9fff}').contains(&c) => Role::Other,
        _ => compatible_digit(c).map_or(Role::Other, |value| Role::Digit {
            value,
            chinese: false,
        }),
    }
}

/// The digit that full width, circled or mathematical forms stand for.
fn compatible_digit(c: char) -> Option<char> {
    let mut whole = String::new();
    decompose_compatible(c, |part| whole.push(part));
    let mut parts = whole.chars();
    let first = parts.next().filter(char::is_ascii_digit)?;
    parts.next().is_none().then_some(first)
}

/// Whether the X, x or 叉 at the beginning of `rest` may end an ID number:
/// no letter or digit follows.
fn id_end(rest: &str) -> bool {
    let mut chars = rest.chars().filter(|c| !is_invisible(*c));
    matches!(chars.next(), Some('X' | 'x' | 'Ｘ' | 'ｘ' | '叉'))
        && !chars.next().is_some_and(|c| c.is_ascii_alphanumeric())
}

/// Groups of digits with nothing but gaps between them. A group that touches
/// a star is what masking left, and ends a run.
fn runs(text: &str) -> Vec<Vec<Group>> {
    let mut scan = Scan::default();
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let in_word = c == '一' && WORDS_WITH_ONE.contains(before);
        if !is_invisible(c) {
            before = c;
        }
        if in_word {
            scan.finish();
            continue;
        }
        if !is_invisible(c) && id_end(&text[at..]) && scan.in_number() {
            scan.push('X', at..end, Style::X);
            continue;
        }
        match role(c) {
            Role::Digit { value, chinese } => {
                scan.push(
                    value,
                    at..end,
                    if chinese {
                        Style::Chinese
                    } else {
                        Style::Ascii
                    },
                );
            }
            Role::Gap(gap) => scan.gap(gap),
            Role::Invisible => {}
            Role::Star => scan.star(),
            Role::Other => scan.finish(),
        }
    }
    scan.finish();
    scan.runs
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Ascii,
    Chinese,
    X,
}

#[derive(Default)]
struct Scan {
    runs: Vec<Vec<Group>>,
    run: Vec<Group>,
    style: Option<Style>,
    gap: Option<Gap>,
    gap_length: usize,
    after_star: bool,
    /// The group that grows touches a star before it.
    frozen: bool,
}

impl Scan {
    fn in_number(&self) -> bool {
        !self.run.is_empty() && self.style != Some(Style::X)
    }

    fn push(&mut self, value: char, range: std::ops::Range<usize>, style: Style) {
        let apart = self.gap.is_some();
        if self.style == Some(style) && !apart && !self.run.is_empty() {
            if let Some(group) = self.run.last_mut() {
                group.digits.push(value);
                group.range.end = range.end;
            }
        } else {
            if apart || self.run.is_empty() {
                self.thaw();
            }
            let gap = self.gap.unwrap_or(Gap::None);
            self.run.push(Group {
                digits: value.to_string(),
                range,
                gap,
            });
        }
        self.frozen |= std::mem::take(&mut self.after_star);
        self.style = Some(style);
        self.gap = None;
        self.gap_length = 0;
    }

    fn gap(&mut self, gap: Gap) {
        self.after_star = false;
        self.gap_length += 1;
        if self.gap_length > LONGEST_GAP {
            self.finish();
        } else if self.gap != Some(Gap::List) {
            self.gap = Some(gap);
        }
    }

    /// What touches the star in front of it is no number of its own.
    fn star(&mut self) {
        if self.gap.is_none() {
            self.drop_touching();
        }
        self.finish();
        self.after_star = true;
    }

    /// Leaves a group that a star touched behind, before a new one begins.
    fn thaw(&mut self) {
        if std::mem::take(&mut self.frozen) {
            self.drop_touching();
            self.end_run();
        }
    }

    /// Drops the last group and those that touch it.
    fn drop_touching(&mut self) {
        while let Some(group) = self.run.pop() {
            if group.gap != Gap::None {
                break;
            }
        }
    }

    fn end_run(&mut self) {
        if !self.run.is_empty() {
            self.runs.push(std::mem::take(&mut self.run));
        }
    }

    fn finish(&mut self) {
        self.thaw();
        self.end_run();
        self.style = None;
        self.gap = None;
        self.gap_length = 0;
        self.after_star = false;
    }
}

#[cfg(test)]
mod tests {
    use super::mask;
    use proptest::prelude::*;

    #[test]
    fn numbers_of_people_are_hidden() {
        for (text, wanted) in [
            ("我手机13800138000", "我手机138****8000"),
            ("+86 138-0013-8000", "+86138****8000"),
            ("8613800138000", "86138****8000"),
            ("１３８００１３８０００", "138****8000"),
            ("138 0013 8000。", "138****8000。"),
            ("幺三八零零幺三八零零零", "138****8000"),
            ("一三八，零零一三，八零零零", "138****8000"),
            ("1三8零0一3八0零0", "138****8000"),
            ("1 3 8 0 0 1 3 8 0 0 0", "138****8000"),
            ("身份证110101199003071234", "身份证110101********1234"),
            ("11010119900307123X的人", "110101********123X的人"),
            ("11010119900307123x", "110101********123X"),
            ("110101 19900307 123 X", "110101********123X"),
            ("110101 19900307 1234", "110101********1234"),
            (
                "一一零一零一，一九九零零三零七，一二三四",
                "110101********1234",
            ),
            ("110101900307123", "110101*****7123"),
            ("6222021234567890123", "6222********0123"),
            ("6222 0212 3456 7890", "6222********7890"),
            ("010-62345678", "010****5678"),
            ("(0755)26345678", "(0755****5678"),
            ("统一13800138000", "统一138****8000"),
            ("13800138000、13900139000", "138****8000、139****9000"),
            ("13800138000 12345", "138****8000 12345"),
            (
                "110101199003071234 13800138000",
                "110101********1234 138****8000",
            ),
            ("1380013800013900139000", "138********9000"),
            ("①③⑧00138000", "138****8000"),
            ("138\u{200b}0013\u{200b}8000", "138****8000"),
        ] {
            assert_eq!(mask(text), wanted, "{text}");
        }
    }

    #[test]
    fn other_numbers_stay() {
        for text in [
            "打12345",
            "96110",
            "12333和110",
            "12345 96110 12333",
            "12345、96110、12333、110",
            "400-810-8888",
            "4008108888",
            "800 820 8820",
            "取件码528364",
            "每月3600元",
            "2025年1月1日",
            "国发〔2024〕12号",
            "1500，2000，300",
            "100、200、300、400、500、600",
            "一百三十八",
            "二〇二五年",
            "8单元1203室",
            "六十岁八十元",
            "2024-05-01 10:30",
            "95588",
            "一二三四五",
            "138****8000",
            "110101********123X",
            "",
            "第3条第12款",
            "25000",
            "怎么办",
        ] {
            assert_eq!(mask(text), text);
        }
    }

    #[test]
    fn long_hostile_text_ends_soon() {
        for unit in ["1一", "1 ", "一，", "1一x ", "138*", "13800138000一"] {
            let text = unit.repeat(5_000);
            let masked = mask(&text);
            assert_eq!(mask(&masked), masked, "{unit}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn masking_twice_changes_nothing(text in any::<String>()) {
            let masked = mask(&text);
            prop_assert_eq!(mask(&masked), masked);
        }

        #[test]
        fn masking_numbers_twice_changes_nothing(text in "[0-9一三八零０Xx*，、 .a的-]{0,60}") {
            let masked = mask(&text);
            prop_assert_eq!(mask(&masked), masked);
        }
    }
}
