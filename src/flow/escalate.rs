//! A question is handed to people.

use super::session::PastTurn;
use super::{Flow, FlowError, FlowResult, Session};
use crate::desk;
use crate::model::{
    Contest, Escalation, EscalationId, EscalationState, Event, InvalidTransition, Line, Outcome,
    Speaker, WAITING_STATES,
};
use crate::store::StoreError;
use crate::text;
use rand::Rng;

/// Tries to find a free pick-up code. With 10,000 codes in use a draw fails
/// once in a hundred times; ten failures in a row mean something else.
const CODE_DRAWS: usize = 10;

/// What the resident gives with it.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The turn it is about, by the terminal's name.
    pub turn: Option<String>,
    /// Words to add.
    pub note: Option<String>,
    /// How to be reached.
    pub contact: Option<String>,
}

/// Where an escalation stands, for the resident.
#[derive(Clone, Debug)]
pub struct EscalationNews {
    /// It.
    pub escalation: Escalation,
    /// The terminal's name of its turn.
    pub turn: Option<String>,
    /// How many wait before it.
    pub ahead: Option<i64>,
    /// Expected seconds, from and to.
    pub wait_seconds: Option<[u32; 2]>,
    /// The owner's name.
    pub worker: Option<String>,
    /// What was said, when it is shown anew.
    pub lines: Vec<Line>,
}

impl Flow {
    /// Opens an escalation, with a due time and a pick-up code. Asked twice
    /// for the same turn, the first one is shown again.
    ///
    /// # Errors
    /// `NotFound("turn")`, or when it could not be recorded.
    pub async fn escalate(
        &self,
        session: &mut Session,
        request: Request,
    ) -> FlowResult<EscalationNews> {
        let past = match &request.turn {
            Some(name) => Some(
                session
                    .turn(name)
                    .ok_or(FlowError::NotFound("turn"))?
                    .clone(),
            ),
            None => None,
        };
        if let Some(open) = past.as_ref().and_then(|p| p.handed_over.clone()) {
            let found = self.store.escalation(&open).await?;
            return self
                .news(
                    found.ok_or(FlowError::NotFound("escalation"))?,
                    request.turn,
                )
                .await;
        }
        let question = session
            .dialogue
            .question_for_people(past.as_ref().map(|p| p.text.as_str()));
        let escalation = self
            .open(session, &question, past.as_ref().map(|p| &p.id), &request)
            .await?;

        // From here on the case exists: what follows must not undo that.
        if let Some(turn) = request
            .turn
            .as_ref()
            .and_then(|name| session.turn_mut(name))
        {
            turn.handed_over = Some(escalation.id.clone());
        }
        self.note_handed_over(session, past.as_ref()).await;
        self.bus.tell(Event::Escalation {
            id: escalation.id.clone(),
            session: escalation.session.clone(),
        });
        metrics::counter!("linli_escalations_total").increment(1);
        self.news(escalation, request.turn).await
    }

    /// The turn's outcome becomes `escalated`; an answer that did not do is
    /// contested.
    async fn note_handed_over(&self, session: &Session, past: Option<&PastTurn>) {
        let Some(past) = past else {
            if let Some((turn, why)) = session.dialogue.unanswered_wish(self.clock.now()) {
                self.contest(&turn, why).await;
            }
            return;
        };
        match self
            .store
            .advance_outcome(&past.id, Outcome::Escalated, None)
            .await
        {
            Ok(false) if past.answered.is_some() => self.contest(&past.id, Contest::Human).await,
            Ok(_) => {}
            Err(error) => tracing::error!(turn.id = %past.id, %error, "outcome not recorded"),
        }
    }

    async fn open(
        &self,
        session: &Session,
        question: &str,
        turn: Option<&crate::model::TurnId>,
        request: &Request,
    ) -> FlowResult<Escalation> {
        let now = self.clock.now();
        let desk = &self.settings.desk;
        let kept = |words: &Option<String>| {
            words
                .as_deref()
                .map(str::trim)
                .filter(|w| !w.is_empty())
                .map(str::to_owned)
        };
        let mut escalation = Escalation {
            id: EscalationId::fresh(),
            code: String::new(),
            session: session.id.clone(),
            turn: turn.cloned(),
            kiosk: session.kiosk.clone(),
            place: session.place.clone(),
            question: question.to_owned(),
            note: kept(&request.note).map(|n| text::mask(&n)),
            contact: kept(&request.contact),
            opened_at: now,
            due_at: desk::due_at(&desk.hours, now, desk.answer_within_minutes),
            state: EscalationState::Waiting,
            version: 1,
        };
        for _ in 0..CODE_DRAWS {
            escalation.code = format!("{:06}", rand::rng().random_range(0..1_000_000));
            match self.store.open_escalation(&escalation).await {
                Ok(()) => return Ok(escalation),
                Err(StoreError::Conflict(_)) => {}
                Err(other) => return Err(other.into()),
            }
        }
        Err(FlowError::Conflict("no free pick-up code found".to_owned()))
    }

    /// Where an escalation stands, with place in the queue and expected wait.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn news(
        &self,
        escalation: Escalation,
        turn: Option<String>,
    ) -> FlowResult<EscalationNews> {
        let waiting = matches!(escalation.state, EscalationState::Waiting);
        let ahead = match waiting {
            true => Some(self.store.waiting_before(escalation.opened_at).await?),
            false => None,
        };
        let wait_seconds = match ahead {
            Some(ahead) if desk::is_open(&self.settings.desk.hours, self.clock.now()) => {
                let times = self.store.recent_answer_times(50).await?;
                desk::wait_seconds(&times, ahead, self.presence.workers_online())
            }
            _ => None,
        };
        let worker = match escalation.owner() {
            Some(owner) => self.store.user(owner).await?.map(|u| u.display_name),
            None => None,
        };
        Ok(EscalationNews {
            escalation,
            turn,
            ahead,
            wait_seconds,
            worker,
            lines: Vec::new(),
        })
    }

    /// The news of an escalation by id, for the session it belongs to.
    ///
    /// # Errors
    /// `NotFound("escalation")`, or when the store cannot be read.
    pub async fn escalation_news(
        &self,
        session: &Session,
        id: &EscalationId,
    ) -> FlowResult<EscalationNews> {
        let found = self
            .store
            .escalation(id)
            .await?
            .ok_or(FlowError::NotFound("escalation"))?;
        let turn = session
            .turns
            .iter()
            .find(|t| t.handed_over.as_ref() == Some(id))
            .map(|t| t.name.clone());
        self.news(found, turn).await
    }

    /// The resident adds a line to an escalation that this terminal follows:
    /// its own, or one that was picked up by its code.
    ///
    /// # Errors
    /// `NotFound("escalation")`; `Transition` when it is over; when it could
    /// not be recorded.
    pub async fn resident_says(&self, id: &EscalationId, words: &str) -> FlowResult<Line> {
        let found = self
            .store
            .escalation(id)
            .await?
            .ok_or(FlowError::NotFound("escalation"))?;
        if !WAITING_STATES.contains(&found.state.as_str()) {
            return Err(FlowError::Transition(InvalidTransition {
                state: found.state.as_str(),
                verb: "talked in",
            }));
        }
        let now = self.clock.now();
        let line = self
            .store
            .add_line(id, &Speaker::Resident, &text::mask(words), now)
            .await?;
        self.bus.tell(Event::Said {
            id: id.clone(),
            session: found.session,
        });
        Ok(line)
    }
}
