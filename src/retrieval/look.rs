//! A question beside everything that the edition knows, by meaning.

use super::features::MeaningOf;
use super::index::Index;
use super::order::Order;

/// How near everything is to a question.
pub(super) struct Look {
    /// Cosine with each phrasing; -1 with one that is left out.
    cosines: Vec<f32>,
    /// Cosine with each entry's nearest phrasing.
    nearest: Order,
    /// Each entry's nearest phrasing and its middle, seen apart, as one sum.
    kin: Order,
    /// Parts of that sum.
    apart: Vec<f32>,
    middle: Vec<f32>,
    /// Cosine with each entry's nearest passage, seen apart.
    told: Order,
}

/// The greatest of each entry's phrasings; -1 for what may not be found.
fn best(index: &Index, cosines: &[f32], elsewhere: &std::collections::HashSet<u32>) -> Vec<f32> {
    // By the entries' spans: a hundred thousand phrasings lie far apart.
    let spans = index.known.iter().map(|k| k.documents);
    let own = spans.map(|(from, to)| &cosines[from as usize..to as usize]);
    let mut best: Vec<f32> = own
        .map(|own| own.iter().copied().fold(-1.0, f32::max))
        .collect();
    for entry in elsewhere {
        best[*entry as usize] = -1.0;
    }
    best
}

impl Look {
    /// From cosines: with each phrasing, plain and seen apart; with the middle
    /// of each entry; with its nearest passage.
    pub(super) fn new(
        index: &Index,
        plain: Vec<f32>,
        apart: &[f32],
        middle: Vec<f32>,
        mut told: Vec<f32>,
        elsewhere: &std::collections::HashSet<u32>,
    ) -> Self {
        let nearest = best(index, &plain, elsewhere);
        let apart = best(index, apart, elsewhere);
        let mut kin = Vec::with_capacity(apart.len());
        for (entry, (apart, middle)) in apart.iter().zip(&middle).enumerate() {
            // What is left out, or holds elsewhere, has no nearest phrasing.
            let gone = nearest[entry] <= -1.0;
            kin.push(if gone { -1.0 } else { apart + middle });
            if gone {
                told[entry] = -1.0;
            }
        }
        Self {
            cosines: plain,
            nearest: Order::new(nearest),
            kin: Order::new(kin),
            apart,
            middle,
            told: Order::new(told),
        }
    }

    /// The nearest entries, nearest first.
    pub(super) fn nearest(&self) -> impl Iterator<Item = u32> {
        let found = |n: &&u32| self.kin.of(**n) > -1.0;
        self.kin.first().filter(found).copied()
    }

    /// How an entry is placed; `document` is its phrasing that is best by its
    /// words.
    pub(super) fn of(&self, index: &Index, entry: u32, document: u32) -> MeaningOf {
        let (from, to) = index.known[entry as usize].documents;
        let own = &self.cosines[from as usize..to as usize];
        let kept: Vec<f32> = own.iter().copied().filter(|c| *c > -1.0).collect();
        #[expect(clippy::cast_precision_loss, reason = "counts of phrasings")]
        let mean = kept.iter().sum::<f32>() / kept.len().max(1) as f32;
        MeaningOf {
            cosine: self.nearest.of(entry),
            margin: self.nearest.margin(entry),
            rank: self.nearest.place(entry),
            mean,
            z: self.nearest.z(entry),
            gap: self.nearest.at(0) - self.nearest.of(entry),
            of_phrasing: self.cosines[document as usize],
            apart: self.apart[entry as usize],
            middle: self.middle[entry as usize],
            kin: self.kin.of(entry),
            kin_margin: self.kin.margin(entry),
            kin_rank: self.kin.place(entry),
            kin_z: self.kin.z(entry),
            kin_lead: self.kin.at(0) - self.kin.at(1),
            told: self.told.of(entry),
            told_margin: self.told.margin(entry),
            told_rank: self.told.place(entry),
        }
    }
}
