//! What an engine said becomes a file: trimmed, as loud as all others, coded.

use super::opus_file;
use super::polish::polish;
use super::sentence::sentences;
use super::sound::Sound;
use super::voice::{Saying, VoiceError};

/// An Opus file of what was said.
///
/// # Errors
/// When there is no sound in it: an engine that loads and is silent is broken.
pub(super) fn finish(
    sound: &Sound,
    script: &Saying,
    comments: &[(String, String)],
) -> Result<Vec<u8>, VoiceError> {
    let failed = |why: String| VoiceError::Failed(why);
    let mut sound = polish(sound).map_err(|e| failed(e.to_string()))?;
    if sound.marks.len() != sentences(&script.text).len() {
        sound.marks = guessed(&script.text, sound.milliseconds());
    }
    let comments: Vec<(&str, &str)> = comments
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    opus_file::encode(&sound, &comments).map_err(|e| failed(e.to_string()))
}

/// When sentences begin, going by their length in characters.
fn guessed(text: &str, length: u32) -> Vec<u32> {
    let sentences = sentences(text);
    let long = |s: &&str| u64::try_from(s.chars().count()).unwrap_or(0);
    let all = sentences.iter().map(long).sum::<u64>().max(1);
    let mut before = 0;
    let mut marks = Vec::with_capacity(sentences.len());
    for sentence in &sentences {
        marks.push(u32::try_from(u64::from(length) * before / all).unwrap_or(u32::MAX));
        before += long(sentence);
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_begin_where_their_share_of_the_length_begins() {
        assert_eq!(guessed("一二三四。一二三四。", 4000), [0, 2000]);
        assert_eq!(guessed("。", 4000), [0; 0]);
    }
}
