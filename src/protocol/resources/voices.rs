//! The house's voice, and how words are read.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What speaks, and how far the sounds of the edition are.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct VoicesView {
    /// The engine; nothing where there is none.
    pub engine: Option<String>,
    /// Why there is none, and what to do.
    pub missing: Option<String>,
    /// Whether espeak-ng speaks until the engine has.
    pub fallback: bool,
    /// The house's voice.
    pub voice: String,
    /// The voices to choose from.
    pub voices: Vec<VoiceView>,
    /// Its pace; 1 is the voice's own.
    pub speed: f32,
    /// How many sounds the edition needs.
    pub wanted: usize,
    /// How many are still to be made.
    pub left: usize,
    /// How long that will take, where it is known.
    pub seconds_left: Option<u32>,
    /// Texts that could not be said: at most 50.
    pub failed: Vec<UnsaidView>,
    /// Readings that were put right here.
    pub readings: Vec<ReadingView>,
}

/// A voice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct VoiceView {
    /// Its name, as the engine knows it.
    pub name: String,
    /// What people call it: 女声 · 晓晓.
    pub label: String,
}

/// A text that could not be said.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct UnsaidView {
    /// The words.
    pub text: String,
    /// Why.
    pub reason: String,
}

/// A reading that was put right, with the sentence in which it was wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReadingView {
    /// The word: 重办.
    pub word: String,
    /// A syllable for each of its characters: `chong2 ban4`.
    pub reading: String,
    /// The sentence: its test.
    pub sample: String,
}

/// How the house shall sound.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct VoiceRequest {
    /// One of the voices.
    pub voice: String,
    /// From 0.7 to 1.3; unchanged when not given.
    #[serde(default)]
    pub speed: Option<f32>,
}

/// A text to be heard before it is published, or whose reading is to be seen.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct SpeakRequest {
    /// The words; variables are filled for the first community.
    pub text: String,
    /// A voice; the house's when not given.
    #[serde(default)]
    pub voice: Option<String>,
}

/// How a text is read, character by character.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ReadAloudView {
    /// The characters that are read, with everything between them.
    pub characters: Vec<CharacterView>,
}

/// A character and its reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CharacterView {
    /// The character, or what is read as a whole: a number, a sign.
    pub text: String,
    /// How it is read, `chong2`; nothing for what is not.
    pub reading: String,
    /// How else the character can be read.
    pub others: Vec<String>,
}

/// A reading to be put right.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct ReadingRequest {
    /// The word whose reading is wrong.
    pub word: String,
    /// A syllable for each of its characters.
    pub reading: String,
    /// The sentence in which it was wrong; it holds the word.
    pub sample: String,
}
