//! The meaning of every phrasing of an edition, to compare questions with.

use super::classes::{AskedOf, Classed, Classes, Vectors};
use super::contrast::Contrast;
use super::encoder::Encoder;
use super::index::Index;
use super::look::Look;
use super::ranker::Signals;
use super::search::Without;
use crate::text::dot;
use pulp::{Arch, NullaryFnOnce};
use std::sync::Arc;

/// The vectors of all phrasings of an edition by one encoder.
pub(super) struct Meanings {
    encoder: Arc<dyn Encoder>,
    width: usize,
    /// As the encoder sees them, in the order of the phrasings.
    plain: Rows,
    /// How long each is when it is seen so that entries are told apart.
    lengths: Vec<f32>,
    /// The sum of each entry's phrasings, so seen.
    sums: Vec<f32>,
    /// The answers' passages, seen so; and where each entry's begin, with the end.
    passages: Vec<f32>,
    begins: Vec<u32>,
    contrast: Contrast,
    /// What all phrasings together say, with their vectors; where an encoder knows
    /// what the phrasings do not say themselves.
    classes: Option<Classes>,
}

/// Vectors, one after the other, in sixteen bits a number: every question meets all
/// of them, and what takes its time is to fetch them from memory.
struct Rows {
    width: usize,
    numbers: Vec<i16>,
    /// What a number of the list stands for.
    step: f32,
}

impl Rows {
    /// Rounded to a part in 65,000 of the largest number.
    fn new(vectors: &[f32], width: usize) -> Self {
        let largest = vectors.iter().fold(0.0_f32, |a, v| a.max(v.abs()));
        let step = (largest / f32::from(i16::MAX)).max(f32::MIN_POSITIVE);
        #[expect(clippy::cast_possible_truncation, reason = "at most 32767")]
        let numbers = vectors.iter().map(|v| (v / step).round() as i16).collect();
        Self {
            width: width.max(1),
            numbers,
            step,
        }
    }

    /// One of them.
    fn row(&self, at: usize) -> Vec<f32> {
        let row = &self.numbers[at * self.width..(at + 1) * self.width];
        row.iter().map(|n| f32::from(*n) * self.step).collect()
    }

    /// The products of two vectors with each.
    fn dots(&self, one: &[f32], other: &[f32]) -> (Vec<f32>, Vec<f32>) {
        Arch::new().dispatch(TwoProducts {
            rows: self,
            one,
            other,
        })
    }
}

/// A closure would be compiled apart, for the least of machines: only what is
/// inlined into the dispatch knows the wide registers.
struct TwoProducts<'r> {
    rows: &'r Rows,
    one: &'r [f32],
    other: &'r [f32],
}

impl NullaryFnOnce for TwoProducts<'_> {
    type Output = (Vec<f32>, Vec<f32>);

    #[inline(always)]
    fn call(self) -> Self::Output {
        let Rows {
            width,
            numbers,
            step,
        } = self.rows;
        let count = numbers.len() / width;
        let (mut ones, mut others) = (vec![0.0; count], vec![0.0; count]);
        let rows = numbers.chunks_exact(*width);
        for ((row, a), b) in rows.zip(&mut ones).zip(&mut others) {
            let (one, other) = two_dots(row, self.one, self.other);
            (*a, *b) = (one * step, other * step);
        }
        (ones, others)
    }
}

#[inline(always)]
fn two_dots(row: &[i16], one: &[f32], other: &[f32]) -> (f32, f32) {
    // Eight sums at once, as in [`dot`].
    let (mut ones, mut others) = ([0.0_f32; 8], [0.0_f32; 8]);
    let (rows, last) = row.as_chunks::<8>();
    let ((a, a_last), (b, b_last)) = (one.as_chunks::<8>(), other.as_chunks::<8>());
    let (mut last_one, mut last_other) = (0.0, 0.0);
    for ((n, x), y) in last.iter().zip(a_last).zip(b_last) {
        last_one += f32::from(*n) * x;
        last_other += f32::from(*n) * y;
    }
    for ((n, x), y) in rows.iter().zip(a).zip(b) {
        for lane in 0..8 {
            let value = f32::from(n[lane]);
            ones[lane] += value * x[lane];
            others[lane] += value * y[lane];
        }
    }
    (
        ones.iter().sum::<f32>() + last_one,
        others.iter().sum::<f32>() + last_other,
    )
}

/// The products of one vector with many of `width`, which stand one after the
/// other. The machine's widest registers do the same sums in the same order.
fn dots(one: &[f32], many: &[f32], width: usize) -> Vec<f32> {
    Arch::new().dispatch(Products { one, many, width })
}

struct Products<'v> {
    one: &'v [f32],
    many: &'v [f32],
    width: usize,
}

impl NullaryFnOnce for Products<'_> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn call(self) -> Self::Output {
        let mut products = vec![0.0; self.many.len() / self.width];
        for (product, v) in products.iter_mut().zip(self.many.chunks_exact(self.width)) {
            *product = dot(self.one, v);
        }
        products
    }
}

/// The cosine of a unit vector with another.
#[inline(always)]
fn cosine(unit: &[f32], other: &[f32]) -> f32 {
    let length = dot(other, other).sqrt();
    if length > 0.0 {
        dot(unit, other) / length
    } else {
        0.0
    }
}

impl Meanings {
    /// Takes vectors in the order of [`Index::phrasings`] and, where the encoder
    /// reads long texts, of [`Index::passages`]. Nothing when their number or
    /// their length does not fit.
    pub(super) fn new(
        index: &Index,
        signals: Signals,
        encoder: Arc<dyn Encoder>,
        phrasings: &[Vec<f32>],
        passages: &[Vec<f32>],
    ) -> Option<Self> {
        let width = encoder.dimensions();
        let mut all = phrasings.iter().chain(passages);
        if phrasings.len() != index.documents.len() || !all.all(|v| v.len() == width) {
            return None;
        }
        let begins = if passages.is_empty() {
            vec![0; index.known.len() + 1]
        } else {
            index.passage_begins()
        };
        if begins.last().copied() != u32::try_from(passages.len()).ok() {
            return None;
        }
        let owners: Vec<u32> = index.documents.iter().map(|d| d.entry).collect();
        let plain = phrasings.concat();
        let contrast = Contrast::fit(&plain, width, &owners);
        let (apart, lengths) = contrast.apply_with_lengths(&plain);
        let mut sums = vec![0.0; index.known.len() * width];
        for (vector, owner) in apart.chunks_exact(width.max(1)).zip(&owners) {
            let at = *owner as usize * width;
            for (sum, value) in sums[at..at + width].iter_mut().zip(vector) {
                *sum += value;
            }
        }
        // The table's rows are of the same characters as the terms: it adds nothing.
        let vectors = Vectors {
            width,
            values: apart,
        };
        let classes = (signals == Signals::Encoder).then(|| index.classes_with(&vectors));
        Some(Self {
            classes,
            passages: contrast.apply(&passages.concat()),
            encoder,
            width,
            plain: Rows::new(&plain, width),
            lengths,
            sums,
            begins,
            contrast,
        })
    }

    /// The encoder that made them.
    pub(super) fn encoder(&self) -> &Arc<dyn Encoder> {
        &self.encoder
    }

    /// How probable the entries are by their phrasings and a question's vector.
    pub(super) fn classed(
        &self,
        index: &Index,
        asked: &AskedOf,
        vector: &[f32],
    ) -> Option<Classed> {
        let again = || {
            let count = index.documents.len();
            let rows: Vec<f32> = (0..count).flat_map(|n| self.plain.row(n)).collect();
            Some(Vectors {
                width: self.width,
                values: self.contrast.apply(&rows),
            })
        };
        let classes = self.classes.as_ref()?;
        let seen = self.contrast.apply(vector);
        Some(index.classed(classes, asked, &seen, &again))
    }

    /// Compares a question's vector with everything that may answer.
    pub(super) fn look(
        &self,
        index: &Index,
        asked: &[f32],
        elsewhere: &std::collections::HashSet<u32>,
        without: Without,
    ) -> Look {
        let width = self.width.max(1);
        let seen = self.contrast.apply(asked);
        let (direction, less) = self.contrast.back(&seen);
        let (mut plain, mut apart) = self.plain.dots(asked, &direction);
        for (cosine, length) in apart.iter_mut().zip(&self.lengths) {
            *cosine = if *length > 0.0 {
                (*cosine - less) / length
            } else {
                0.0
            };
        }
        let middles = || {
            let sums = self.sums.chunks_exact(width);
            sums.map(|sum| cosine(&seen, sum)).collect()
        };
        let mut middle: Vec<f32> = Arch::new().dispatch(middles);
        if let Some((entry, phrasing)) = index.left_out(without) {
            let (from, to) = index.known[entry as usize].documents;
            let at = entry as usize * width;
            let mut sum = self.sums[at..at + width].to_vec();
            for number in from as usize..to as usize {
                if phrasing.is_none_or(|p| p.text == index.documents[number].text) {
                    (plain[number], apart[number]) = (-1.0, -1.0);
                    let vector = self.contrast.apply(&self.plain.row(number));
                    sum.iter_mut().zip(&vector).for_each(|(s, v)| *s -= v);
                }
            }
            middle[entry as usize] = cosine(&seen, &sum);
        }
        let told = dots(&seen, &self.passages, width);
        let told: Vec<f32> = self
            .begins
            .windows(2)
            .map(|w| {
                let own = &told[w[0] as usize..w[1] as usize];
                own.iter().copied().reduce(f32::max).unwrap_or(0.0)
            })
            .collect();
        Look::new(index, plain, &apart, middle, told, elsewhere)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn unit(mut vector: Vec<f32>) -> Vec<f32> {
        let length = dot(&vector, &vector).sqrt().max(1e-6);
        vector.iter_mut().for_each(|v| *v /= length);
        vector
    }

    proptest! {
        #[test]
        fn the_short_way_gives_what_the_long_one_gives(
            vectors in prop::collection::vec(prop::collection::vec(-1.0_f32..1.0, 12), 4..40),
            asked in prop::collection::vec(-1.0_f32..1.0, 12),
        ) {
            let (width, asked) = (12, unit(asked));
            let vectors: Vec<Vec<f32>> = vectors.into_iter().map(unit).collect();
            let owners: Vec<u32> = (0..vectors.len()).map(|n| n as u32 / 2).collect();
            let flat = vectors.concat();
            let contrast = Contrast::fit(&flat, width, &owners);
            let (apart, lengths) = contrast.apply_with_lengths(&flat);
            let seen = contrast.apply(&asked);
            let (direction, less) = contrast.back(&seen);
            let (ones, others) = Rows::new(&flat, width).dots(&asked, &direction);
            for at in 0..vectors.len() {
                let own = &apart[at * width..(at + 1) * width];
                prop_assert!((ones[at] - dot(&asked, &vectors[at])).abs() < 2e-3);
                let short = (others[at] - less) / lengths[at];
                prop_assert!((short - dot(&seen, own)).abs() < 5e-3, "{short}");
            }
        }
    }
}
