//! What the decision looks at, for one candidate.

use super::candidate::Candidate;
use super::document::{Document, Known, has};
use super::kind::Kinds;
use super::marks::Marks;
use super::vocabulary::Weighted;

/// Names of the features, in their order.
pub(super) const NAMES: [&str; COUNT] = [
    "bm25",
    "bm25_margin",
    "gram_cover",
    "gram_covered",
    "word_cover",
    "word_covered",
    "gram_cosine",
    "common_run",
    "edit_free",
    "entry_gram_cover",
    "entry_word_cover",
    "entry_salience",
    "entry_margin",
    "answer_cover",
    "rarest_missing",
    "rarest_extra",
    "unknown_words",
    "kind_agreement",
    "kind_differs",
    "topic_named",
    "other_topic_named",
    "other_number",
    "other_negation",
    "unmet_restriction",
    "extra_restriction",
    "other_region",
    "same_core",
    "length_ratio",
    "question_length",
    "answer",
    "only_by_sound",
    "official_words",
];

/// How many there are.
pub(super) const COUNT: usize = 32;

/// A question, cut into weighted terms.
pub(super) struct Asked {
    pub(super) core: Vec<char>,
    pub(super) grams: Vec<Weighted>,
    pub(super) words: Vec<Weighted>,
    pub(super) kinds: Kinds,
    pub(super) marks: Marks,
    /// Names of topics that occur in the question.
    pub(super) topics: Vec<String>,
}

/// A candidate beside the others.
pub(super) struct Shown {
    pub(super) candidate: Candidate,
    /// Its BM25 score as a share of the best one's.
    pub(super) bm25: f32,
    /// How far it is ahead of the next entry, as a share of the best score.
    pub(super) margin: f32,
    pub(super) group: Group,
}

/// What a candidate's entry says, all phrasings together.
#[derive(Clone, Copy, Default)]
pub(super) struct Group {
    /// How much the entry is about the question.
    pub(super) entry: f32,
    /// How far it is ahead of the other entries in that.
    pub(super) entry_margin: f32,
    /// Share of the question's weight that any phrasing has.
    pub(super) gram_cover: f32,
    /// The same in words.
    pub(super) word_cover: f32,
}

/// Shares of weight that two texts have in common.
struct Cover {
    /// Of the question's weight.
    asked: f32,
    /// Of the phrasing's weight.
    phrasing: f32,
    cosine: f32,
    rarest_missing: f32,
}

fn cover(asked: &[Weighted], numbers: &[u32], phrasing_weight: f32) -> Cover {
    let (mut all, mut shared, mut shared_square, mut square) = (0.0, 0.0, 0.0, 0.0_f32);
    let mut rarest_missing = 0.0_f32;
    for term in asked {
        all += term.weight;
        square += term.weight * term.weight;
        if term.number.is_some_and(|n| has(numbers, n)) {
            shared += term.weight;
            shared_square += term.weight * term.weight;
        } else {
            rarest_missing = rarest_missing.max(term.weight);
        }
    }
    let share = |part: f32, whole: f32| {
        if whole > 0.0 {
            (part / whole).min(1.0)
        } else {
            0.0
        }
    };
    // The phrasing's square is near its weight times its mean weight; exact
    // squares would have to be kept for a feature that only needs the shape.
    #[expect(clippy::cast_precision_loss, reason = "phrasings are short")]
    let phrasing_square = phrasing_weight * phrasing_weight / (numbers.len().max(1) as f32);
    Cover {
        asked: share(shared, all),
        phrasing: share(shared, phrasing_weight),
        cosine: share(shared_square, (square * phrasing_square).sqrt()),
        rarest_missing,
    }
}

/// Length of the longest common subsequence, and of the longest common run.
fn common(a: &[char], b: &[char]) -> (usize, usize) {
    let mut row = vec![0u16; b.len() + 1];
    let mut runs = vec![0u16; b.len() + 1];
    let mut longest_run = 0u16;
    for ca in a {
        let mut before = 0;
        let mut run_before = 0;
        for (at, cb) in b.iter().enumerate() {
            let above = row[at + 1];
            let run_above = runs[at + 1];
            if ca == cb {
                row[at + 1] = before + 1;
                runs[at + 1] = run_before + 1;
                longest_run = longest_run.max(runs[at + 1]);
            } else {
                row[at + 1] = above.max(row[at]);
                runs[at + 1] = 0;
            }
            before = above;
            run_before = run_above;
        }
    }
    (usize::from(row[b.len()]), usize::from(longest_run))
}

/// Share of the question's weight in words that no entry has.
fn unknown(asked: &[Weighted]) -> f32 {
    let all: f32 = asked.iter().map(|t| t.weight).sum();
    let unknown: f32 = asked
        .iter()
        .filter(|t| t.number.is_none())
        .map(|t| t.weight)
        .sum();
    if all > 0.0 { unknown / all } else { 0.0 }
}

/// Longest question whose common subsequence is computed, in characters.
const LONGEST: usize = 120;

/// The features of a candidate, in the order of [`NAMES`]. `heaviest` is the
/// weight of a term that no entry has: it scales weights to 0..1. `extra` is
/// the weight of the phrasing's rarest word that the question lacks.
pub(super) fn of(
    asked: &Asked,
    document: &Document,
    known: &Known,
    shown: &Shown,
    heaviest: f32,
    extra: f32,
) -> [f32; COUNT] {
    let grams = cover(&asked.grams, &document.grams, document.gram_weight);
    let words = cover(&asked.words, &document.words, document.word_weight);
    let core = &asked.core[..asked.core.len().min(LONGEST)];
    let (subsequence, run) = common(core, &document.core);
    #[expect(clippy::cast_precision_loss, reason = "texts are short")]
    let (longer, asked_length, phrasing_length, subsequence, run) = (
        core.len().max(document.core.len()).max(1) as f32,
        core.len().max(1) as f32,
        document.core.len().max(1) as f32,
        subsequence as f32,
        run as f32,
    );
    let named = known.names.iter().any(|name| asked.topics.contains(name));
    let other = !named && !asked.topics.is_empty();
    let agreement = asked.kinds.agreement(document.kinds.and(known.entry.facet));
    let flag = |yes: bool| f32::from(u8::from(yes));
    let (candidate, group) = (&shown.candidate, &shown.group);
    [
        shown.bm25,
        shown.margin,
        grams.asked,
        grams.phrasing,
        words.asked,
        words.phrasing,
        grams.cosine,
        run / asked_length,
        subsequence / longer,
        group.gram_cover,
        group.word_cover,
        group.entry,
        group.entry_margin,
        cover(&asked.words, &known.answer, 0.0).asked,
        words.rarest_missing / heaviest,
        extra / heaviest,
        unknown(&asked.words),
        agreement,
        flag(agreement == 0.0),
        flag(named),
        flag(other),
        asked.marks.other_number(&document.marks),
        asked.marks.other_negation(&document.marks),
        asked.marks.unmet(&known.marks),
        asked.marks.extra(&document.marks),
        asked.marks.other_region(&known.marks),
        flag(asked.core == document.core),
        asked_length.min(phrasing_length) / longer,
        (asked_length / 40.0).min(1.0),
        candidate.answer,
        flag(candidate.only_by_sound),
        flag(candidate.official),
    ]
}

/// The weight of the phrasing's rarest word that the question lacks.
pub(super) fn rarest_extra(
    asked: &[Weighted],
    document: &Document,
    weight: impl Fn(u32) -> f32,
) -> f32 {
    document
        .words
        .iter()
        .filter(|n| !asked.iter().any(|t| t.number == Some(**n)))
        .map(|n| weight(*n))
        .fold(0.0, f32::max)
}
