//! The business calendar: counts working minutes only.

use crate::model::Timestamp;
use jiff::civil::{Date, Time, Weekday, time};

/// Office hours in China's time, the same on every working day.
#[derive(Clone, Debug)]
pub struct Hours {
    /// Periods of a working day, in order, not overlapping.
    pub periods: Vec<(Time, Time)>,
    /// Days of the week on which people work.
    pub weekdays: Vec<Weekday>,
    /// Days off although the weekday says work (public holidays).
    pub days_off: Vec<Date>,
    /// Working days although the weekday says off (调休).
    pub extra_days: Vec<Date>,
}

impl Default for Hours {
    /// Monday to Friday, 9:00 to 12:00 and 13:30 to 17:30.
    fn default() -> Self {
        Self {
            periods: vec![
                (time(9, 0, 0, 0), time(12, 0, 0, 0)),
                (time(13, 30, 0, 0), time(17, 30, 0, 0)),
            ],
            weekdays: vec![
                Weekday::Monday,
                Weekday::Tuesday,
                Weekday::Wednesday,
                Weekday::Thursday,
                Weekday::Friday,
            ],
            days_off: Vec::new(),
            extra_days: Vec::new(),
        }
    }
}

impl Hours {
    fn works_on(&self, day: Date) -> bool {
        self.extra_days.contains(&day)
            || (self.weekdays.contains(&day.weekday()) && !self.days_off.contains(&day))
    }
}

/// Whether the office is open at `now`.
pub fn is_open(hours: &Hours, now: Timestamp) -> bool {
    let here = now.in_china();
    hours.works_on(here.date())
        && hours
            .periods
            .iter()
            .any(|(from, to)| (*from..*to).contains(&here.time()))
}

/// The moment at which `minutes` working minutes have passed since `from`.
/// A calendar without a working day within a year gives `from` plus the
/// plain minutes: a due time always exists.
pub fn due_at(hours: &Hours, from: Timestamp, minutes: i64) -> Timestamp {
    let mut left = minutes.max(0) * Timestamp::MINUTE;
    let mut day = from.day_in_china();
    for _ in 0..366 {
        if hours.works_on(day) {
            for (opens, closes) in &hours.periods {
                let opens = Timestamp::from_china(day.to_datetime(*opens)).max(from);
                let closes = Timestamp::from_china(day.to_datetime(*closes));
                let there = closes.since(opens);
                if there <= 0 {
                    continue;
                }
                if left <= there {
                    return opens.plus(left);
                }
                left -= there;
            }
        }
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    from.plus(minutes * Timestamp::MINUTE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{DateTime, date};

    fn at(month: i8, day: i8, hour: i8, minute: i8) -> Timestamp {
        Timestamp::from_china(date(2026, month, day).at(hour, minute, 0, 0))
    }

    fn shown(t: Timestamp) -> DateTime {
        t.in_china()
    }

    #[test]
    fn due_times_count_working_minutes_only() {
        // 2026-11-24 is a Tuesday.
        let hours = Hours::default();
        for (case, from, minutes, due) in [
            ("in the morning", at(11, 24, 9, 0), 120, at(11, 24, 11, 0)),
            (
                "over the lunch break",
                at(11, 24, 11, 0),
                120,
                at(11, 24, 14, 30),
            ),
            (
                "in the lunch break",
                at(11, 24, 12, 30),
                60,
                at(11, 24, 14, 30),
            ),
            ("over night", at(11, 24, 16, 30), 120, at(11, 25, 10, 0)),
            ("before opening", at(11, 24, 6, 0), 30, at(11, 24, 9, 30)),
            ("over the weekend", at(11, 27, 17, 0), 60, at(11, 30, 9, 30)),
            (
                "to the last minute",
                at(11, 24, 16, 30),
                60,
                at(11, 24, 17, 30),
            ),
            ("at night", at(11, 24, 23, 0), 120, at(11, 25, 11, 0)),
        ] {
            assert_eq!(shown(due_at(&hours, from, minutes)), shown(due), "{case}");
        }
    }

    #[test]
    fn holidays_and_exchanged_days_move_the_due_time() {
        let hours = Hours {
            days_off: vec![date(2026, 11, 25)],
            extra_days: vec![date(2026, 11, 28)],
            ..Hours::default()
        };
        assert_eq!(
            shown(due_at(&hours, at(11, 24, 17, 0), 60)),
            shown(at(11, 26, 9, 30))
        );
        assert_eq!(
            shown(due_at(&hours, at(11, 27, 17, 0), 60)),
            shown(at(11, 28, 9, 30))
        );
    }

    #[test]
    fn a_calendar_without_working_days_still_gives_a_due_time() {
        let hours = Hours {
            weekdays: Vec::new(),
            ..Hours::default()
        };
        assert_eq!(due_at(&hours, at(11, 24, 9, 0), 120), at(11, 24, 11, 0));
        assert!(!is_open(&hours, at(11, 24, 10, 0)));
        assert!(is_open(&Hours::default(), at(11, 24, 10, 0)));
        assert!(!is_open(&Hours::default(), at(11, 24, 12, 0)));
    }
}
