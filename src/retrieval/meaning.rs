//! The meaning of every phrasing of an edition, to compare questions with.

use super::encoder::Encoder;
use super::features::MeaningOf;
use super::index::Index;
use super::search::Without;
use std::sync::Arc;

/// The vectors of all phrasings of an edition by one encoder.
pub struct Meanings {
    encoder: Arc<dyn Encoder>,
    /// One after the other, in the order of the phrasings.
    vectors: Vec<f32>,
    dimensions: usize,
}

/// A question beside everything that the edition knows.
pub(super) struct Look {
    /// Cosine with each phrasing; -1 with one that is left out.
    cosines: Vec<f32>,
    /// Cosine with each entry's nearest phrasing.
    nearest: Vec<f32>,
    /// Entries, nearest first: as many as are asked for at most.
    first: Vec<u32>,
    mean: f32,
    deviation: f32,
}

/// Entries whose place by meaning is told apart.
const PLACES: usize = 21;

fn dot(a: &[f32], b: &[f32]) -> f32 {
    // Eight sums at once, so that the compiler can use wide registers.
    let mut sums = [0.0_f32; 8];
    let (a8, b8) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f32 = a8
        .remainder()
        .iter()
        .zip(b8.remainder())
        .map(|(x, y)| x * y)
        .sum();
    for (x, y) in a8.zip(b8) {
        for lane in 0..8 {
            sums[lane] += x[lane] * y[lane];
        }
    }
    sums.iter().sum::<f32>() + rest
}

impl Meanings {
    /// Takes vectors in the order of [`Index::phrasings`]. Nothing when their
    /// number or their length does not fit.
    pub fn new(encoder: Arc<dyn Encoder>, vectors: &[Vec<f32>]) -> Option<Self> {
        let dimensions = encoder.dimensions();
        vectors.iter().all(|v| v.len() == dimensions).then(|| Self {
            encoder,
            vectors: vectors.concat(),
            dimensions,
        })
    }

    /// The encoder that made them.
    pub fn encoder(&self) -> &Arc<dyn Encoder> {
        &self.encoder
    }

    /// How many phrasings have one.
    pub fn len(&self) -> usize {
        self.vectors.len() / self.dimensions.max(1)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.vectors.is_empty()
    }

    /// Compares a question's vector with everything that may answer.
    pub(super) fn look(
        &self,
        index: &Index,
        asked: &[f32],
        elsewhere: &std::collections::HashSet<u32>,
        without: Without,
    ) -> Look {
        let mut cosines: Vec<f32> = self
            .vectors
            .chunks_exact(self.dimensions.max(1))
            .map(|v| dot(asked, v))
            .collect();
        if let Some((entry, phrasing)) = index.left_out(without) {
            let (from, to) = index.known[entry as usize].documents;
            for number in from..to {
                let document = &index.documents[number as usize];
                if phrasing.is_none_or(|p| p.text == document.text) {
                    cosines[number as usize] = -1.0;
                }
            }
        }
        let mut nearest = vec![-1.0_f32; index.known.len()];
        for (document, cosine) in index.documents.iter().zip(&cosines) {
            let best = &mut nearest[document.entry as usize];
            *best = best.max(*cosine);
        }
        for entry in elsewhere {
            nearest[*entry as usize] = -1.0;
        }
        let mut first: Vec<u32> = (0u32..).take(nearest.len()).collect();
        let farther = |a: &u32, b: &u32| {
            let of = |n: &u32| nearest[*n as usize];
            of(b).total_cmp(&of(a)).then(a.cmp(b))
        };
        if first.len() > PLACES {
            first.select_nth_unstable_by(PLACES, farther);
            first.truncate(PLACES);
        }
        first.sort_unstable_by(farther);
        let (mean, deviation) = spread(&nearest);
        Look {
            cosines,
            nearest,
            first,
            mean,
            deviation,
        }
    }
}

fn spread(values: &[f32]) -> (f32, f32) {
    #[expect(clippy::cast_precision_loss, reason = "counts of entries")]
    let count = values.len().max(1) as f32;
    let mean = values.iter().sum::<f32>() / count;
    let square: f32 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
    (mean, (square / count).sqrt().max(1e-3))
}

impl Look {
    /// The nearest entries, nearest first.
    pub(super) fn nearest(&self) -> impl Iterator<Item = u32> {
        let told = |n: &&u32| self.nearest[**n as usize] > -1.0;
        self.first.iter().filter(told).copied()
    }

    /// How an entry is placed; `document` is its phrasing that is best by its
    /// words.
    pub(super) fn of(&self, index: &Index, entry: u32, document: u32) -> MeaningOf {
        let at = |place: usize| {
            let entry = self.first.get(place);
            entry.map_or(-1.0, |n| self.nearest[*n as usize])
        };
        let place = self.first.iter().position(|n| *n == entry);
        let cosine = self.nearest[entry as usize];
        let other = if place == Some(0) { at(1) } else { at(0) };
        let (from, to) = index.known[entry as usize].documents;
        let own = &self.cosines[from as usize..to as usize];
        let kept: Vec<f32> = own.iter().copied().filter(|c| *c > -1.0).collect();
        #[expect(clippy::cast_precision_loss, reason = "counts of phrasings")]
        let mean = kept.iter().sum::<f32>() / kept.len().max(1) as f32;
        MeaningOf {
            cosine,
            margin: cosine - other,
            rank: place.map_or(PLACES, |p| p).try_into().unwrap_or(u32::MAX),
            mean,
            z: (cosine - self.mean) / self.deviation,
            gap: at(0) - cosine,
            of_phrasing: self.cosines[document as usize],
        }
    }
}
