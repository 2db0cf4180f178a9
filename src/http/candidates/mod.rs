//! Proposed knowledge.

pub mod approve;
pub mod create;
pub mod edit;
pub mod list;
pub mod reject;
pub mod show;

use super::{ApiError, Http};
use crate::model::{Candidate, CandidateState, Proposal};
use crate::protocol::resources::{
    CandidateRequest, CandidateView, EntryBody, ProposalKind, Suggestion,
};
use crate::protocol::{Code, Problem};

/// A proposal out of a request.
fn proposal(http: &Http, request: CandidateRequest) -> Result<Proposal, ApiError> {
    let missing =
        |what: &str| ApiError(Problem::saying(Code::BadMessage, format!("缺少 {what}。")));
    Ok(match request.kind {
        ProposalKind::Entry => {
            let body = request.entry.ok_or_else(|| missing("entry"))?;
            let live = http.0.flow.live();
            let known = live.index.entry(&body.id.as_str().into());
            let phrasings = known.as_ref().map_or(&[][..], |e| &e.phrasings);
            let entry = body
                .to_entry(phrasings)
                .map_err(|words| ApiError(Problem::saying(Code::BadMessage, words)))?;
            Proposal::Entry {
                entry: Box::new(entry),
            }
        }
        ProposalKind::Phrasing => Proposal::Phrasing {
            entry: request.target.ok_or_else(|| missing("target"))?.into(),
            text: request
                .phrasing
                .ok_or_else(|| missing("phrasing"))?
                .trim()
                .to_owned(),
        },
        ProposalKind::Retire => Proposal::Retire {
            entry: request.target.ok_or_else(|| missing("target"))?.into(),
        },
    })
}

/// A candidate as the console sees it. `similar` is searched for when asked.
fn view(http: &Http, candidate: &Candidate, with_similar: bool) -> CandidateView {
    let live = http.0.flow.live();
    let (kind, entry, target, phrasing) = match &candidate.proposal {
        Proposal::Entry { entry } => (
            ProposalKind::Entry,
            Some(EntryBody::from(entry.as_ref())),
            None,
            None,
        ),
        Proposal::Phrasing { entry, text } => (
            ProposalKind::Phrasing,
            None,
            Some(entry.clone()),
            Some(text.clone()),
        ),
        Proposal::Retire { entry } => (ProposalKind::Retire, None, Some(entry.clone()), None),
    };
    let asked = entry
        .as_ref()
        .map(|e| e.question.clone())
        .or_else(|| phrasing.clone());
    let own = entry.as_ref().map(|e| e.id.clone());
    let similar = match asked.filter(|_| with_similar) {
        None => Vec::new(),
        Some(question) => http
            .0
            .flow
            .near(&question, None, 4)
            .into_iter()
            .filter(|card| Some(card.entry.as_str()) != own.as_deref() && card.confidence >= 0.3)
            .map(|card| Suggestion {
                entry: card.entry.to_string(),
                question: card.question,
                text: card.text,
                confidence: card.confidence,
            })
            .collect(),
    };
    let (edition, reason) = match &candidate.state {
        CandidateState::Published { edition, .. } => (Some(*edition), None),
        CandidateState::Rejected { reason, .. } => (None, Some(reason.clone())),
        _ => (None, None),
    };
    CandidateView {
        id: candidate.id.to_string(),
        kind,
        entry,
        target_question: target
            .as_ref()
            .and_then(|id| live.index.entry(id))
            .map(|e| e.question.clone()),
        target: target.map(|id| id.to_string()),
        phrasing,
        escalation: candidate.escalation.as_ref().map(ToString::to_string),
        created_at: candidate.created_at.0,
        state: (&candidate.state).into(),
        edition,
        reason,
        similar,
        version: candidate.version,
    }
}
