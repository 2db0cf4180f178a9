//! How probable each entry is by all that the phrasings of the edition say.

use super::candidate::Elsewhere;
use super::document::{Document, Known};
use super::index::Index;
use super::order::{GONE, Order};
use super::question::Question;
use super::search::Without;
use super::terms::{Asked, Terms};
use super::vocabulary::Vocabulary;
use crate::model::Channel;
use crate::text::gram::Gram;
use crate::text::{Classifier, Row, Texts};
use rustc_hash::FxHashMap;
use std::hash::Hash;
use std::sync::OnceLock;

/// How much sound counts beside characters: in what was written, and in what was
/// heard, where many characters may stand for others. With 10 and 20% of a
/// question's characters replaced by homophones the greater weight loses half as
/// much; where all are right it loses a little.
const SOUND: f32 = 0.5;
const SOUND_HEARD: f32 = 1.0;
/// How much an encoder's vector counts beside characters.
const VECTOR: f32 = 0.5;

/// Parts of the phrasings, and of the entries, of which each is left out in turn.
const PARTS: usize = 5;

/// What was learned from all phrasings; and from all but a part of them, once it is
/// asked what it would be without.
pub(super) struct Classes {
    /// Entries with the same question as an earlier one, and that one: each place
    /// may have its own answer to it, and no phrasing tells them apart.
    twins: Vec<(u32, u32)>,
    whole: Classifier,
    without_phrasings: [OnceLock<Classifier>; PARTS],
    without_entries: [OnceLock<Classifier>; PARTS],
}

/// Every entry by its probability.
pub(super) struct Classed {
    order: Order,
    /// All entries' odds, as a multiple of the first one's.
    sum: f32,
}

/// How probable the entries are by terms alone, and with a vector beside them.
pub(super) struct Probable {
    pub(super) written: Classed,
    pub(super) meant: Option<Classed>,
}

impl Probable {
    /// How probable an entry is by terms; and by both, where there is a vector.
    pub(super) fn of(&self, entry: u32) -> (ClassedOf, Option<ClassedOf>) {
        let meant = self.meant.as_ref().map(|meant| meant.of(entry));
        (self.written.of(entry), meant)
    }
}

/// How probable one entry is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ClassedOf {
    /// What speaks for it, in units of log-odds.
    pub(super) score: f32,
    /// Its probability among all entries.
    pub(super) share: f32,
    /// How far its score is ahead of the best other one.
    pub(super) margin: f32,
    /// How far the first one's is ahead of the second.
    pub(super) lead: f32,
    /// Standard deviations above the mean of all.
    pub(super) z: f32,
    /// Place among all entries, from 0.
    pub(super) rank: usize,
}

impl Classed {
    /// The entries' scores; what holds elsewhere or is left out has none.
    fn new(mut scores: Vec<f32>, elsewhere: &Elsewhere, left_out: Option<u32>) -> Self {
        for entry in elsewhere.iter().chain(&left_out) {
            scores[*entry as usize] = GONE;
        }
        let best = scores.iter().copied().fold(GONE, f32::max);
        let sum = scores.iter().map(|score| (score - best).exp()).sum();
        Self {
            order: Order::new(scores),
            sum,
        }
    }

    /// The most probable entries, best first: those for which anything speaks.
    pub(super) fn first(&self) -> impl Iterator<Item = u32> {
        self.order
            .first()
            .copied()
            .filter(|n| self.order.of(*n) > 0.0)
    }

    /// How probable an entry is.
    pub(super) fn of(&self, entry: u32) -> ClassedOf {
        let score = self.order.of(entry);
        ClassedOf {
            score,
            share: (score - self.order.at(0)).exp() / self.sum,
            margin: self.order.margin(entry),
            lead: self.order.at(0) - self.order.at(1),
            z: self.order.z(entry),
            rank: self.order.place(entry),
        }
    }
}

/// The vocabularies that a classifier's terms are of.
pub(super) struct Kinds<'v> {
    pub(super) grams: &'v Vocabulary<Gram>,
    pub(super) triples: &'v Vocabulary<Gram>,
    pub(super) sounds: &'v Vocabulary<u64>,
}

impl Kinds<'_> {
    /// Terms of all kinds: their numbers are below.
    fn terms(&self) -> usize {
        self.grams.len() + self.triples.len() + self.sounds.len()
    }

    /// Characters make one unit vector and sounds a shorter one.
    fn row(
        &self,
        grams: impl Iterator<Item = (u32, f32)>,
        triples: impl Iterator<Item = (u32, f32)>,
        sounds: impl Iterator<Item = (u32, f32)>,
        sound: f32,
    ) -> Row {
        let [before_triples, before_sounds] =
            [self.grams.len(), self.grams.len() + self.triples.len()]
                .map(|n| u32::try_from(n).unwrap_or(u32::MAX));
        let mut row: Row = grams.collect();
        row.extend(triples.map(|(n, w)| (before_triples + n, w)));
        scale(&mut row, 1.0);
        let characters = row.len();
        row.extend(sounds.map(|(n, w)| (before_sounds + n, w)));
        scale(&mut row[characters..], sound);
        row
    }

    fn of_document(&self, document: &Document) -> Row {
        self.row(
            weighted(&document.grams, self.grams),
            weighted(&document.triples, self.triples),
            weighted(&document.sounds, self.sounds),
            SOUND,
        )
    }

    fn of_question(&self, question: &Question, channel: Channel) -> Row {
        let sound = match channel {
            Channel::Typed => SOUND,
            Channel::Spoken => SOUND_HEARD,
        };
        self.row(
            known(&question.grams),
            known(&question.triples),
            known(&question.sounds),
            sound,
        )
    }

    /// Learns from the phrasings of entries that are `kept`; `vectors` are theirs,
    /// where an encoder has made them.
    fn fit(
        &self,
        known: &[Known],
        documents: &[Document],
        vectors: Option<&Vectors>,
        kept: impl Fn(usize, &Document) -> bool,
    ) -> Classifier {
        let first: Vec<u32> = firsts(known).collect();
        let mut texts = Texts {
            width: vectors.map_or(0, |v| v.width),
            ..Texts::default()
        };
        for (number, document) in documents.iter().enumerate() {
            if kept(number, document) {
                texts.rows.push(self.of_document(document));
                texts.owners.push(first[document.entry as usize]);
                if let Some(Vectors { width, values }) = vectors {
                    let own = &values[number * width..(number + 1) * width];
                    texts.vectors.extend(own.iter().map(|v| v * VECTOR));
                }
            }
        }
        Classifier::fit(known.len(), self.terms(), &texts)
    }
}

/// For each entry the first one with the same question.
fn firsts(known: &[Known]) -> impl Iterator<Item = u32> {
    let mut seen: FxHashMap<&str, u32> = FxHashMap::default();
    (0u32..)
        .zip(known)
        .map(move |(number, known)| *seen.entry(&known.entry.question).or_insert(number))
}

/// A vector for each phrasing, one after the other.
pub(super) struct Vectors {
    pub(super) width: usize,
    pub(super) values: Vec<f32>,
}

fn weighted<T: Hash + Eq>(
    terms: &Terms,
    vocabulary: &Vocabulary<T>,
) -> impl Iterator<Item = (u32, f32)> {
    terms.numbers.iter().map(|n| (*n, vocabulary.weight(*n)))
}

/// The terms of a question that any phrasing has.
fn known(asked: &Asked) -> impl Iterator<Item = (u32, f32)> {
    asked
        .terms
        .iter()
        .filter_map(|t| t.number.map(|n| (n, t.weight)))
}

/// To this length; what has no length stays as it is.
fn scale(row: &mut [(u32, f32)], length: f32) {
    let square: f32 = row.iter().map(|(_, value)| value * value).sum();
    if square > 0.0 {
        let factor = length / square.sqrt();
        row.iter_mut().for_each(|(_, value)| *value *= factor);
    }
}

impl Classes {
    /// Learns from all phrasings.
    pub(super) fn fit(
        kinds: &Kinds,
        known: &[Known],
        documents: &[Document],
        vectors: Option<&Vectors>,
    ) -> Self {
        let numbered = (0u32..).zip(firsts(known));
        Self {
            twins: numbered.filter(|(entry, first)| entry != first).collect(),
            whole: kinds.fit(known, documents, vectors, |_, _| true),
            without_phrasings: Default::default(),
            without_entries: Default::default(),
        }
    }
}

/// What is asked of [`Classes`].
pub(super) struct AskedOf<'q> {
    pub(super) question: &'q Question,
    pub(super) channel: Channel,
    pub(super) elsewhere: &'q Elsewhere,
    pub(super) without: Without<'q>,
}

impl Index {
    /// The vocabularies that its classifiers' terms are of.
    fn kinds(&self) -> Kinds<'_> {
        Kinds {
            grams: &self.grams,
            triples: &self.triples,
            sounds: &self.sounds,
        }
    }

    /// Learns from all phrasings with a vector for each.
    pub(super) fn classes_with(&self, vectors: &Vectors) -> Classes {
        Classes::fit(&self.kinds(), &self.known, &self.documents, Some(vectors))
    }

    /// How probable the entries are for a question, by `classes`; with a vector,
    /// where they were learned with such: `vectors` gives those of all phrasings
    /// again where something is left out.
    pub(super) fn classed(
        &self,
        classes: &Classes,
        asked: &AskedOf,
        vector: &[f32],
        vectors: &dyn Fn() -> Option<Vectors>,
    ) -> Classed {
        let kinds = self.kinds();
        let fit = |kept: &dyn Fn(usize, &Document) -> bool| {
            let vectors = vectors();
            kinds.fit(&self.known, &self.documents, vectors.as_ref(), kept)
        };
        let (classifier, gone) = match self.left_out(asked.without) {
            None => (&classes.whole, None),
            Some((_, Some(phrasing))) => {
                let same = |d: &Document| std::ptr::eq(d, phrasing);
                let number = self.documents.iter().position(same).unwrap_or(0);
                let part = number % PARTS;
                let classifier = classes.without_phrasings[part]
                    .get_or_init(|| fit(&|number, _| number % PARTS != part));
                (classifier, None)
            }
            Some((entry, None)) => {
                let part = entry as usize % PARTS;
                let classifier = classes.without_entries[part]
                    .get_or_init(|| fit(&|_, document| document.entry as usize % PARTS != part));
                (classifier, Some(entry))
            }
        };
        let row = kinds.of_question(asked.question, asked.channel);
        let vector: Vec<f32> = vector.iter().map(|v| v * VECTOR).collect();
        let mut scores = classifier.scores(&row, &vector);
        for (entry, first) in &classes.twins {
            scores[*entry as usize] = scores[*first as usize];
        }
        Classed::new(scores, asked.elsewhere, gone)
    }
}
