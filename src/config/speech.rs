//! The `[speech]` part of the settings file.

use crate::speech::{Endpoint, EngineChoice, Language, Settings};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The file that is used when none is named: Whisper base, the largest that
/// two cores can follow.
const MODEL: &str = "ggml-base-q8_0.bin";
const VOICE_MODEL: &str = "ggml-silero-v6.2.0.bin";

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct File {
    /// `whisper`, `endpoint` or `off`
    engine: Option<String>,
    /// A name in the models folder, or a path.
    model: Option<String>,
    voice_model: Option<String>,
    /// `zh` or `auto`
    language: Option<String>,
    threads: Option<usize>,
    workers: Option<usize>,
    queue: Option<usize>,
    deadline_ms: Option<u64>,
    hang_over_ms: Option<u64>,
    prompt_terms: Option<usize>,
    put_right: Option<bool>,
    endpoint: Option<EndpointFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EndpointFile {
    url: String,
    key: Option<String>,
    model: String,
    timeout_ms: Option<u64>,
}

/// The settings of speech.
///
/// # Errors
/// In plain words: which field.
pub(super) fn settings(given: File, models_dir: &Path) -> Result<Settings, String> {
    let defaults = Settings::default();
    let engine = match given.engine.as_deref() {
        None | Some("whisper") => EngineChoice::Whisper {
            model: file(models_dir, given.model.as_deref().unwrap_or(MODEL)),
        },
        Some("endpoint") => EngineChoice::Endpoint(endpoint(given.endpoint)?),
        Some("off") => EngineChoice::Off,
        Some(other) => {
            return Err(format!(
                "speech.engine: \"{other}\" is not whisper, endpoint or off"
            ));
        }
    };
    let language = match given.language.as_deref() {
        None | Some("zh") => Language::Chinese,
        Some("auto") => Language::Detected,
        Some(other) => return Err(format!("speech.language: \"{other}\" is not zh or auto")),
    };
    let within = |name: &str, value: usize, most: usize| {
        if (1..=most).contains(&value) {
            Ok(value)
        } else {
            Err(format!("speech.{name}: from 1 to {most}"))
        }
    };
    let millis = |name: &str, value: Option<u64>, default: Duration, least: u64, most: u64| {
        let value = value.map_or(default, Duration::from_millis);
        if (u128::from(least)..=u128::from(most)).contains(&value.as_millis()) {
            Ok(value)
        } else {
            Err(format!("speech.{name}: from {least} to {most}"))
        }
    };
    Ok(Settings {
        engine,
        voice_model: file(
            models_dir,
            given.voice_model.as_deref().unwrap_or(VOICE_MODEL),
        ),
        language,
        threads: within("threads", given.threads.unwrap_or(defaults.threads), 64)?,
        workers: within("workers", given.workers.unwrap_or(defaults.workers), 64)?,
        queue: within("queue", given.queue.unwrap_or(defaults.queue), 1000)?,
        deadline: millis(
            "deadline_ms",
            given.deadline_ms,
            defaults.deadline,
            500,
            60_000,
        )?,
        // Less cuts people off between two words; at 3 s nobody waits.
        hang_over: millis(
            "hang_over_ms",
            given.hang_over_ms,
            defaults.hang_over,
            300,
            3000,
        )?,
        prompt_terms: given.prompt_terms.unwrap_or(defaults.prompt_terms).min(40),
        put_right: given.put_right.unwrap_or(defaults.put_right),
    })
}

pub(super) fn file(models_dir: &Path, name: &str) -> PathBuf {
    if name.contains(std::path::is_separator) {
        PathBuf::from(name)
    } else {
        models_dir.join(name)
    }
}

fn endpoint(given: Option<EndpointFile>) -> Result<Endpoint, String> {
    let given =
        given.ok_or("speech.endpoint: url and model are needed for engine = \"endpoint\"")?;
    if !given.url.starts_with("http://") && !given.url.starts_with("https://") {
        return Err("speech.endpoint.url: must begin with http:// or https://".to_owned());
    }
    Ok(Endpoint {
        url: given.url,
        key: given.key,
        model: given.model,
        timeout: Duration::from_millis(given.timeout_ms.unwrap_or(5000).clamp(200, 60_000)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Settings, String> {
        let file: File = toml::from_str(text).map_err(|e| e.to_string())?;
        settings(file, Path::new("models"))
    }

    #[test]
    fn the_default_is_whisper_base_in_the_models_folder() {
        let model = |text: &str| match read(text).unwrap().engine {
            EngineChoice::Whisper { model } => model,
            other => panic!("{other:?}"),
        };
        assert_eq!(model(""), Path::new("models/ggml-base-q8_0.bin"));
        assert_eq!(model("model = \"own.bin\""), Path::new("models/own.bin"));
        assert_eq!(
            model("model = \"/there/own.bin\""),
            Path::new("/there/own.bin")
        );
    }

    #[test]
    fn wrong_settings_are_named() {
        for (text, wanted) in [
            ("engine = \"siri\"", "speech.engine"),
            ("engine = \"endpoint\"", "speech.endpoint"),
            ("language = \"en\"", "speech.language"),
            ("threads = 0", "speech.threads"),
            ("hang_over_ms = 50", "speech.hang_over_ms"),
            (
                "engine = \"endpoint\"\n[endpoint]\nurl = \"ftp://x\"\nmodel = \"m\"",
                "speech.endpoint.url",
            ),
            ("modle = \"x\"", "unknown field"),
        ] {
            let error = read(text).expect_err(text);
            assert!(error.contains(wanted), "{text}: {error}");
        }
    }
}
