//! Fits a table to its teacher.
//!
//! Ridge regression: rows W so that X W is near Y, where X counts the runs of
//! each text and Y holds the teacher's vectors; solved by conjugate gradients
//! on the normal equations, which needs only products with the sparse X.

use super::{DIMENSIONS, Table, content, counted, table_fingerprint};
use crate::text::gram::Gram;
use rustc_hash::FxHashMap;

/// Common words for the teacher to be asked about, one a line: the twenty
/// thousand most frequent ones, without names, of jieba's dictionary (MIT).
pub const TEACHER_WORDS: &str = include_str!("../../../models/words.txt");

/// How strongly rows are held near zero.
const RIDGE: f32 = 0.3;
/// Steps of conjugate gradients; more change the fourth decimal.
const STEPS: usize = 40;

/// The texts as counts of runs, a row each, of unit length.
struct Sparse {
    /// Where each row begins in `entries`; one more for the end.
    begins: Vec<usize>,
    entries: Vec<(u32, f32)>,
    columns: usize,
}

/// A dense matrix of [`DIMENSIONS`] columns, row by row.
type Dense = Vec<f32>;

fn add_scaled(to: &mut [f32], from: &[f32], scale: f32) {
    for (t, f) in to.iter_mut().zip(from) {
        *t += f * scale;
    }
}

fn row(matrix: &[f32], at: usize) -> &[f32] {
    &matrix[at * DIMENSIONS..(at + 1) * DIMENSIONS]
}

impl Sparse {
    fn rows(&self) -> impl Iterator<Item = &[(u32, f32)]> {
        self.begins.windows(2).map(|w| &self.entries[w[0]..w[1]])
    }

    /// X W.
    fn times(&self, matrix: &[f32]) -> Dense {
        let mut product = vec![0.0; (self.begins.len() - 1) * DIMENSIONS];
        for (entries, out) in self.rows().zip(product.chunks_exact_mut(DIMENSIONS)) {
            for (column, value) in entries {
                add_scaled(out, row(matrix, *column as usize), *value);
            }
        }
        product
    }

    /// X' Y.
    fn transposed_times(&self, matrix: &[f32]) -> Dense {
        let mut product = vec![0.0; self.columns * DIMENSIONS];
        for (entries, from) in self.rows().zip(matrix.chunks_exact(DIMENSIONS)) {
            for (column, value) in entries {
                let at = *column as usize * DIMENSIONS;
                add_scaled(&mut product[at..at + DIMENSIONS], from, *value);
            }
        }
        product
    }
}

/// Sums of products, column by column.
fn dots(a: &[f32], b: &[f32]) -> [f32; DIMENSIONS] {
    let mut sums = [0.0; DIMENSIONS];
    for (x, y) in a.chunks_exact(DIMENSIONS).zip(b.chunks_exact(DIMENSIONS)) {
        for column in 0..DIMENSIONS {
            sums[column] += x[column] * y[column];
        }
    }
    sums
}

/// `to` += `from` with each column scaled.
fn add_columns(to: &mut [f32], from: &[f32], scales: &[f32; DIMENSIONS]) {
    for (t, f) in to
        .chunks_exact_mut(DIMENSIONS)
        .zip(from.chunks_exact(DIMENSIONS))
    {
        for column in 0..DIMENSIONS {
            t[column] += f[column] * scales[column];
        }
    }
}

/// Solves (X'X + ridge) W = X'Y, each column on its own.
fn solve(x: &Sparse, y: &[f32]) -> Dense {
    let mut w = vec![0.0; x.columns * DIMENSIONS];
    let mut residual = x.transposed_times(y);
    let mut direction = residual.clone();
    let mut square = dots(&residual, &residual);
    for _ in 0..STEPS {
        let mut image = x.transposed_times(&x.times(&direction));
        add_scaled(&mut image, &direction, RIDGE);
        let curvature = dots(&direction, &image);
        let divided = |a: &[f32; DIMENSIONS], b: &[f32; DIMENSIONS]| -> [f32; DIMENSIONS] {
            std::array::from_fn(|c| if b[c] > 0.0 { a[c] / b[c] } else { 0.0 })
        };
        let step = divided(&square, &curvature);
        add_columns(&mut w, &direction, &step);
        add_columns(&mut residual, &image, &step.map(|s| -s));
        let next = dots(&residual, &residual);
        let keep = divided(&next, &square);
        for row in direction.chunks_exact_mut(DIMENSIONS) {
            for column in 0..DIMENSIONS {
                row[column] *= keep[column];
            }
        }
        add_scaled(&mut direction, &residual, 1.0);
        square = next;
    }
    w
}

/// A table that gives words and phrasings nearly these vectors of
/// [`DIMENSIONS`] numbers, those of the words first. `teacher` is the
/// fingerprint of the encoder that they come from.
///
/// A run that only one text has is left out, unless it is a single character:
/// it would learn that text by heart.
pub fn fit_table(
    teacher: &str,
    words: &[String],
    phrasings: &[String],
    vectors: &[Vec<f32>],
) -> Table {
    let texts = || words.iter().chain(phrasings);
    let counts: Vec<Vec<(Gram, f32)>> = texts().map(|t| counted(t)).collect();
    let mut found: FxHashMap<Gram, u32> = FxHashMap::default();
    for (gram, _) in counts.iter().flatten() {
        *found.entry(*gram).or_default() += 1;
    }
    let mut grams: Vec<Gram> = found
        .iter()
        .filter(|(gram, count)| **count > 1 || **gram < (1 << 21))
        .map(|(gram, _)| *gram)
        .collect();
    grams.sort_unstable();
    let numbers: FxHashMap<Gram, u32> = grams.iter().copied().zip(0u32..).collect();
    #[expect(clippy::cast_precision_loss, reason = "counts of texts")]
    let idf: Vec<f32> = grams
        .iter()
        .map(|gram| (1.0 + counts.len() as f32 / (1.0 + found[gram] as f32)).ln())
        .collect();
    let mut x = Sparse {
        begins: vec![0],
        entries: Vec::new(),
        columns: grams.len(),
    };
    for counts in &counts {
        let known = counts.iter().filter_map(|(gram, weight)| {
            let number = *numbers.get(gram)?;
            Some((number, weight * idf[number as usize]))
        });
        let mut entries: Vec<(u32, f32)> = known.collect();
        let length = entries
            .iter()
            .map(|(_, v)| v * v)
            .sum::<f32>()
            .sqrt()
            .max(1e-6);
        entries.iter_mut().for_each(|(_, v)| *v /= length);
        x.entries.extend(entries);
        x.begins.push(x.entries.len());
    }
    let w = solve(&x, &vectors.concat());
    let mut table = Table::quantised(numbers, &w, &idf);
    table.fingerprint = table_fingerprint(teacher);
    table.content = content(phrasings);
    table
}

impl Table {
    /// Each row in eight bits and a scale; idf is multiplied in.
    fn quantised(numbers: FxHashMap<Gram, u32>, w: &[f32], idf: &[f32]) -> Self {
        let mut rows = Vec::with_capacity(w.len());
        let mut scales = Vec::with_capacity(idf.len());
        for (row, idf) in w.chunks_exact(DIMENSIONS).zip(idf) {
            let greatest = row.iter().fold(0.0_f32, |most, v| most.max(v.abs()));
            let scale = (greatest / 127.0).max(f32::MIN_POSITIVE);
            #[expect(clippy::cast_possible_truncation, reason = "at most 127")]
            rows.extend(row.iter().map(|v| (v / scale).round() as i8));
            scales.push(scale * idf);
        }
        Self {
            content: String::new(),
            fingerprint: String::new(),
            numbers,
            rows,
            scales,
        }
    }
}
