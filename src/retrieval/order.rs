//! All entries in the order of one number.

/// Entries whose place is told apart.
const PLACES: usize = 21;

/// A number for every entry, and which are first.
pub(super) struct Order {
    values: Vec<f32>,
    first: Vec<u32>,
    mean: f32,
    deviation: f32,
}

impl Order {
    /// Ranks them; smaller numbers are worse.
    pub(super) fn new(values: Vec<f32>) -> Self {
        let mut first: Vec<u32> = (0u32..).take(values.len()).collect();
        let farther = |a: &u32, b: &u32| {
            let of = |n: &u32| values[*n as usize];
            of(b).total_cmp(&of(a)).then(a.cmp(b))
        };
        if first.len() > PLACES {
            first.select_nth_unstable_by(PLACES, farther);
            first.truncate(PLACES);
        }
        first.sort_unstable_by(farther);
        let (mean, deviation) = spread(&values);
        Self {
            values,
            first,
            mean,
            deviation,
        }
    }

    /// The number in a place, from 0; -1 beyond the places that are told apart.
    pub(super) fn at(&self, place: usize) -> f32 {
        let entry = self.first.get(place);
        entry.map_or(-1.0, |n| self.values[*n as usize])
    }

    /// The number of an entry.
    pub(super) fn of(&self, entry: u32) -> f32 {
        self.values[entry as usize]
    }

    /// The first entries, best first.
    pub(super) fn first(&self) -> impl Iterator<Item = &u32> {
        self.first.iter()
    }

    /// The place of an entry, from 0, as far as places are told apart.
    pub(super) fn place(&self, entry: u32) -> usize {
        let place = self.first.iter().position(|n| *n == entry);
        place.unwrap_or(PLACES)
    }

    /// Ahead of the best other entry.
    pub(super) fn margin(&self, entry: u32) -> f32 {
        let other = usize::from(self.place(entry) == 0);
        self.of(entry) - self.at(other)
    }

    /// Standard deviations above the mean.
    pub(super) fn z(&self, entry: u32) -> f32 {
        (self.of(entry) - self.mean) / self.deviation
    }
}

/// What is smaller is no answer at all, and says nothing about the others.
pub(super) const GONE: f32 = -100.0;

/// Mean and standard deviation of what may be an answer.
fn spread(values: &[f32]) -> (f32, f32) {
    let there = || values.iter().filter(|v| **v > GONE);
    #[expect(clippy::cast_precision_loss, reason = "counts of entries")]
    let count = there().count().max(1) as f32;
    let mean = there().sum::<f32>() / count;
    let square: f32 = there().map(|v| (v - mean) * (v - mean)).sum();
    (mean, (square / count).sqrt().max(1e-3))
}

#[cfg(test)]
mod tests {
    use super::{GONE, Order};

    #[test]
    fn what_is_gone_does_not_change_how_far_the_others_stand_out() {
        let of = |values: &[f32]| Order::new(values.to_vec()).z(0);
        let there = [3.0, 1.0, 0.0, -1.0];
        assert!((of(&there) - of(&[&there[..], &[GONE, GONE]].concat())).abs() < 1e-6);
        assert!(of(&there) > 1.0);
    }
}
