//! How likely a candidate answers the question: a logistic function of the
//! features.

use super::features::{COUNT, NAMES};

/// The constant term.
const BIAS: f32 = -4.0;

/// The weight of each feature, by name.
const WEIGHTS: [(&str, f32); COUNT] = [
    ("bm25", 1.0),
    ("bm25_margin", 1.0),
    ("gram_cover", 2.0),
    ("gram_covered", 1.0),
    ("word_cover", 1.0),
    ("word_covered", 0.6),
    ("gram_cosine", 1.5),
    ("common_run", 0.5),
    ("edit_free", 1.0),
    ("entry_gram_cover", 1.5),
    ("entry_word_cover", 1.0),
    ("rarest_missing", -1.5),
    ("rarest_extra", -0.5),
    ("kind_agreement", 1.0),
    ("kind_differs", -1.0),
    ("topic_named", 0.8),
    ("other_topic_named", -0.8),
    ("other_number", -1.0),
    ("other_negation", -0.3),
    ("unmet_restriction", -0.8),
    ("extra_restriction", -0.3),
    ("other_region", -3.0),
    ("same_core", 3.0),
    ("length_ratio", 0.3),
    ("question_length", 0.0),
    ("answer", 0.0),
    ("support", 0.0),
    ("only_by_sound", -1.0),
    ("official_words", 0.0),
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
