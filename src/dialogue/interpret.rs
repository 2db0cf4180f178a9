//! What the words mean by themselves.

use super::follow_up;
use super::pick::{self, Picked};
use super::sides::only_sides;
use super::{Phrasebook, State, emergency, human, pick_up};
use crate::model::{Decision, NoAnswerReason, Query, Timestamp};
use crate::text::Analyser;

/// What is to be done with an utterance.
#[derive(Debug)]
pub enum Interpretation {
    /// It is clear by itself.
    Decided(Decision),
    /// It must be searched for: the words themselves and, for a follow-up,
    /// the question in full, with whether only the full one counts.
    Search {
        /// The words as they are.
        own: Query,
        /// The follow-up in full.
        full: Option<Query>,
        /// Whether the words alone ask nothing.
        bare: bool,
        /// Whether the words may as well begin another topic.
        loose: bool,
    },
}

/// Reads an utterance, dangers first.
pub fn interpret(
    book: &Phrasebook,
    state: &State,
    query: &Query,
    analyser: &Analyser,
    now: Timestamp,
) -> Interpretation {
    let decided = Interpretation::Decided;
    if let Some(fixed) = emergency::find(&book.emergencies, &query.normal) {
        return decided(Decision::Emergency(fixed));
    }
    match pick::picked(state.shown(), query) {
        Some(Picked::One(number)) => return decided(Decision::Pick(Some(number))),
        Some(Picked::None) => return decided(Decision::Pick(None)),
        None => {}
    }
    if human::asked(&query.normal, &query.core) {
        return decided(Decision::Human);
    }
    if let Some(command) = book.command(query) {
        return decided(Decision::Command(command));
    }
    if let Some(code) = pick_up::code(&query.normal) {
        return decided(Decision::PickUp(code));
    }
    if let Some(fixed) = book.talks.find(query) {
        return decided(Decision::SmallTalk(fixed));
    }
    if query.is_empty() {
        let reason = NoAnswerReason::Unclear;
        return decided(Decision::NoAnswer {
            reason,
            nearest: Vec::new(),
        });
    }
    let follow_up = state
        .recent(now)
        .and_then(|last| follow_up::complete(&query.normal, last));
    Interpretation::Search {
        own: query.clone(),
        bare: follow_up
            .as_ref()
            .map_or_else(|| only_sides(&query.core), |f| f.bare),
        loose: follow_up.as_ref().is_some_and(|f| f.loose),
        full: follow_up.map(|f| analyser.query(&f.full, query.channel)),
    }
}
