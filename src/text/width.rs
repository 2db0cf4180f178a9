//! Full width, compatibility forms, letter case, invisible characters.

use unicode_normalization::{UnicodeNormalization, is_nfkc_quick};

/// NFKC and lower case; invisible formatting characters are gone.
pub(super) fn uniform(text: &str) -> String {
    let visible = text.chars().filter(|c| !is_invisible(*c));
    // The quick check is right for nearly all Chinese text and much cheaper.
    if is_nfkc_quick(visible.clone()) == unicode_normalization::IsNormalized::Yes {
        visible.flat_map(char::to_lowercase).collect()
    } else {
        visible.nfkc().flat_map(char::to_lowercase).collect()
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
    use super::uniform;

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
}
