//! What was found becomes a decision.

use super::Bands;
use crate::model::{Choice, Danger, Decision, Hit, Hits, NoAnswerReason};

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
    /// Whether nothing in the words points back: the full question may propose,
    /// and answers nothing.
    pub loose: bool,
}

fn top(hits: &Hits) -> f32 {
    hits.ranked.first().map_or(0.0, |h| h.confidence)
}

impl Searched {
    /// The hits that count: those of the full question, unless the words
    /// alone find clearly more.
    pub fn counting(&self) -> &Hits {
        match &self.full {
            Some(full) if self.bare => full,
            Some(full) if !self.loose && top(full) + 0.05 >= top(&self.own) => full,
            _ => &self.own,
        }
    }

    /// What may be proposed, best first: what counts, and where it is open
    /// whether the words go with the topic, the other reading in turn with it.
    fn proposed(&self) -> Vec<&Hit> {
        let counting = &self.counting().ranked;
        let other = match &self.full {
            Some(full) if self.loose => &full.ranked,
            Some(_) if !self.bare => &self.own.ranked,
            _ => return counting.iter().take(CHOICES).collect(),
        };
        let mut hits: Vec<&Hit> = Vec::new();
        let turns = counting.iter().zip(other).flat_map(|(a, b)| [a, b]);
        let longer = match counting.len() > other.len() {
            true => &counting[other.len()..],
            false => &other[counting.len()..],
        };
        for hit in turns.chain(longer) {
            if hits.len() < CHOICES && hits.iter().all(|h| h.entry != hit.entry) {
                hits.push(hit);
            }
        }
        hits
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
    let proposed = searched.proposed();
    let answer = if counting.sparse {
        bands.answer.max(bands.answer_sparse)
    } else {
        bands.answer
    };
    let likeliest = proposed.iter().map(|h| h.confidence).fold(0.0, f32::max);
    // 要带什么材料, and nothing was said before: whatever is found, one asks.
    let topicless = searched.bare && searched.full.is_none();
    let second = ranked.get(1).map_or(0.0, |h| h.confidence);
    let answers = |best: &&Hit| {
        let stands_out = best.confidence - second >= bands.margin;
        best.confidence >= answer && stands_out && !topicless && !only_by_sound(best)
    };
    if let Some(best) = ranked.first().filter(answers) {
        return Decision::Answer {
            entry: best.entry.clone(),
            confidence: best.confidence,
        };
    }
    if likeliest >= bands.choices {
        return Decision::Choices(offered(&proposed, bands.further));
    }
    let near = likeliest >= bands.further;
    Decision::NoAnswer {
        reason: if near {
            NoAnswerReason::Unsure
        } else {
            NoAnswerReason::Unknown
        },
        nearest: if near {
            offered(&proposed, bands.further)
        } else {
            Vec::new()
        },
    }
}

/// A likely danger goes before choices, before nothing found, and before a call for a
/// person, not before an answer: who is not understood may be in need.
pub fn heed(decision: Decision, danger: Option<Box<Danger>>) -> Decision {
    match danger {
        Some(danger) if !matches!(decision, Decision::Answer { .. }) => {
            Decision::Emergency(*danger)
        }
        _ => decision,
    }
}

/// Sound alone may propose, never answer.
fn only_by_sound(hit: &Hit) -> bool {
    hit.features.get("only_by_sound") > 0.5
}

fn offered(proposed: &[&Hit], from: f32) -> Vec<Choice> {
    let likely = proposed.iter().filter(|hit| hit.confidence >= from);
    // One is always named: the first.
    let named: Vec<&&Hit> = match likely.clone().next() {
        Some(_) => likely.collect(),
        None => proposed.iter().take(1).collect(),
    };
    named
        .into_iter()
        .take(CHOICES)
        .map(|hit| Choice {
            entry: hit.entry.clone(),
            question: hit.question.clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Fixed;

    #[test]
    fn a_likely_danger_goes_before_all_but_an_answer() {
        let likely = Danger {
            card: Fixed {
                id: "rescue".to_owned(),
                text: "快打电话".to_owned(),
                spoken: "快打电话".to_owned(),
                phone: Some("119".to_owned()),
            },
            probability: 0.3,
        };
        let answer = || Decision::Answer {
            entry: "a.how".into(),
            confidence: 0.9,
        };
        let choices = || Decision::Choices(Vec::new());
        for (decision, danger, wanted) in [
            (answer(), true, "answer"),
            (answer(), false, "answer"),
            (choices(), true, "emergency"),
            (choices(), false, "choices"),
            (Decision::Human, true, "emergency"),
            (Decision::Human, false, "human"),
        ] {
            let danger = danger.then(|| Box::new(likely.clone()));
            assert_eq!(heed(decision, danger).name(), wanted);
        }
    }
}
