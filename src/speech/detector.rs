//! Tells voice from silence while audio comes in.

/// Samples that are judged at once: 16 ms.
pub const FRAME: usize = 256;

/// Judges frame after frame of one stream.
pub trait Detector: Send {
    /// How likely the next frame of [`FRAME`] samples holds a voice, 0 to 1.
    fn probability(&mut self, frame: &[f32]) -> f32;
}

/// The `earshot` network: 8 kB of state and 0.5 ms of one core for a second of
/// audio. It takes hum and music for voices; Silero looks once more at what it
/// found.
pub struct Earshot(Box<earshot::Detector>);

impl Default for Earshot {
    fn default() -> Self {
        Self(earshot::Detector::default_boxed())
    }
}

impl Detector for Earshot {
    fn probability(&mut self, frame: &[f32]) -> f32 {
        self.0.predict_f32(frame)
    }
}
