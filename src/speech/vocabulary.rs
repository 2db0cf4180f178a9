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
/// Most names of what is being talked about in a prompt.
const ABOUT: usize = 4;
/// A resident's own words count for more than an author's.
const RESIDENT: usize = 3;
/// How often a term of two characters must be said before something else is
/// read as it: what is rare here is more likely to be meant as it was written
/// (in 20,000 typed questions, 失能 in place of 市能 and 急救 in place of 几九
/// were most of the false ones).
const COMMON: usize = 20;
/// How often any word of the dictionary must be said to be a term.
const ORDINARY: usize = 60;
/// Who writes one of these means it: 要拿些什么 is no 要哪些什么, and 几口人挣多少
/// no 几口认证多少.
const FUNCTION: &str = "的了吗呢吧得着过不没也还就都很太再又个些们我你您他她它咱自是在有要会能去来给把被让跟和与这那哪几多谁人拿";

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
    /// How terms begin.
    begins: HashSet<String>,
    /// What would be put right in the knowledge base's own questions, and is
    /// right there.
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

        let said = said(knowledge);
        let times = |term: &str| said.get(term).copied().unwrap_or(0);
        let ordinary = said
            .iter()
            .filter(|(window, times)| **times >= ORDINARY && analyser.knows(window))
            .map(|(window, _)| *window);
        let meant: HashSet<&str> = terms
            .iter()
            .copied()
            .filter(|t| t.chars().count() > SHORTEST || times(t) >= COMMON)
            .chain(ordinary)
            .collect();
        let mut by_sound: HashMap<String, Term> = HashMap::new();
        for term in &meant {
            by_sound
                .entry(syllables(term).join(" "))
                .and_modify(|t| *t = Term::Ambiguous)
                .or_insert_with(|| Term::Only((*term).to_owned()));
        }
        let begins = meant.iter().filter_map(|t| beginning(t)).collect();
        let mut ranked: Vec<&str> = terms.into_iter().filter(|t| times(t) > 0).collect();
        ranked.sort_by(|a, b| times(b).cmp(&times(a)).then(a.cmp(b)));
        let mut vocabulary = Self {
            ranked: ranked.into_iter().map(str::to_owned).collect(),
            by_sound,
            begins,
            written: HashSet::new(),
            analyser,
        };
        vocabulary.written = questions(knowledge)
            .flat_map(|(text, _)| vocabulary.pieces(text))
            .filter(|(window, term)| window != term)
            .map(|(window, _)| window.to_owned())
            .collect();
        vocabulary
    }

    /// What the engine is told to expect: the script, and `most` terms, none within
    /// another: what is being talked `about` first, then what is said most.
    pub fn prompt(&self, most: usize, about: &[&str]) -> String {
        let mut chosen: Vec<&str> = Vec::new();
        let mut length = 0;
        let about = about.iter().copied().filter(|t| is_term(t)).take(ABOUT);
        for term in about.chain(self.ranked.iter().map(String::as_str)) {
            let fits = length + term.chars().count() <= BUDGET;
            let fresh = |c: &&str| !c.contains(term) && !term.contains(*c);
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
        self.pieces(text)
            .into_iter()
            .map(|(_, term)| term)
            .collect()
    }

    /// The pieces of a text and what is meant by each: itself, mostly.
    fn pieces<'a>(&'a self, text: &'a str) -> Vec<(&'a str, &'a str)> {
        let mut pieces: Vec<(&str, &str)> = Vec::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let before = pieces.last().and_then(|(_, term)| term.chars().next_back());
            let piece = self.term_at(before, rest).unwrap_or_else(|| {
                let itself = &rest[..c.len_utf8()];
                (itself, itself)
            });
            rest = &rest[piece.0.len()..];
            pieces.push(piece);
        }
        pieces
    }

    /// What `rest` begins with and which term is meant, the longest first.
    fn term_at<'a>(&'a self, before: Option<char>, rest: &'a str) -> Option<(&'a str, &'a str)> {
        // Most places end here: reading all windows would take ten times as long.
        if !self.begins.contains(&beginning(rest)?) {
            return None;
        }
        let windows: Vec<&str> = windows(rest).collect();
        windows.into_iter().rev().find_map(|window| {
            match self.by_sound.get(&syllables(window).join(" "))? {
                Term::Ambiguous => None,
                Term::Only(term) if term == window => Some((window, term.as_str())),
                Term::Only(term) => self
                    .stands_alone(before, window, &rest[window.len()..])
                    .then_some((window, term.as_str())),
            }
        })
    }

    /// Whether a window is no word, and no piece of words around it.
    fn stands_alone(&self, before: Option<char>, window: &str, after: &str) -> bool {
        let word = |text: &str| self.analyser.knows(&normalise(text));
        let joins = |left: Option<char>, right: Option<char>| match (left, right) {
            (Some(l), Some(r)) if is_chinese(l) && is_chinese(r) => word(&format!("{l}{r}")),
            // A市 and 3路 are names.
            (Some(l), Some(r)) => l.is_ascii_alphanumeric() || r.is_ascii_alphanumeric(),
            _ => false,
        };
        let first = window.chars().next();
        let last = window.chars().next_back();
        !window.contains(|c| FUNCTION.contains(c))
            && !self.written.contains(window)
            && !word(window)
            && !joins(before, first)
            && !joins(last, after.chars().next())
    }
}

/// Every question of an edition, and how much it counts.
fn questions(knowledge: &Knowledge) -> impl Iterator<Item = (&str, usize)> {
    knowledge.entries.iter().flat_map(|entry| {
        let own = entry.phrasings.iter().map(|p| {
            let resident = p.origin == PhrasingOrigin::Resident;
            (p.text.as_str(), if resident { RESIDENT } else { 1 })
        });
        own.chain([(entry.question.as_str(), 1)])
    })
}

/// How often everything that could be a term is said.
fn said(knowledge: &Knowledge) -> HashMap<&str, usize> {
    let mut said = HashMap::new();
    for (text, weight) in questions(knowledge) {
        for (start, _) in text.char_indices() {
            for window in windows(&text[start..]) {
                *said.entry(window).or_default() += weight;
            }
        }
    }
    said
}

/// How the first two characters sound; nothing where a term cannot begin.
fn beginning(text: &str) -> Option<String> {
    windows(text).next().map(|two| syllables(two).join(" "))
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

    /// Of a knowledge base in which everybody asks for these.
    fn vocabulary() -> Vocabulary {
        let lexicon = Lexicon {
            words: [
                "低保",
                "公积金",
                "医保",
                "居住证",
                "残疾证",
                "公示",
                "公事",
                "失能",
            ]
            .map(str::to_owned)
            .to_vec(),
            ..Lexicon::default()
        };
        let asked = |text: &str, times: usize| {
            let phrasing = serde_json::json!({"text": text, "origin": "author"});
            vec![phrasing; times]
        };
        let phrasings = [
            asked("户口、低保和医保", 70),
            asked("公示的公事", 25),
            asked("失能老人", 2),
            asked("婴幼儿照护扣除", 1),
            asked("底保工资", 1),
        ]
        .concat();
        let entry = serde_json::json!({
            "id": "a", "area": "", "topic": "户口本", "aliases": [], "question": "户口",
            "phrasings": phrasings, "text": "", "spoken": "", "source": {"title": ""},
            "related": [],
        });
        let analyser = Arc::new(Analyser::new(&lexicon));
        let knowledge = Knowledge {
            entries: vec![Arc::new(serde_json::from_value(entry).unwrap())],
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
            // Small words mean themselves.
            ("取工几金", "取工几金"),
            // What nobody says here, and a part of a name.
            ("时能吃药", "时能吃药"),
            ("A地宝", "A地宝"),
            // Written so in the knowledge base.
            ("底保", "底保"),
            ("abc 123", "abc 123"),
            ("", ""),
        ] {
            assert_eq!(vocabulary.put_right(heard), wanted, "{heard}");
        }
    }

    #[test]
    fn the_prompt_holds_what_is_said_most() {
        let vocabulary = vocabulary();
        assert_eq!(vocabulary.prompt(0, &["居住证"]), PLAIN_PROMPT);
        assert_eq!(
            vocabulary.prompt(3, &[]),
            format!("{PLAIN_PROMPT}低保、医保、公事。")
        );
        assert_eq!(
            vocabulary.prompt(3, &["居住证", "居住", "A证", "医保"]),
            format!("{PLAIN_PROMPT}居住证、医保、低保。")
        );
        let nothing = Vocabulary::new(
            &Knowledge::default(),
            Arc::new(Analyser::new(&Lexicon::default())),
        );
        assert_eq!(nothing.prompt(14, &[]), PLAIN_PROMPT);
        assert_eq!(nothing.put_right("护扣"), "护扣");
    }
}
