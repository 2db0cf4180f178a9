//! Scaled dot-product attention within each text.

use super::elementwise::softmax;
use pulp::Arch;

/// The shape of a layer's attention.
pub(super) struct Attention {
    /// Values of a token's query, key or value.
    pub width: usize,
    /// Parts these are divided into.
    pub heads: usize,
}

impl Attention {
    /// Writes to `context`, a row of `width` a token, what each token takes
    /// from the tokens of its text. A row of `projected` is a token's query,
    /// key and value; `lengths` says how many rows each text has.
    pub fn apply(&self, projected: &[f32], lengths: &[usize], context: &mut [f32]) {
        Arch::new().dispatch(
            #[inline(always)]
            || {
                let (mut keys, mut scores) = (Vec::new(), Vec::new());
                let mut first = 0;
                for length in lengths.iter().filter(|length| **length > 0) {
                    let rows = first..first + length;
                    let projected =
                        &projected[rows.start * 3 * self.width..][..length * 3 * self.width];
                    let context = &mut context[rows.start * self.width..][..length * self.width];
                    for head in 0..self.heads {
                        self.head(head, projected, context, &mut keys, &mut scores);
                    }
                    first = rows.end;
                }
            },
        );
    }

    /// One head of one text. Every inner loop runs along memory: over the
    /// tokens for the scores (hence the transposed keys), over the head's
    /// values for the sum.
    #[inline(always)]
    fn head(
        &self,
        head: usize,
        projected: &[f32],
        context: &mut [f32],
        keys: &mut Vec<f32>,
        scores: &mut Vec<f32>,
    ) {
        let depth = self.width / self.heads;
        let stride = 3 * self.width;
        let length = projected.len() / stride;
        let [queries_at, keys_at, values_at] =
            [0, 1, 2].map(|part| part * self.width + head * depth);
        keys.clear();
        keys.resize(depth * length, 0.0);
        for (token, row) in projected.chunks_exact(stride).enumerate() {
            for (line, key) in keys.chunks_exact_mut(length).zip(&row[keys_at..][..depth]) {
                line[token] = *key;
            }
        }
        let scale = 1.0 / (depth as f32).sqrt();
        let out = context.chunks_exact_mut(self.width);
        for (query, out) in projected.chunks_exact(stride).zip(out) {
            scores.clear();
            scores.resize(length, 0.0);
            for (query, line) in query[queries_at..][..depth]
                .iter()
                .zip(keys.chunks_exact(length))
            {
                for (score, key) in scores.iter_mut().zip(line) {
                    *score += query * key;
                }
            }
            softmax(scores, scale);
            let out = &mut out[head * depth..][..depth];
            out.fill(0.0);
            for (weight, row) in scores.iter().zip(projected.chunks_exact(stride)) {
                for (sum, value) in out.iter_mut().zip(&row[values_at..][..depth]) {
                    *sum += weight * value;
                }
            }
        }
    }
}
