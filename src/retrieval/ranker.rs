//! The learned decision: how likely a candidate answers the question.
//!
//! A forest of small trees over the features gives log-odds; a short table made
//! from questions that it had not seen turns them into a probability. There is
//! a file for each set of signals, since an encoder's cosines mean nothing to
//! weights that were fitted to another's.

use super::base::Base;
use super::features::names;
use super::forest::Forest;
use crate::model::Channel;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// What the features are made from.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Signals {
    /// Words, characters and sounds.
    #[default]
    Lexical,
    /// The same and the table of meanings.
    Table,
    /// The same and the sentence encoder.
    Encoder,
}

impl Signals {
    /// The name in files and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lexical => "lexical",
            Self::Table => "table",
            Self::Encoder => "encoder",
        }
    }

    /// The signals of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Lexical, Self::Table, Self::Encoder]
            .into_iter()
            .find(|s| s.as_str() == name)
    }
}

/// Why weights cannot be used. The text is for admins.
#[derive(Debug, thiserror::Error)]
pub enum RankerError {
    /// The file cannot be read.
    #[error("读不了排序模型文件 {0}：{1}。请检查文件是否存在、能不能读。")]
    Unreadable(String, String),
    /// It is not what it should be.
    #[error("排序模型文件 {0} 不能用：{1}。请用 linli train 重新生成，或删掉它，改用自带的模型。")]
    Unsound(String, String),
}

/// Weights of the decision for one set of signals.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Ranker {
    /// The layout of this file.
    format: u32,
    /// What the features are made from.
    pub signals: Signals,
    /// The teacher or encoder whose cosines the weights were fitted to; nothing
    /// for lexical ones.
    pub encoder: Option<String>,
    /// What it was trained on, for people.
    pub trained_on: Vec<String>,
    /// The seed of its training.
    pub seed: u64,
    /// Names of the features, in the order of the columns.
    features: Vec<String>,
    /// For each kind of knowledge base.
    weights: BTreeMap<Base, Weights>,
}

/// Weights for one kind of knowledge base.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Weights {
    /// Log-odds and the probability that belongs to them, rising.
    pub(super) calibration: Vec<(f32, f32)>,
    /// The same of what was heard; empty where nothing of that kind was learned.
    #[serde(default)]
    pub(super) heard: Vec<(f32, f32)>,
    pub(super) forest: Forest,
}

impl Weights {
    /// How likely the candidate with these features is right, 0 to 1.
    pub(super) fn confidence(&self, row: &[f32], channel: Channel) -> f32 {
        let table = match channel {
            Channel::Spoken if !self.heard.is_empty() => &self.heard,
            Channel::Spoken | Channel::Typed => &self.calibration,
        };
        calibrated(table, self.forest.log_odds(row))
    }

    /// What decides the order. Calibration may map several to one probability.
    pub(super) fn log_odds(&self, row: &[f32]) -> f32 {
        self.forest.log_odds(row)
    }

    fn is_sound(&self, features: usize) -> bool {
        let rising = |a: &(f32, f32), b: &(f32, f32)| a.0 <= b.0 && a.1 <= b.1;
        let tables = [&self.calibration, &self.heard];
        tables.iter().all(|t| t.is_sorted_by(rising)) && self.forest.is_sound(features)
    }
}

const KINDS: [Base; 3] = [Base::Documents, Base::Questions, Base::Curated];

/// The layout that this version reads.
const FORMAT: u32 = 1;

impl Ranker {
    /// Puts together what training has made.
    pub(super) fn new(
        signals: Signals,
        encoder: Option<String>,
        trained_on: Vec<String>,
        seed: u64,
        weights: BTreeMap<Base, Weights>,
    ) -> Self {
        Self {
            format: FORMAT,
            signals,
            encoder,
            trained_on,
            seed,
            features: expected(signals),
            weights,
        }
    }

    /// The text of its file.
    pub fn to_text(&self) -> String {
        // Every part is plain data: it always has a text.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When it cannot be read, or does not fit this version.
    pub fn load(path: &Path) -> Result<Self, RankerError> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path)
            .map_err(|e| RankerError::Unreadable(name.clone(), e.to_string()))?;
        Self::parse(&text, &name)
    }

    /// Reads the text of a file called `name`.
    ///
    /// # Errors
    /// When it does not fit this version.
    pub fn parse(text: &str, name: &str) -> Result<Self, RankerError> {
        let unsound = |why: String| RankerError::Unsound(name.to_owned(), why);
        let ranker: Self = serde_json::from_str(text).map_err(|e| unsound(e.to_string()))?;
        if ranker.format != FORMAT {
            return Err(unsound(format!(
                "格式是 {}，这个版本要 {FORMAT}",
                ranker.format
            )));
        }
        if ranker.features != expected(ranker.signals) {
            return Err(unsound("特征和这个版本的不一样".to_owned()));
        }
        let count = ranker.features.len();
        let sound = |kind| ranker.weights.get(kind).is_some_and(|w| w.is_sound(count));
        if !KINDS.iter().all(sound) {
            return Err(unsound("内容不完整".to_owned()));
        }
        Ok(ranker)
    }

    /// The weights for that kind of knowledge base.
    pub(super) fn of(&self, base: Base) -> &Weights {
        // Every kind is there: `parse` and `fit` see to it.
        &self.weights[&base]
    }
}

fn expected(signals: Signals) -> Vec<String> {
    names(signals).iter().map(|n| (*n).to_owned()).collect()
}

/// Between two points the line; beyond them what the log-odds say themselves,
/// shifted to meet the table, so that the order is never lost.
fn calibrated(table: &[(f32, f32)], log_odds: f32) -> f32 {
    let plain = |x: f32| 1.0 / (1.0 + (-x).exp());
    let logit = |p: f32| (p / (1.0 - p)).ln();
    let (Some(first), Some(last)) = (table.first(), table.last()) else {
        return plain(log_odds);
    };
    if log_odds <= first.0 {
        return plain(logit(first.1) + log_odds - first.0);
    }
    if log_odds >= last.0 {
        return plain(logit(last.1) + log_odds - last.0);
    }
    let above = table.partition_point(|(x, _)| *x < log_odds).max(1);
    let ((x0, y0), (x1, y1)) = (table[above - 1], table[above]);
    let part = if x1 > x0 {
        (log_odds - x0) / (x1 - x0)
    } else {
        1.0
    };
    plain(logit(y0) + (logit(y1) - logit(y0)) * part)
}

/// Weights for every set of signals that there are weights for.
#[derive(Clone, Debug)]
pub struct Rankers {
    lexical: Ranker,
    table: Option<Ranker>,
    encoder: Option<Ranker>,
}

impl Rankers {
    /// The weights that come with the program. Those of meaning are left out
    /// when they do not fit the features any more; a test reads all of them.
    ///
    /// # Panics
    /// When the lexical weights are damaged, which that test would have told.
    pub fn shipped() -> Self {
        let read = |text: &str, name: &str| {
            let unfit = |error: &RankerError| tracing::error!(%error, "shipped weights unfit");
            Ranker::parse(text, name).inspect_err(unfit).ok()
        };
        macro_rules! shipped {
            ($name:literal) => {
                read(include_str!(concat!("../../models/", $name)), $name)
            };
        }
        #[expect(clippy::expect_used, reason = "compiled in; a test reads them")]
        let lexical = shipped!("ranker.lexical.json").expect("lexical weights are sound");
        Self {
            lexical,
            table: shipped!("ranker.table.json"),
            encoder: shipped!("ranker.encoder.json"),
        }
    }

    /// Weights that know nothing, for training: what is asked does not depend on
    /// them, and those that are shipped need not fit new features.
    pub fn blank() -> Self {
        let nothing = Weights {
            calibration: Vec::new(),
            heard: Vec::new(),
            forest: Forest::default(),
        };
        let weights = KINDS.map(|kind| (kind, nothing.clone())).into();
        Self {
            lexical: Ranker::new(Signals::Lexical, None, Vec::new(), 0, weights),
            table: None,
            encoder: None,
        }
    }

    /// The shipped weights, with those of files in their place.
    #[must_use]
    pub fn with(mut self, ranker: Ranker) -> Self {
        match ranker.signals {
            Signals::Lexical => self.lexical = ranker,
            Signals::Table => self.table = Some(ranker),
            Signals::Encoder => self.encoder = Some(ranker),
        }
        self
    }

    /// The weights that need no meaning.
    pub(super) fn lexical(&self) -> &Ranker {
        &self.lexical
    }

    /// The weights for these signals, fitted to that teacher or encoder.
    pub(super) fn of(&self, signals: Signals, encoder: Option<&str>) -> Option<&Ranker> {
        let ranker = match signals {
            Signals::Lexical => return Some(&self.lexical),
            Signals::Table => self.table.as_ref(),
            Signals::Encoder => self.encoder.as_ref(),
        };
        ranker.filter(|r| r.encoder.as_deref() == encoder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_weights_are_sound() {
        let rankers = Rankers::shipped();
        assert!(rankers.of(Signals::Lexical, None).is_some());
        assert!(rankers.table.is_some() && rankers.encoder.is_some());
        for signals in [Signals::Table, Signals::Encoder] {
            assert!(rankers.of(signals, Some("another")).is_none());
        }
    }

    #[test]
    fn calibration_rises_everywhere() {
        let table = [(-2.0, 0.05), (0.0, 0.4), (1.0, 0.4), (3.0, 0.97)];
        let found: Vec<f32> = (-40..40)
            .map(|x| calibrated(&table, x as f32 / 5.0))
            .collect();
        assert!(found.is_sorted(), "{found:?}");
        assert!((calibrated(&table, 0.0) - 0.4).abs() < 1e-5);
        assert!((calibrated(&table, 3.0) - 0.97).abs() < 1e-5);
        assert!(found.iter().all(|p| *p > 0.0 && *p < 1.0));
    }

    #[test]
    fn a_damaged_file_says_what_to_do() {
        for text in ["", "{}", "[1]", r#"{"format":1}"#] {
            let error = Ranker::parse(text, "ranker.json").unwrap_err().to_string();
            assert!(
                error.contains("ranker.json") && error.contains("linli train"),
                "{error}"
            );
        }
    }
}
