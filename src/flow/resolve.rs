//! A worker takes a question and answers it.

use super::{Flow, FlowError, FlowResult};
use crate::curation;
use crate::model::{
    Candidate, CandidateId, CandidateState, EntryId, Escalation, EscalationId, Event, Line,
    Resolution, Role, Speaker, User,
};

/// Longest answer, in characters.
const MAX_ANSWER: usize = 2000;

/// What a worker answers.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The words for the resident.
    pub text: String,
    /// The entry whose answer it is, when it is one.
    pub entry: Option<EntryId>,
    /// Whether it should be proposed as knowledge.
    pub learn: bool,
}

fn words(text: &str) -> FlowResult<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(FlowError::Invalid("请写上要对居民说的话。".to_owned()));
    }
    if text.chars().count() > MAX_ANSWER {
        return Err(FlowError::Invalid(format!(
            "太长了，请控制在 {MAX_ANSWER} 字以内。"
        )));
    }
    Ok(text.to_owned())
}

impl Flow {
    async fn seen(&self, id: &EscalationId, version: Option<i64>) -> FlowResult<Escalation> {
        let found = self
            .store
            .escalation(id)
            .await?
            .ok_or(FlowError::NotFound("escalation"))?;
        match version {
            Some(version) if version != found.version => Err(FlowError::Conflict(
                "the escalation changed since it was seen".to_owned(),
            )),
            _ => Ok(found),
        }
    }

    async fn changed(&self, changed: Escalation) -> FlowResult<Escalation> {
        self.store.save_escalation(&changed).await?;
        self.bus.tell(Event::Escalation {
            id: changed.id.clone(),
            session: changed.session.clone(),
        });
        Ok(changed)
    }

    /// A worker takes an escalation; exactly one succeeds.
    ///
    /// # Errors
    /// `Conflict` or `Transition` when somebody was first.
    pub async fn claim(&self, worker: &User, id: &EscalationId) -> FlowResult<Escalation> {
        let claimed = self
            .seen(id, None)
            .await?
            .claim(worker.id.clone(), self.clock.now())?;
        self.changed(claimed).await
    }

    /// The owner gives it back to the queue; an admin may, too: nobody's case
    /// waits for a worker who went home.
    ///
    /// # Errors
    /// When it changed or is not theirs.
    pub async fn release(
        &self,
        worker: &User,
        id: &EscalationId,
        version: i64,
    ) -> FlowResult<Escalation> {
        let seen = self.seen(id, Some(version)).await?;
        let released = match worker.role {
            Role::Admin => seen.take_back()?,
            Role::Worker => seen.release(&worker.id)?,
        };
        self.changed(released).await
    }

    /// The owner ends it without an answer.
    ///
    /// # Errors
    /// When it is not theirs, or no reason is given.
    pub async fn close_unanswered(
        &self,
        worker: &User,
        id: &EscalationId,
        reason: &str,
    ) -> FlowResult<Escalation> {
        let reason = words(reason)?;
        let closed =
            self.seen(id, None)
                .await?
                .close(worker.id.clone(), self.clock.now(), reason)?;
        self.changed(closed).await
    }

    /// A worker says something to the resident.
    ///
    /// # Errors
    /// When it is not theirs, or nothing is said.
    pub async fn worker_says(
        &self,
        worker: &User,
        id: &EscalationId,
        text: &str,
    ) -> FlowResult<Line> {
        let text = words(text)?;
        let found = self.seen(id, None).await?;
        if found.owner() != Some(&worker.id) {
            return Err(FlowError::Conflict(
                "the escalation is not yours".to_owned(),
            ));
        }
        let speaker = Speaker::Worker(worker.id.clone());
        let line = self
            .store
            .add_line(id, &speaker, &text, self.clock.now())
            .await?;
        self.bus.tell(Event::Said {
            id: id.clone(),
            session: found.session,
        });
        Ok(line)
    }

    /// The owner answers. What should be learnt becomes a candidate.
    ///
    /// # Errors
    /// When it is not theirs, or nothing is said.
    pub async fn resolve(
        &self,
        worker: &User,
        id: &EscalationId,
        answer: Answer,
    ) -> FlowResult<Escalation> {
        let resolution = Resolution {
            text: words(&answer.text)?,
            entry: answer.entry,
            learn: answer.learn,
        };
        let now = self.clock.now();
        let answered =
            self.seen(id, None)
                .await?
                .answer(worker.id.clone(), now, resolution.clone())?;
        let answered = self.changed(answered).await?;
        self.bus.tell(Event::Said {
            id: id.clone(),
            session: answered.session.clone(),
        });
        if resolution.learn {
            self.propose(&answered, &resolution).await?;
        }
        Ok(answered)
    }

    async fn propose(&self, answered: &Escalation, resolution: &Resolution) -> FlowResult<()> {
        let gap = match &answered.turn {
            Some(turn) => self.store.turn(turn).await?.and_then(|t| t.gap),
            None => None,
        };
        let candidate = Candidate {
            id: CandidateId::fresh(),
            proposal: curation::suggest(&answered.question, resolution),
            escalation: Some(answered.id.clone()),
            gap,
            created_at: self.clock.now(),
            state: CandidateState::InReview,
            version: 1,
        };
        self.store.add_candidate(&candidate).await?;
        self.bus.tell(Event::Candidate);
        Ok(())
    }
}
