//! Question sets are asked through the same functions as residents'
//! questions.

use super::Settings;
use super::Teacher;
use super::train::{index_of, teach};
use super::try_out::decide_alone;
use crate::dialogue::Phrasebook;
use crate::model::{Decision, Knowledge, PlaceId, Timestamp};
use crate::retrieval::{Rankers, Signals};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// One question and what became of it.
pub struct Judged {
    /// The question.
    pub text: String,
    /// Entries, best first, with their ranking scores.
    pub top: Vec<(String, f32)>,
    /// Whether the first one was given as the answer.
    pub answered: bool,
    /// `answer`, `choices`, ...
    pub decision: &'static str,
    /// Entries offered as choices.
    pub choices: Vec<String>,
    /// How sure, 0 to 1.
    pub confidence: f32,
    /// Time for all stages.
    pub took: Duration,
}

/// What came of a set.
pub struct Judgement {
    /// Each question, in order.
    pub judged: Vec<Judged>,
    /// Time to build the index.
    pub built_in: Duration,
}

/// Asks every question of a set against a knowledge base of its own.
///
/// # Errors
/// When the index cannot be built; the text says why.
pub fn evaluate(
    knowledge: Knowledge,
    questions: &[String],
    settings: &Settings,
    (teacher, signals): (&Teacher, Signals),
    now: Timestamp,
) -> Result<Judgement, String> {
    let begun = Instant::now();
    let index = index_of(knowledge, Arc::new(Rankers::shipped()), now)?;
    let phrasebook = Phrasebook::new(&index.edition().knowledge, index.analyser());
    let built_in = begun.elapsed();
    teach(teacher, &index, signals, "questions")?;
    let place = PlaceId::from("evaluation");
    let judged = questions
        .iter()
        .map(|text| {
            let begun = Instant::now();
            let (decision, hits) =
                decide_alone(&index, &phrasebook, &settings.bands, text, &place, now);
            let took = begun.elapsed();
            let choices = match &decision {
                Decision::Choices(options) => options.iter().map(|c| c.entry.to_string()).collect(),
                _ => Vec::new(),
            };
            let confidence = hits.ranked.first().map_or(0.0, |h| h.confidence);
            let mut top: Vec<(String, f32)> = hits
                .ranked
                .iter()
                .take(10)
                .map(|h| (h.entry.to_string(), h.score))
                .collect();
            if let Decision::Answer { entry, .. } = &decision {
                // What was answered stands first, whatever the raw order.
                if let Some(at) = top.iter().position(|(id, _)| id == entry.as_str()) {
                    top[..=at].rotate_right(1);
                }
            }
            Judged {
                text: text.clone(),
                top,
                answered: matches!(decision, Decision::Answer { .. }),
                decision: decision.name(),
                choices,
                confidence,
                took,
            }
        })
        .collect();
    Ok(Judgement { judged, built_in })
}
