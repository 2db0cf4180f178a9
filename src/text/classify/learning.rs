//! How the weights of a [`Classifier`](super::Classifier) are moved.

use super::add_products;
use pulp::{Arch, NullaryFnOnce};

/// The length of a step.
const STEP: f32 = 0.5;
/// Keeps the first steps finite.
const START: f32 = 1e-3;
/// Entries less probable than this are not moved.
const RUNNING: f32 = 0.02;
/// So far behind the first, in log-odds, is next to impossible, and nothing is
/// farther.
const FAR: f32 = 16.0;
/// Entries that are looked at together.
const BLOCK: u32 = 32;
/// 1.5 times 2 to the power of 23.
const SHIFT: f32 = 12_582_912.0;
/// Numbers in a wide register.
const LANES: usize = 8;
/// Weights smaller than this are not kept.
const NOTHING: f32 = 0.02;

/// A term's weights while they are learned: how large each is, and the sum of the
/// squares of what it was moved by.
#[derive(Default)]
struct Weights {
    /// Where they are few: of which entry each is, in order, and how large.
    few: Vec<(u32, f32)>,
    few_moved: Vec<f32>,
    /// For every entry, where they are many: adding up a row takes less time than
    /// picking a tenth of it.
    all: Vec<f32>,
    all_moved: Vec<f32>,
}

/// From one in so many entries on a term's weights are many.
const MANY: usize = 10;

/// A step against the gradient.
#[inline(always)]
fn step(weight: &mut f32, moved: &mut f32, gradient: f32) {
    *moved += gradient * gradient;
    *weight -= STEP * gradient / (moved.sqrt() + START);
}

impl Weights {
    #[inline(always)]
    fn add_to(&self, scores: &mut [f32], value: f32) {
        for (entry, weight) in &self.few {
            scores[*entry as usize] += weight * value;
        }
        for (score, weight) in scores.iter_mut().zip(&self.all) {
            *score += weight * value;
        }
    }

    /// Moves the weights of `running` entries.
    #[inline(always)]
    fn learn(&mut self, running: &[u32], moves: &[f32], value: f32) {
        if !self.all.is_empty() {
            for entry in running {
                let at = *entry as usize;
                let gradient = moves[at] * value;
                step(&mut self.all[at], &mut self.all_moved[at], gradient);
            }
            return;
        }
        for entry in running {
            let at = match self.few.binary_search_by_key(entry, |(e, _)| *e) {
                Ok(at) => at,
                Err(at) => {
                    self.few.insert(at, (*entry, 0.0));
                    self.few_moved.insert(at, 0.0);
                    at
                }
            };
            let gradient = moves[*entry as usize] * value;
            step(&mut self.few[at].1, &mut self.few_moved[at], gradient);
        }
        if self.few.len() * MANY > moves.len() {
            self.spread(moves.len());
        }
    }

    fn spread(&mut self, entries: usize) {
        self.all = vec![0.0; entries];
        self.all_moved = vec![0.0; entries];
        let moved = std::mem::take(&mut self.few_moved);
        for ((entry, weight), moved) in std::mem::take(&mut self.few).into_iter().zip(moved) {
            self.all[entry as usize] = weight;
            self.all_moved[entry as usize] = moved;
        }
    }

    /// Those that say anything, in the order of their entries.
    fn kept(self) -> impl Iterator<Item = (u32, f32)> {
        let all = (0u32..).zip(self.all);
        let weights = self.few.into_iter().chain(all);
        weights.filter(|(_, weight)| weight.abs() >= NOTHING)
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

    /// Moves the weights towards what says that the text is its owner's, by the
    /// machine's widest registers.
    pub(super) fn learn(&mut self, row: &[(u32, f32)], vector: &[f32], owner: u32) {
        Arch::new().dispatch(Lesson {
            learning: self,
            row,
            vector,
            owner,
        });
    }

    #[inline(always)]
    fn score(&mut self, row: &[(u32, f32)], vector: &[f32]) {
        self.scores.fill(0.0);
        add_products(&mut self.scores, vector, &self.directions, self.width);
        for (term, value) in row {
            self.terms[*term as usize].add_to(&mut self.scores, *value);
        }
    }

    /// Finds the entries that are moved, and by how much.
    #[inline(always)]
    fn judge(&mut self, owner: u32) {
        let best = largest(&self.scores);
        let sum = raise(&mut self.scores, best);
        let least = RUNNING * sum;
        self.running.clear();
        for (first, block) in (0u32..)
            .step_by(BLOCK as usize)
            .zip(self.scores.chunks(BLOCK as usize))
        {
            // Hardly any block has one.
            let own = owner >= first && owner - first < BLOCK;
            if own || largest(block) > least {
                for (entry, score) in (first..).zip(block) {
                    if entry == owner || *score > least {
                        self.running.push(entry);
                    }
                }
            }
        }
        for entry in &self.running {
            let wanted = f32::from(u8::from(*entry == owner));
            self.moves[*entry as usize] = self.scores[*entry as usize] / sum - wanted;
        }
    }

    #[inline(always)]
    fn shift(&mut self, row: &[(u32, f32)], vector: &[f32]) {
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

/// A closure would be compiled apart, for the least of machines.
struct Lesson<'l> {
    learning: &'l mut Learning,
    row: &'l [(u32, f32)],
    vector: &'l [f32],
    owner: u32,
}

impl NullaryFnOnce for Lesson<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        self.learning.score(self.row, self.vector);
        self.learning.judge(self.owner);
        self.learning.shift(self.row, self.vector);
    }
}

/// The largest of the values, or the least number there is.
#[inline(always)]
fn largest(values: &[f32]) -> f32 {
    // Eight at once, here and below, so that the compiler can use wide registers.
    let greater = |a: f32, b: f32| if a > b { a } else { b };
    let mut lanes = [f32::MIN; LANES];
    let (blocks, rest) = values.as_chunks::<LANES>();
    for block in blocks {
        for lane in 0..LANES {
            lanes[lane] = greater(lanes[lane], block[lane]);
        }
    }
    let all = lanes.iter().chain(rest).copied();
    all.fold(f32::MIN, greater)
}

/// Puts in place of each score how probable it is beside the best one, and gives
/// the sum.
#[inline(always)]
fn raise(scores: &mut [f32], best: f32) -> f32 {
    let mut sums = [0.0_f32; LANES];
    let (blocks, rest) = scores.as_chunks_mut::<LANES>();
    for block in blocks {
        for lane in 0..LANES {
            block[lane] = chance(block[lane] - best);
            sums[lane] += block[lane];
        }
    }
    for score in rest.iter_mut() {
        *score = chance(*score - best);
    }
    sums.iter().chain(rest.iter()).sum()
}

/// How probable what is so far behind is beside the first: e to the power of
/// `behind`, which is 0 or less, to two parts in a million. All entries are asked for
/// each text: the library's function is exact and asked one by one.
#[inline(always)]
fn chance(behind: f32) -> f32 {
    // 2 to a whole number is made from its bits, and to the rest, between -1/2 and
    // 1/2, by the first terms of the series of e. Beside so large a number as the
    // shift nothing behind the point is left: the last bits are the whole number.
    let power = behind.max(-FAR) * std::f32::consts::LOG2_E;
    let shifted = power + SHIFT;
    let rest = (power - (shifted - SHIFT)) * std::f32::consts::LN_2;
    let series = [120.0, 24.0, 6.0, 2.0, 1.0, 1.0];
    let series = series
        .iter()
        .fold(1.0 / 720.0, |sum, n| sum * rest + 1.0 / n);
    let exponent = shifted.to_bits().wrapping_sub(SHIFT.to_bits() - 127);
    f32::from_bits(exponent << 23) * series
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_are_powers_of_e() {
        for step in 0..=1_600u16 {
            let behind = -f32::from(step) / 100.0;
            let (found, wanted) = (chance(behind), behind.exp());
            assert!((found / wanted - 1.0).abs() < 2e-6, "{behind}: {found}");
        }
        assert!(chance(f32::MIN) < 1e-6);
        assert!((chance(0.0) - 1.0).abs() < 1e-7);
    }
}
