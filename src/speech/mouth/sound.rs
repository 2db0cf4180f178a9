//! What a voice made.

/// Samples a second.
pub const RATE: usize = 24_000;

/// Speech: mono, [`RATE`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sound {
    /// Mostly -1 to 1; only a polished sound is sure not to go beyond.
    pub samples: Vec<f32>,
    /// When each sentence begins, in milliseconds.
    pub marks: Vec<u32>,
}

impl Sound {
    /// How long it is, in milliseconds.
    pub fn milliseconds(&self) -> u32 {
        milliseconds(self.samples.len())
    }
}

/// So many samples as milliseconds; an hour is 3.6 million.
pub(super) fn milliseconds(samples: usize) -> u32 {
    u32::try_from(samples * 1000 / RATE).unwrap_or(u32::MAX)
}

/// So many milliseconds as samples.
pub(super) const fn samples(milliseconds: usize) -> usize {
    milliseconds * RATE / 1000
}
