//! The band of answers, fitted to what residents did with past decisions.

use super::Bands;

/// A past decision on an entry that stood out, and what the resident made of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    /// How sure the decision was, 0 to 1.
    pub confidence: f32,
    /// Whether the entry was, or would have been, the right answer.
    pub right: bool,
}

/// What a band would have done with the evidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The band.
    pub band: f32,
    /// Decisions that would have been answers.
    pub answered: usize,
    /// Of these, the right ones.
    pub right: usize,
    /// What share is right at the least, with 95% certainty, 0 to 1.
    pub at_least: f64,
}

/// Why a band is proposed, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Too few answers to say anything.
    TooFew,
    /// The band of now is the one to keep.
    Keep,
    /// More can be answered, and still rightly enough.
    Lower,
    /// Too many answers are not right.
    Higher,
}

/// What the evidence says about the band of answers.
#[derive(Clone, Debug)]
pub struct Refit {
    /// The band of now.
    pub now: Step,
    /// Every band within the bounds, lowest first.
    pub steps: Vec<Step>,
    /// What to do.
    pub verdict: Verdict,
    /// The band to go on with; that of now unless lower or higher.
    pub proposed: Step,
}

impl Refit {
    /// Answers that must have been given at a band before it is judged.
    pub const ENOUGH: usize = 200;
    /// Decisions that a lower band must add: where nothing was decided, nothing
    /// is known.
    pub const ADDED: usize = 30;
    /// No band below: the confidence itself promises less than this.
    pub const LOWEST: f32 = 0.6;
    /// No band above: hardly anything would be answered.
    pub const HIGHEST: f32 = 0.95;
    /// No farther at once: what residents do changes with the band.
    pub const FARTHEST: f32 = 0.05;
}

/// The lower end of Wilson's interval for a share (E. B. Wilson, 1927), at 95%
/// for one side.
fn at_least(right: usize, of: usize) -> f64 {
    const Z: f64 = 1.645;
    if of == 0 {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "turns are far below 2^52")]
    let (right, n) = (right as f64, of as f64);
    let share = right / n;
    let spread = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    (share + Z * Z / (2.0 * n) - spread) / (1.0 + Z * Z / n)
}

fn step(evidence: &[Evidence], band: f32) -> Step {
    let over = evidence.iter().filter(|e| e.confidence >= band);
    let (answered, right) = over.fold((0, 0), |(n, r), e| (n + 1, r + usize::from(e.right)));
    Step {
        band,
        answered,
        right,
        at_least: at_least(right, answered),
    }
}

/// Looks for the lowest band, not far from that of now, from which on a share
/// of `precision` is right for certain.
pub fn refit(bands: &Bands, evidence: &[Evidence], precision: f64) -> Refit {
    let bounds = Refit::LOWEST - 1e-4..=Refit::HIGHEST + 1e-4;
    let hundredths = (0..=100_u8).map(|h| f32::from(h) / 100.0);
    let steps: Vec<Step> = hundredths
        .filter(|band| bounds.contains(band))
        .map(|band| step(evidence, band))
        .collect();
    let now = step(evidence, bands.answer);
    // A hair of slack, because hundredths are not exact in binary.
    let near = |s: &&Step| (s.band - bands.answer).abs() <= Refit::FARTHEST + 1e-4;
    let good = |s: &&Step| s.answered >= Refit::ENOUGH && s.at_least >= precision;
    let known =
        |s: &&Step| s.band >= bands.answer - 1e-4 || s.answered >= now.answered + Refit::ADDED;
    let lowest = steps.iter().filter(near).filter(known).find(good);
    let (verdict, proposed) = match lowest {
        _ if now.answered < Refit::ENOUGH => (Verdict::TooFew, now),
        Some(found) if found.band < bands.answer - 1e-4 => (Verdict::Lower, *found),
        _ if good(&&now) => (Verdict::Keep, now),
        Some(found) => (Verdict::Higher, *found),
        // Nothing near is good enough: as far up as one may go at once.
        None => match steps.iter().rev().find(near) {
            Some(last) if last.band > bands.answer + 1e-4 => (Verdict::Higher, *last),
            _ => (Verdict::Keep, now),
        },
    };
    Refit {
        now,
        steps,
        verdict,
        proposed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `n` decisions at `confidence`, of which `wrong` were not right.
    fn decisions(confidence: f32, n: usize, wrong: usize) -> Vec<Evidence> {
        (0..n)
            .map(|i| Evidence {
                confidence,
                right: i >= wrong,
            })
            .collect()
    }

    #[test]
    fn what_residents_did_moves_the_band() {
        let bands = Bands {
            answer: 0.75,
            ..Bands::default()
        };
        type Case = (&'static str, Vec<Evidence>, Verdict, f32);
        let cases: Vec<Case> = vec![
            ("nothing seen", vec![], Verdict::TooFew, 0.75),
            ("too few", decisions(0.9, 199, 0), Verdict::TooFew, 0.75),
            (
                "right from below",
                [decisions(0.9, 400, 4), decisions(0.72, 100, 1)].concat(),
                Verdict::Lower,
                0.70,
            ),
            (
                "right from 0.72, not below",
                [
                    decisions(0.9, 400, 4),
                    decisions(0.73, 100, 1),
                    decisions(0.715, 100, 60),
                ]
                .concat(),
                Verdict::Lower,
                0.72,
            ),
            (
                "right, and nothing seen below",
                [decisions(0.9, 400, 4), decisions(0.72, 29, 0)].concat(),
                Verdict::Keep,
                0.75,
            ),
            (
                "right here, not below",
                [decisions(0.9, 400, 4), decisions(0.745, 100, 60)].concat(),
                Verdict::Keep,
                0.75,
            ),
            (
                "right only above",
                [decisions(0.9, 400, 4), decisions(0.765, 100, 60)].concat(),
                Verdict::Higher,
                0.77,
            ),
            (
                "right nowhere near: one stride",
                decisions(0.9, 400, 200),
                Verdict::Higher,
                0.80,
            ),
        ];
        for (name, evidence, verdict, band) in cases {
            let refit = refit(&bands, &evidence, 0.95);
            assert_eq!(refit.verdict, verdict, "{name}");
            assert!(
                (refit.proposed.band - band).abs() < 1e-4,
                "{name}: {refit:?}"
            );
        }
    }

    #[test]
    fn the_share_is_not_taken_for_more_than_it_is() {
        // 95 of 100: the one-sided lower end by Wilson's formula, by hand.
        assert!(
            (at_least(95, 100) - 0.9008).abs() < 5e-4,
            "{}",
            at_least(95, 100)
        );
        assert!(at_least(0, 0).abs() < f64::EPSILON);
    }

    proptest! {
        #[test]
        fn no_band_leaves_the_bounds(
            answer in 0.6_f32..=0.95,
            precision in 0.5_f64..1.0,
            seen in proptest::collection::vec((0.0_f32..=1.0, any::<bool>()), 0..2000),
        ) {
            let bands = Bands { answer, ..Bands::default() };
            let evidence: Vec<Evidence> = seen
                .into_iter()
                .map(|(confidence, right)| Evidence { confidence, right })
                .collect();
            let found = refit(&bands, &evidence, precision).proposed.band;
            prop_assert!((Refit::LOWEST..=Refit::HIGHEST).contains(&found));
            prop_assert!((found - answer).abs() <= Refit::FARTHEST + 1e-3);
        }
    }
}
