//! What residents did with past decisions, for the band of answers.

use super::{Flow, FlowResult};
use crate::dialogue::{Evidence, refit};
pub use crate::dialogue::{Refit, Step, Verdict};
use crate::model::{Hit, Hits, Outcome, Timestamp, Turn};
use serde::Deserialize;

/// The newest turns that are looked at.
const MOST: i64 = 100_000;

/// An explain record: typed turns keep the searches, spoken ones what was
/// heard beside them.
#[derive(Deserialize)]
#[serde(untagged)]
enum Record {
    Typed(Vec<Hits>),
    Spoken { searches: Vec<Hits> },
}

/// What a turn tells, when it tells anything.
///
/// An answer was right unless it was contested, which is how the 98% counts.
/// Choices were right when the first of them was picked; when a person was
/// asked for, or nothing picked, they were not: rather too strict than too
/// ready to answer.
fn evidence(turn: &Turn, margin: f32) -> Option<Evidence> {
    if turn.decision == "answer" {
        let right = turn.contest.is_none() && turn.outcome == Outcome::Answered;
        return Some(Evidence {
            confidence: turn.confidence,
            right,
        });
    }
    let searches = match serde_json::from_str(&turn.explain).ok()? {
        Record::Typed(searches) | Record::Spoken { searches } => searches,
    };
    let first = |hits: &Hits| hits.ranked.first().map_or(0.0, |h: &Hit| h.confidence);
    let counting = searches.into_iter().reduce(|own, full| {
        if first(&full) + 0.05 >= first(&own) {
            full
        } else {
            own
        }
    })?;
    let second = counting.ranked.get(1).map_or(0.0, |h| h.confidence);
    let best = counting.ranked.first()?;
    let stands_out = best.confidence - second >= margin;
    let may_answer = stands_out && best.features.get("only_by_sound") < 0.5;
    may_answer.then(|| Evidence {
        confidence: best.confidence,
        right: turn.outcome == Outcome::Chosen && turn.entry.as_ref() == Some(&best.entry),
    })
}

impl Flow {
    /// What the turns since `from` say about the band of answers, when a share
    /// of `precision` is to be right.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn refit_bands(&self, from: Timestamp, precision: f64) -> FlowResult<Refit> {
        let bands = &self.settings.bands;
        let turns = self.store.decided_turns(from, MOST).await?;
        let seen: Vec<Evidence> = turns
            .iter()
            .filter_map(|turn| evidence(turn, bands.margin))
            .collect();
        Ok(refit(bands, &seen, precision))
    }
}
