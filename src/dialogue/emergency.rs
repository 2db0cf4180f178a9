//! Dangers: fixed answers, before anything else.

use crate::model::{Emergency, Fixed};
use crate::text::normalise;

/// An emergency with its phrases in normal form.
pub(super) struct Pattern {
    fixed: Fixed,
    any: Vec<String>,
    all: Vec<Vec<String>>,
    unless: Vec<String>,
}

fn normal(words: &[String]) -> Vec<String> {
    words
        .iter()
        .map(|w| normalise(w))
        .filter(|w| !w.is_empty())
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
            all: emergency.all.iter().map(|group| normal(group)).collect(),
            unless: normal(&emergency.unless),
        }
    }

    /// Whether the words mean this danger.
    fn holds(&self, said: &str) -> bool {
        let has = |words: &[String]| words.iter().any(|w| said.contains(w.as_str()));
        let every_group = !self.all.is_empty() && self.all.iter().all(|group| has(group));
        (has(&self.any) || every_group) && !has(&self.unless)
    }
}

/// The first danger that the words mean.
pub(super) fn find(patterns: &[Pattern], said: &str) -> Option<Fixed> {
    patterns
        .iter()
        .find(|p| p.holds(said))
        .map(|p| p.fixed.clone())
}
