//! The meaning of every phrasing of an edition, to compare questions with.

use super::contrast::Contrast;
use super::encoder::Encoder;
use super::index::Index;
use super::look::Look;
use super::search::Without;
use pulp::Arch;
use std::sync::Arc;

/// The vectors of all phrasings of an edition by one encoder.
pub(super) struct Meanings {
    encoder: Arc<dyn Encoder>,
    width: usize,
    /// As the encoder sees them, one after the other, in the order of the
    /// phrasings.
    plain: Vec<f32>,
    /// The same, seen so that entries are told apart.
    apart: Vec<f32>,
    /// The sum of each entry's phrasings in `apart`.
    sums: Vec<f32>,
    /// The answers' passages, seen so; and where each entry's begin, with the end.
    passages: Vec<f32>,
    begins: Vec<u32>,
    contrast: Contrast,
}

#[inline(always)]
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
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

/// The products of one vector with many of `width`, which stand one after the
/// other. The machine's widest registers do the same sums in the same order.
fn dots(one: &[f32], many: &[f32], width: usize) -> Vec<f32> {
    Arch::new().dispatch(|| many.chunks_exact(width).map(|v| dot(one, v)).collect())
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
        let apart = contrast.apply(&plain);
        let mut sums = vec![0.0; index.known.len() * width];
        for (vector, owner) in apart.chunks_exact(width.max(1)).zip(&owners) {
            let at = *owner as usize * width;
            for (sum, value) in sums[at..at + width].iter_mut().zip(vector) {
                *sum += value;
            }
        }
        Some(Self {
            passages: contrast.apply(&passages.concat()),
            encoder,
            width,
            plain,
            apart,
            sums,
            begins,
            contrast,
        })
    }

    /// The encoder that made them.
    pub(super) fn encoder(&self) -> &Arc<dyn Encoder> {
        &self.encoder
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
        let mut plain = dots(asked, &self.plain, width);
        let mut apart = dots(&seen, &self.apart, width);
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
                    let vector = &self.apart[number * width..(number + 1) * width];
                    sum.iter_mut().zip(vector).for_each(|(s, v)| *s -= v);
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
