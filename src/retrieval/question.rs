//! A question as the features see it.

use super::document::{Document, Sound, heard, sound_grams};
use super::index::Index;
use super::kind::Kinds;
use super::marks::Marks;
use super::search::Without;
use super::terms::Asked;
use super::wording::{Types, content};
use crate::model::{Channel, Query};
use crate::text::gram::{letters, pairs, short, triples};
use crate::text::syllables;

/// Longest question whose letters are compared one by one, in characters.
const LONGEST: usize = 120;

/// A question, cut into weighted terms.
pub(super) struct Question {
    /// The words that were cut.
    pub(super) text: String,
    /// Its characters, at most [`LONGEST`].
    pub(super) core: Vec<char>,
    /// Its sound classes, as many.
    pub(super) heard: Vec<Sound>,
    pub(super) grams: Asked,
    pub(super) triples: Asked,
    pub(super) words: Asked,
    pub(super) sounds: Asked,
    /// Pairs of characters as answers have them.
    pub(super) pairs: Asked,
    /// Words as answers have them.
    pub(super) answer_words: Asked,
    pub(super) kinds: Kinds,
    pub(super) types: Types,
    pub(super) marks: Marks,
    pub(super) content: String,
    /// Whether colloquial words were replaced by official ones.
    pub(super) official: bool,
    /// Whether it was heard: its characters may stand for others.
    pub(super) spoken: bool,
}

impl Index {
    /// The question as asked, and with official words in place of colloquial
    /// ones.
    pub(super) fn questions(&self, query: &Query, without: Without) -> Vec<Question> {
        let mut questions = vec![self.question(&query.core, &query.words, &query.syllables, false)];
        for official in self.analyser.official(&query.core).into_iter().take(3) {
            let words = self.analyser.words(&official);
            questions.push(self.question(&official, &words, &syllables(&official), true));
        }
        for question in &mut questions {
            question.spoken = query.channel == Channel::Spoken;
            self.forget(question, without);
        }
        questions
    }

    fn question(
        &self,
        core: &str,
        words: &[String],
        syllables: &[String],
        official: bool,
    ) -> Question {
        let cut = letters(core);
        let mut sounds = heard(syllables);
        let asked_words = |vocabulary| Asked::new(vocabulary, words.iter().cloned());
        Question {
            grams: Asked::new(&self.grams, short(&cut).into_iter()),
            triples: Asked::new(&self.triples, triples(&cut).into_iter()),
            words: asked_words(&self.words),
            sounds: Asked::new(&self.sounds, sound_grams(&sounds)),
            pairs: Asked::new(&self.pairs, pairs(&cut).into_iter()),
            answer_words: asked_words(&self.answer_words),
            kinds: Kinds::of(core),
            types: Types::of(core),
            marks: Marks::of(core),
            content: content(core),
            core: core.chars().take(LONGEST).collect(),
            heard: {
                sounds.truncate(LONGEST);
                sounds
            },
            text: core.to_owned(),
            official,
            spoken: false,
        }
    }

    /// Makes terms unknown that only stand in what is left out, as they would
    /// be if nobody had written it.
    fn forget(&self, question: &mut Question, without: Without) {
        let Some((entry, phrasing)) = self.left_out(without) else {
            return;
        };
        let known = &self.known[entry as usize];
        let of = |terms: fn(&Document) -> &[u32]| phrasing.map(terms);
        question.grams.forget(&self.grams, |n| {
            known.grams.only(n, of(|d| &d.grams.numbers))
        });
        question.words.forget(&self.words, |n| {
            known.words.only(n, of(|d| &d.words.numbers))
        });
        question.sounds.forget(&self.sounds, |n| {
            known.sounds.only(n, of(|d| &d.sounds.numbers))
        });
        let own = &self.documents[known.documents.0 as usize..known.documents.1 as usize];
        question.triples.forget(&self.triples, |n| {
            let kept = |d: &&Document| phrasing.is_some_and(|left| !std::ptr::eq(left, *d));
            let has = |d: &&Document| d.triples.has(n);
            own.iter().any(|d| has(&d)) && !own.iter().filter(kept).any(|d| has(&d))
        });
        if phrasing.is_none() {
            question
                .pairs
                .forget(&self.pairs, |n| known.text.whole.has(n));
            question
                .answer_words
                .forget(&self.answer_words, |n| known.text.words.has(n));
        }
    }

    /// The entry that something is left out of, and the phrasing where it is
    /// one.
    pub(super) fn left_out(&self, without: Without) -> Option<(u32, Option<&Document>)> {
        match without {
            Without::Nothing => None,
            Without::Phrasing(text) => {
                let document = self.documents.iter().find(|d| d.text == text)?;
                Some((document.entry, Some(document)))
            }
            Without::Entry(id) => Some((*self.by_id.get(id)?, None)),
        }
    }
}
