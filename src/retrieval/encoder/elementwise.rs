//! What happens between the matrices: layer norm, GELU, softmax.
//!
//! Plain loops without branches, compiled for the processor's vector
//! instructions by `pulp`; sums run in [`LANES`] parallel parts so that the
//! compiler may use them.

use pulp::Arch;

/// Parallel parts of a sum; a divisor of every width (see `config`).
const LANES: usize = 16;

/// Scale and shift of a layer norm.
pub(super) struct LayerNorm {
    pub weight: Vec<f32>,
    pub bias: Vec<f32>,
    pub epsilon: f32,
}

impl LayerNorm {
    /// Adds `residual` to the rows of `x` and normalises each row, in place.
    pub fn apply(&self, x: &mut [f32], residual: &[f32]) {
        Arch::new().dispatch(
            #[inline(always)]
            || {
                let width = self.weight.len();
                for (row, other) in x.chunks_exact_mut(width).zip(residual.chunks_exact(width)) {
                    for (value, other) in row.iter_mut().zip(other) {
                        *value += other;
                    }
                    self.normalise(row);
                }
            },
        );
    }

    #[inline(always)]
    fn normalise(&self, row: &mut [f32]) {
        let width = row.len() as f32;
        let mean = sum(
            row,
            #[inline(always)]
            |v| v,
        ) / width;
        let variance = sum(
            row,
            #[inline(always)]
            |v| (v - mean) * (v - mean),
        ) / width;
        let factor = 1.0 / (variance + self.epsilon).sqrt();
        for ((value, weight), bias) in row.iter_mut().zip(&self.weight).zip(&self.bias) {
            *value = (*value - mean) * factor * weight + bias;
        }
    }
}

/// `x Φ(x)`, the GELU of BERT, in place.
pub(super) fn gelu(x: &mut [f32]) {
    Arch::new().dispatch(
        #[inline(always)]
        || {
            for value in x {
                *value = 0.5 * *value * (1.0 + erf(*value * std::f32::consts::FRAC_1_SQRT_2));
            }
        },
    );
}

/// Makes of scores, after multiplying by `scale`, weights that sum to one.
#[inline(always)]
pub(super) fn softmax(scores: &mut [f32], scale: f32) {
    let greatest = scores
        .iter()
        .fold(f32::NEG_INFINITY, |most, v| most.max(*v));
    for score in scores.iter_mut() {
        *score = exp((*score - greatest) * scale);
    }
    let total: f32 = scores.iter().sum();
    for score in scores {
        *score /= total;
    }
}

#[inline(always)]
fn sum(row: &[f32], term: impl Fn(f32) -> f32) -> f32 {
    let mut parts = [0.0; LANES];
    for chunk in row.as_chunks::<LANES>().0 {
        for (part, value) in parts.iter_mut().zip(chunk) {
            *part += term(*value);
        }
    }
    parts.iter().sum()
}

/// Error function to 2e-7 (Abramowitz and Stegun, 7.1.26).
#[inline(always)]
fn erf(x: f32) -> f32 {
    let magnitude = x.abs();
    let t = 1.0 / (1.0 + 0.327_591_1 * magnitude);
    let polynomial = ((((1.061_405_4 * t - 1.453_152_1) * t + 1.421_413_8) * t - 0.284_496_74) * t
        + 0.254_829_6)
        * t;
    (1.0 - polynomial * exp(-magnitude * magnitude)).copysign(x)
}

/// `e^x` to 2e-7 of itself, for x up to 88; 0 is 1e-38 here.
///
/// Powers of two go into the exponent bits, the rest of at most half a power
/// into a Taylor polynomial.
#[inline(always)]
fn exp(x: f32) -> f32 {
    /// 1.5 * 2²³: adding it leaves the nearest integer in the low bits.
    const ROUNDS: f32 = 12_582_912.0;
    let x = x.clamp(-87.0, 88.0);
    let shifted = x * std::f32::consts::LOG2_E + ROUNDS;
    let power = shifted - ROUNDS;
    // ln 2 in two parts, the first of so few bits that its product is exact.
    let rest = x - power * 0.693_359_4 + power * 2.121_944_4e-4;
    let series = 1.0
        + rest
            * (1.0
                + rest
                    * (0.5
                        + rest
                            * (1.0 / 6.0
                                + rest * (1.0 / 24.0 + rest * (1.0 / 120.0 + rest / 720.0)))));
    let power = f32::from_bits((shifted.to_bits() << 23).wrapping_add(1f32.to_bits()));
    series * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_is_close() {
        for i in -860..880 {
            let x = i as f32 / 10.0;
            let expected = f64::from(x).exp();
            let relative = (f64::from(exp(x)) - expected).abs() / expected;
            assert!(relative < 5e-7, "exp({x}): off by {relative}");
        }
        assert_eq!(exp(0.0), 1.0);
        assert!(exp(-1e9) < 1e-37);
    }

    #[test]
    fn gelu_has_its_known_values() {
        let mut x = [-8.0, -1.0, 0.0, 0.5, 1.0, 3.0, 8.0];
        gelu(&mut x);
        let expected = [0.0, -0.158_655, 0.0, 0.345_731, 0.841_345, 2.995_95, 8.0];
        for (got, wanted) in x.iter().zip(expected) {
            assert!((got - wanted).abs() < 2e-6, "{got} is not {wanted}");
        }
    }

    #[test]
    fn softmax_sums_to_one_even_of_great_scores() {
        let mut scores = [1000.0, 999.0, -1000.0];
        softmax(&mut scores, 1.0);
        assert!((scores.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!((scores[0] / scores[1] - std::f32::consts::E).abs() < 1e-4);
    }

    #[test]
    fn layer_norm_centres_and_scales() {
        let norm = LayerNorm {
            weight: vec![2.0; 32],
            bias: vec![1.0; 32],
            epsilon: 1e-12,
        };
        let mut row: Vec<f32> = (0..32).map(|i| i as f32).collect();
        norm.apply(&mut row, &[5.0; 32]);
        let mean = row.iter().sum::<f32>() / 32.0;
        let variance = row.iter().map(|v| (v - mean).powi(2)).sum::<f32>() / 32.0;
        assert!((mean - 1.0).abs() < 1e-5 && (variance - 4.0).abs() < 1e-3);
    }
}
