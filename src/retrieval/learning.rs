//! How the weights of a [`Classifier`](super::classifier::Classifier) are moved.

use super::classifier::add_products;

/// The length of a step.
const STEP: f32 = 0.5;
/// Keeps the first steps finite.
const START: f32 = 1e-3;
/// Entries less probable than this are not moved.
const RUNNING: f32 = 0.02;
/// So far behind the first, in log-odds, is next to impossible.
const FAR: f32 = 16.0;
/// Weights smaller than this are not kept.
const NOTHING: f32 = 0.02;

/// A term's weights while they are learned: how large each is, and the sum of the
/// squares of what it was moved by.
#[derive(Default)]
struct Weights {
    /// With the entry of each, where they are few.
    few: Vec<(u32, f32, f32)>,
    /// For every entry, where they are many: adding up a row takes less time than
    /// picking a tenth of it.
    all: Vec<f32>,
    all_moved: Vec<f32>,
}

/// From one in so many entries on a term's weights are many.
const MANY: usize = 10;

/// A step against the gradient.
fn step(weight: &mut f32, moved: &mut f32, gradient: f32) {
    *moved += gradient * gradient;
    *weight -= STEP * gradient / (moved.sqrt() + START);
}

impl Weights {
    fn add_to(&self, scores: &mut [f32], value: f32) {
        for (entry, weight, _) in &self.few {
            scores[*entry as usize] += weight * value;
        }
        for (score, weight) in scores.iter_mut().zip(&self.all) {
            *score += weight * value;
        }
    }

    /// Moves the weights of `running` entries.
    fn learn(&mut self, running: &[u32], moves: &[f32], value: f32) {
        if !self.all.is_empty() {
            for entry in running {
                let at = *entry as usize;
                let gradient = moves[at] * value;
                step(&mut self.all[at], &mut self.all_moved[at], gradient);
            }
            return;
        }
        for (entry, weight, moved) in &mut self.few {
            let gradient = moves[*entry as usize] * value;
            if gradient != 0.0 {
                step(weight, moved, gradient);
            }
        }
        let known = self.few.len();
        for entry in running {
            if !self.few[..known].iter().any(|(e, _, _)| e == entry) {
                let (mut weight, mut moved) = (0.0, 0.0);
                step(&mut weight, &mut moved, moves[*entry as usize] * value);
                self.few.push((*entry, weight, moved));
            }
        }
        if self.few.len() * MANY > moves.len() {
            self.spread(moves.len());
        }
    }

    fn spread(&mut self, entries: usize) {
        self.all = vec![0.0; entries];
        self.all_moved = vec![0.0; entries];
        for (entry, weight, moved) in std::mem::take(&mut self.few) {
            self.all[entry as usize] = weight;
            self.all_moved[entry as usize] = moved;
        }
    }

    /// Those that say anything, in the order of their entries.
    fn kept(mut self) -> impl Iterator<Item = (u32, f32)> {
        self.few.sort_unstable_by_key(|(entry, _, _)| *entry);
        let few = self
            .few
            .into_iter()
            .map(|(entry, weight, _)| (entry, weight));
        let all = (0u32..).zip(self.all);
        few.chain(all).filter(|(_, weight)| weight.abs() >= NOTHING)
    }
}

/// Weights that were learned, in the classifier's layout.
pub(super) struct Learned {
    /// Where a term's weights begin; one more than there are terms.
    pub(super) begins: Vec<u32>,
    /// Of which entry each is, and how large.
    pub(super) weights: Vec<(u32, f32)>,
    /// Weights of a vector's numbers, entry by entry; or none.
    pub(super) directions: Vec<f32>,
}

/// Weights that are being learned.
pub(super) struct Learning {
    terms: Vec<Weights>,
    /// Of a vector's numbers, entry by entry: the weights, and the sums of the
    /// squares of what they were moved by.
    directions: Vec<f32>,
    moved: Vec<f32>,
    width: usize,
    scores: Vec<f32>,
    /// How each entry is moved by the present text; zero for most.
    moves: Vec<f32>,
    /// Entries that are moved.
    running: Vec<u32>,
}

impl Learning {
    pub(super) fn new(entries: usize, terms: usize, width: usize) -> Self {
        Self {
            terms: (0..terms).map(|_| Weights::default()).collect(),
            directions: vec![0.0; entries * width],
            moved: vec![0.0; entries * width],
            width,
            scores: vec![0.0; entries],
            moves: vec![0.0; entries],
            running: Vec::new(),
        }
    }

    /// Moves the weights towards what says that the text is its owner's.
    pub(super) fn learn(&mut self, row: &[(u32, f32)], vector: &[f32], owner: u32) {
        self.scores.fill(0.0);
        add_products(&mut self.scores, vector, &self.directions, self.width);
        for (term, value) in row {
            self.terms[*term as usize].add_to(&mut self.scores, *value);
        }
        let best = self.scores.iter().copied().fold(f32::MIN, f32::max);
        let mut sum = 0.0;
        for score in &mut self.scores {
            // What is so improbable is not in the running, and adds nothing.
            let behind = *score - best;
            *score = if behind < -FAR { 0.0 } else { behind.exp() };
            sum += *score;
        }
        self.running.clear();
        for (entry, score) in (0u32..).zip(&self.scores) {
            let probable = score / sum;
            if entry == owner || probable > RUNNING {
                let wanted = f32::from(u8::from(entry == owner));
                self.moves[entry as usize] = probable - wanted;
                self.running.push(entry);
            }
        }
        for (term, value) in row {
            self.terms[*term as usize].learn(&self.running, &self.moves, *value);
        }
        for entry in &self.running {
            let at = *entry as usize;
            let own = at * self.width..(at + 1) * self.width;
            let weights = self.directions[own.clone()].iter_mut();
            let moved = self.moved[own].iter_mut();
            for ((weight, moved), value) in weights.zip(moved).zip(vector) {
                step(weight, moved, self.moves[at] * value);
            }
            self.moves[at] = 0.0;
        }
    }

    /// What was learned.
    pub(super) fn finish(self) -> Learned {
        let mut learned = Learned {
            begins: Vec::with_capacity(self.terms.len() + 1),
            weights: Vec::new(),
            directions: self.directions,
        };
        let end = |l: &Learned| u32::try_from(l.weights.len()).unwrap_or(u32::MAX);
        learned.begins.push(0);
        for weights in self.terms {
            learned.weights.extend(weights.kept());
            learned.begins.push(end(&learned));
        }
        learned.weights.shrink_to_fit();
        learned
    }
}
