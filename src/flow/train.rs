//! Question sets become weights of the decision.

use crate::model::{Edition, Knowledge, Timestamp};
use crate::retrieval::{Index, Lesson, Posed, Rankers, Signals, Without};
use crate::text::Analyser;
use std::sync::Arc;

/// A knowledge base and questions with known answers.
pub struct QuestionSet {
    /// What it is called.
    pub name: String,
    /// What is searched.
    pub knowledge: Knowledge,
    /// What is asked. Without questions, its own phrasings are, each as if
    /// nobody had written it.
    pub questions: Vec<Posed>,
    /// The same with recognition errors: learned from, not reported.
    pub noisy: Vec<Posed>,
    /// How much a question of it counts.
    pub weight: f32,
}

/// An index over a knowledge base that is not published.
pub(super) fn index_of(
    knowledge: Knowledge,
    rankers: Arc<Rankers>,
    now: Timestamp,
) -> Result<Index, String> {
    let analyser = Arc::new(Analyser::new(&knowledge.lexicon));
    let edition = Edition {
        number: 1,
        published_at: now,
        knowledge,
    };
    Index::build(edition, analyser, rankers).map_err(|e| e.to_string())
}

/// Asks every question of a set, to learn from what is found.
///
/// # Errors
/// When the index cannot be built; the text says why.
pub fn lessons(
    set: QuestionSet,
    rankers: Arc<Rankers>,
    signals: Signals,
    now: Timestamp,
) -> Result<Vec<Lesson>, String> {
    let index = index_of(set.knowledge, rankers, now)?;
    if set.questions.is_empty() {
        return Ok(index.own_lessons(&set.name, set.weight, signals));
    }
    let ask = |posed: &Posed| {
        index.lesson(posed, &set.name, set.weight, signals, Without::Nothing)
    };
    let mut lessons: Vec<Lesson> = set.questions.iter().filter_map(ask).collect();
    lessons.extend(set.noisy.iter().filter_map(ask).map(|l| Lesson {
        counted: false,
        weight: l.weight / 2.0,
        ..l
    }));
    Ok(lessons)
}
