//! The resident picks one of the choices, or none.

use super::{Flow, FlowError, FlowResult, Replied, Reply, Session};
use crate::model::{NoAnswerReason, Outcome};
use std::sync::Arc;
use std::time::Instant;

impl Flow {
    /// Picks `option` (1-based; none of them when not given) of the turn.
    ///
    /// # Errors
    /// `NotFound("turn")` or `NotFound("option")`, or when the choice could
    /// not be recorded.
    pub async fn choose(
        self: &Arc<Self>,
        session: &mut Session,
        turn: &str,
        option: Option<usize>,
    ) -> FlowResult<Replied> {
        let begun = Instant::now();
        let live = self.live();
        let past = session
            .turn(turn)
            .ok_or(FlowError::NotFound("turn"))?
            .clone();
        if past.options.is_empty() {
            return Err(FlowError::NotFound("option"));
        }
        let reply = match option {
            Some(number) => {
                let choice = number
                    .checked_sub(1)
                    .and_then(|i| past.options.get(i))
                    .ok_or(FlowError::NotFound("option"))?;
                self.store
                    .advance_outcome(&past.id, Outcome::Chosen, Some(&choice.entry))
                    .await?;
                if let Some(entry) = live.index.entry(&choice.entry) {
                    let now = self.clock.now();
                    let dialogue = &mut session.dialogue;
                    if let Some((earlier, why)) = dialogue.chose(&entry, &past.core, &past.id, now)
                    {
                        self.contest(&earlier, why).await;
                    }
                }
                let now = self.clock.now();
                self.card_or_truth(&live, &choice.entry, 1.0, &session.place, now)
            }
            None => {
                self.gather_gap(past.id.clone(), past.core.clone(), past.text.clone());
                session.dialogue.declined();
                Reply::NoAnswer {
                    reason: NoAnswerReason::NoneOfThese,
                    workers_online: self.presence.workers_online(),
                    nearest: Vec::new(),
                }
            }
        };
        if let Some(past) = session.turn_mut(turn) {
            past.options.clear();
        }
        let took_us = i64::try_from(begun.elapsed().as_micros()).unwrap_or(i64::MAX);
        Ok(Replied {
            turn: past.id,
            reply,
            command: None,
            took_us,
        })
    }

    /// Picks by words (0-based) from the choices that are on the screen.
    ///
    /// # Errors
    /// As [`Flow::choose`].
    pub(super) async fn pick(
        self: &Arc<Self>,
        session: &mut Session,
        number: Option<usize>,
    ) -> FlowResult<Reply> {
        let offered = session.turns.iter().rev().find(|t| !t.options.is_empty());
        let name = offered
            .map(|t| t.name.clone())
            .ok_or(FlowError::NotFound("option"))?;
        Ok(self
            .choose(session, &name, number.map(|n| n + 1))
            .await?
            .reply)
    }

    /// The resident left: choices that were never made are questions without
    /// an answer.
    pub fn left(self: &Arc<Self>, session: &Session) {
        for turn in session.turns.iter().filter(|t| !t.options.is_empty()) {
            self.gather_gap(turn.id.clone(), turn.core.clone(), turn.text.clone());
        }
    }
}
