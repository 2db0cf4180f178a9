//! What the knowledge base teaches the ear: the words that residents say here.
//!
//! Most of Whisper's wrong characters sound exactly as the right ones do. Told
//! which words to expect, it writes them; what it still writes as it sounds is
//! put right afterwards where only one word can be meant.

use crate::model::{Knowledge, PhrasingOrigin};
use crate::text::{Analyser, normalise, syllables};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Makes Whisper write simplified characters and punctuation. Without it 29 of
/// 51 results came in traditional ones.
pub const PLAIN_PROMPT: &str = "以下是普通话的句子。";

/// Characters of a term.
const SHORTEST: usize = 2;
const LONGEST: usize = 8;
/// Characters that the terms of a prompt may have together: whisper.cpp keeps
/// 224 tokens of it, and a Chinese character has up to 3.
const BUDGET: usize = 64;
/// A resident's own words count for more than an author's.
const RESIDENT: usize = 3;

/// How a term came to be what the syllables of a place in the text mean.
enum Term {
    Only(String),
    /// Two terms sound like this.
    Ambiguous,
}

/// Words of an edition.
pub struct Vocabulary {
    /// Terms, those that are said most first.
    ranked: Vec<String>,
    by_sound: HashMap<String, Term>,
    /// What sounds like a term and is written otherwise in the knowledge base.
    written: HashSet<String>,
    analyser: Arc<Analyser>,
}

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

fn is_term(text: &str) -> bool {
    (SHORTEST..=LONGEST).contains(&text.chars().count()) && text.chars().all(is_chinese)
}

impl Vocabulary {
    /// The words of an edition.
    pub fn new(knowledge: &Knowledge, analyser: Arc<Analyser>) -> Self {
        let lexicon = &knowledge.lexicon;
        let aliases = lexicon.aliases.iter().flat_map(|a| [&a.from, &a.to]);
        let entries = &knowledge.entries;
        let topics = entries
            .iter()
            .flat_map(|e| std::iter::once(&e.topic).chain(&e.aliases));
        let terms: HashSet<&str> = lexicon
            .words
            .iter()
            .chain(aliases)
            .chain(topics)
            .map(String::as_str)
            .filter(|t| is_term(t))
            .collect();

        let mut by_sound: HashMap<String, Term> = HashMap::new();
        for term in &terms {
            by_sound
                .entry(syllables(term).join(" "))
                .and_modify(|t| *t = Term::Ambiguous)
                .or_insert_with(|| Term::Only((*term).to_owned()));
        }
        let mut said: HashMap<&str, usize> = HashMap::new();
        let mut written = HashSet::new();
        for entry in entries {
            let own = entry.phrasings.iter().map(|p| {
                let weight = if p.origin == PhrasingOrigin::Resident {
                    RESIDENT
                } else {
                    1
                };
                (p.text.as_str(), weight)
            });
            for (text, weight) in own.chain([(entry.question.as_str(), 1)]) {
                for (start, _) in text.char_indices() {
                    for window in windows(&text[start..]) {
                        if let Some(term) = terms.get(window) {
                            *said.entry(term).or_default() += weight;
                        } else if by_sound.contains_key(&syllables(window).join(" ")) {
                            written.insert(window.to_owned());
                        }
                    }
                }
            }
        }
        let mut ranked: Vec<(&str, usize)> = said.into_iter().collect();
        ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        Self {
            ranked: ranked.into_iter().map(|(t, _)| t.to_owned()).collect(),
            by_sound,
            written,
            analyser,
        }
    }

    /// What the engine is told to expect: the script, and the `most` terms that
    /// are said most, none within another.
    pub fn prompt(&self, most: usize) -> String {
        let mut chosen: Vec<&str> = Vec::new();
        let mut length = 0;
        for term in &self.ranked {
            let fits = length + term.chars().count() <= BUDGET;
            let fresh = |c: &&str| !c.contains(term.as_str()) && !term.contains(*c);
            if chosen.len() < most && fits && chosen.iter().all(fresh) {
                length += term.chars().count();
                chosen.push(term);
            }
        }
        if chosen.is_empty() {
            PLAIN_PROMPT.to_owned()
        } else {
            format!("{PLAIN_PROMPT}{}。", chosen.join("、"))
        }
    }

    /// `text` with terms in place of what only sounds like them: 护扣 becomes
    /// 户口. What is a word itself, is written so in the knowledge base, or
    /// is a piece of the words around it stays.
    pub fn put_right(&self, text: &str) -> String {
        let mut right = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let (taken, kept) = match self.term_at(right.chars().next_back(), rest) {
                Some((window, term)) => (window.len(), term),
                None => (c.len_utf8(), &rest[..c.len_utf8()]),
            };
            right.push_str(kept);
            rest = &rest[taken..];
        }
        right
    }

    /// What `rest` begins with and which term is meant, the longest first.
    fn term_at<'a>(&'a self, before: Option<char>, rest: &'a str) -> Option<(&'a str, &'a str)> {
        windows(rest)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .find_map(
                |window| match self.by_sound.get(&syllables(window).join(" "))? {
                    Term::Ambiguous => None,
                    Term::Only(term) if term == window => Some((window, term.as_str())),
                    Term::Only(term) => self
                        .stands_alone(before, window, &rest[window.len()..])
                        .then_some((window, term.as_str())),
                },
            )
    }

    /// Whether a window is no word, and no piece of words around it.
    fn stands_alone(&self, before: Option<char>, window: &str, after: &str) -> bool {
        let word = |text: &str| self.analyser.knows(&normalise(text));
        let joins = |left: Option<char>, right: Option<char>| match (left, right) {
            (Some(l), Some(r)) if is_chinese(l) && is_chinese(r) => word(&format!("{l}{r}")),
            _ => false,
        };
        let first = window.chars().next();
        let last = window.chars().next_back();
        !self.written.contains(window)
            && !word(window)
            && !joins(before, first)
            && !joins(last, after.chars().next())
    }
}

/// Every beginning of `text` that a term could be.
fn windows(text: &str) -> impl Iterator<Item = &str> {
    text.char_indices()
        .take_while(|(_, c)| is_chinese(*c))
        .take(LONGEST)
        .skip(SHORTEST - 1)
        .map(|(at, c)| &text[..at + c.len_utf8()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lexicon;

    fn vocabulary() -> Vocabulary {
        let lexicon = Lexicon {
            words: [
                "户口",
                "低保",
                "公积金",
                "医保",
                "居住证",
                "残疾证",
                "公示",
                "公事",
            ]
            .map(str::to_owned)
            .to_vec(),
            ..Lexicon::default()
        };
        let analyser = Arc::new(Analyser::new(&lexicon));
        let knowledge = Knowledge {
            lexicon,
            ..Knowledge::default()
        };
        Vocabulary::new(&knowledge, analyser)
    }

    #[test]
    fn terms_are_put_right_where_only_one_can_be_meant() {
        let vocabulary = vocabulary();
        for (heard, wanted) in [
            ("护扣怎么迁？", "户口怎么迁？"),
            ("地宝怎么申请", "低保怎么申请"),
            ("取攻击金要什么", "取公积金要什么"),
            ("居住正怎么办", "居住证怎么办"),
            ("居住正在装修", "居住正在装修"),
            ("户口和医保", "户口和医保"),
            // A word of its own, pieces of other words, two terms that sound
            // alike, another sound.
            ("地堡在哪里", "地堡在哪里"),
            ("弟弟报名", "弟弟报名"),
            ("工是栏", "工是栏"),
            ("胡搞", "胡搞"),
            ("abc 123", "abc 123"),
            ("", ""),
        ] {
            assert_eq!(vocabulary.put_right(heard), wanted, "{heard}");
        }
    }

    #[test]
    fn without_knowledge_the_prompt_is_the_plain_one() {
        assert_eq!(vocabulary().prompt(14), PLAIN_PROMPT, "nobody says them");
        assert_eq!(vocabulary().prompt(0), PLAIN_PROMPT);
    }
}
