//! Dangers that no rule foresaw: told from how frightened people speak.
//!
//! Word lists know what their author thought of. Of 220 sentences that nobody here
//! had seen, in which people say what they see and feel rather than name the danger,
//! the lists recognised 77%. Linear classifiers over runs of one to three characters,
//! learned from sentences of both kinds and from the questions of the knowledge base,
//! which are calm, recognise 96% together with them (one alone 94%); of as many calm
//! sentences that share words with dangers they take none for one that the lists do
//! not take (3).

use crate::model::Knowledge;
use crate::text::gram::{Gram, letters, short, triples};
use crate::text::{Classifier, Row, Texts, normalise};
use rustc_hash::FxHashMap;

/// How often a sentence that was written as an example is looked at beside each
/// question of the knowledge base, of which there are seven times as many.
const OFTEN: usize = 4;
/// A run of characters that only questions have must stand in as many.
const LEAST: u32 = 2;
/// Calm is the first class, the dangers follow.
const CALM: u32 = 0;
/// Fewer different characters are too little to tell: 丢了呢.
const SHORTEST: usize = 4;
/// Classifiers that learn the same sentences in different orders and are asked
/// together: what one makes of a sentence that is like nothing else depends on the
/// order, and changes with every example that is added.
const JURY: u64 = 5;
/// As sure as it gets: 1 is what a rule says.
const SUREST: f32 = 0.99;
/// The number of the term that every sentence has.
const ANY: u32 = 0;
/// Letters of an utterance that are looked at: who is in danger says so at once.
const LONGEST: usize = 120;

/// What was learned.
pub(super) struct Alarm {
    terms: Terms,
    jury: Vec<Classifier>,
}

/// Runs of characters that are looked at.
struct Terms {
    /// Their number and their weight.
    known: FxHashMap<Gram, (u32, f32)>,
    /// The weight of a run that is not known.
    unknown: f32,
}

fn runs(normal: &str) -> Vec<Gram> {
    let mut cut = letters(normal);
    cut.truncate(LONGEST);
    let mut runs = short(&cut);
    runs.extend(triples(&cut));
    runs.sort_unstable();
    runs.dedup();
    runs
}

#[expect(clippy::cast_precision_loss, reason = "counts of sentences")]
fn rarity(all: usize, with: u32) -> f32 {
    ((all as f32 + 1.0) / (with as f32 + 1.0)).ln() + 1.0
}

impl Alarm {
    /// Learns from the examples of dangers and of calm talk, and from the questions
    /// that `calm` says are no dangers, `written` in one way, in which it is asked
    /// afterwards, too; nothing where there are few examples.
    pub(super) fn learn(
        knowledge: &Knowledge,
        written: fn(&str) -> String,
        calm: impl Fn(&str) -> bool,
    ) -> Option<Self> {
        if !knowledge.teaches_dangers() {
            return None;
        }
        let cut = |text: &str| runs(&written(&normalise(text)));
        let mut said: Vec<(u32, Vec<Gram>)> = Vec::new();
        for (class, emergency) in (CALM + 1..).zip(&knowledge.emergencies) {
            said.extend(emergency.like.iter().map(|t| (class, cut(t))));
        }
        said.extend(knowledge.calm.iter().map(|t| (CALM, cut(t))));
        let examples = said.len();
        let questions = knowledge.entries.iter().flat_map(|e| e.wordings());
        let normal = questions.map(normalise).filter(|t| calm(t));
        said.extend(normal.map(|t| (CALM, runs(&written(&t)))));

        let terms = Terms::new(&said, examples);
        let mut texts = Texts::default();
        for (at, (class, runs)) in said.iter().enumerate() {
            for _ in 0..if at < examples { OFTEN } else { 1 } {
                texts.rows.push(terms.row(runs));
                texts.owners.push(*class);
            }
        }
        let classes = knowledge.emergencies.len() + 1;
        let learn = |order| Classifier::fit_in_order(order, classes, terms.len(), &texts);
        let jury = (1..=JURY).map(learn).collect();
        Some(Self { terms, jury })
    }

    /// The danger that the words are most like, by its place among the emergencies,
    /// and how probable it is that they mean any.
    #[expect(clippy::cast_precision_loss, reason = "a handful")]
    pub(super) fn hear(&self, normal: &str) -> Option<(usize, f32)> {
        let mut different = letters(normal);
        different.sort_unstable();
        different.dedup();
        if different.len() < SHORTEST {
            return None;
        }
        let row = self.terms.row(&runs(normal));
        let mut scores: Vec<f32> = Vec::new();
        for juror in &self.jury {
            let own = juror.scores(&row, &[]);
            scores.resize(own.len(), 0.0);
            for (sum, score) in scores.iter_mut().zip(own) {
                *sum += score / self.jury.len() as f32;
            }
        }
        let (calm, dangers) = scores.split_first()?;
        let best = (0..dangers.len()).max_by(|a, b| dangers[*a].total_cmp(&dangers[*b]))?;
        // Against calm, all dangers together.
        let odds: f32 = dangers.iter().map(|score| (score - calm).exp()).sum();
        // Never as sure as a rule.
        Some((best, (1.0 - 1.0 / (1.0 + odds)).min(SUREST)))
    }
}

impl Terms {
    /// Those of the examples, and those that more than one question has.
    fn new(said: &[(u32, Vec<Gram>)], examples: usize) -> Self {
        let mut counts: FxHashMap<Gram, u32> = FxHashMap::default();
        for gram in said.iter().flat_map(|(_, runs)| runs) {
            *counts.entry(*gram).or_default() += 1;
        }
        let mut known: FxHashMap<Gram, (u32, f32)> = FxHashMap::default();
        // Numbered in the order of the sentences, so that the same ones always teach
        // the same.
        for (at, (_, runs)) in said.iter().enumerate() {
            for gram in runs {
                let count = counts[gram];
                if at < examples || count >= LEAST {
                    // The first number is taken: see `ANY`.
                    let number = u32::try_from(known.len() + 1).unwrap_or(u32::MAX);
                    let weight = rarity(said.len(), count);
                    known.entry(*gram).or_insert((number, weight));
                }
            }
        }
        Self {
            known,
            unknown: rarity(said.len(), 0),
        }
    }

    /// How many numbers there are.
    fn len(&self) -> usize {
        self.known.len() + 1
    }

    /// A vector of the known runs, the shorter the more is unknown, and what is true
    /// of every sentence: most are calm.
    fn row(&self, runs: &[Gram]) -> Row {
        let weight = |g: &Gram| self.known.get(g).map_or(self.unknown, |(_, w)| *w);
        let length = runs.iter().map(|g| weight(g).powi(2)).sum::<f32>().sqrt();
        let known = runs.iter().filter_map(|g| self.known.get(g));
        let mut row: Row = known.map(|(n, weight)| (*n, weight / length)).collect();
        row.push((ANY, 1.0));
        row
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::model::Emergency;
    use crate::model::entry_for_tests;

    fn said(who: &[&str], what: &[&str]) -> Vec<String> {
        who.iter()
            .flat_map(|who| what.iter().map(move |what| format!("{who}{what}")))
            .collect()
    }

    const WHO: [&str; 9] = [
        "我爸", "我妈", "老伴", "孙子", "邻居", "爷爷", "奶奶", "室友", "工友",
    ];

    fn emergency(id: &str, what: &[&str]) -> Emergency {
        Emergency {
            id: id.to_owned(),
            phone: "120".to_owned(),
            text: "快打电话".to_owned(),
            spoken: "快打电话".to_owned(),
            any: Vec::new(),
            all: Vec::new(),
            unless: Vec::new(),
            like: said(&WHO, what),
            when: Vec::new(),
        }
    }

    pub(in crate::dialogue) fn knowledge() -> Knowledge {
        Knowledge {
            emergencies: vec![
                emergency("medical", &["倒地上叫不醒", "喘不上气了", "嘴歪手麻"]),
                emergency("trapped", &["手卡栏杆里了", "挂在窗户外面", "被压在墙下"]),
            ],
            calm: said(
                &WHO,
                &[
                    "的药报销多少",
                    "想装个栏杆",
                    "手续去哪办",
                    "窗户谁来修",
                    "气色好多了",
                    "想学急救",
                ],
            ),
            ..Knowledge::default()
        }
    }

    #[test]
    fn what_is_like_a_danger_rings() {
        let alarm = Alarm::learn(&knowledge(), str::to_owned, |_| true).unwrap();
        for (text, wanted) in [
            ("楼下大爷倒地上叫不醒了", Some(0)),
            ("有个娃挂在窗户外面", Some(1)),
            ("弟弟的头卡栏杆里了", Some(1)),
            ("修窗户的手续去哪办", None),
            ("想装个窗户", None),
            // Too little to tell.
            ("倒地上", None),
            ("", None),
        ] {
            let heard = alarm.hear(text).filter(|(_, sure)| *sure >= 0.5);
            assert_eq!(heard.map(|(danger, _)| danger), wanted, "{text}");
        }
    }

    #[test]
    fn the_same_examples_teach_the_same() {
        let once = Alarm::learn(&knowledge(), str::to_owned, |_| true).unwrap();
        let again = Alarm::learn(&knowledge(), str::to_owned, |_| true).unwrap();
        assert_eq!(once.hear("我爸手麻"), again.hear("我爸手麻"));
    }

    #[test]
    fn from_few_examples_nothing_is_learned() {
        let mut few = knowledge();
        few.calm.truncate(Knowledge::FEWEST_EXAMPLES - 1);
        assert!(Alarm::learn(&few, str::to_owned, |_| true).is_none());
        assert!(Alarm::learn(&Knowledge::default(), str::to_owned, |_| true).is_none());
    }

    #[test]
    fn questions_that_a_rule_takes_for_dangers_are_not_calm() {
        let mut asked = knowledge();
        let wordings = said(&WHO, &["倒地上怎么办", "倒地上叫不醒怎么办"]);
        let phrasings: Vec<&str> = wordings.iter().map(String::as_str).collect();
        asked.entries = vec![entry_for_tests("faint.what", "有人倒地上怎么办", &phrasings).into()];
        let of = |calm: bool| {
            let alarm = Alarm::learn(&asked, str::to_owned, |_| calm).unwrap();
            alarm.hear("我妈倒地上").unwrap().1
        };
        assert!(of(true) < of(false));
    }
}
