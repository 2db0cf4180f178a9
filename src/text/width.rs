//! Full width, compatibility forms, letter case, invisible characters.

use unicode_normalization::{UnicodeNormalization, is_nfkc_quick};

/// NFKC and lower case; invisible formatting characters are gone.
pub(super) fn uniform(text: &str) -> String {
    uniform_until(text, usize::MAX)
}

/// The same of the beginning of a text, as far as it makes `most` letters and digits:
/// one sign may stand for eighteen of them, or be none itself.
pub(super) fn uniform_until(text: &str, most: usize) -> String {
    let visible = text.chars().filter(|c| !is_invisible(*c));
    let mut letters = 0;
    let within = |c: &char| {
        letters += usize::from(c.is_alphanumeric());
        letters <= most
    };
    // The quick check is right for nearly all Chinese text and much cheaper.
    if is_nfkc_quick(visible.clone()) == unicode_normalization::IsNormalized::Yes {
        let lower = visible.flat_map(char::to_lowercase);
        lower.take_while(within).collect()
    } else {
        let lower = visible.nfkc().flat_map(char::to_lowercase);
        lower.take_while(within).collect()
    }
}

/// Characters without width that input methods, copied web pages and emoji
/// leave in a text.
pub(super) const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{e0000}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::{uniform, uniform_until};

    #[test]
    fn forms_become_one() {
        for (text, wanted) in [
            ("居住证", "居住证"),
            ("ＡＢＣ１２３", "abc123"),
            ("ＷｉＦｉ", "wifi"),
            ("８０％", "80%"),
            ("①㎡", "1m2"),
            ("社\u{200b}保\u{feff}卡", "社保卡"),
            ("⽼⼈", "老人"),
        ] {
            assert_eq!(uniform(text), wanted);
        }
    }

    #[test]
    fn letters_are_counted_as_they_become() {
        for (text, most, wanted) in [
            ("居住证，怎么办", 4, "居住证,怎"),
            ("㍿居住", 3, "株式会"),
            ("①㎡。", 3, "1m2。"),
            ("ＡＢＣ", 2, "ab"),
            ("居住", 0, ""),
        ] {
            assert_eq!(uniform_until(text, most), wanted);
        }
    }
}
