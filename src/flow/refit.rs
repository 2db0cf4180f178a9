//! What residents did with past decisions, for the band of answers.

use super::{Flow, FlowResult};
use crate::dialogue::{Evidence, refit};
pub use crate::dialogue::{Refit, Step, Verdict};
use crate::model::{Hits, Outcome, Timestamp, Turn};
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
/// ready to answer. Choices after a follow-up tell nothing: it is not written
/// down which of its two readings counted.
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
    let [counting] = searches.as_slice() else {
        return None;
    };
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Channel, Contest, Features, Hit, Timings};

    fn hit(entry: &str, confidence: f32) -> Hit {
        Hit {
            entry: entry.into(),
            question: String::new(),
            phrasing: String::new(),
            score: 0.0,
            confidence,
            features: Features::default(),
        }
    }

    fn hits(ranked: &[(&str, f32)]) -> Hits {
        Hits {
            ranked: ranked.iter().map(|(id, c)| hit(id, *c)).collect(),
            ..Hits::default()
        }
    }

    fn turn(decision: &str, outcome: Outcome, entry: Option<&str>, explain: String) -> Turn {
        Turn {
            id: "t".into(),
            session: "s".into(),
            name: "t".to_owned(),
            kiosk: "k".into(),
            place: "p".into(),
            at: Timestamp(0),
            channel: Channel::Typed,
            text: String::new(),
            core: String::new(),
            edition: 1,
            decision: decision.to_owned(),
            outcome,
            entry: entry.map(Into::into),
            gap: None,
            confidence: 0.8,
            contest: None,
            thumbs_up: false,
            explain,
            timings: Timings::default(),
        }
    }

    /// What the turn tells: its confidence in hundredths, and whether it was right.
    fn told(turn: &Turn) -> Option<(i32, bool)> {
        #[expect(clippy::cast_possible_truncation, reason = "0 to 100")]
        evidence(turn, 0.2).map(|e| ((e.confidence * 100.0).round() as i32, e.right))
    }

    #[test]
    fn what_a_turn_tells() {
        let one = |list| serde_json::to_string(&[hits(list)]).expect("JSON");
        let clear: &[(&str, f32)] = &[("a", 0.7), ("b", 0.1)];
        let spoken = serde_json::json!({"heard": {"text": "x"}, "searches": [hits(clear)]});
        let two = serde_json::to_string(&[hits(clear), hits(clear)]).expect("JSON");
        let choices = |outcome, entry, explain| turn("choices", outcome, entry, explain);

        let answered = turn("answer", Outcome::Answered, Some("a"), one(clear));
        assert_eq!(told(&answered), Some((80, true)));
        let contested = Turn {
            contest: Some(Contest::ThumbsDown),
            ..answered
        };
        assert_eq!(told(&contested), Some((80, false)));
        for (case, turn, wanted) in [
            (
                "the first was picked",
                choices(Outcome::Chosen, Some("a"), one(clear)),
                Some((70, true)),
            ),
            (
                "the same, spoken",
                choices(Outcome::Chosen, Some("a"), spoken.to_string()),
                Some((70, true)),
            ),
            (
                "the second was picked",
                choices(Outcome::Chosen, Some("b"), one(clear)),
                Some((70, false)),
            ),
            (
                "a person was asked for",
                choices(Outcome::Escalated, None, one(clear)),
                Some((70, false)),
            ),
            (
                "nothing was picked",
                choices(Outcome::Abandoned, None, one(clear)),
                Some((70, false)),
            ),
            (
                "no band would have answered: too close",
                choices(Outcome::Chosen, Some("a"), one(&[("a", 0.7), ("b", 0.6)])),
                None,
            ),
            (
                "a follow-up in two readings",
                choices(Outcome::Chosen, Some("a"), two),
                None,
            ),
            (
                "a record that cannot be read",
                choices(Outcome::Chosen, Some("a"), "{}".to_owned()),
                None,
            ),
        ] {
            assert_eq!(told(&turn), wanted, "{case}");
        }
    }
}
