//! How much may still go wrong.

use super::{Settings, Tally};
use crate::model::Timestamp;
use jiff::civil::Date;

/// How urgent it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// On target.
    None,
    /// 蓝: the budget burns faster than it is given.
    Blue,
    /// 黄: the 7-day upper bound is under target.
    Yellow,
    /// 红: the 28-day upper bound is under target, or the budget is gone.
    Red,
}

/// The error budget of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Budget {
    /// Turns that may still be missed; negative when it is overdrawn.
    pub left: f64,
    /// Miss rate of the last 7 days in units of the budgeted rate.
    pub burn: f64,
    /// When it runs out at this rate.
    pub runs_out: Option<Date>,
    /// How urgent.
    pub colour: Colour,
}

/// Computes the budget from the tallies of 7 days and of the whole window.
pub fn budget(settings: &Settings, week: Tally, window: Tally, now: Timestamp) -> Budget {
    let allowed_rate = 1.0 - settings.target;
    let misses = |t: Tally| f64::from(t.total - t.instant);
    let left = allowed_rate * f64::from(window.total) - misses(window);
    let burn = if week.total == 0 {
        0.0
    } else {
        misses(week) / f64::from(week.total) / allowed_rate
    };

    // Misses a day in excess of what a day's turns add to the budget.
    let excess = (misses(week) - allowed_rate * f64::from(week.total)) / 7.0;
    let runs_out = (left > 0.0 && excess > 0.0).then(|| {
        #[expect(clippy::cast_possible_truncation, reason = "bounded by min")]
        let days = (left / excess).min(3650.0).floor() as i64;
        now.plus(days * Timestamp::DAY).day_in_china()
    });

    let under = |t: Tally| t.interval().is_some_and(|(_, high)| high < settings.target);
    // A missed turn or two among few is no overdrawn budget yet: the interval
    // speaks first, and the budget once it holds a whole turn.
    let gone = left < 0.0 && allowed_rate * f64::from(window.total) >= 1.0;
    let colour = if under(window) || gone {
        Colour::Red
    } else if under(week) {
        Colour::Yellow
    } else if burn > 1.0 {
        Colour::Blue
    } else {
        Colour::None
    };
    Budget {
        left,
        burn,
        runs_out,
        colour,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_follow_the_bounds_and_the_budget() {
        let s = Settings::default();
        let t = |instant, total| Tally {
            instant,
            total,
            chosen: 0,
        };
        for (case, week, window, wanted) in [
            ("nothing yet", t(0, 0), t(0, 0), Colour::None),
            ("on target", t(99, 100), t(396, 400), Colour::None),
            ("burning", t(97, 100), t(396, 400), Colour::Blue),
            ("a bad week", t(180, 200), t(1970, 2000), Colour::Yellow),
            ("budget gone", t(99, 100), t(380, 400), Colour::Red),
            ("far under", t(50, 100), t(200, 400), Colour::Red),
            ("one miss in ten", t(9, 10), t(9, 10), Colour::Blue),
            ("one miss in five", t(4, 5), t(4, 5), Colour::Red),
        ] {
            assert_eq!(
                budget(&s, week, window, Timestamp(0)).colour,
                wanted,
                "{case}"
            );
        }
    }

    #[test]
    fn the_budget_runs_out_on_a_day() {
        let s = Settings::default();
        let week = Tally {
            instant: 93,
            total: 100,
            chosen: 0,
        };
        let window = Tally {
            instant: 992,
            total: 1000,
            chosen: 0,
        };
        let b = budget(&s, week, window, Timestamp(0));
        assert!((b.left - 12.0).abs() < 1e-6 && (b.burn - 3.5).abs() < 1e-6);
        // 5 in excess a week: 12 last 16.8 days.
        assert_eq!(b.runs_out, Some(jiff::civil::date(1970, 1, 17)));
    }
}
