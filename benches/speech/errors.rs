//! How much of what was said was heard wrong.

/// Replaced, added and lost units beside all that were said.
#[derive(Default)]
pub struct Errors {
    wrong: u32,
    said: u32,
}

impl Errors {
    /// Counts one pair.
    pub fn add<T: PartialEq>(&mut self, said: &[T], heard: &[T]) {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        self.wrong += count(distance(said, heard));
        self.said += count(said.len());
    }

    /// Errors in a hundred units.
    pub fn percent(&self) -> f64 {
        100.0 * f64::from(self.wrong) / f64::from(self.said.max(1))
    }
}

/// Levenshtein distance.
fn distance<T: PartialEq>(a: &[T], b: &[T]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = i;
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let best = (corner + usize::from(x != y))
                .min(row[j] + 1)
                .min(row[j + 1] + 1);
            corner = row[j + 1];
            row[j + 1] = best;
        }
    }
    row[b.len()]
}
