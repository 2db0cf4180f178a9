//! Small talk: only when it is the whole utterance.

use crate::model::{Fixed, Query, SmallTalk};
use crate::text::Analyser;
use std::collections::HashMap;

/// Small talk by its words in normal form.
pub(super) struct Talks {
    fixed: Vec<Fixed>,
    by_words: HashMap<String, usize>,
}

/// Sounds at the end that change nothing.
const TAILS: &[char] = &['啊', '呀', '哦', '啦', '呢', '哈', '嘛', '吧', '了'];

impl Talks {
    pub(super) fn new(talks: &[SmallTalk], analyser: &Analyser) -> Self {
        let mut by_words = HashMap::new();
        for (number, talk) in talks.iter().enumerate() {
            for phrasing in &talk.phrasings {
                let query = analyser.query(phrasing, crate::model::Channel::Typed);
                for words in [&query.normal, &query.core] {
                    let words = words.trim_end_matches(TAILS);
                    if !words.is_empty() {
                        by_words.entry(words.to_owned()).or_insert(number);
                    }
                }
            }
        }
        let fixed = talks
            .iter()
            .map(|t| Fixed {
                id: t.id.clone(),
                text: t.text.trim().to_owned(),
                spoken: t.spoken.clone(),
                phone: None,
            })
            .collect();
        Self { fixed, by_words }
    }

    /// The reply, when the whole utterance is talk.
    pub(super) fn find(&self, query: &Query) -> Option<Fixed> {
        [&query.normal, &query.core]
            .into_iter()
            .find_map(|words| self.by_words.get(words.trim_end_matches(TAILS)))
            .map(|number| self.fixed[*number].clone())
    }
}
