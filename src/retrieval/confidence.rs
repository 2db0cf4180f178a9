//! How likely a candidate answers the question: a logistic function of the
//! features.

use super::features::{COUNT, NAMES};

/// The constant term.
const BIAS: f32 = -0.33;

/// The weight of each feature, by name.
const WEIGHTS: [(&str, f32); COUNT] = [
    ("bm25", -3.49),
    ("bm25_margin", 5.24),
    ("gram_cover", 2.62),
    ("gram_covered", -0.40),
    ("word_cover", -4.19),
    ("word_covered", -0.93),
    ("gram_cosine", 3.95),
    ("common_run", -5.50),
    ("edit_free", 0.77),
    ("entry_gram_cover", 1.12),
    ("entry_word_cover", 4.44),
    ("rarest_missing", -0.32),
    ("rarest_extra", -0.66),
    ("kind_agreement", 0.40),
    ("kind_differs", -0.50),
    ("topic_named", 0.29),
    ("other_topic_named", -2.21),
    ("other_number", -0.49),
    ("other_negation", 0.04),
    ("unmet_restriction", -3.52),
    ("extra_restriction", -0.19),
    ("other_region", 0.18),
    ("same_core", 2.01),
    ("length_ratio", -0.38),
    ("question_length", 0.67),
    ("answer", 1.17),
    ("support", 7.12),
    ("only_by_sound", -0.44),
    ("official_words", 0.00),
];

/// The confidence, 0 to 1.
pub(super) fn of(features: &[f32; COUNT]) -> f32 {
    let sum: f32 = WEIGHTS
        .iter()
        .zip(features)
        .map(|((_, weight), value)| weight * value)
        .sum();
    1.0 / (1.0 + (-(BIAS + sum)).exp())
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
