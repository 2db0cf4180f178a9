//! What was found becomes a decision.

use super::Bands;
use crate::model::{Choice, Decision, Hit, Hits, NoAnswerReason};

/// Most choices that are offered.
const CHOICES: usize = 3;

/// What was found for an utterance.
#[derive(Clone, Debug, Default)]
pub struct Searched {
    /// For the words as they are.
    pub own: Hits,
    /// For the follow-up in full.
    pub full: Option<Hits>,
    /// Whether the words alone ask nothing.
    pub bare: bool,
}

fn top(hits: &Hits) -> f32 {
    hits.ranked.first().map_or(0.0, |h| h.confidence)
}

impl Searched {
    /// The hits that count: those of the full question, unless the words
    /// alone find clearly more.
    pub fn counting(&self) -> &Hits {
        match &self.full {
            Some(full) if self.bare || top(full) + 0.05 >= top(&self.own) => full,
            _ => &self.own,
        }
    }
}

/// Whether a first look is so sure that a second one, with the sentence
/// encoder, would only cost time.
pub fn is_sure(bands: &Bands, searched: &Searched) -> bool {
    top(searched.counting()) >= bands.sure
}

/// Decides in three bands: answer, ask back, tell the truth.
pub fn decide(bands: &Bands, searched: &Searched) -> Decision {
    let counting = searched.counting();
    let ranked = &counting.ranked;
    let answer = if counting.sparse {
        bands.answer.max(bands.answer_sparse)
    } else {
        bands.answer
    };
    let Some(best) = ranked.first() else {
        return Decision::NoAnswer {
            reason: NoAnswerReason::Unknown,
            nearest: Vec::new(),
        };
    };
    // 要带什么材料, and nothing was said before: whatever is found, one asks.
    let topicless = searched.bare && searched.full.is_none();
    let second = ranked.get(1).map_or(0.0, |h| h.confidence);
    let stands_out = best.confidence - second >= bands.margin;
    if best.confidence >= answer && stands_out && !topicless && !only_by_sound(best) {
        return Decision::Answer {
            entry: best.entry.clone(),
            confidence: best.confidence,
        };
    }
    if best.confidence >= bands.choices {
        return Decision::Choices(offered(ranked, bands.further));
    }
    let near = best.confidence >= bands.further;
    Decision::NoAnswer {
        reason: if near {
            NoAnswerReason::Unsure
        } else {
            NoAnswerReason::Unknown
        },
        nearest: if near {
            offered(ranked, bands.further)
        } else {
            Vec::new()
        },
    }
}

/// Sound alone may propose, never answer.
fn only_by_sound(hit: &Hit) -> bool {
    hit.features.get("only_by_sound") > 0.5
}

fn offered(ranked: &[Hit], from: f32) -> Vec<Choice> {
    ranked
        .iter()
        .enumerate()
        .filter(|(rank, hit)| *rank == 0 || hit.confidence >= from)
        .take(CHOICES)
        .map(|(_, hit)| Choice {
            entry: hit.entry.clone(),
            question: hit.question.clone(),
        })
        .collect()
}
