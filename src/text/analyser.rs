//! The whole way from an utterance to a query.

use super::{
    certain::certainty, filler::Fillers, mask, normalise, segment::Segmenter, syllables,
    width::uniform_until,
};
use crate::model::{Alias, Channel, Lexicon, Query};

/// Letters and digits of an utterance that are read: more than a terminal may
/// send. What comes after them is kept, and not searched for, so that a pasted
/// book costs no more than a long question.
const LONGEST: usize = 1000;

/// The part of a text that is read.
fn beginning(text: &str) -> &str {
    let mut letters = text.char_indices().filter(|(_, c)| c.is_alphanumeric());
    letters.nth(LONGEST).map_or(text, |(end, _)| &text[..end])
}

/// Knows the words, aliases and fillers of one edition. Build it when an
/// edition is published, not for every question.
#[derive(Clone)]
pub struct Analyser {
    segmenter: Segmenter,
    fillers: Fillers,
    aliases: Vec<Alias>,
}

impl Analyser {
    /// Learns a lexicon. Its words are normalised here, so that an author may
    /// write 五险一金 and a resident 5险1金.
    pub fn new(lexicon: &Lexicon) -> Self {
        let words: Vec<String> = lexicon.words.iter().map(|w| normalise(w)).collect();
        let aliases = lexicon
            .aliases
            .iter()
            .map(|a| Alias {
                from: normalise(&a.from),
                to: normalise(&a.to),
            })
            .filter(|a| !a.from.is_empty() && a.from != a.to)
            .collect();
        Self {
            segmenter: Segmenter::new(words.iter().map(String::as_str)),
            fillers: Fillers::new(&lexicon.fillers),
            aliases,
        }
    }

    /// Turns an utterance into a query.
    pub fn query(&self, utterance: &str, channel: Channel) -> Query {
        let masked = mask(utterance);
        let normal = normalise(&uniform_until(beginning(&masked), LONGEST));
        let core = self.fillers.core(&normal);
        Query {
            words: self.words(&core),
            syllables: syllables(&core),
            masked,
            normal,
            core,
            channel,
            certain: Vec::new(),
        }
    }

    /// Turns what a recogniser wrote into a query: `text`, which is `heard` with terms
    /// put right. `certain` says how probable each character of `heard` is, or nothing.
    pub fn heard(&self, text: &str, heard: &str, certain: &[f32]) -> Query {
        let query = self.query(text, Channel::Spoken);
        Query {
            certain: certainty(heard, certain, &query.normal),
            ..query
        }
    }

    /// The query for `text`, which is `query` in other words: what both say is as
    /// certain.
    pub fn reworded(&self, text: &str, query: &Query) -> Query {
        let reworded = self.query(text, query.channel);
        Query {
            certain: certainty(&query.normal, &query.certain, &reworded.normal),
            ..reworded
        }
    }

    /// Search words of normalised text: overlapping sub-words included, in
    /// order, no punctuation.
    pub fn words(&self, normal: &str) -> Vec<String> {
        self.segmenter.words(normal)
    }

    /// Whether normalised text is one known word.
    pub fn knows(&self, normal: &str) -> bool {
        self.segmenter.knows(normal)
    }

    /// `normal` with colloquial words replaced by official ones, one
    /// replacement each; empty when no alias occurs.
    pub fn official(&self, normal: &str) -> Vec<String> {
        self.aliases
            .iter()
            .filter(|a| normal.contains(&a.from) && !normal.contains(&a.to))
            .map(|a| normal.replace(&a.from, &a.to))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::time::Instant;

    fn analyser() -> Analyser {
        let alias = |from: &str, to: &str| Alias {
            from: from.to_owned(),
            to: to.to_owned(),
        };
        Analyser::new(&Lexicon {
            words: vec![
                "长者饭堂".to_owned(),
                "五险一金".to_owned(),
                "居住证".to_owned(),
            ],
            aliases: vec![alias("老年卡", "老年人优待证"), alias("二胎", "二孩")],
            fillers: vec!["社区小助手".to_owned()],
        })
    }

    #[test]
    fn a_question_becomes_a_query() {
        let query = analyser().query(
            "社區小助手，您好！請問一下我手机13800138000，長者飯堂在哪裡呀？",
            Channel::Spoken,
        );
        assert_eq!(
            query.masked,
            "社區小助手，您好！請問一下我手机138****8000，長者飯堂在哪裡呀？"
        );
        assert_eq!(query.normal, "社区小助手您好请问一下我手机长者饭堂在哪里呀");
        assert_eq!(query.core, "我手机长者饭堂在哪里");
        assert!(query.words.contains(&"长者饭堂".to_owned()));
        assert_eq!(query.syllables[3..7], ["zhang", "zhe", "fan", "tang"]);
    }

    #[test]
    fn an_alias_goes_one_way_and_is_normalised() {
        let a = analyser();
        assert_eq!(a.official("老年卡怎么办"), ["老年人优待证怎么办"]);
        assert!(a.official("老年人优待证怎么办").is_empty());
        assert_eq!(a.official(&normalise("生二胎有补贴吗")), ["生2孩有补贴吗"]);
    }

    #[test]
    fn only_punctuation_is_an_empty_query() {
        for text in ["", "……", "？", " "] {
            assert!(analyser().query(text, Channel::Typed).is_empty());
        }
    }

    #[test]
    fn of_a_book_the_beginning_is_read() {
        let question = "居住证怎么办".repeat(LONGEST / 6);
        let whole = analyser().query(&question, Channel::Typed);
        let padded = question.replace('证', "证，\u{200b}") + &"还有别的".repeat(100);
        let cut = analyser().query(&padded, Channel::Typed);
        assert!(cut.normal.starts_with(&whole.normal));
        assert_eq!(cut.normal.chars().count(), LONGEST);
        assert_eq!(cut.masked, padded, "all of it is kept");
    }

    /// The figure is for people: `cargo test speed -- --nocapture`. The limit
    /// is far above it, since tests are not optimised and machines are shared.
    #[test]
    fn speed_of_a_query() {
        let a = analyser();
        let question = "请问六十岁以上的老人怎么申请长者饭堂补贴";
        let rounds = 500;
        a.query(question, Channel::Typed);
        let begin = Instant::now();
        for _ in 0..rounds {
            std::hint::black_box(a.query(std::hint::black_box(question), Channel::Typed));
        }
        let each = begin.elapsed() / rounds;
        println!("query of {} characters: {each:?}", question.chars().count());
        assert!(each.as_millis() < 20);
    }

    proptest! {
        #[test]
        fn the_core_is_empty_only_when_the_text_is(text in any::<String>()) {
            let query = analyser_once().query(&text, Channel::Typed);
            prop_assert_eq!(query.core.is_empty(), query.normal.is_empty());
        }

        #[test]
        fn fillers_alone_never_empty_the_core(
            words in prop::collection::vec(prop::sample::select(super::super::filler_words::all()), 1..6)
        ) {
            let query = analyser_once().query(&words.concat(), Channel::Spoken);
            prop_assert!(!query.core.is_empty());
        }
    }

    fn analyser_once() -> &'static Analyser {
        static ONCE: std::sync::OnceLock<Analyser> = std::sync::OnceLock::new();
        ONCE.get_or_init(analyser)
    }
}
