//! How likely a candidate answers the question: a logistic function of the
//! features.
//!
//! There are two columns of weights. With one or two phrasings an entry, the
//! best phrasing decides; with ten, what the entry says as a whole does. At 95%
//! precision one column for both answers 21% of the shipped questions and 3% of
//! the health questions rightly, two columns 26% and 26%. An edition between
//! the two gets a mixture.
//!
//! The weights were fitted by logistic regression (L2) to the first six
//! candidates of each question. Many phrasings: every phrasing of the shipped knowledge
//! base asked with itself left out (2,828 questions), the same asked with its
//! whole entry left out, so that nothing is right (weight 0.2), and questions of
//! other domains (0.3). Few: the development halves of four public question
//! sets (small FAQ 2, health 0.3, messages 0.2, paraphrases 0.1). Two-fold, on
//! the half that was not fitted: shipped phrasings first 72%, among three 89%;
//! health 85%, 95%; messages 82%, 90%; paraphrases 93%, 99%. Question cases were
//! not used.
//!
//! Signs that look odd come from features that say nearly the same; only their
//! sum means something. Two weights are set by hand: a question about another
//! city is never ours, and the sets have too few; and the very words of a
//! phrasing are right, which no set can show that leaves them out.

use super::features::{COUNT, NAMES};

/// The constant terms: with few phrasings an entry, with many.
const BIAS: (f32, f32) = (-8.00, -3.37);

/// The weights of each feature: with few phrasings an entry, with many.
const WEIGHTS: [(&str, f32, f32); COUNT] = [
    ("bm25", 2.25, 0.79),
    ("bm25_margin", 2.86, -0.60),
    ("gram_cover", 0.73, 0.72),
    ("gram_covered", 3.75, -1.46),
    ("word_cover", -1.54, -1.60),
    ("word_covered", 0.34, 0.91),
    ("gram_cosine", -1.90, 4.62),
    ("common_run", -3.90, -6.24),
    ("edit_free", 1.90, 0.20),
    ("entry_gram_cover", 3.60, 2.09),
    ("entry_word_cover", 0.11, -5.01),
    ("entry_salience", 2.39, 5.72),
    ("entry_margin", 3.34, 10.25),
    ("answer_cover", 4.32, 2.97),
    ("rarest_missing", -0.34, 0.89),
    ("rarest_extra", -0.35, 0.65),
    ("unknown_words", 0.40, -1.66),
    ("kind_agreement", 0.18, 0.47),
    ("kind_differs", 0.27, -0.37),
    ("topic_named", 0.00, 0.65),
    ("other_topic_named", 0.00, -1.12),
    ("other_number", -0.14, -0.42),
    ("other_negation", -0.09, 0.14),
    ("unmet_restriction", -0.43, -5.17),
    ("extra_restriction", -0.69, -0.10),
    ("other_region", -4.00, -4.00),
    ("same_core", 3.00, 4.00),
    ("length_ratio", 0.07, -0.52),
    ("question_length", 2.25, -1.13),
    ("answer", 1.52, 0.87),
    ("only_by_sound", -1.80, -3.51),
    ("official_words", 0.00, 0.73),
];

/// At most so many phrasings an entry, the standard question included, are
/// few; from the second number on they are many.
const FEW_TO_MANY: (f32, f32) = (2.0, 6.0);

/// How far an edition has many phrasings an entry: 0 few, 1 many.
pub(super) fn density(entries: usize, phrasings: usize) -> f32 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of entries and phrasings"
    )]
    let mean = phrasings as f32 / entries.max(1) as f32;
    let (few, many) = FEW_TO_MANY;
    ((mean - few) / (many - few)).clamp(0.0, 1.0)
}

/// The confidence, 0 to 1, in an edition of that [`density`].
pub(super) fn of(features: &[f32; COUNT], density: f32) -> f32 {
    let mixed = |few: f32, many: f32| few + (many - few) * density;
    let sum: f32 = WEIGHTS
        .iter()
        .zip(features)
        .map(|((_, few, many), value)| mixed(*few, *many) * value)
        .sum();
    1.0 / (1.0 + (-(mixed(BIAS.0, BIAS.1) + sum)).exp())
}

/// The table follows the order of the features.
const _: () = {
    let mut at = 0;
    while at < COUNT {
        let (a, b) = (WEIGHTS[at].0.as_bytes(), NAMES[at].as_bytes());
        assert!(
            a.len() == b.len(),
            "weights and features are in the same order"
        );
        let mut i = 0;
        while i < a.len() {
            assert!(a[i] == b[i], "weights and features are in the same order");
            i += 1;
        }
        at += 1;
    }
};

#[cfg(test)]
mod tests {
    use super::density;

    #[test]
    fn an_edition_grows_from_few_phrasings_to_many() {
        for (entries, phrasings, wanted) in
            [(0, 0, 0.0), (10, 12, 0.0), (10, 40, 0.5), (10, 110, 1.0)]
        {
            let found = density(entries, phrasings);
            assert!((found - wanted).abs() < 1e-6, "{phrasings}: {found}");
        }
    }
}
