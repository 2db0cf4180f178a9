//! Traditional characters to simplified ones.

use ferrous_opencc::{OpenCC, config::BuiltinConfig};
use std::sync::OnceLock;

static CONVERTER: OnceLock<Option<OpenCC>> = OnceLock::new();

/// `text` in simplified characters, by phrase where one traditional
/// character has two simplified ones (乾隆 stays, 乾燥 becomes 干燥).
pub fn simplify(text: &str) -> String {
    // The tables are part of the executable: loading them fails in no known
    // case, and if it did, simplified questions would still work.
    let converter = CONVERTER.get_or_init(|| OpenCC::from_config(BuiltinConfig::T2s).ok());
    converter
        .as_ref()
        .map_or_else(|| text.to_owned(), |c| c.convert(text))
}

#[cfg(test)]
mod tests {
    use super::simplify;

    #[test]
    fn traditional_becomes_simplified_and_simplified_stays() {
        for (text, wanted) in [
            ("居住證怎麼辦", "居住证怎么办"),
            ("養老金資格認證", "养老金资格认证"),
            ("乾燥與乾隆", "干燥与乾隆"),
            ("皇后後面", "皇后后面"),
            ("社会保险", "社会保险"),
            ("abc 12345", "abc 12345"),
        ] {
            assert_eq!(simplify(text), wanted);
        }
    }
}
