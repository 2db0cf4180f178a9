//! What holds for every text.

use super::{Pause, Reader, shown};

/// Pieces of which texts are made up, among them everything with a rule.
const PIECES: &[&str] = &[
    "办",
    "重",
    "还",
    "得",
    "一",
    "不",
    "着",
    "了",
    "银行",
    "居民",
    "证",
    "{",
    "}",
    "{chong2}",
    "{city.phone}",
    "{社区电话}",
    "1",
    "2",
    "12345",
    "110",
    "0",
    "2025",
    "年",
    "月",
    "日",
    "-",
    "/",
    ".",
    ",",
    ":",
    "%",
    "℃",
    "㎡",
    "×",
    "+",
    "~",
    "—",
    "〔",
    "〕",
    "（",
    "）",
    "，",
    "。",
    "！",
    "？",
    "…",
    "、",
    "“",
    "”",
    "\n",
    " ",
    "\t",
    "\u{0}",
    "\u{7f}",
    "\u{200d}",
    "😀",
    "👨‍👩‍👧",
    "é",
    "ß",
    "あ",
    "한",
    "A",
    "p",
    "WiFi",
    "①",
    "Ⅳ",
    "½",
    "¥",
    "￥",
    "０",
    "Ａ",
    "㐀",
    "𠮷",
    "\u{10ffff}",
    "·",
    "二",
    "百",
    "万",
    "岁",
    "元",
    "个",
    "第",
    "周一",
    "看",
    "儿",
    "子",
    "_",
    "@",
    "#",
    "…",
];

/// The next number of a linear congruential generator.
fn next(state: &mut u64) -> usize {
    *state = state
        .wrapping_mul(6364136223846793005)
        .wrapping_add(1442695040888963407);
    (*state >> 33) as usize
}

#[test]
fn any_text_is_covered_and_none_panics() {
    let reader = Reader::default();
    let mut state = 7;
    for _ in 0..4000 {
        let length = next(&mut state) % 40;
        let text: String = (0..length)
            .map(|_| PIECES[next(&mut state) % PIECES.len()])
            .collect();
        let plain = shown(&text);
        let mut at = 0;
        for clause in reader.read(&text) {
            assert_eq!(clause.shown.start, at, "{text:?}");
            assert!(plain.is_char_boundary(clause.shown.end), "{text:?}");
            assert!((1..=50).contains(&clause.syllables.len()), "{text:?}");
            for syllable in &clause.syllables {
                assert!(clause.shown.contains(&syllable.at), "{text:?}");
                assert!(plain.is_char_boundary(syllable.at), "{text:?}");
                assert!((1..=5).contains(&syllable.tone), "{text:?}");
            }
            at = clause.shown.end;
        }
        assert!(at == 0 || at == plain.len(), "{text:?}");
    }
}

#[test]
fn characters_of_every_plane_are_read_or_skipped() {
    let reader = Reader::default();
    let mut state = 11;
    for _ in 0..500 {
        let text: String = (0..30)
            .filter_map(|_| char::from_u32((next(&mut state) % 0x11_0000) as u32))
            .collect();
        reader.read(&text);
    }
}

#[test]
fn long_text_is_cut_between_words() {
    let text = "社区服务中心提供社会保险经办服务".repeat(12);
    let clauses = Reader::default().read(&text);
    assert!(clauses.len() >= 4);
    for clause in &clauses {
        let piece = &text[clause.shown.clone()];
        assert!(clause.syllables.len() <= 50);
        assert!(
            ["社区", "服务", "中心", "提供", "社会", "保险", "经办"]
                .iter()
                .any(|w| piece.starts_with(w))
        );
    }
}

#[test]
fn punctuation_is_a_pause() {
    let clauses = Reader::default().read("“您好”，带身份证（原件）来；几点？快来！好。");
    let pauses: Vec<_> = clauses.iter().map(|c| c.pause).collect();
    assert_eq!(
        pauses,
        [
            Pause::Short,
            Pause::Short,
            Pause::Short,
            Pause::Middle,
            Pause::Question,
            Pause::Exclamation,
            Pause::Full
        ]
    );
    assert!(Reader::default().read("。😀").is_empty());
}
