//! Candidates are proposed, edited, approved or declined.

use super::{Flow, FlowError, FlowResult};
use crate::curation;
use crate::model::{Candidate, CandidateId, CandidateState, Event, Proposal, UserId};

impl Flow {
    async fn candidate_seen(&self, id: &CandidateId, version: i64) -> FlowResult<Candidate> {
        let found = self
            .store
            .candidate(id)
            .await?
            .ok_or(FlowError::NotFound("candidate"))?;
        if found.version == version {
            Ok(found)
        } else {
            Err(FlowError::Conflict(
                "the candidate changed since it was seen".to_owned(),
            ))
        }
    }

    async fn candidate_changed(&self, changed: Candidate) -> FlowResult<Candidate> {
        self.store.save_candidate(&changed).await?;
        self.bus.tell(Event::Candidate);
        Ok(changed)
    }

    /// An admin proposes a change.
    ///
    /// # Errors
    /// `Invalid` with the reason in Chinese.
    pub async fn propose_change(&self, proposal: Proposal) -> FlowResult<Candidate> {
        self.check(&proposal)?;
        let candidate = Candidate {
            id: CandidateId::fresh(),
            proposal,
            escalation: None,
            gap: None,
            created_at: self.clock.now(),
            state: CandidateState::InReview,
            version: 1,
        };
        self.store.add_candidate(&candidate).await?;
        self.bus.tell(Event::Candidate);
        Ok(candidate)
    }

    /// An admin changes what is proposed. Unfinished proposals may be saved;
    /// [`Flow::approve`] checks them.
    ///
    /// # Errors
    /// When it changed since it was seen, or is over.
    pub async fn edit_candidate(
        &self,
        id: &CandidateId,
        version: i64,
        proposal: Proposal,
    ) -> FlowResult<Candidate> {
        let edited = self.candidate_seen(id, version).await?.edit(proposal)?;
        self.candidate_changed(edited).await
    }

    /// An admin accepts it for the next edition.
    ///
    /// # Errors
    /// `Invalid` with the reason in Chinese; when it changed or is over.
    pub async fn approve(
        &self,
        id: &CandidateId,
        version: i64,
        by: &UserId,
    ) -> FlowResult<Candidate> {
        let seen = self.candidate_seen(id, version).await?;
        self.check(&seen.proposal)?;
        let approved = seen.approve(by.clone(), self.clock.now())?;
        self.candidate_changed(approved).await
    }

    /// An admin declines it.
    ///
    /// # Errors
    /// When it changed or is over.
    pub async fn reject(
        &self,
        id: &CandidateId,
        version: i64,
        by: &UserId,
        reason: String,
    ) -> FlowResult<Candidate> {
        let seen = self.candidate_seen(id, version).await?;
        let rejected = seen.reject(by.clone(), self.clock.now(), reason)?;
        self.candidate_changed(rejected).await
    }

    fn check(&self, proposal: &Proposal) -> FlowResult<()> {
        let live = self.live();
        let knowledge = &live.index.edition().knowledge;
        match curation::check_proposal(knowledge, proposal) {
            problems if problems.is_empty() => Ok(()),
            problems => Err(FlowError::Invalid(problems.join("；"))),
        }
    }
}
