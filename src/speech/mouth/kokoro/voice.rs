//! The engine as one of several that speak.

use super::super::sound::Sound;
use super::super::voice::{Saying, Style, Voice, VoiceError};
use super::{Kokoro, KokoroError};
use crate::speech::Abort;

impl Voice for Kokoro {
    fn speak(
        &mut self,
        script: &Saying,
        style: &Style,
        abort: &Abort,
    ) -> Result<Sound, VoiceError> {
        let stop = || abort.is_set();
        self.say(&script.clauses, &style.voice, style.speed, &stop)
            .map_err(|error| match error {
                KokoroError::Empty => VoiceError::Nothing,
                KokoroError::Stopped => VoiceError::Aborted,
                other => VoiceError::Failed(other.to_string()),
            })
    }
}
