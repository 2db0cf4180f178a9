//! How much an entry, all its phrasings together, is about a question.
//!
//! The best phrasing alone is a poor judge: 补身份证带户口本就行吗 is nearest to
//! 办公租房带身份证户口本就行吗, yet 身份证 stands in every phrasing of the entry
//! that is meant and in one of the other's. Here a term counts by the share of
//! the entry's phrasings that have it.

use super::terms::Weighted;

fn has(sorted: &[u32], number: u32) -> bool {
    sorted.binary_search(&number).is_ok()
}

/// A term in this share of an entry's phrasings counts half. One of ten
/// phrasings is chance; half of them is the subject.
const HALF: f32 = 0.1;

/// In how many of an entry's phrasings each term occurs.
#[derive(Default)]
pub(super) struct Tally {
    /// Numbers of terms, sorted, and counts of phrasings.
    counts: Vec<(u32, u16)>,
    phrasings: u16,
}

impl Tally {
    /// Counts the terms of phrasings; each list has a term once.
    pub(super) fn of<'n>(phrasings: impl Iterator<Item = &'n [u32]>) -> Self {
        let mut tally = Self::default();
        let mut all: Vec<u32> = Vec::new();
        for terms in phrasings {
            all.extend(terms);
            tally.phrasings = tally.phrasings.saturating_add(1);
        }
        all.sort_unstable();
        for same in all.chunk_by(|a, b| a == b) {
            let count = u16::try_from(same.len()).unwrap_or(u16::MAX);
            tally.counts.push((same[0], count));
        }
        tally.counts.shrink_to_fit();
        tally
    }

    /// The share of a question's weight that the entry is about, 0 to 1. The
    /// terms of a phrasing `without` do not count when it is one of the
    /// entry's.
    pub(super) fn salience(&self, asked: &[Weighted], without: Option<&[u32]>) -> f32 {
        let phrasings = self.phrasings - u16::from(without.is_some());
        let (mut all, mut met) = (0.0, 0.0);
        for term in asked {
            all += term.weight;
            let Some(number) = term.number else { continue };
            let own = without.is_some_and(|terms| has(terms, number));
            let count = self.count(number).saturating_sub(u16::from(own));
            if count > 0 {
                let share = f32::from(count) / f32::from(phrasings.max(1));
                met += term.weight * share / (share + HALF);
            }
        }
        // Were every term in every phrasing, the sum would be this.
        if all > 0.0 {
            (met / all) * (1.0 + HALF)
        } else {
            0.0
        }
    }

    /// The share of a question's weight that any phrasing has.
    pub(super) fn cover(&self, asked: &[Weighted], without: Option<&[u32]>) -> f32 {
        let (mut all, mut met) = (0.0, 0.0);
        for term in asked {
            all += term.weight;
            let Some(number) = term.number else { continue };
            let own = without.is_some_and(|terms| has(terms, number));
            if self.count(number) > u16::from(own) {
                met += term.weight;
            }
        }
        if all > 0.0 { met / all } else { 0.0 }
    }

    /// Whether the entry has a term only in that phrasing; without one,
    /// whether it has the term.
    pub(super) fn only(&self, number: u32, phrasing: Option<&[u32]>) -> bool {
        let count = self.count(number);
        phrasing.map_or(count > 0, |terms| count == 1 && has(terms, number))
    }

    fn count(&self, number: u32) -> u16 {
        self.counts
            .binary_search_by_key(&number, |(n, _)| *n)
            .map_or(0, |at| self.counts[at].1)
    }
}

/// How far each value is above the best of the others.
pub(super) fn margins(values: &[f32]) -> Vec<f32> {
    let best = |skipped: usize| {
        values
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != skipped)
            .fold(0.0, |best: f32, (_, value)| best.max(*value))
    };
    values
        .iter()
        .enumerate()
        .map(|(at, value)| value - best(at))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(numbers: &[u32]) -> Vec<Weighted> {
        numbers
            .iter()
            .map(|n| Weighted {
                number: Some(*n),
                weight: 1.0,
            })
            .collect()
    }

    #[test]
    fn what_every_phrasing_says_counts_more_than_what_one_says() {
        let lists: Vec<Vec<u32>> = (0..10).map(|n| vec![1, 100 + n]).collect();
        let tally = Tally::of(lists.iter().map(Vec::as_slice));
        let often = tally.salience(&asked(&[1]), None);
        let once = tally.salience(&asked(&[100]), None);
        assert!((often - 1.0).abs() < 1e-6, "{often}");
        assert!(once < 0.6 && once > 0.4, "{once}");
        assert!(tally.salience(&asked(&[7]), None).abs() < 1e-6);
        assert!(tally.salience(&[], None).abs() < 1e-6);
    }

    #[test]
    fn a_phrasing_left_out_says_nothing() {
        let lists = [vec![1, 2], vec![1, 3]];
        let tally = Tally::of(lists.iter().map(Vec::as_slice));
        assert!(tally.salience(&asked(&[2]), Some(&[1, 2])).abs() < 1e-6);
        assert!((tally.salience(&asked(&[3]), Some(&[1, 2])) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn only_the_best_is_ahead() {
        let found = margins(&[0.9, 0.8, 0.5]);
        for (one, wanted) in found.iter().zip([0.1, -0.1, -0.4]) {
            assert!((one - wanted).abs() < 1e-6, "{found:?}");
        }
        assert_eq!(margins(&[0.5]), [0.5]);
    }
}
