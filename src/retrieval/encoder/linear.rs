//! A fully connected layer, packed for short inputs.
//!
//! A question has some sixteen tokens, so a layer reads a large matrix for few
//! rows: what counts is how the weights lie in memory. They are packed once,
//! when the model is loaded, in panels as wide as two vector registers, and
//! kept as 16-bit integers with one scale an output: half the memory and half
//! the traffic of `f32`, with an error of 2⁻¹⁶ of the largest weight of the
//! output, less than that of the `f16` they come from. The products are
//! summed in `f32`.

use pulp::{Arch, Simd, WithSimd};
use std::ops::Range;

/// Rows of input that share one pass over a panel: six times two registers of
/// sums, two of weights and one of input fit the sixteen of AVX2.
const ROWS: usize = 6;

/// Middle of the 16-bit range: what is added so that weights are not negative.
const OFFSET: f32 = 32768.0;

/// Greatest magnitude of a stored weight.
const GREATEST: f32 = 32767.0;

/// `f32` bits of 2²³. A 16-bit integer put into their low half is that many
/// above 2²³, so one subtraction makes it a float.
const TWO_TO_23: u32 = 0x4b00_0000;

/// `y = x Wᵀ + b` for `x` of any number of rows.
pub(super) struct Linear {
    inputs: usize,
    outputs: usize,
    /// For each panel of outputs, for each input, one word for two outputs.
    words: Vec<u32>,
    /// One an output: what a stored weight of 1 stands for.
    scales: Vec<f32>,
    bias: Vec<f32>,
}

impl Linear {
    /// Packs `weight`, of `bias.len()` rows of `inputs` values each. The
    /// number of rows must be a multiple of 32 (see `config`).
    pub fn pack(weight: &[f32], bias: Vec<f32>, inputs: usize) -> Self {
        Self::pack_for(Arch::new().dispatch(Lanes), weight, bias, inputs)
    }

    /// Packs for registers of `lanes` values.
    fn pack_for(lanes: usize, weight: &[f32], bias: Vec<f32>, inputs: usize) -> Self {
        let outputs = bias.len();
        let mut words = vec![0; inputs * outputs / 2];
        let mut scales = vec![0.0; outputs];
        for (output, row) in weight.chunks_exact(inputs).enumerate() {
            let greatest = row.iter().fold(0f32, |most, w| most.max(w.abs()));
            scales[output] = greatest / GREATEST;
            // Of a row of zeros, and of values too small to divide by, nothing
            // is left.
            let factor = GREATEST / greatest;
            let factor = if factor.is_finite() { factor } else { 0.0 };
            let (panel, place) = (output / (2 * lanes), output % (2 * lanes));
            let shift = if place < lanes { 0 } else { 16 };
            let panel = &mut words[panel * lanes * inputs..][..lanes * inputs];
            for (word, w) in panel[place % lanes..].iter_mut().step_by(lanes).zip(row) {
                // Not negative, so the cast rounds half up.
                let stored = (w * factor + OFFSET + 0.5) as u32;
                *word |= stored << shift;
            }
        }
        Self {
            inputs,
            outputs,
            words,
            scales,
            bias,
        }
    }

    /// Writes `x Wᵀ + b` to `y`; `x` holds whole rows. `packed` is room for a
    /// copy of `x`. A row's result does not depend on the rows around it.
    pub fn apply(&self, x: &[f32], packed: &mut Vec<f32>, y: &mut Vec<f32>) {
        Arch::new().dispatch(self.product(x, packed, y));
    }

    fn product<'a>(
        &'a self,
        x: &'a [f32],
        packed: &'a mut Vec<f32>,
        y: &'a mut Vec<f32>,
    ) -> Product<'a> {
        let rows = x.len() / self.inputs;
        packed.clear();
        packed.resize(x.len(), 0.0);
        y.clear();
        y.resize(rows * self.outputs, 0.0);
        Product {
            layer: self,
            rows,
            x,
            packed,
            y,
        }
    }
}

/// How many `f32` a vector register has here.
struct Lanes;

impl WithSimd for Lanes {
    type Output = usize;

    fn with_simd<S: Simd>(self, _: S) -> usize {
        S::F32_LANES
    }
}

struct Product<'a> {
    layer: &'a Linear,
    rows: usize,
    x: &'a [f32],
    packed: &'a mut [f32],
    y: &'a mut [f32],
}

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Linear {
            inputs,
            outputs,
            ref words,
            ref scales,
            ref bias,
        } = *self.layer;
        let width = 2 * S::F32_LANES;
        for Range { start, end } in blocks(self.rows) {
            let height = end - start;
            let rows = &self.x[start * inputs..][..height * inputs];
            let columns = &mut self.packed[start * inputs..][..height * inputs];
            for (at, row) in rows.chunks_exact(inputs).enumerate() {
                for (column, value) in columns.chunks_exact_mut(height).zip(row) {
                    column[at] = *value;
                }
            }
        }
        for panel in 0..outputs / width {
            let first = panel * width;
            let next = (first + width).min(outputs - width);
            let panel = Panel {
                words: &words[first / 2 * inputs..][..width / 2 * inputs],
                next: &words[next / 2 * inputs..][..width / 2 * inputs],
                scales: &scales[first..][..width],
                bias: &bias[first..][..width],
            };
            for Range { start, end } in blocks(self.rows) {
                let height = end - start;
                let x = &self.packed[start * inputs..][..height * inputs];
                let y = &mut self.y[start * outputs + first..];
                match height {
                    6 => panel.multiply::<S, 6>(simd, x, y, outputs),
                    5 => panel.multiply::<S, 5>(simd, x, y, outputs),
                    4 => panel.multiply::<S, 4>(simd, x, y, outputs),
                    3 => panel.multiply::<S, 3>(simd, x, y, outputs),
                    2 => panel.multiply::<S, 2>(simd, x, y, outputs),
                    _ => panel.multiply::<S, 1>(simd, x, y, outputs),
                }
            }
        }
    }
}

/// Cuts rows into blocks of nearly the same height, [`ROWS`] at most: 16 into
/// 5, 5 and 6, not into 6, 6 and 4.
#[inline(always)]
fn blocks(rows: usize) -> impl Iterator<Item = Range<usize>> {
    let count = rows.div_ceil(ROWS);
    (0..count).map(move |block| rows * block / count..rows * (block + 1) / count)
}

/// The weights of as many outputs as two registers hold.
struct Panel<'a> {
    words: &'a [u32],
    /// Those of the next panel, fetched from memory meanwhile.
    next: &'a [u32],
    scales: &'a [f32],
    bias: &'a [f32],
}

impl Panel<'_> {
    /// `x` holds `N` rows, column by column; row `i` of the result goes to
    /// `y[i * stride..]`.
    #[inline(always)]
    fn multiply<S: Simd, const N: usize>(&self, simd: S, x: &[f32], y: &mut [f32], stride: usize) {
        let low = simd.splat_u32s(0xffff);
        let sixteen = simd.splat_u32s(16);
        let exponent = simd.splat_u32s(TWO_TO_23);
        let zero = simd.splat_f32s(f32::from_bits(TWO_TO_23) + OFFSET);
        let float =
            |word| simd.sub_f32s(simd.transmute_f32s_u32s(simd.or_u32s(word, exponent)), zero);
        let mut sums = [[simd.splat_f32s(0.0); 2]; N];
        let words = S::as_simd_u32s(self.words).0;
        let next = S::as_simd_u32s(self.next).0;
        for ((column, word), next) in x.as_chunks::<N>().0.iter().zip(words).zip(next) {
            prefetch(next);
            let weights = [
                float(simd.and_u32s(*word, low)),
                float(simd.wrapping_dyn_shr_u32s(*word, sixteen)),
            ];
            for (sums, value) in sums.iter_mut().zip(column) {
                let value = simd.splat_f32s(*value);
                sums[0] = simd.mul_add_e_f32s(value, weights[0], sums[0]);
                sums[1] = simd.mul_add_e_f32s(value, weights[1], sums[1]);
            }
        }
        let scales = S::as_simd_f32s(self.scales).0;
        let bias = S::as_simd_f32s(self.bias).0;
        for (row, sums) in y.chunks_mut(stride).zip(&sums) {
            let row = S::as_mut_simd_f32s(&mut row[..2 * S::F32_LANES]).0;
            for half in 0..2 {
                row[half] = simd.mul_add_e_f32s(sums[half], scales[half], bias[half]);
            }
        }
    }
}

/// Asks for the memory around `value` without waiting for it. Of few rows a
/// product takes no longer than reading its weights, and the processor's own
/// prefetching stops at every page: this saves a tenth of the time.
#[inline(always)]
fn prefetch<T>(value: &T) {
    #[cfg(target_arch = "x86_64")]
    if let Some(sse) = pulp::core_arch::x86::Sse::try_new() {
        const INTO_L2: i32 = std::arch::x86_64::_MM_HINT_T1;
        sse._mm_prefetch::<INTO_L2>(std::ptr::from_ref(value).cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = value;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that repeat only after long, in -1..1.
    fn noise(count: usize) -> Vec<f32> {
        let mut state = 1u32;
        let next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / 8_388_608.0 - 1.0
        };
        std::iter::repeat_with(next).take(count).collect()
    }

    /// Checks a layer against plain sums, for all heights of blocks.
    fn check(lanes: usize, run: impl Fn(Product<'_>)) {
        let (inputs, outputs) = (96, 64);
        let mut weight = noise(inputs * outputs);
        weight[..inputs].fill(0.0);
        let bias = noise(outputs);
        let layer = Linear::pack_for(lanes, &weight, bias.clone(), inputs);
        let (mut packed, mut y) = (Vec::new(), Vec::new());
        for rows in 0..20 {
            let x = noise(rows * inputs);
            run(layer.product(&x, &mut packed, &mut y));
            assert_eq!(y.len(), rows * outputs);
            for (x, y) in x.chunks(inputs).zip(y.chunks(outputs)) {
                for ((weight, bias), got) in weight.chunks(inputs).zip(&bias).zip(y) {
                    let sum: f32 = weight.iter().zip(x).map(|(w, x)| w * x).sum();
                    assert!((got - sum - bias).abs() < 1e-3, "{got}, not {}", sum + bias);
                }
            }
        }
    }

    #[test]
    fn products_are_those_of_the_plain_sums() {
        let arch = Arch::new();
        check(arch.dispatch(Lanes), |product| arch.dispatch(product));
    }

    #[test]
    fn so_they_are_without_vector_instructions() {
        check(1, |product| pulp::Scalar.vectorize(product));
    }

    #[test]
    fn a_row_does_not_depend_on_its_company() {
        let (inputs, outputs) = (64, 32);
        let layer = Linear::pack(&noise(inputs * outputs), vec![0.1; outputs], inputs);
        let (mut packed, mut alone, mut together) = (Vec::new(), Vec::new(), Vec::new());
        let x = noise(17 * inputs);
        layer.apply(&x, &mut packed, &mut together);
        for (row, together) in x.chunks(inputs).zip(together.chunks(outputs)) {
            layer.apply(row, &mut packed, &mut alone);
            assert_eq!(alone, together);
        }
    }
}
