//! The `[voice]` part of the settings file.

use crate::speech::{Endpoint, Label, MouthSettings, Style, VoiceChoice};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The folder of the built-in engine, in the models folder.
const MODEL: &str = "kokoro-82m-zh";
/// Found where programs are.
const FALLBACK: &str = "espeak-ng";

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct File {
    /// `kokoro`, `endpoint`, `espeak` or `off`
    engine: Option<String>,
    /// A folder in the models folder, or a path.
    model: Option<String>,
    /// The voice, as long as none is chosen in the console.
    voice: Option<String>,
    speed: Option<f32>,
    /// A program, or `off`
    fallback: Option<String>,
    threads: Option<usize>,
    /// `session`, `reply` or `off`
    label: Option<String>,
    /// Where sounds are kept; `voices` in the data directory.
    folder: Option<PathBuf>,
    endpoint: Option<EndpointFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EndpointFile {
    url: String,
    key: Option<String>,
    model: String,
    timeout_ms: Option<u64>,
    format: Option<String>,
    #[serde(default)]
    fields: BTreeMap<String, String>,
}

/// The settings of speaking.
///
/// # Errors
/// In plain words: which field.
pub(super) fn settings(
    given: File,
    models_dir: &Path,
    data_dir: &Path,
) -> Result<MouthSettings, String> {
    let defaults = MouthSettings::default();
    let engine = match given.engine.as_deref() {
        None | Some("kokoro") => VoiceChoice::Kokoro {
            folder: super::speech::file(models_dir, given.model.as_deref().unwrap_or(MODEL)),
        },
        Some("endpoint") => endpoint(given.endpoint)?,
        Some("espeak") => VoiceChoice::Espeak,
        Some("off") => VoiceChoice::Off,
        Some(other) => {
            return Err(format!(
                "voice.engine: \"{other}\" is not kokoro, endpoint, espeak or off"
            ));
        }
    };
    let label = match given.label.as_deref() {
        None | Some("session") => Label::Session,
        Some("reply") => Label::Reply,
        Some("off") => Label::Off,
        Some(other) => {
            return Err(format!(
                "voice.label: \"{other}\" is not session, reply or off"
            ));
        }
    };
    let speed = given.speed.unwrap_or(defaults.style.speed);
    if !(0.7..=1.3).contains(&speed) {
        return Err("voice.speed: from 0.7 to 1.3".to_owned());
    }
    let threads = given.threads.unwrap_or(defaults.threads);
    if !(1..=64).contains(&threads) {
        return Err("voice.threads: from 1 to 64".to_owned());
    }
    let program = given.fallback.unwrap_or_else(|| FALLBACK.to_owned());
    Ok(MouthSettings {
        engine,
        style: Style {
            voice: given.voice.unwrap_or(defaults.style.voice),
            speed,
        },
        fallback: (program != "off").then(|| PathBuf::from(program)),
        threads,
        folder: Some(given.folder.unwrap_or_else(|| data_dir.join("voices"))),
        label,
        ..defaults
    })
}

fn endpoint(given: Option<EndpointFile>) -> Result<VoiceChoice, String> {
    let given =
        given.ok_or("voice.endpoint: url and model are needed for engine = \"endpoint\"")?;
    if !given.url.starts_with("http://") && !given.url.starts_with("https://") {
        return Err("voice.endpoint.url: must begin with http:// or https://".to_owned());
    }
    let format = given.format.unwrap_or_else(|| "wav".to_owned());
    if !["wav", "flac", "mp3"].contains(&format.as_str()) {
        return Err(format!(
            "voice.endpoint.format: \"{format}\" is not wav, flac or mp3"
        ));
    }
    Ok(VoiceChoice::Endpoint {
        endpoint: Endpoint {
            url: given.url,
            key: given.key,
            model: given.model,
            timeout: Duration::from_millis(given.timeout_ms.unwrap_or(30_000).clamp(200, 300_000)),
        },
        format,
        fields: given.fields,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<MouthSettings, String> {
        let file: File = toml::from_str(text).map_err(|e| e.to_string())?;
        settings(file, Path::new("models"), Path::new("data"))
    }

    #[test]
    fn the_default_is_the_built_in_engine_with_a_fallback() {
        let settings = read("").unwrap();
        let folder = PathBuf::from("models/kokoro-82m-zh");
        assert_eq!(settings.engine, VoiceChoice::Kokoro { folder });
        assert_eq!(settings.fallback.as_deref(), Some(Path::new("espeak-ng")));
        assert_eq!(settings.folder.as_deref(), Some(Path::new("data/voices")));
        assert_eq!(settings.label, Label::Session);
        assert_eq!(read("fallback = \"off\"").unwrap().fallback, None);
    }

    #[test]
    fn wrong_settings_are_named() {
        for (text, wanted) in [
            ("engine = \"siri\"", "voice.engine"),
            ("engine = \"endpoint\"", "voice.endpoint"),
            ("speed = 3.0", "voice.speed"),
            ("threads = 0", "voice.threads"),
            ("label = \"loud\"", "voice.label"),
            (
                "engine = \"endpoint\"\n[endpoint]\nurl = \"ftp://x\"\nmodel = \"m\"",
                "voice.endpoint.url",
            ),
            (
                "engine = \"endpoint\"\n[endpoint]\nurl = \"http://x\"\nmodel = \"m\"\nformat = \"aiff\"",
                "voice.endpoint.format",
            ),
        ] {
            let error = read(text).expect_err(text);
            assert!(error.contains(wanted), "{text}: {error}");
        }
    }
}
