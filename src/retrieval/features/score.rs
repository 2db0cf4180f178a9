//! Ranking scores, against the best possible and against the other candidates.

use super::{Shown, count};
use crate::retrieval::candidate::Candidate;
use crate::retrieval::document::Document;
use crate::retrieval::question::Question;
use crate::retrieval::terms::share;

pub(super) const NAMES: &[&str] = &[
    "bm25",
    "bm25_margin",
    "bm25_lead",
    "grams_ideal",
    "grams_share",
    "grams_margin",
    "grams_lead",
    "words_ideal",
    "words_share",
    "words_margin",
    "words_lead",
    "sounds_ideal",
    "sounds_share",
    "sounds_margin",
    "sounds_lead",
    "cosine",
    "cosine_margin",
    "cosine_rank",
    "bm25_rank",
    "question_weight",
];

/// How one score stands among the candidates.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Standing {
    /// As a share of the best one's.
    pub(super) share: f32,
    /// How far it is ahead of the best other, as a share of the best one's.
    pub(super) margin: f32,
    /// The same as it is, in tens, at most 3 either way.
    pub(super) lead: f32,
    /// Place among the candidates, as a share of ten.
    pub(super) rank: f32,
}

/// How each of some scores stands among the others.
pub(super) fn standings(values: &[f32]) -> Vec<Standing> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(|a, b| b.total_cmp(a));
    let best = sorted.first().copied().unwrap_or_default();
    let second = sorted.get(1).copied().unwrap_or_default();
    let scale = best.max(f32::EPSILON);
    let standing = |value: &f32| {
        let other = if *value < best { best } else { second };
        let rank = sorted.partition_point(|v| v > value);
        Standing {
            share: (value / scale).clamp(0.0, 1.0),
            margin: ((value - other) / scale).clamp(-1.0, 1.0),
            lead: ((value - other) / 10.0).clamp(-3.0, 3.0),
            rank: (count(rank) / 10.0).min(1.0),
        }
    };
    values.iter().map(standing).collect()
}

/// The scores of all candidates.
pub(in crate::retrieval) struct Scores {
    pub(super) written: Vec<f32>,
    all: Vec<Standing>,
    grams: Vec<f32>,
    gram_standings: Vec<Standing>,
    words: Vec<f32>,
    word_standings: Vec<Standing>,
    sounds: Vec<f32>,
    sound_standings: Vec<Standing>,
    cosines: Vec<f32>,
    cosine_standings: Vec<Standing>,
}

/// Cosine of the weights of runs of one to three characters.
fn cosine(question: &Question, document: &Document) -> f32 {
    let met = |number: &u32| question.triples.has(*number);
    // A term weighs the same in both, so its product is its square.
    let (mut shared, mut triples) = (0.0, 0.0);
    for term in &question.grams.terms {
        if term.number.is_some_and(|n| document.grams.has(n)) {
            shared += term.weight * term.weight;
        }
    }
    if document.triples.numbers.iter().any(met) {
        for term in &question.triples.terms {
            if term.number.is_some_and(|n| document.triples.has(n)) {
                triples += term.weight * term.weight;
            }
        }
    }
    let asked = question.grams.square + question.triples.square;
    let phrasing = document.grams.square + document.triples.square;
    share(shared + triples, (asked * phrasing).sqrt())
}

impl Scores {
    /// Cosines of runs of characters, one for each candidate.
    pub(super) fn cosines(&self) -> &[f32] {
        &self.cosines
    }

    /// Scores candidates of which each comes with its wording of the question
    /// and its phrasing.
    pub(in crate::retrieval) fn new<'c>(
        candidates: impl Iterator<Item = (&'c Candidate, &'c Question, &'c Document)>,
    ) -> Self {
        let (mut scores, mut written, mut grams, mut words, mut sounds, mut cosines) = (
            Vec::new(),
            Vec::new(),
            Vec::new(),
            Vec::new(),
            Vec::new(),
            Vec::new(),
        );
        for (candidate, question, document) in candidates {
            scores.push(candidate.score);
            written.push(candidate.written);
            grams.push(question.grams.bm25(&document.grams));
            words.push(question.words.bm25(&document.words));
            sounds.push(question.sounds.bm25(&document.sounds));
            cosines.push(cosine(question, document));
        }
        Self {
            all: standings(&scores),
            gram_standings: standings(&grams),
            word_standings: standings(&words),
            sound_standings: standings(&sounds),
            cosine_standings: standings(&cosines),
            written,
            grams,
            words,
            sounds,
            cosines,
        }
    }
}

pub(super) fn push(row: &mut Vec<f32>, scores: &Scores, shown: &Shown, at: usize) {
    let all = scores.all[at];
    row.extend([all.share, all.margin, all.lead]);
    let question = shown.question;
    for (values, standings, weight) in [
        (&scores.grams, &scores.gram_standings, question.grams.weight),
        (&scores.words, &scores.word_standings, question.words.weight),
        (
            &scores.sounds,
            &scores.sound_standings,
            question.sounds.weight,
        ),
    ] {
        let one = standings[at];
        row.extend([share(values[at], weight), one.share, one.margin, one.lead]);
    }
    let cosine = scores.cosine_standings[at];
    // A cosine is a share already: its lead is its margin.
    row.extend([
        scores.cosines[at],
        cosine.lead * 10.0,
        cosine.rank,
        all.rank,
    ]);
    row.push((question.grams.weight / 100.0).min(1.5));
}

#[cfg(test)]
mod tests {
    use super::standings;

    #[test]
    fn only_the_best_is_ahead() {
        let found = standings(&[9.0, 8.0, 5.0]);
        for (one, margin, rank) in [(0, 1.0, 0.0), (1, -1.0, 0.1), (2, -4.0, 0.2)] {
            assert!((found[one].margin - margin / 9.0).abs() < 1e-6);
            assert!((found[one].lead - margin / 10.0).abs() < 1e-6);
            assert!((found[one].rank - rank).abs() < 1e-6);
        }
        let equal = standings(&[4.0, 4.0]);
        assert!(
            equal
                .iter()
                .all(|s| s.margin.abs() < 1e-6 && (s.share - 1.0).abs() < 1e-6)
        );
        assert!(standings(&[]).is_empty());
        assert!(standings(&[0.0])[0].share.abs() < 1e-6);
    }
}
