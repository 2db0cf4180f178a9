//! Which pieces of a multilingual vocabulary Chinese questions need.

/// Ids below this are frequent in every language, so Latin pieces among them
/// stay whole: names, units, Wi-Fi, App.
const FREQUENT: usize = 6000;

/// Whether a piece stays: Chinese characters, ASCII and punctuation do, but
/// of Latin pieces only short and frequent ones. What is cut is spelled with
/// the pieces that are left.
pub(super) fn stays(id: usize, piece: &str) -> bool {
    let latin = piece.contains(|c: char| c.is_ascii_alphabetic());
    let letters = piece.trim_matches('\u{2581}').chars().count();
    !piece.is_empty() && piece.chars().all(is_used) && (!latin || id < FREQUENT || letters <= 2)
}

fn is_used(c: char) -> bool {
    matches!(c,
        '\u{2581}'                  // the space of SentencePiece
        | '\u{20}'..='\u{7e}'       // ASCII
        | '\u{b7}'                  // middle dot, of foreign names
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' // punctuation
        | '\u{20ac}'                // euro
        | '\u{2100}'..='\u{214f}'   // letter-like: ℃, №
        | '\u{2160}'..='\u{217f}'   // Roman numerals
        | '\u{2190}'..='\u{21ff}'   // arrows
        | '\u{2460}'..='\u{24ff}'   // ①
        | '\u{25a0}'..='\u{25ff}' | '\u{2600}'..='\u{26ff}' // shapes
        | '\u{2ea0}'..='\u{2fdf}'   // radicals
        | '\u{3000}'..='\u{303f}'   // Chinese punctuation
        | '\u{33a0}'..='\u{33df}'   // squared units: ㎡
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ffef}'   // full width
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_ascii_and_punctuation_stay() {
        for (id, piece, wanted) in [
            (100_000, "居住证", true),
            (100_000, "養老", true),
            (100_000, "？", true),
            (100_000, "12345", true),
            (100_000, "\u{2581}", true),
            (100_000, "ab", true),
            (100_000, "\u{2581}ab", true),
            (100_000, "abc", false),
            (5_999, "\u{2581}query", true),
            (6_000, "\u{2581}query", false),
            (10, "é", false),
            (10, "д", false),
            (10, "ひ", false),
            (10, "办д", false),
            (10, "", false),
        ] {
            assert_eq!(stays(id, piece), wanted, "{id} {piece}");
        }
    }
}
