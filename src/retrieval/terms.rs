//! The terms of a phrasing and of a question, and what they share.

use super::vocabulary::Vocabulary;
use rustc_hash::FxHashMap;
use std::borrow::Borrow;
use std::hash::Hash;

/// BM25's saturation and length normalisation, at their usual values.
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// Bits by which a question's terms are told from others at a glance.
const BITS: usize = 2048;

/// The terms of a phrasing, each once. How often a term stands in one sentence
/// says nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Terms {
    /// Numbers, sorted.
    pub(super) numbers: Vec<u32>,
    /// The sum of their weights.
    pub(super) weight: f32,
    /// The sum of the squares of their weights.
    pub(super) square: f32,
    /// What BM25 makes of the sentence's length: its score is the shared weight
    /// times this.
    pub(super) factor: f32,
}

impl Terms {
    /// Terms with these numbers, without weights yet.
    pub(super) fn of(mut numbers: Vec<u32>) -> Self {
        numbers.sort_unstable();
        numbers.dedup();
        numbers.shrink_to_fit();
        Self {
            numbers,
            ..Self::default()
        }
    }

    /// Fills in the weights. `mean` is the mean number of terms.
    pub(super) fn weigh<T: Hash + Eq>(&mut self, vocabulary: &Vocabulary<T>, mean: f32) {
        let weights = || self.numbers.iter().map(|n| vocabulary.weight(*n));
        self.weight = weights().sum();
        self.square = weights().map(|w| w * w).sum();
        #[expect(clippy::cast_precision_loss, reason = "sentences are short")]
        let length = self.numbers.len() as f32 / mean.max(1.0);
        self.factor = (K1 + 1.0) / (1.0 + K1 * (1.0 - B + B * length));
    }

    /// Whether a term is among them.
    pub(super) fn has(&self, number: u32) -> bool {
        self.numbers.binary_search(&number).is_ok()
    }
}

/// A term of a question: its number where the index has it, and its weight.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weighted {
    pub(super) number: Option<u32>,
    pub(super) weight: f32,
}

/// The terms of a question, each once.
#[derive(Debug, Default)]
pub(super) struct Asked {
    pub(super) terms: Vec<Weighted>,
    by_number: FxHashMap<u32, f32>,
    /// A bit for the last digits of each number: most terms of most phrasings are
    /// none of the question's, and need not be looked up to know it.
    bits: [u64; BITS / 64],
    /// The sum of all weights.
    pub(super) weight: f32,
    /// The sum of the squares of all weights.
    pub(super) square: f32,
}

/// What a question and a phrasing have in common.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shared {
    /// The weight of the terms that both have.
    pub(super) weight: f32,
    /// The squares of those weights.
    pub(super) square: f32,
    /// How many terms both have.
    pub(super) count: usize,
    /// The weight of the rarest term that only the phrasing has.
    pub(super) rarest_extra: f32,
}

/// `part` of `whole`, 0 to 1.
pub(super) fn share(part: f32, whole: f32) -> f32 {
    if whole > 0.0 {
        (part / whole).clamp(0.0, 1.0)
    } else {
        0.0
    }
}

impl Asked {
    /// Looks up the terms of a question.
    pub(super) fn new<T, Q>(vocabulary: &Vocabulary<T>, terms: impl Iterator<Item = Q>) -> Self
    where
        T: Hash + Eq + Borrow<Q>,
        Q: Hash + Eq,
    {
        let mut seen = rustc_hash::FxHashSet::default();
        let mut weighted = Vec::new();
        for term in terms {
            let number = vocabulary.number(&term);
            if seen.insert(term) {
                weighted.push(Weighted {
                    number,
                    weight: number.map_or(vocabulary.heaviest(), |n| vocabulary.weight(n)),
                });
            }
        }
        let mut asked = Self {
            terms: weighted,
            ..Self::default()
        };
        asked.add_up();
        asked
    }

    fn add_up(&mut self) {
        self.weight = self.terms.iter().map(|t| t.weight).sum();
        self.square = self.terms.iter().map(|t| t.weight * t.weight).sum();
        let known = |t: &Weighted| t.number.map(|n| (n, t.weight));
        self.by_number = self.terms.iter().filter_map(known).collect();
        self.bits = [0; BITS / 64];
        for number in self.by_number.keys() {
            let at = *number as usize % BITS;
            self.bits[at / 64] |= 1 << (at % 64);
        }
    }

    /// The weight of a term that the question has.
    fn weight_of(&self, number: u32) -> Option<&f32> {
        let at = number as usize % BITS;
        let may_be = self.bits[at / 64] >> (at % 64) & 1 == 1;
        may_be.then(|| self.by_number.get(&number)).flatten()
    }

    /// Makes those terms unknown that stand in one entry only and of which
    /// `left_out` says that it is the one left out.
    pub(super) fn forget<T: Hash + Eq>(
        &mut self,
        vocabulary: &Vocabulary<T>,
        left_out: impl Fn(u32) -> bool,
    ) {
        for term in &mut self.terms {
            if let Some(number) = term.number
                && vocabulary.in_one_entry(number)
                && left_out(number)
            {
                *term = Weighted {
                    number: None,
                    weight: vocabulary.heaviest(),
                };
            }
        }
        self.add_up();
    }

    /// Whether the question has the term.
    pub(super) fn has(&self, number: u32) -> bool {
        self.weight_of(number).is_some()
    }

    /// What it has in common with a phrasing.
    pub(super) fn shared<T: Hash + Eq>(&self, terms: &Terms, of: &Vocabulary<T>) -> Shared {
        let mut shared = Shared::default();
        for number in &terms.numbers {
            if let Some(weight) = self.weight_of(*number) {
                shared.weight += weight;
                shared.square += weight * weight;
                shared.count += 1;
            } else {
                shared.rarest_extra = shared.rarest_extra.max(of.weight(*number));
            }
        }
        shared
    }

    /// The weight in common, alone: for the many that are looked at first.
    pub(super) fn bm25(&self, terms: &Terms) -> f32 {
        let met = terms.numbers.iter().filter_map(|n| self.weight_of(*n));
        met.sum::<f32>() * terms.factor
    }

    /// The weight of the rarest term that a phrasing lacks.
    pub(super) fn rarest_missing(&self, terms: &Terms) -> f32 {
        let lacks = |t: &&Weighted| t.number.is_none_or(|n| !terms.has(n));
        self.terms
            .iter()
            .filter(lacks)
            .map(|t| t.weight)
            .fold(0.0, f32::max)
    }

    /// Share of the weight in terms that no entry has.
    pub(super) fn unknown(&self) -> f32 {
        let unknown = self.terms.iter().filter(|t| t.number.is_none());
        share(unknown.map(|t| t.weight).sum(), self.weight)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_terms_are_weighed() {
        let mut words = Vocabulary::<u64>::default();
        let one = Terms::of(vec![words.add(&1, 0), words.add(&2, 0), words.add(&1, 0)]);
        let two = Terms::of(vec![words.add(&2, 1), words.add(&3, 1)]);
        words.weigh(2);
        let [mut one, mut two] = [one, two];
        one.weigh(&words, 2.0);
        two.weigh(&words, 2.0);
        assert_eq!(one.numbers.len(), 2, "each term once");
        let mut asked = Asked::new(&words, [1u64, 2, 9, 1].into_iter());
        assert_eq!(asked.terms.len(), 3);
        let shared = asked.shared(&one, &words);
        assert_eq!(shared.count, 2);
        assert!((shared.weight - one.weight).abs() < 1e-6);
        assert!(shared.rarest_extra.abs() < 1e-6);
        assert!(
            (asked.bm25(&one) - one.weight).abs() < 1e-6,
            "of mean length"
        );
        assert!(asked.bm25(&two) < asked.bm25(&one));
        assert!((asked.rarest_missing(&one) - words.heaviest()).abs() < 1e-6);
        assert!(asked.unknown() > 0.3);
        asked.forget(&words, |number| number == 0);
        assert_eq!(
            asked.shared(&one, &words).count,
            1,
            "1 stood in one entry only"
        );
    }
}
