//! Which questions are common.

use super::Settings;
use crate::model::TurnFact;
use std::collections::{HashMap, HashSet};

/// Turns with neither entry nor gap.
const UNCLEAR: &str = "unclear";

/// What a turn was about: `entry:ID` or `gap:ID`; a turn with neither is a
/// topic of its own kind, `unclear`.
pub fn topic_of(turn: &TurnFact) -> String {
    match (&turn.entry, &turn.gap) {
        (Some(entry), _) => format!("entry:{entry}"),
        (None, Some(gap)) => format!("gap:{gap}"),
        (None, None) => UNCLEAR.to_owned(),
    }
}

/// The common topics of a window.
#[derive(Clone, Debug, Default)]
pub struct Cohort {
    /// Topics, most sessions first.
    pub topics: Vec<String>,
    members: HashSet<String>,
    /// Whether there were too few turns, so that every topic counts.
    pub all: bool,
}

impl Cohort {
    /// Ranks topics by sessions; the smallest set that makes up the common
    /// share of the question turns, of those asked in enough sessions.
    pub fn of(turns: &[TurnFact], settings: &Settings) -> Self {
        let mut sessions: HashMap<String, HashSet<&str>> = HashMap::new();
        let mut counts: HashMap<String, usize> = HashMap::new();
        for turn in turns.iter().filter(|t| t.outcome.is_question()) {
            let topic = topic_of(turn);
            sessions
                .entry(topic.clone())
                .or_default()
                .insert(turn.session.as_str());
            *counts.entry(topic).or_default() += 1;
        }
        let total: usize = counts.values().sum();
        let all = total < settings.min_turns;
        let mut ranked: Vec<(String, usize)> = sessions
            .iter()
            .map(|(topic, seen)| (topic.clone(), seen.len()))
            .collect();
        ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));

        let mut covered = 0usize;
        let mut topics = Vec::new();
        for (topic, seen) in ranked {
            // What nobody could make sense of is no topic that could be common.
            if !all && topic == UNCLEAR {
                continue;
            }
            if !all {
                #[expect(clippy::cast_precision_loss, reason = "turn counts are far below 2^52")]
                let enough = covered as f64 >= settings.common_share * total as f64;
                if enough || seen < settings.min_sessions {
                    break;
                }
            }
            covered += counts[&topic];
            topics.push(topic);
        }
        Self {
            members: topics.iter().cloned().collect(),
            topics,
            all,
        }
    }

    /// Whether the turn is about a common topic.
    pub fn has(&self, turn: &TurnFact) -> bool {
        turn.outcome.is_question() && self.members.contains(&topic_of(turn))
    }
}
