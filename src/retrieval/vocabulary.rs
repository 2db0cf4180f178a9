//! Terms as numbers, with how much each tells entries apart.

use std::collections::HashMap;

/// Terms of one kind (grams or words).
#[derive(Default)]
pub(super) struct Vocabulary {
    numbers: HashMap<String, u32>,
    /// In how many entries a term occurs, by number.
    entries: Vec<u32>,
    /// The entry that was counted last, by number.
    last: Vec<u32>,
    idf: Vec<f32>,
    unknown: f32,
}

/// A term of a question: its number where the index has it, and its weight.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weighted {
    pub(super) number: Option<u32>,
    pub(super) weight: f32,
}

impl Vocabulary {
    /// The number of a term of the entry numbered `entry`.
    pub(super) fn add(&mut self, term: &str, entry: u32) -> u32 {
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(term.to_owned()).or_insert(next);
        let at = number as usize;
        if at == self.entries.len() {
            self.entries.push(0);
            self.last.push(u32::MAX);
        }
        if self.last[at] != entry {
            self.last[at] = entry;
            self.entries[at] += 1;
        }
        number
    }

    /// Computes the weights: the inverse entry frequency of BM25. It counts
    /// entries, not phrasings: a word that every phrasing of one entry has
    /// still tells that entry apart.
    pub(super) fn weigh(&mut self, entries: usize) {
        #[expect(clippy::cast_precision_loss, reason = "counts of entries")]
        let idf = |found: u32| {
            let (all, found) = (entries as f32, found as f32);
            (1.0 + (all - found + 0.5) / (found + 0.5)).ln()
        };
        self.idf = self.entries.iter().map(|n| idf(*n)).collect();
        self.unknown = idf(0);
        self.last = Vec::new();
    }

    /// The weight of a term that no entry has.
    pub(super) fn heaviest(&self) -> f32 {
        self.unknown
    }

    pub(super) fn weight(&self, number: u32) -> f32 {
        self.idf
            .get(number as usize)
            .copied()
            .unwrap_or(self.unknown)
    }

    /// Makes those terms unknown that stand in one entry only and of which
    /// `left_out` says that it is the one left out.
    pub(super) fn forget(&self, terms: &mut [Weighted], left_out: impl Fn(u32) -> bool) {
        for term in terms {
            if let Some(number) = term.number
                && self.entries[number as usize] == 1
                && left_out(number)
            {
                *term = Weighted {
                    number: None,
                    weight: self.unknown,
                };
            }
        }
    }

    /// The weight of a term; of one that no entry has, the greatest.
    pub(super) fn weight_of(&self, term: &str) -> f32 {
        self.numbers
            .get(term)
            .map_or(self.unknown, |number| self.weight(*number))
    }

    /// Terms of a question, each once.
    pub(super) fn look_up<'t>(&self, terms: impl Iterator<Item = &'t str>) -> Vec<Weighted> {
        let mut seen = std::collections::HashSet::new();
        terms
            .filter(|term| seen.insert(*term))
            .map(|term| {
                let number = self.numbers.get(term).copied();
                Weighted {
                    number,
                    weight: number.map_or(self.unknown, |n| self.weight(n)),
                }
            })
            .collect()
    }
}
