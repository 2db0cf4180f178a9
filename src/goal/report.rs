//! Everything the console's first page shows.

use super::budget::{Budget, budget};
use super::{Cohort, Settings, Tally, topic_of};
use crate::model::{Timestamp, TurnFact};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap, HashSet};

/// One day.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    /// In China.
    pub day: Date,
    /// Its common turns.
    pub tally: Tally,
}

/// One common topic.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicReport {
    /// See [`topic_of`].
    pub topic: String,
    /// Sessions that asked.
    pub sessions: u32,
    /// Its turns.
    pub tally: Tally,
}

/// The goal at one moment.
#[derive(Clone, Debug)]
pub struct Report {
    /// Which topics count.
    pub cohort: Cohort,
    /// Since midnight in China.
    pub today: Tally,
    /// The last 7 days.
    pub week: Tally,
    /// The whole window.
    pub window: Tally,
    /// What may still go wrong.
    pub budget: Budget,
    /// Every day of the window, oldest first.
    pub days: Vec<Day>,
    /// Topics with misses, most misses first.
    pub worst: Vec<TopicReport>,
}

/// Counts the turns of the window that ends at `now`. `turns` may hold older
/// ones; they are left out.
pub fn report(turns: &[TurnFact], settings: &Settings, now: Timestamp) -> Report {
    let from = now.plus(-settings.window_days * Timestamp::DAY);
    let turns: Vec<TurnFact> = turns
        .iter()
        .filter(|t| t.at >= from && t.outcome.is_question())
        .cloned()
        .collect();
    let cohort = Cohort::of(&turns, settings);
    let today = now.day_in_china();
    let week_from = now.plus(-7 * Timestamp::DAY);

    let mut days: BTreeMap<Date, Tally> = BTreeMap::new();
    for back in 0..settings.window_days {
        days.insert(
            now.plus(-back * Timestamp::DAY).day_in_china(),
            Tally::default(),
        );
    }
    let mut topics: HashMap<String, (HashSet<&str>, Tally)> = HashMap::new();
    let (mut today_tally, mut week, mut window) =
        (Tally::default(), Tally::default(), Tally::default());
    for turn in turns.iter().filter(|t| cohort.has(t)) {
        let day = turn.at.day_in_china();
        window.add(turn, settings);
        if turn.at >= week_from {
            week.add(turn, settings);
        }
        if day == today {
            today_tally.add(turn, settings);
        }
        days.entry(day).or_default().add(turn, settings);
        let topic = topics.entry(topic_of(turn)).or_default();
        topic.0.insert(turn.session.as_str());
        topic.1.add(turn, settings);
    }

    let mut worst: Vec<TopicReport> = topics
        .into_iter()
        .filter(|(_, (_, tally))| tally.instant < tally.total)
        .map(|(topic, (sessions, tally))| TopicReport {
            topic,
            sessions: u32::try_from(sessions.len()).unwrap_or(u32::MAX),
            tally,
        })
        .collect();
    worst.sort_by(|a, b| {
        let misses = |t: &TopicReport| t.tally.total - t.tally.instant;
        misses(b)
            .cmp(&misses(a))
            .then_with(|| a.topic.cmp(&b.topic))
    });
    Report {
        budget: budget(settings, week, window, now),
        cohort,
        today: today_tally,
        week,
        window,
        days: days
            .into_iter()
            .map(|(day, tally)| Day { day, tally })
            .collect(),
        worst,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Channel, Contest, Outcome, TurnId};

    fn turn(session: u32, entry: Option<&str>, gap: Option<&str>, outcome: Outcome) -> TurnFact {
        TurnFact {
            id: TurnId::fresh(),
            session: session.to_string().into(),
            at: Timestamp(1_800_000_000_000),
            place: "p".into(),
            kiosk: "k".into(),
            channel: Channel::Typed,
            outcome,
            entry: entry.map(Into::into),
            gap: gap.map(Into::into),
            contest: None,
            took_ms: 3,
            text: String::new(),
        }
    }

    const NOW: Timestamp = Timestamp(1_800_000_100_000);

    #[test]
    fn a_question_without_an_entry_is_common_too() {
        let mut turns = Vec::new();
        for session in 0..30 {
            turns.push(turn(session, Some("a"), None, Outcome::Answered));
            turns.push(turn(session, None, Some("g"), Outcome::Abandoned));
        }
        let r = report(&turns, &Settings::default(), NOW);
        assert!(!r.cohort.all);
        assert_eq!(
            r.window,
            Tally {
                instant: 30,
                chosen: 0,
                total: 60
            }
        );
        assert_eq!(r.worst[0].topic, "gap:g");
        assert_eq!(r.worst[0].sessions, 30);
    }

    #[test]
    fn rare_topics_do_not_count_once_there_are_enough_turns() {
        let mut turns: Vec<_> = (0..60)
            .map(|s| turn(s, Some("a"), None, Outcome::Answered))
            .collect();
        turns.push(turn(1, None, Some("rare"), Outcome::Abandoned));
        let r = report(&turns, &Settings::default(), NOW);
        assert_eq!(
            r.window,
            Tally {
                instant: 60,
                chosen: 0,
                total: 60
            }
        );
        // With few turns everything counts.
        let r = report(&turns[51..], &Settings::default(), NOW);
        assert!(r.cohort.all);
        assert_eq!(r.window.total, 10);
    }

    #[test]
    fn the_common_set_is_the_smallest_that_makes_up_the_share() {
        let mut turns = Vec::new();
        for session in 0..80 {
            turns.push(turn(session, Some("a"), None, Outcome::Answered));
        }
        for session in 0..20 {
            turns.push(turn(session, Some("b"), None, Outcome::Chosen));
        }
        let r = report(&turns, &Settings::default(), NOW);
        assert_eq!(
            r.cohort.topics,
            ["entry:a"],
            "80% is reached by the first topic alone"
        );
    }

    #[test]
    fn slow_contested_and_chosen_answers_are_not_instant() {
        let mut slow = turn(1, Some("a"), None, Outcome::Answered);
        slow.took_ms = 1001;
        let mut contested = turn(2, Some("a"), None, Outcome::Answered);
        contested.contest = Some(Contest::ThumbsDown);
        let turns = [
            slow,
            contested,
            turn(3, Some("a"), None, Outcome::Chosen),
            turn(4, Some("a"), None, Outcome::Answered),
            turn(5, Some("a"), None, Outcome::SmallTalk),
        ];
        let r = report(&turns, &Settings::default(), NOW);
        assert_eq!(
            r.today,
            Tally {
                instant: 1,
                chosen: 1,
                total: 4
            }
        );
        assert_eq!(r.days.len(), 28);
    }
}
