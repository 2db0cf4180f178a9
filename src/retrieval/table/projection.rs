//! The teacher's vectors in fewer dimensions.

use super::{DIMENSIONS, normalise};
use nalgebra::{DMatrix, SymmetricEigen};

/// Subtracts the teacher's mean and keeps the directions in which its vectors
/// differ most (principal components).
///
/// A sentence encoder's vectors all point about the same way: without the mean
/// subtracted, everything is near everything.
pub struct Projection {
    mean: Vec<f32>,
    /// [`DIMENSIONS`] directions, one after the other.
    directions: Vec<f32>,
}

impl Projection {
    /// Finds mean and directions in many vectors of one length. With fewer
    /// dimensions than [`DIMENSIONS`], the rest stays zero.
    pub fn new(vectors: &[Vec<f32>]) -> Self {
        let width = vectors.first().map_or(0, Vec::len);
        #[expect(clippy::cast_precision_loss, reason = "tens of thousands of words")]
        let count = vectors.len().max(1) as f32;
        let mut mean = vec![0.0_f32; width];
        for vector in vectors {
            for (sum, value) in mean.iter_mut().zip(vector) {
                *sum += value / count;
            }
        }
        let centred: Vec<f32> = vectors
            .iter()
            .flat_map(|v| v.iter().zip(&mean).map(|(x, m)| x - m))
            .collect();
        let rows = DMatrix::from_row_slice(vectors.len(), width, &centred);
        let covariance = rows.tr_mul(&rows) / count;
        let eigen = SymmetricEigen::new(covariance);
        let mut order: Vec<usize> = (0..width).collect();
        order.sort_by(|a, b| eigen.eigenvalues[*b].total_cmp(&eigen.eigenvalues[*a]));
        let mut directions = vec![0.0; DIMENSIONS * width];
        for (to, from) in order.into_iter().take(DIMENSIONS).enumerate() {
            let column = eigen.eigenvectors.column(from);
            // A direction and its opposite are the same: the larger side is
            // made positive, so that the result does not depend on the solver.
            let sum: f32 = column.iter().sum();
            let sign = if sum < 0.0 { -1.0 } else { 1.0 };
            for (slot, value) in directions[to * width..].iter_mut().zip(column.iter()) {
                *slot = value * sign;
            }
        }
        Self { mean, directions }
    }

    /// A vector of the teacher in [`DIMENSIONS`] numbers, of unit length.
    pub fn project(&self, vector: &[f32]) -> Vec<f32> {
        let centred: Vec<f32> = vector.iter().zip(&self.mean).map(|(v, m)| v - m).collect();
        let width = self.mean.len().max(1);
        let along = |direction: &[f32]| direction.iter().zip(&centred).map(|(d, c)| d * c).sum();
        let mut projected: Vec<f32> = self.directions.chunks_exact(width).map(along).collect();
        normalise(&mut projected);
        projected
    }
}
