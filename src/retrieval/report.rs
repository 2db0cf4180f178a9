//! How well weights do on questions that they were not fitted to.

use serde::Serialize;

/// What came of one question.
#[derive(Clone, Copy, Debug)]
pub(super) struct Answered {
    /// Whether any entry answers it.
    pub(super) answerable: bool,
    /// Of the first candidate.
    pub(super) log_odds: f32,
    /// Place of the right candidate, from 0.
    pub(super) place: Option<usize>,
}

/// Shares, 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Report {
    /// Questions that an entry answers.
    pub inside: usize,
    /// Questions that no entry answers.
    pub outside: usize,
    /// The right entry is a candidate at all.
    pub recall: f32,
    /// The right entry is first.
    pub hit_at_1: f32,
    /// The right entry is among the first three.
    pub hit_at_3: f32,
    /// Most questions that can be answered rightly while 95% of all answers are
    /// right.
    pub right_at_95: f32,
    /// The share of unanswerable questions that would be answered there.
    pub false_at_95: f32,
    /// As `right_at_95`, for 98%.
    pub right_at_98: f32,
}

fn share(part: usize, whole: usize) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "counts of questions")]
    let share = part as f32 / whole.max(1) as f32;
    share
}

impl Report {
    pub(super) fn of(answered: &[Answered]) -> Self {
        let inside: Vec<&Answered> = answered.iter().filter(|a| a.answerable).collect();
        let within = |places: usize| {
            let near = |a: &&&Answered| a.place.is_some_and(|p| p < places);
            share(inside.iter().filter(near).count(), inside.len())
        };
        let outside = answered.len() - inside.len();
        let ((right_at_95, false_at_95), (right_at_98, _)) =
            (best(answered, 0.95), best(answered, 0.98));
        Self {
            inside: inside.len(),
            outside,
            recall: within(usize::MAX),
            hit_at_1: within(1),
            hit_at_3: within(3),
            right_at_95: share(right_at_95, inside.len()),
            false_at_95: share(false_at_95, outside),
            right_at_98: share(right_at_98, inside.len()),
        }
    }
}

/// Most right answers at that precision, and the false ones among them.
fn best(answered: &[Answered], precision: f32) -> (usize, usize) {
    let mut sorted: Vec<&Answered> = answered.iter().collect();
    sorted.sort_by(|a, b| b.log_odds.total_cmp(&a.log_odds));
    let (mut best, mut right, mut foolish) = ((0, 0), 0, 0);
    for (at, one) in sorted.iter().enumerate() {
        right += usize::from(one.answerable && one.place == Some(0));
        foolish += usize::from(!one.answerable);
        let last_of_equals = sorted.get(at + 1).is_none_or(|n| n.log_odds < one.log_odds);
        if last_of_equals && share(right, at + 1) >= precision && right > best.0 {
            best = (right, foolish);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_point_counts_every_answer() {
        let one = |answerable, log_odds, place| Answered {
            answerable,
            log_odds,
            place,
        };
        let mut all: Vec<Answered> = (0..38u8)
            .map(|n| one(true, f32::from(n) + 10.0, Some(0)))
            .collect();
        all.push(one(false, 9.0, None));
        all.push(one(true, 8.0, Some(0)));
        all.push(one(true, 1.0, Some(2)));
        all.push(one(false, 0.5, None));
        let report = Report::of(&all);
        assert_eq!((report.inside, report.outside), (40, 2));
        assert!(
            (report.right_at_95 - 39.0 / 40.0).abs() < 1e-6,
            "{report:?}"
        );
        assert!((report.right_at_98 - 38.0 / 40.0).abs() < 1e-6);
        assert!((report.false_at_95 - 0.5).abs() < 1e-6);
        assert!((report.hit_at_3 - 1.0).abs() < 1e-6);
    }
}
