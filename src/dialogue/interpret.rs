//! What the words mean by themselves.

use super::emergency::{is_named, is_sure};
use super::follow_up;
use super::pick::{self, Picked};
use super::sides::only_sides;
use super::{Phrasebook, State, human, pick_up};
use crate::model::{Danger, Decision, NoAnswerReason, Query, Timestamp};
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
        full: Option<Box<Query>>,
        /// Whether the words alone ask nothing.
        bare: bool,
        /// Whether the words may as well begin another topic.
        loose: bool,
        /// What the words may mean if nothing answers them: see [`super::heed`].
        danger: Option<Box<Danger>>,
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
    let danger = match book.dangers.find(query) {
        // What only sounds like a danger may be a command: 听不见了.
        Some(danger)
            if is_sure(&danger) && (is_named(&danger) || book.command(query).is_none()) =>
        {
            return decided(Decision::Emergency(danger));
        }
        likely => likely.map(Box::new),
    };
    match pick::picked(state.shown(), query) {
        Some(Picked::One(number)) => return decided(Decision::Pick(Some(number))),
        Some(Picked::None) => return decided(Decision::Pick(None)),
        None => {}
    }
    if human::asked(&query.normal, &query.core) {
        // 孩子卡住了快来个人 calls for more than a worker.
        return decided(super::heed(Decision::Human, danger));
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
        // What may go with what was said before it, as 丢了呢 does, is mostly that; who
        // is surely in danger was heard above.
        danger: danger.filter(|_| follow_up.is_none()),
        full: follow_up.map(|f| Box::new(analyser.reworded(&f.full, query))),
    }
}
