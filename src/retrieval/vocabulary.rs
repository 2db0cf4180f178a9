//! Terms as numbers, with how much each tells entries apart.

use rustc_hash::FxHashMap;
use std::borrow::Borrow;
use std::hash::Hash;

/// Terms of one kind.
pub(super) struct Vocabulary<T> {
    numbers: FxHashMap<T, u32>,
    /// In how many entries a term occurs, by number.
    entries: Vec<u32>,
    /// The entry that was counted last, by number.
    last: Vec<u32>,
    idf: Vec<f32>,
    unknown: f32,
}

impl<T> Default for Vocabulary<T> {
    fn default() -> Self {
        Self {
            numbers: FxHashMap::default(),
            entries: Vec::new(),
            last: Vec::new(),
            idf: Vec::new(),
            unknown: 0.0,
        }
    }
}

impl<T: Hash + Eq> Vocabulary<T> {
    /// The number of a term of the entry numbered `entry`.
    pub(super) fn add<Q>(&mut self, term: &Q, entry: u32) -> u32
    where
        T: Borrow<Q>,
        Q: Hash + Eq + ToOwned<Owned = T> + ?Sized,
    {
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        let number = match self.numbers.get(term) {
            Some(number) => *number,
            None => *self.numbers.entry(term.to_owned()).or_insert(next),
        };
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
        self.entries.shrink_to_fit();
        self.numbers.shrink_to_fit();
    }

    /// How many terms there are: their numbers are below.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The weight of a term that no entry has.
    pub(super) fn heaviest(&self) -> f32 {
        self.unknown.max(f32::EPSILON)
    }

    /// The weight of the term of that number.
    pub(super) fn weight(&self, number: u32) -> f32 {
        self.idf
            .get(number as usize)
            .copied()
            .unwrap_or(self.unknown)
    }

    /// The number of a term, where an entry has it.
    pub(super) fn number<Q>(&self, term: &Q) -> Option<u32>
    where
        T: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        self.numbers.get(term).copied()
    }

    /// In how many entries the term of that number occurs.
    pub(super) fn entries_with(&self, number: u32) -> u32 {
        self.entries.get(number as usize).copied().unwrap_or(0)
    }

    /// All terms with their numbers, in no order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&T, u32)> {
        self.numbers.iter().map(|(term, number)| (term, *number))
    }

    /// Whether exactly one entry has the term.
    pub(super) fn in_one_entry(&self, number: u32) -> bool {
        self.entries.get(number as usize) == Some(&1)
    }
}
