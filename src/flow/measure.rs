//! The 98%, from real outcomes.

use super::{Flow, FlowResult};
use crate::goal::{self, Miss, Report};
pub use crate::goal::{Colour, Tally};
use crate::model::{Timestamp, TurnFact};
use crate::store::TurnFilter;

/// The goal with names instead of topics.
pub struct GoalReport {
    /// The counts.
    pub report: Report,
    /// The label of a topic, in the order of `report.worst`.
    pub labels: Vec<String>,
}

/// The turns behind the number.
pub struct GoalList {
    /// Common question turns, newest first, with the reason why one does not
    /// count.
    pub turns: Vec<(TurnFact, Option<Miss>)>,
}

impl Flow {
    async fn window(&self) -> FlowResult<Vec<TurnFact>> {
        let settings = &self.settings.goal;
        let from = self
            .clock
            .now()
            .plus(-settings.window_days * Timestamp::DAY);
        Ok(self
            .store
            .turn_facts(&TurnFilter {
                from,
                ..TurnFilter::default()
            })
            .await?)
    }

    /// The goal now.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn goal(&self) -> FlowResult<GoalReport> {
        let turns = self.window().await?;
        let report = goal::report(&turns, &self.settings.goal, self.clock.now());
        let live = self.live();
        let gaps = self.store.gaps(false, 10_000).await?;
        let labels = report
            .worst
            .iter()
            .map(|t| match t.topic.split_once(':') {
                Some(("entry", id)) => live
                    .index
                    .entry(&id.into())
                    .map_or_else(|| id.to_owned(), |e| e.question.clone()),
                Some(("gap", id)) => gaps
                    .iter()
                    .find(|g| g.id.as_str() == id)
                    .map_or_else(|| id.to_owned(), |g| g.label.clone()),
                _ => "听不明白的问题".to_owned(),
            })
            .collect();
        Ok(GoalReport { report, labels })
    }

    /// The common turns of the last `days` days: the very turns that the
    /// number counts. `missed` leaves those that kept the promise out.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn goal_turns(
        &self,
        days: i64,
        missed: bool,
        topic: Option<&str>,
    ) -> FlowResult<GoalList> {
        let now = self.clock.now();
        let settings = &self.settings.goal;
        let turns = self.window().await?;
        let cohort = goal::Cohort::of(&turns, settings);
        let today = now.day_in_china();
        let from = now.plus(-days * Timestamp::DAY);
        let mut list: Vec<_> = turns
            .into_iter()
            .filter(|t| cohort.has(t))
            .filter(|t| {
                if days <= 1 {
                    t.at.day_in_china() == today
                } else {
                    t.at >= from
                }
            })
            .filter(|t| topic.is_none_or(|wanted| goal::topic_of(t) == wanted))
            .map(|t| {
                let miss = goal::missed(&t, settings);
                (t, miss)
            })
            .filter(|(_, miss)| !missed || miss.is_some())
            .collect();
        list.reverse();
        Ok(GoalList { turns: list })
    }
}
