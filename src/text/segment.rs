//! Words, cut with a dictionary and the policy words of an edition.

use jieba_rs::{Jieba, TokenizeMode};
use std::sync::{Arc, OnceLock};

static BASE: OnceLock<Arc<Jieba>> = OnceLock::new();

/// The base dictionary, read once in the life of the process, in about 0.1 s.
pub(super) fn base() -> &'static Arc<Jieba> {
    BASE.get_or_init(|| Arc::new(Jieba::new()))
}

/// Cuts text into words.
#[derive(Clone)]
pub(super) struct Segmenter(Arc<Jieba>);

impl Segmenter {
    /// Knows the base dictionary and `words` (already normalised). The copy that
    /// holds further words costs 29 MB of memory.
    pub(super) fn new<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut jieba = Arc::clone(base());
        for word in words.filter(|w| w.chars().count() > 1) {
            Arc::make_mut(&mut jieba).add_word(word, None, None);
        }
        Self(jieba)
    }

    /// Whether the dictionary or the policy words hold this word.
    pub(super) fn knows(&self, word: &str) -> bool {
        self.0.has_word(word)
    }

    /// Search words in order: a long word comes after the shorter ones that
    /// it contains.
    pub(super) fn words(&self, normal: &str) -> Vec<String> {
        self.0
            .tokenize(normal, TokenizeMode::Search, true)
            .into_iter()
            .map(|t| t.word)
            .filter(|w| w.chars().any(char::is_alphanumeric))
            .map(str::to_owned)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Segmenter;

    #[test]
    fn policy_words_stay_whole_and_parts_are_found() {
        let known = Segmenter::new(["长者饭堂", "5险1金"].into_iter());
        assert!(
            known
                .words("长者饭堂在哪里")
                .contains(&"长者饭堂".to_owned())
        );
        assert!(known.words("5险1金怎么交").contains(&"5险1金".to_owned()));
        let plain = Segmenter::new(std::iter::empty());
        for (text, word) in [
            ("社会保险怎么交", "保险"),
            ("打12345热线", "12345"),
            ("wifi密码是多少", "wifi"),
            ("满60岁了", "60"),
            ("a b", "a"),
        ] {
            let words = plain.words(text);
            assert!(words.contains(&word.to_owned()), "{text}: {words:?}");
        }
        assert!(plain.words("").is_empty());
        assert!(!plain.words("a b").contains(&" ".to_owned()));
    }
}
