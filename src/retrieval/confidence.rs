//! How likely a candidate answers the question: a logistic function of the
//! features.
//!
//! The weights were fitted by logistic regression (L2, C = 1) to the first six
//! candidates of: every phrasing of the shipped knowledge base asked with
//! itself left out (2,828 questions, weight 1.5), the same asked with its whole
//! entry left out, so that nothing is right (0.6), questions of other domains
//! (0.6), and the development halves of three public question sets (small FAQ
//! 3.0, health 0.3, paraphrases 0.1). Question cases were not used. On the half
//! of the phrasings that was held out the best candidate was right for 72%, one
//! of the first three for 88%. Signs that look odd come from features that say
//! nearly the same; only their sum means something. One weight is set by hand:
//! a question about another city is never ours, and the sets have too few.

use super::features::{COUNT, NAMES};

/// The constant term.
const BIAS: f32 = -2.33;

/// The weight of each feature, by name.
const WEIGHTS: [(&str, f32); COUNT] = [
    ("bm25", -2.26),
    ("bm25_margin", 3.52),
    ("gram_cover", 2.81),
    ("gram_covered", -0.52),
    ("word_cover", -2.56),
    ("word_covered", -1.12),
    ("gram_cosine", 4.23),
    ("common_run", -4.84),
    ("edit_free", 0.26),
    ("entry_gram_cover", 0.27),
    ("entry_word_cover", 3.69),
    ("rarest_missing", 0.50),
    ("rarest_extra", -0.49),
    ("unknown_words", -1.71),
    ("kind_agreement", 0.59),
    ("kind_differs", -0.08),
    ("topic_named", 0.08),
    ("other_topic_named", -1.70),
    ("other_number", -0.79),
    ("other_negation", 0.04),
    ("unmet_restriction", -3.97),
    ("extra_restriction", -0.12),
    ("other_region", -5.0),
    ("same_core", 1.76),
    ("length_ratio", -0.48),
    ("question_length", 0.87),
    ("answer", 0.97),
    ("support", 7.14),
    ("only_by_sound", -0.36),
    ("official_words", -0.03),
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
