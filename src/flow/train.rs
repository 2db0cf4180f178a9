//! Question sets become weights of the decision.

use super::Teacher;
use crate::model::{Edition, Knowledge, Timestamp};
use crate::retrieval::{
    HEARD, Index, Lesson, Mishearing, OWN_STEP, Posed, Rankers, Signals, Table, Without,
};
use crate::speech::Vocabulary;
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
    /// Whether its questions are learned from as they may be heard, too.
    pub heard: bool,
    /// Whether probabilities are made from it.
    pub calibrates: bool,
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

/// How much a question as it may be heard counts beside the same one typed.
const HEARD_WEIGHT: f32 = 0.5;

/// A recogniser in name, and what puts its words right as at the counter.
struct Ear {
    mishearing: Mishearing,
    vocabulary: Vocabulary,
}

impl Ear {
    fn new(index: &Index) -> Self {
        let knowledge = &index.edition().knowledge;
        let entries = || knowledge.entries.iter();
        let texts = entries().map(|e| e.text.as_str());
        Self {
            mishearing: Mishearing::new(texts.chain(entries().flat_map(|e| e.wordings()))),
            vocabulary: Vocabulary::new(knowledge, Arc::clone(index.analyser())),
        }
    }

    fn hear(&self, posed: &Posed, number: u64) -> Posed {
        let heard = self.mishearing.hear(&posed.text, number);
        let right = self.vocabulary.put_right(&heard.text);
        Posed {
            heard: Some((heard, right)),
            ..posed.clone()
        }
    }
}

/// Asks every question of a set, to learn from what is found.
///
/// # Errors
/// When the index cannot be built; the text says why.
pub fn lessons(
    set: QuestionSet,
    teacher: &Teacher,
    signals: Signals,
    now: Timestamp,
) -> Result<Vec<Lesson>, String> {
    let rankers = Arc::new(Rankers::blank());
    if set.questions.is_empty() {
        return own_lessons(&set, &rankers, teacher, signals, now);
    }
    let index = index_of(set.knowledge, rankers, now)?;
    teach(teacher, &index, signals, &set.name)?;
    let ask = |posed: &Posed| index.lesson(posed, &set.name, set.weight, signals, Without::Nothing);
    let mut lessons: Vec<Lesson> = set.questions.iter().filter_map(ask).collect();
    if set.heard {
        let ear = Ear::new(&index);
        let heard = |(number, posed): (u64, &Posed)| ask(&ear.hear(posed, number));
        lessons.extend((0..).zip(&set.questions).filter_map(heard).map(|l| Lesson {
            set: l.set + HEARD,
            weight: l.weight * HEARD_WEIGHT,
            ..l
        }));
    }
    lessons.extend(set.noisy.iter().filter_map(ask).map(|l| Lesson {
        counted: false,
        weight: l.weight / 2.0,
        ..l
    }));
    for lesson in &mut lessons {
        lesson.calibrates = set.calibrates;
    }
    Ok(lessons)
}

/// A table of meanings fitted to the phrasings of a knowledge base.
///
/// # Errors
/// When the index cannot be built, or there is no encoder.
pub fn table_for(knowledge: Knowledge, teacher: &Teacher, now: Timestamp) -> Result<Table, String> {
    let index = index_of(knowledge, Arc::new(Rankers::blank()), now)?;
    let fitted = teacher.fit(&index.phrasings(), &mut |_, _, _| ());
    let missing = || "没有语义模型，不能生成语义表。".to_owned();
    fitted.map_err(|e| e.to_string())?.ok_or_else(missing)
}

/// Parts of its own phrasings for which a table is fitted to the others: a table
/// knows the phrasings that it was fitted to better than it will ever know a
/// question.
const PARTS: usize = 4;

fn own_lessons(
    set: &QuestionSet,
    rankers: &Arc<Rankers>,
    teacher: &Teacher,
    signals: Signals,
    now: Timestamp,
) -> Result<Vec<Lesson>, String> {
    let index = || index_of(set.knowledge.clone(), Arc::clone(rankers), now);
    if signals != Signals::Table {
        let index = index()?;
        teach(teacher, &index, signals, &set.name)?;
        return Ok(index.own_lessons(&set.name, set.weight, signals, |_| true));
    }
    let mut lessons = Vec::new();
    for part in 0..PARTS {
        let index = index()?;
        let own = |number: usize| number / OWN_STEP % PARTS == part;
        let phrasings = index.phrasings();
        let numbered = phrasings.into_iter().enumerate();
        let others: Vec<String> = numbered.filter(|(n, _)| !own(*n)).map(|(_, p)| p).collect();
        teacher
            .teach_from(&index, &others)
            .map_err(|e| e.to_string())?;
        lessons.extend(index.own_lessons(&set.name, set.weight, signals, |n| n % PARTS == part));
    }
    Ok(lessons)
}

pub(super) fn teach(
    teacher: &Teacher,
    index: &Index,
    signals: Signals,
    set: &str,
) -> Result<(), String> {
    let mut told = |what: &str, done: usize, all: usize| {
        if done % 1024 < 32 && all > 1024 {
            tracing::info!(set, what, done, all, "encoding");
        }
    };
    teacher
        .teach(index, signals, &mut told)
        .map_err(|e| e.to_string())
}
