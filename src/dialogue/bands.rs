//! When to answer, when to ask back.

/// The three bands of confidence.
#[derive(Clone, Debug)]
pub struct Bands {
    /// From here on the answer is given, when it also stands out.
    pub answer: f32,
    /// How far the best entry must stand out from the second, in confidence.
    pub margin: f32,
    /// From here on choices are offered.
    pub choices: f32,
    /// A second or third choice is shown from here on.
    pub further: f32,
}

impl Default for Bands {
    /// Chosen on the development halves of the public question sets and on
    /// the cases of `knowledge/cases`: the lowest values at which given
    /// answers stay right (see `src/README.md`, "The decision").
    fn default() -> Self {
        Self {
            answer: 0.4,
            margin: 0.2,
            choices: 0.04,
            further: 0.02,
        }
    }
}
