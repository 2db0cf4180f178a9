//! How near two vectors are.

/// Cosine of the angle between two unit vectors, as encoders make them.
pub fn cosine(a: &[f32], b: &[f32]) -> f32 {
    dot(a, b)
}

/// Dot product; values beyond the end of the shorter one do not count.
///
/// Summed in parallel parts so that the compiler can use vector instructions.
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut parts = [0f32; 16];
    let (a, a_rest) = a.as_chunks::<16>();
    let (b, b_rest) = b.as_chunks::<16>();
    for (a, b) in a.iter().zip(b) {
        for ((part, a), b) in parts.iter_mut().zip(a).zip(b) {
            *part += a * b;
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum();
    parts.iter().sum::<f32>() + rest
}
