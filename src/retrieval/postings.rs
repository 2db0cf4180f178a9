//! Which phrasings hold which terms, and the search for those that share most
//! with a question.
//!
//! Questions have some fifty terms of a character or two, most of which stand in
//! thousands of phrasings: an index that skips what cannot be among the best
//! finds nothing to skip, and works several times longer than one that adds
//! everything up in an array.

use super::terms::Terms;
use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Phrasings by what is written and by how they sound.
pub(super) struct Lists {
    pub(super) grams: Postings,
    pub(super) words: Postings,
    pub(super) sounds: Postings,
}

/// Phrasings by the terms of one kind.
#[derive(Default)]
pub(super) struct Postings {
    /// Where a term's phrasings begin; one more than there are terms.
    begins: Vec<u32>,
    /// Phrasings of all terms, term by term, in order.
    phrasings: Vec<u32>,
    /// What BM25 makes of each phrasing's length.
    factors: Vec<f32>,
}

/// A score with its phrasing: the better one is greater, of equal ones the first.
#[derive(Clone, Copy, PartialEq)]
struct Rated(f32, Reverse<u32>);

impl Eq for Rated {}

impl Ord for Rated {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0).then(self.1.cmp(&other.1))
    }
}

impl PartialOrd for Rated {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

thread_local! {
    /// A score for every phrasing, all of them 0 between two searches, and those
    /// that are not.
    static BOARD: RefCell<(Vec<f32>, Vec<u32>)> = const { RefCell::new((Vec::new(), Vec::new())) };
}

impl Postings {
    /// Of phrasings with these terms, weighed, in order.
    pub(super) fn of<'t>(terms: impl Iterator<Item = &'t Terms> + Clone) -> Self {
        let last = terms.clone().filter_map(|t| t.numbers.last());
        let count = last.max().map_or(0, |n| *n as usize + 1);
        let mut begins = vec![0_u32; count + 1];
        for number in terms.clone().flat_map(|t| &t.numbers) {
            begins[*number as usize + 1] += 1;
        }
        for at in 1..begins.len() {
            begins[at] += begins[at - 1];
        }
        let mut next = begins.clone();
        let mut phrasings = vec![0; begins.last().map_or(0, |n| *n as usize)];
        for (phrasing, terms) in (0..).zip(terms.clone()) {
            for number in &terms.numbers {
                let at = &mut next[*number as usize];
                phrasings[*at as usize] = phrasing;
                *at += 1;
            }
        }
        Self {
            begins,
            phrasings,
            factors: terms.map(|t| t.factor).collect(),
        }
    }

    /// The phrasings that hold a term.
    fn holding(&self, number: u32) -> &[u32] {
        let at = number as usize;
        match (self.begins.get(at), self.begins.get(at + 1)) {
            (Some(from), Some(to)) => &self.phrasings[*from as usize..*to as usize],
            _ => &[],
        }
    }

    /// The `limit` phrasings with the highest BM25 for these terms, a number and
    /// its weight each, of those that are `wanted`; best first.
    pub(super) fn best(
        &self,
        terms: &[(u32, f32)],
        limit: usize,
        wanted: impl Fn(u32) -> bool,
    ) -> Vec<u32> {
        BOARD.with_borrow_mut(|(scores, met)| {
            if scores.len() < self.factors.len() {
                scores.resize(self.factors.len(), 0.0);
            }
            for (number, weight) in terms {
                for phrasing in self.holding(*number) {
                    let score = &mut scores[*phrasing as usize];
                    if *score == 0.0 {
                        met.push(*phrasing);
                    }
                    *score += weight;
                }
            }
            let mut best = BinaryHeap::with_capacity(limit + 1);
            let mut least = Reverse(Rated(0.0, Reverse(u32::MAX)));
            for phrasing in met.drain(..) {
                let at = phrasing as usize;
                let score = std::mem::take(&mut scores[at]) * self.factors[at];
                let rated = Reverse(Rated(score, Reverse(phrasing)));
                // The heap is upside down: its top is the worst of the best.
                if (best.len() < limit || rated < least) && wanted(phrasing) {
                    best.push(rated);
                    if best.len() > limit {
                        best.pop();
                    }
                    if best.len() == limit {
                        least = best.peek().copied().unwrap_or(least);
                    }
                }
            }
            let sorted = best.into_sorted_vec().into_iter();
            sorted.map(|Reverse(Rated(_, Reverse(n)))| n).collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::vocabulary::Vocabulary;
    use super::*;
    use proptest::prelude::*;

    fn weighed(phrasings: &[Vec<u64>]) -> (Vec<Terms>, Vocabulary<u64>) {
        let mut words = Vocabulary::default();
        let entries = (0..).zip(phrasings);
        let mut terms: Vec<Terms> = entries
            .map(|(entry, all)| Terms::of(all.iter().map(|t| words.add(t, entry)).collect()))
            .collect();
        words.weigh(phrasings.len());
        terms.iter_mut().for_each(|t| t.weigh(&words, 4.0));
        (terms, words)
    }

    proptest! {
        #[test]
        fn it_finds_what_looking_at_all_of_them_finds(
            phrasings in prop::collection::vec(prop::collection::vec(0_u64..30, 0..8), 1..60),
            question in prop::collection::btree_set(0_u64..40, 0..10),
            limit in 1_usize..20,
        ) {
            let (terms, words) = weighed(&phrasings);
            let postings = Postings::of(terms.iter());
            let asked: Vec<(u32, f32)> = question
                .iter()
                .filter_map(|t| words.number(t))
                .map(|n| (n, words.weight(n)))
                .collect();
            let wanted = |n: u32| n % 5 != 3;
            let score = |t: &Terms| {
                let met = asked.iter().filter(|(n, _)| t.has(*n));
                met.map(|(_, w)| w).fold(0.0, |sum, w| sum + w) * t.factor
            };
            let mut all: Vec<(f32, u32)> = (0..).zip(&terms).map(|(n, t)| (score(t), n)).collect();
            all.retain(|(score, n)| *score > 0.0 && wanted(*n));
            all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            all.truncate(limit);
            let numbers: Vec<u32> = all.into_iter().map(|(_, n)| n).collect();
            // Twice: the board is as clean as before.
            for _ in 0..2 {
                prop_assert_eq!(&postings.best(&asked, limit, wanted), &numbers);
            }
        }
    }

    #[test]
    fn nothing_is_found_in_nothing() {
        let none: [Terms; 0] = [];
        assert!(
            Postings::of(none.iter())
                .best(&[(3, 1.0)], 5, |_| true)
                .is_empty()
        );
    }
}
