//! Whether a turn kept the promise.

use super::{Settings, wilson};
use crate::model::{Contest, Outcome, TurnFact};

/// Why a question turn is not instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Miss {
    /// The answer came too late.
    Slow,
    /// The resident did not accept it.
    Contested(Contest),
    /// It was not answered at once.
    Outcome(Outcome),
}

impl Miss {
    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Slow => "slow",
            Self::Contested(contest) => contest.as_str(),
            Self::Outcome(outcome) => outcome.as_str(),
        }
    }
}

/// Why the turn is not instant; nothing when it is. The one predicate behind
/// the number, the chart and the list.
pub fn missed(turn: &TurnFact, settings: &Settings) -> Option<Miss> {
    if turn.outcome != Outcome::Answered {
        return Some(Miss::Outcome(turn.outcome));
    }
    if let Some(contest) = turn.contest {
        return Some(Miss::Contested(contest));
    }
    (turn.took_ms > settings.deadline_ms).then_some(Miss::Slow)
}

/// A count of turns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Those that kept the promise.
    pub instant: u32,
    /// Those picked from the choices.
    pub chosen: u32,
    /// All.
    pub total: u32,
}

impl Tally {
    /// Counts one turn.
    pub fn add(&mut self, turn: &TurnFact, settings: &Settings) {
        self.total += 1;
        self.instant += u32::from(missed(turn, settings).is_none());
        self.chosen += u32::from(turn.outcome == Outcome::Chosen);
    }

    /// The share of instant turns, 0 to 1.
    pub fn rate(self) -> Option<f64> {
        (self.total > 0).then(|| f64::from(self.instant) / f64::from(self.total))
    }

    /// Its Wilson 95% interval.
    pub fn interval(self) -> Option<(f64, f64)> {
        wilson(self.instant, self.total)
    }
}
