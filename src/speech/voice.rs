//! How much of an utterance is voice: the gate before recognition.

use super::detector::FRAME;
use super::ear::Detectors;
use super::recogniser::seconds;

/// Measures voice in whole utterances.
pub(super) enum Voice {
    /// Silero, which takes neither music nor a fan for a voice: no false
    /// alarm in 56 recordings, nobody missed in 96.
    #[cfg(feature = "whisper")]
    Silero(whisper_rs::WhisperVadContext),
    /// The streaming detector, for builds and installations without Silero.
    /// It lets music and steady noise through (13 of 56).
    Streaming(Detectors),
}

/// A frame above this is voice.
const VOICED: f32 = 0.5;

impl Voice {
    /// Loads Silero.
    ///
    /// # Errors
    /// When the file is not there or is no such model.
    #[cfg(feature = "whisper")]
    pub(super) fn silero(path: &std::path::Path) -> Result<Self, String> {
        let mut params = whisper_rs::WhisperVadContextParams::new();
        // More threads made it slower.
        params.set_n_threads(1);
        whisper_rs::WhisperVadContext::new(&path.to_string_lossy(), params)
            .map(Self::Silero)
            .map_err(|e| format!("{}: {e}", path.display()))
    }

    /// Seconds of voice in the samples.
    ///
    /// # Errors
    /// When the detector fails.
    pub(super) fn seconds(&mut self, samples: &[f32]) -> Result<f32, String> {
        match self {
            #[cfg(feature = "whisper")]
            Self::Silero(context) => {
                context.detect_speech(samples).map_err(|e| e.to_string())?;
                let voiced = context.probabilities().iter().filter(|p| **p > VOICED);
                // Silero's frames have 512 samples.
                Ok(seconds(voiced.count() * 512))
            }
            Self::Streaming(detectors) => {
                let mut detector = detectors();
                let frames = samples.chunks_exact(FRAME);
                let voiced = frames.filter(|f| detector.probability(f) > VOICED).count();
                Ok(seconds(voiced * FRAME))
            }
        }
    }
}
