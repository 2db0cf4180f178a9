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
        let outputs = bias.len();
        let lanes = Arch::new().dispatch(Lanes);
        let mut words = vec![0; inputs * outputs / 2];
        let mut scales = vec![0.0; outputs];
        for (output, row) in weight.chunks_exact(inputs).enumerate() {
            let greatest = row.iter().fold(0f32, |most, w| most.max(w.abs()));
            scales[output] = greatest / GREATEST;
            let factor = match greatest > 0.0 {
                true => GREATEST / greatest,
                false => 0.0,
            };
            let (panel, place) = (output / (2 * lanes), output % (2 * lanes));
            let shift = if place < lanes { 0 } else { 16 };
            let panel = &mut words[panel * lanes * inputs..][..lanes * inputs];
            for (word, w) in panel[place % lanes..].iter_mut().step_by(lanes).zip(row) {
                // In 1..=65535, so that the cast only cuts what is no integer.
                let stored = (w * factor + OFFSET).round_ties_even() as u32;
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
        let rows = x.len() / self.inputs;
        y.clear();
        y.resize(rows * self.outputs, 0.0);
        packed.clear();
        packed.resize(x.len(), 0.0);
        let product = Product {
            layer: self,
            rows,
            x,
            packed,
            y,
        };
        Arch::new().dispatch(product);
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
        // Rows are shared out evenly: 16 as 6, 5, 5, not as 6, 6, 4.
        let blocks = self.rows.div_ceil(ROWS);
        let height = |block: usize| self.rows / blocks + usize::from(block < self.rows % blocks);
        let starts = |block: usize| self.rows / blocks * block + block.min(self.rows % blocks);
        for block in 0..blocks {
            let (start, height) = (starts(block), height(block));
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
            let panel = Panel {
                words: &words[first / 2 * inputs..][..width / 2 * inputs],
                scales: &scales[first..][..width],
                bias: &bias[first..][..width],
            };
            for block in 0..blocks {
                let (start, height) = (starts(block), height(block));
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

/// The weights of as many outputs as two registers hold.
struct Panel<'a> {
    words: &'a [u32],
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
        for (column, word) in x.as_chunks::<N>().0.iter().zip(words) {
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
