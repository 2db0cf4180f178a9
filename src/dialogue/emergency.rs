//! Dangers: fixed answers, before anything else.

use crate::model::{Conjunction, Emergency, Fixed};
use crate::text::normalise;

/// An emergency with its phrases in normal form.
pub(super) struct Pattern {
    fixed: Fixed,
    any: Vec<String>,
    when: Vec<When>,
    unless: Vec<String>,
}

/// A conjunction in normal form.
struct When {
    all: Vec<Vec<String>>,
    unless: Vec<String>,
}

impl When {
    fn new(all: &[Vec<String>], unless: &[String]) -> Self {
        Self {
            all: all.iter().map(|group| normal(group)).collect(),
            unless: normal(unless),
        }
    }

    fn holds(&self, said: &str) -> bool {
        !self.all.is_empty()
            && self.all.iter().all(|group| has(said, group))
            && !has(said, &self.unless)
    }
}

/// Whether one of the words occurs.
fn has(said: &str, words: &[String]) -> bool {
    words.iter().any(|w| said.contains(w.as_str()))
}

fn normal(words: &[String]) -> Vec<String> {
    words
        .iter()
        .map(|w| normalise(w))
        .filter(|w| !w.is_empty())
        .collect()
}

fn conjunctions(emergency: &Emergency) -> Vec<When> {
    let whole = |c: &Conjunction| When::new(&c.all, &c.unless);
    std::iter::once(When::new(&emergency.all, &[]))
        .chain(emergency.when.iter().map(whole))
        .collect()
}

impl Pattern {
    pub(super) fn new(emergency: &Emergency) -> Self {
        Self {
            fixed: Fixed {
                id: emergency.id.clone(),
                text: emergency.text.trim().to_owned(),
                spoken: emergency.spoken.clone(),
                phone: Some(emergency.phone.clone()),
            },
            any: normal(&emergency.any),
            when: conjunctions(emergency),
            unless: normal(&emergency.unless),
        }
    }

    /// Whether the words mean this danger.
    fn holds(&self, said: &str) -> bool {
        (has(said, &self.any) || self.when.iter().any(|w| w.holds(said)))
            && !has(said, &self.unless)
    }
}

/// The first danger that the words mean.
pub(super) fn find(patterns: &[Pattern], said: &str) -> Option<Fixed> {
    patterns
        .iter()
        .find(|p| p.holds(said))
        .map(|p| p.fixed.clone())
}
