//! Wilson's score interval.

/// The 95% interval of a share of `hits` in `total`, 0 to 1 each; nothing for
/// no trials. Formula: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927), z = 1.96.
pub fn wilson(hits: u32, total: u32) -> Option<(f64, f64)> {
    if total == 0 {
        return None;
    }
    let (n, p, z) = (
        f64::from(total),
        f64::from(hits) / f64::from(total),
        1.959_964_f64,
    );
    let z2 = z * z;
    let centre = p + z2 / (2.0 * n);
    let spread = z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z2 / n;
    Some((
        ((centre - spread) / scale).max(0.0),
        ((centre + spread) / scale).min(1.0),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        // Values computed by the closed formula with exact arithmetic.
        for (hits, total, low, high) in [
            (98, 100, 0.9300, 0.9945),
            (0, 10, 0.0, 0.2775),
            (10, 10, 0.7225, 1.0),
            (1, 2, 0.0945, 0.9055),
        ] {
            let (l, h) = wilson(hits, total).unwrap();
            assert!(
                (l - low).abs() < 5e-4 && (h - high).abs() < 5e-4,
                "{hits}/{total}: {l} {h}"
            );
        }
        assert_eq!(wilson(0, 0), None);
    }
}
