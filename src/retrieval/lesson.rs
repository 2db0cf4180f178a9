//! Questions with known answers become lessons.

use super::fit::{Example, Lesson};
use super::index::Index;
use super::mishear::Misheard;
use super::rank::Meant;
use super::ranker::Signals;
use super::search::{Without, meant_text};
use crate::model::{Channel, EntryId};

/// A question and the entries that answer it; none when nothing does.
#[derive(Clone, Debug)]
pub struct Posed {
    /// The question.
    pub text: String,
    /// Entries that answer it.
    pub answers: Vec<EntryId>,
    /// What a recogniser made of it, where it was spoken, and that with terms put right.
    pub heard: Option<(Misheard, String)>,
}

/// Of its own phrasings every so many-th is learned from: each takes as long as a
/// question.
pub const OWN_STEP: usize = 4;

impl Index {
    /// A lesson from a question asked of this knowledge base. What is not
    /// decided by retrieval (an empty question) gives none.
    pub fn lesson(
        &self,
        posed: &Posed,
        set: &str,
        weight: f32,
        signals: Signals,
        without: Without,
    ) -> Option<Lesson> {
        let query = match &posed.heard {
            Some((heard, right)) => self.analyser.heard(right, &heard.text, &heard.certain),
            None => self.analyser.query(&posed.text, Channel::Typed),
        };
        let channel = query.channel;
        if query.is_empty() {
            return None;
        }
        let query = self.mended(&query).unwrap_or(query);
        let meant = self.meanings(signals).map(|meanings| Meant {
            vector: meanings.encoder().encode(meant_text(&query)),
            meanings,
        });
        let examples = self.examples(&query, without, meant.as_ref());
        let example = |(id, features): (EntryId, Vec<f32>)| Example {
            right: posed.answers.contains(&id),
            features,
        };
        Some(Lesson {
            set: set.to_owned(),
            base: self.base,
            key: key(&posed.answers, &posed.text),
            weight,
            channel,
            answerable: !posed.answers.is_empty(),
            counted: true,
            calibrates: true,
            examples: examples.into_iter().map(example).collect(),
        })
    }

    /// Lessons from its own phrasings: each asked as if nobody had written it;
    /// and every fifth as if its entry did not exist. `of` says which phrasings, by
    /// their number.
    pub fn own_lessons(
        &self,
        set: &str,
        weight: f32,
        signals: Signals,
        of: impl Fn(usize) -> bool,
    ) -> Vec<Lesson> {
        let mut lessons = Vec::new();
        let numbered = self.documents.iter().enumerate().step_by(OWN_STEP);
        for (number, document) in numbered.filter(|(number, _)| of(*number / OWN_STEP)) {
            let entry = &self.known[document.entry as usize].entry;
            let posed = Posed {
                text: document.text.clone(),
                answers: vec![entry.id.clone()],
                heard: None,
            };
            let without = Without::Phrasing(&document.text);
            lessons.extend(self.lesson(&posed, set, weight, signals, without));
            if number % (5 * OWN_STEP) == 0 {
                let posed = Posed {
                    answers: Vec::new(),
                    ..posed
                };
                let without = Without::Entry(&entry.id);
                let lesson = self.lesson(&posed, set, weight, signals, without);
                // With its entry, so that both are on the same side of a fold.
                let key = key(std::slice::from_ref(&entry.id), "");
                lessons.extend(lesson.map(|l| Lesson { key, ..l }));
            }
        }
        lessons
    }
}

/// Questions about the same entry belong together.
fn key(answers: &[EntryId], text: &str) -> u64 {
    use std::hash::BuildHasher;
    let words = answers.first().map_or(text, |id| id.as_str());
    rustc_hash::FxBuildHasher.hash_one(words) >> 17
}
