//! How long somebody will wait, from how long others waited.

/// Expected seconds until the answer, from and to: the quartiles of the last
/// answered cases, stretched by how many wait before this one for each
/// worker. Nothing without workers or without five answered cases: a guess
/// would be a promise.
pub fn wait_seconds(answer_times_ms: &[i64], ahead: i64, workers: u32) -> Option<[u32; 2]> {
    if workers == 0 || answer_times_ms.len() < 5 {
        return None;
    }
    let mut times = answer_times_ms.to_vec();
    times.sort_unstable();
    let quartile = |share: usize| times[(times.len() - 1) * share / 4];
    let rounds = 1 + ahead.max(0) / i64::from(workers);
    let seconds = |ms: i64| u32::try_from(ms.max(0) * rounds / 1000).unwrap_or(u32::MAX);
    Some([
        seconds(quartile(1)),
        seconds(quartile(3)).max(seconds(quartile(1)) + 1),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_estimate_grows_with_the_queue_and_shrinks_with_workers() {
        let times = [10_000, 20_000, 30_000, 40_000, 50_000];
        for (ahead, workers, wanted) in [
            (0, 1, Some([20, 40])),
            (2, 1, Some([60, 120])),
            (2, 3, Some([20, 40])),
            (0, 0, None),
        ] {
            assert_eq!(
                wait_seconds(&times, ahead, workers),
                wanted,
                "{ahead} {workers}"
            );
        }
        assert_eq!(
            wait_seconds(&times[..4], 0, 1),
            None,
            "too few cases to promise anything"
        );
    }
}
