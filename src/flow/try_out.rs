//! A question for the test page: the live path without a turn.

use super::answer::card;
use super::{Card, Flow, Live};
use crate::dialogue::{self, Bands, Interpretation, Phrasebook, Searched, State};
use crate::model::{Channel, Decision, Hits, PlaceId, Timestamp};
use crate::retrieval::Index;

/// What the live path makes of a question, and why.
pub struct TryOut {
    /// What would happen.
    pub decision: Decision,
    /// The answer, when there is one.
    pub card: Option<Card>,
    /// The explain record.
    pub hits: Hits,
}

impl Flow {
    /// Asks without a session and without leaving a trace.
    pub fn try_out(&self, question: &str, place: Option<&PlaceId>) -> TryOut {
        let live = self.live();
        let now = self.clock.now();
        let place = place.cloned().unwrap_or_else(|| live.first_place());
        let (decision, hits) = self.decide_without_session(&live, question, &place, now);
        let card = match &decision {
            Decision::Answer { entry, confidence } => card(&live, entry, *confidence, &place, now),
            _ => None,
        };
        TryOut {
            decision,
            card,
            hits,
        }
    }

    pub(super) fn decide_without_session(
        &self,
        live: &Live,
        question: &str,
        place: &PlaceId,
        at: Timestamp,
    ) -> (Decision, Hits) {
        let bands = &self.settings.bands;
        decide_alone(&live.index, &live.phrasebook, bands, question, place, at)
    }

    /// Entries that come near a question, with their cards, for a worker or
    /// an admin: at most `limit`.
    pub fn near(&self, question: &str, place: Option<&PlaceId>, limit: usize) -> Vec<Card> {
        let live = self.live();
        let now = self.clock.now();
        let place = place.cloned().unwrap_or_else(|| live.first_place());
        let query = live.index.analyser().query(question, Channel::Typed);
        let hits = live.index.search(&query, &place, now);
        hits.ranked
            .iter()
            .take(limit)
            .filter_map(|hit| card(&live, &hit.entry, hit.confidence, &place, now))
            .collect()
    }
}

/// What the live path decides for a question without a session. The hits are
/// those of the question itself.
pub(super) fn decide_alone(
    index: &Index,
    phrasebook: &Phrasebook,
    bands: &Bands,
    question: &str,
    place: &PlaceId,
    at: Timestamp,
) -> (Decision, Hits) {
    let analyser = index.analyser();
    let query = analyser.query(question, Channel::Typed);
    match dialogue::interpret(phrasebook, &State::default(), &query, analyser, at) {
        Interpretation::Decided(decision) => (decision, Hits::default()),
        Interpretation::Search {
            own, bare, danger, ..
        } => {
            let heed = |decision| dialogue::heed(decision, danger);
            let searched = |own| Searched {
                own,
                full: None,
                bare,
                loose: false,
            };
            let quick = searched(index.search(&own, place, at));
            let decision = dialogue::decide(bands, &quick);
            if dialogue::is_sure(bands, &quick) {
                return (heed(decision), quick.own);
            }
            match index.look_again(&own, place, at) {
                None => (heed(decision), quick.own),
                Some(hits) => {
                    let again = searched(hits);
                    (heed(dialogue::decide(bands, &again)), again.own)
                }
            }
        }
    }
}
