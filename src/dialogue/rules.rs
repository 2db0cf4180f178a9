//! Which danger words name: the rules of the emergencies, all looked for at once.
//!
//! There are thousands of words, and every utterance meets all of them, as every
//! phrasing does when an edition is built: one automaton (Aho and Corasick 1975)
//! finds those that occur in one pass, and the rules are told from what was found.

use crate::model::Emergency;
use crate::text::normalise;
use aho_corasick::AhoCorasick;
use rustc_hash::FxHashMap;

/// The rules of an edition's emergencies, in their order.
pub(super) struct Rules {
    /// Nothing where there are more words than an automaton can hold.
    finder: Option<AhoCorasick>,
    words: Vec<String>,
    rules: Vec<Rule>,
}

/// Words by their numbers; one of them is enough.
type AnyOf = Vec<u32>;

/// A rule: one of its words, or one of its conjunctions, and none of the words that
/// say otherwise.
struct Rule {
    any: AnyOf,
    when: Vec<When>,
    unless: AnyOf,
}

/// A word of each group, and none of those that say otherwise.
struct When {
    all: Vec<AnyOf>,
    unless: AnyOf,
}

/// The words that occur, by number.
struct Found(Vec<bool>);

impl Found {
    fn one_of(&self, words: &AnyOf) -> bool {
        words.iter().any(|word| self.0[*word as usize])
    }
}

impl Rule {
    fn holds(&self, found: &Found) -> bool {
        (found.one_of(&self.any) || self.when.iter().any(|w| w.holds(found)))
            && !found.one_of(&self.unless)
    }
}

impl When {
    fn holds(&self, found: &Found) -> bool {
        !self.all.is_empty()
            && self.all.iter().all(|group| found.one_of(group))
            && !found.one_of(&self.unless)
    }
}

/// Words in normal form, each with a number.
#[derive(Default)]
struct Numbers(FxHashMap<String, u32>);

impl Numbers {
    fn of(&mut self, words: &[String]) -> AnyOf {
        let normal = words.iter().map(|w| normalise(w));
        let mut number = |word: String| {
            let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
            *self.0.entry(word).or_insert(next)
        };
        normal.filter(|w| !w.is_empty()).map(&mut number).collect()
    }

    fn when(&mut self, all: &[Vec<String>], unless: &[String]) -> When {
        When {
            all: all.iter().map(|group| self.of(group)).collect(),
            unless: self.of(unless),
        }
    }

    fn rule(&mut self, emergency: &Emergency) -> Rule {
        let mut when = vec![self.when(&emergency.all, &[])];
        when.extend(emergency.when.iter().map(|w| self.when(&w.all, &w.unless)));
        Rule {
            any: self.of(&emergency.any),
            when,
            unless: self.of(&emergency.unless),
        }
    }

    /// The words in the order of their numbers.
    fn words(self) -> Vec<String> {
        let mut numbered: Vec<(String, u32)> = self.0.into_iter().collect();
        numbered.sort_unstable_by_key(|(_, number)| *number);
        numbered.into_iter().map(|(word, _)| word).collect()
    }
}

impl Rules {
    pub(super) fn new(emergencies: &[Emergency]) -> Self {
        let mut numbers = Numbers::default();
        let rules = emergencies.iter().map(|e| numbers.rule(e)).collect();
        let words = numbers.words();
        Self {
            finder: AhoCorasick::new(&words).ok(),
            words,
            rules,
        }
    }

    fn found(&self, said: &str) -> Found {
        let Some(finder) = &self.finder else {
            return Found(self.words.iter().map(|w| said.contains(w)).collect());
        };
        let mut found = vec![false; self.words.len()];
        for word in finder.find_overlapping_iter(said) {
            found[word.pattern().as_usize()] = true;
        }
        Found(found)
    }

    /// The first emergency, by its place, whose rule says that the words in normal
    /// form mean it.
    pub(super) fn first(&self, said: &str) -> Option<usize> {
        let found = self.found(said);
        self.rules.iter().position(|rule| rule.holds(&found))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Conjunction;

    fn list(words: &[&str]) -> Vec<String> {
        words.iter().map(|w| (*w).to_owned()).collect()
    }

    fn emergencies() -> Vec<Emergency> {
        let emergency = |id: &str| Emergency {
            id: id.to_owned(),
            phone: "119".to_owned(),
            text: "快跑".to_owned(),
            spoken: "快跑".to_owned(),
            any: Vec::new(),
            all: Vec::new(),
            unless: Vec::new(),
            like: Vec::new(),
            when: Vec::new(),
        };
        let fire = Emergency {
            any: list(&["着火", "着火了", "，"]),
            all: vec![list(&["烟"]), list(&["屋里", "厨房"])],
            unless: list(&["演练"]),
            ..emergency("fire")
        };
        let gas = Emergency {
            when: vec![
                Conjunction {
                    all: vec![list(&["煤气", "燃气"]), list(&["味"])],
                    unless: list(&["缴费"]),
                },
                Conjunction {
                    all: vec![list(&["烟"]), list(&["煤气"])],
                    unless: Vec::new(),
                },
            ],
            ..emergency("gas")
        };
        vec![fire, gas, emergency("never")]
    }

    #[test]
    fn a_rule_is_a_word_or_a_group_of_each_and_nothing_against_it() {
        let mut rules = Rules::new(&emergencies());
        for finder in [rules.finder.clone(), None] {
            rules.finder = finder;
            for (said, wanted) in [
                ("着火了", Some(0)),
                ("着火演练", None),
                ("厨房里都是烟", Some(0)),
                ("都是烟", None),
                ("煤气味", Some(1)),
                ("缴费时有煤气味", None),
                // Another conjunction holds, and what speaks against one does not
                // speak against the other.
                ("缴费时煤气有烟", Some(1)),
                // Both: the first one.
                ("煤气味，着火了", Some(0)),
                ("演练时着火，煤气味", Some(1)),
                ("你好，今天", None),
                ("", None),
            ] {
                assert_eq!(rules.first(said), wanted, "{said}");
            }
        }
        assert_eq!(Rules::new(&[]).first("着火了"), None);
    }
}
