//! How many of ten thousand generated numbers masking finds, in all styles
//! and with all separators.

use super::mask;
use rand::{Rng, SeedableRng, rngs::StdRng};

/// One digit as somebody might write or say it.
fn spell(digit: char, style: usize, rng: &mut StdRng) -> char {
    let at = digit as usize - '0' as usize;
    let table = |t: &str| t.chars().nth(at).unwrap_or(digit);
    match style {
        0 => digit,
        1 => table("０１２３４５６７８９"),
        2 => table("零一二三四五六七八九"),
        3 => table("〇幺二三四五六七八九"),
        _ => {
            let style = rng.random_range(0..4);
            spell(digit, style, rng)
        }
    }
}

/// `number` in a style, cut into groups by a separator.
fn said(number: &str, groups: &[usize], separator: &str, style: usize, rng: &mut StdRng) -> String {
    let mut out = String::new();
    let mut left = groups.iter().copied().cycle();
    let mut room = left.next().unwrap_or(4);
    for (i, c) in number.chars().enumerate() {
        if i > 0 && room == 0 {
            out.push_str(separator);
            room = left.next().unwrap_or(4);
        }
        room = room.saturating_sub(1);
        out.push(if c == 'X' { c } else { spell(c, style, rng) });
    }
    out
}

#[test]
fn generated_numbers_are_found() {
    let mut rng = StdRng::seed_from_u64(98);
    let separators = [
        "", " ", "-", ".", ",", "，", "、", "  ", " - ", "的", "嗯", "——", "，嗯", "\u{3000}", "·",
    ];
    let around = [
        ("我的号码是", "麻烦登记"),
        ("", ""),
        ("电话 ", " 谢谢"),
        ("身份证号", "，怎么查？"),
        ("统一", "号"),
    ];
    let (mut found, total) = (0, 10_000);
    let mut missed = Vec::new();
    for i in 0..total {
        let mut digits = |n: usize| -> String {
            (0..n)
                .map(|_| char::from(b'0' + rng.random_range(0..10u8)))
                .collect()
        };
        let (number, shapes): (String, &[&[usize]]) = match i % 3 {
            0 => (
                format!("1{}{}", char::from(b'3' + (i / 3 % 7) as u8), digits(9)),
                &[&[3, 4, 4], &[3, 8], &[1], &[3, 3, 5], &[3, 2, 2, 2, 2]],
            ),
            1 => {
                let (area, serial, last) = (digits(5), digits(3), digits(1));
                let last = if last == "0" { "X".to_owned() } else { last };
                let date = format!("{}{:02}{:02}", 1930 + i % 90, 1 + i % 12, 1 + i % 28);
                (
                    format!("{}{area}{date}{serial}{last}", 1 + i % 6),
                    &[&[6, 8, 4], &[6, 4, 4, 4], &[1], &[3], &[4]],
                )
            }
            _ => (format!("62{}", digits(14 + i % 2 * 3)), &[&[4], &[1]]),
        };
        let shape = shapes[rng.random_range(0..shapes.len())];
        let separator = separators[rng.random_range(0..separators.len())];
        let style = rng.random_range(0..5);
        let (before, after) = around[rng.random_range(0..around.len())];
        let text = format!(
            "{before}{}{after}",
            said(&number, shape, separator, style, &mut rng)
        );
        let masked = mask(&text);
        assert_eq!(mask(&masked), masked, "{text}");
        if masked.contains("****") && digits_in(&masked) <= 10 + digits_in(before) {
            found += 1;
        } else {
            missed.push(text);
        }
    }
    println!(
        "masked {found} of {total}; missed: {:?}",
        &missed[..missed.len().min(20)]
    );
    assert!(found * 1000 >= total * 999);
}

/// How many digits of any style a text holds. Of an ID ten may stay visible,
/// of others less.
fn digits_in(text: &str) -> usize {
    let western = |c: &char| c.is_ascii_digit() || ('０'..='９').contains(c);
    text.chars()
        .filter(|c| western(c) || "零〇幺一二三四五六七八九".contains(*c))
        .count()
}
