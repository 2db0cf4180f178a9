//! The filters through which Whisper hears: triangles over the spectrum, as wide
//! as Slaney's scale makes them and of equal area.
//!
//! OpenAI's came out of librosa, and a model file has them value for value: so
//! the order of the roundings is librosa's too.

/// Samples a second of what is heard.
const RATE: f64 = 16_000.0;

/// Samples in a window of the spectrum.
const WINDOW: usize = 400;

/// Frequencies of the spectrum: values in a filter.
pub(super) const BINS: usize = WINDOW / 2 + 1;

/// Hertz in a mel, as far as the scale is straight.
const STRAIGHT: f64 = 200.0 / 3.0;

/// Where it begins to bend, in hertz.
const BEND: f64 = 1000.0;

/// So many filters, one after another.
pub(super) fn filters(count: usize) -> Vec<f32> {
    // A filter begins where its neighbour before it is highest, and ends where the
    // one after it is.
    let highest = mel(RATE / 2.0);
    let step = highest / (count + 1) as f64;
    let edges: Vec<f64> = (0..count + 2)
        .map(|at| {
            hertz(if at == count + 1 {
                highest
            } else {
                at as f64 * step
            })
        })
        .collect();
    let bin = RATE / WINDOW as f64;
    let mut values = Vec::with_capacity(count * BINS);
    for edges in edges.windows(3) {
        let &[begin, top, end] = edges else { continue };
        let height = 2.0 / (end - begin);
        for at in 0..BINS {
            let frequency = at as f64 * bin;
            let rising = (frequency - begin) / (top - begin);
            let falling = (end - frequency) / (end - top);
            // Rounded before it is made as high as it is, and after.
            let value = rising.min(falling).max(0.0) as f32;
            values.push((f64::from(value) * height) as f32);
        }
    }
    values
}

/// 27 steps of the bent part make a frequency 6.4 times as high.
fn bent() -> f64 {
    6.4f64.ln() / 27.0
}

fn mel(hertz: f64) -> f64 {
    if hertz < BEND {
        hertz / STRAIGHT
    } else {
        BEND / STRAIGHT + (hertz / BEND).ln() / bent()
    }
}

fn hertz(mel: f64) -> f64 {
    let at_bend = BEND / STRAIGHT;
    if mel < at_bend {
        mel * STRAIGHT
    } else {
        BEND * (bent() * (mel - at_bend)).exp()
    }
}

#[cfg(test)]
mod tests {
    use super::super::digest;
    use super::*;
    use sha2::{Digest, Sha256};

    #[test]
    fn filters_are_triangles_that_follow_one_another() {
        let values = filters(80);
        assert_eq!(values.len(), 80 * BINS);
        let mut last = 0;
        for (nth, row) in values.chunks(BINS).enumerate() {
            assert!(row.iter().all(|value| *value >= 0.0));
            let top = (0..BINS)
                .max_by(|a, b| row[*a].total_cmp(&row[*b]))
                .unwrap();
            assert!(top >= last && row[top] > 0.0, "{nth}");
            last = top;
            // Up, and down again.
            assert!(row[..=top].is_sorted() && row[top..].is_sorted_by(|a, b| a >= b));
        }
        // The first begin at 0 Hz and the last end at 8,000.
        assert_eq!((values[0], *values.last().unwrap()), (0.0, 0.0));
    }

    #[test]
    fn they_are_openais_to_the_last_bit() {
        let mut digest = Sha256::new();
        for value in filters(80) {
            digest.update(value.to_le_bytes());
        }
        // Of those in the official files.
        let official = "85818f156f7e189453901a515e4726d270d307f976e161cf9403e8caab405498";
        assert_eq!(digest::hex(digest), official);
    }

    #[test]
    fn the_scale_is_straight_up_to_1000_hertz() {
        assert_eq!((mel(0.0), hertz(0.0)), (0.0, 0.0));
        assert!((mel(1000.0) - 15.0).abs() < 1e-12);
        assert!((mel(6400.0) - 42.0).abs() < 1e-12);
        for frequency in [200.0, 999.0, 1001.0, 7999.0] {
            assert!((hertz(mel(frequency)) - frequency).abs() < 1e-9);
        }
    }
}
