//! How much of Whisper's 30-second window an utterance needs, and how many
//! tokens it may become.

use super::recogniser::seconds;

/// Positions of the whole window: 30 s of 50 a second.
pub(super) const FULL: usize = 1500;
/// Positions beyond the utterance's own. With 64 one sentence in 51 was begun
/// again and again, with 16 one in 4; with 128 none was, at the error rate of
/// the whole window (18.0% and 18.4%) and a fifth of the work.
const BEYOND: usize = 128;
const STEP: usize = 64;
const LEAST: usize = 384;

/// `audio_ctx` for so many samples.
pub(super) fn width(samples: usize) -> usize {
    let own = (samples * 50).div_ceil(super::SAMPLE_RATE);
    (own + BEYOND).next_multiple_of(STEP).clamp(LEAST, FULL)
}

/// Tokens after which a result is a loop: the fastest of 96 people spoke 7 a
/// second, a loop runs to 220.
pub(super) fn most_tokens(samples: usize) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "seconds are positive and few"
    )]
    let tokens = (9.0 * seconds(samples)).ceil() as usize + 4;
    tokens.min(220)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_follows_the_utterance() {
        for (tenths, wanted) in [
            (0, 384),
            (10, 384),
            (51, 384),
            (52, 448),
            (64, 448),
            (65, 512),
            (150, 896),
            (274, 1500),
            (600, 1500),
        ] {
            assert_eq!(width(tenths * 1600), wanted, "{tenths} tenths of a second");
        }
    }

    #[test]
    fn tokens_follow_the_utterance() {
        assert_eq!(most_tokens(0), 4);
        assert_eq!(most_tokens(16_000), 13);
        assert_eq!(most_tokens(16_001), 14);
        assert_eq!(most_tokens(100 * 16_000), 220);
    }
}
