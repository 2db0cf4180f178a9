//! `linli models fetch --speech`, which `make run` begins with: speech where it
//! can be had, and the rest in any case.
#![expect(
    clippy::print_stderr,
    reason = "what could not be had is told beside what a command prints"
)]

use super::print_json;
use super::progress::Progress;
use crate::config::Config;
use crate::models::{self, Event, Kind, Manifest, Model, Problem};
use crate::speech::{self, EngineChoice, VoiceChoice};
use serde_json::json;
use std::path::Path;
use std::time::Duration;

/// Obtains the models that speech is set to use, as far as they are absent and
/// known. What goes wrong is told once and ends nothing.
pub(super) fn run(config: &Config, mirror: Option<String>, json: bool) {
    let settings = models::Settings {
        mirror: mirror.filter(|url| !url.trim().is_empty()),
        attempts: 3,
        pause: Duration::from_secs(1),
        hurry: true,
    };
    let told = match wanted(config) {
        Ok((_, names)) if names.is_empty() => Ok(()),
        Ok((manifest, names)) => {
            // How it ends comes behind this, on the same line.
            eprint!("正在取语音模型……");
            fetch(&config.models_dir, &manifest, &names, &settings)
        }
        Err(problem) => Err(says(None, &problem)),
    };
    if let Err(line) = &told {
        eprintln!("{line}");
    }
    if json {
        print_json(&json!({"ok": told.is_ok(), "says": told.err()}));
    }
}

/// The list that knows them, and their names.
fn wanted(config: &Config) -> Result<(Manifest, Vec<String>), Problem> {
    let manifest = Manifest::load(&config.models_dir)?;
    let mut names = Vec::new();
    if let (EngineChoice::Whisper { model }, Some(_)) = (&config.speech.engine, speech::engine()) {
        for path in [model, &config.speech.voice_model] {
            let is_it = |known: &&Model| {
                let place = known.place(&config.models_dir);
                known
                    .files
                    .iter()
                    .any(|file| place.join(&file.path) == *path)
            };
            // One that is there is left alone, whatever it is: doctor says so.
            if !path.exists()
                && let Some(known) = manifest.models.iter().find(is_it)
            {
                names.push(known.name.clone());
            }
        }
    }
    if let VoiceChoice::Kokoro { folder } = &config.voice.engine
        && cfg!(feature = "voice-kokoro")
    {
        let is_it = |known: &&Model| known.place(&config.models_dir) == *folder;
        // One of several files may be absent after a download that broke off.
        let lacks = |known: &&Model| {
            let mut files = known.files.iter();
            files.any(|file| !folder.join(&file.path).exists())
        };
        let known = manifest.models.iter().find(is_it).filter(lacks);
        names.extend(known.map(|known| known.name.clone()));
    }
    Ok((manifest, names))
}

/// Stops at the first that cannot be had: without one of them nobody is heard,
/// and the next would wait for the same network.
fn fetch(
    dir: &Path,
    manifest: &Manifest,
    names: &[String],
    settings: &models::Settings,
) -> Result<(), String> {
    let mut progress = Progress::new(dir);
    let mut comes = false;
    for name in names {
        let result = models::fetch(dir, manifest, name, settings, &mut |event| {
            // Attempts are not worth a line, what comes is.
            if matches!(event, Event::Begins { .. } | Event::Came { .. }) {
                if !std::mem::replace(&mut comes, true) {
                    eprintln!();
                }
                progress.show(event);
            }
        });
        progress.end();
        if let Err(problem) = result {
            let speaks = manifest.model(name).is_ok_and(|m| m.kind == Kind::Voice);
            return Err(says(Some((name, speaks)), &problem));
        }
    }
    eprintln!("语音模型已就绪。");
    Ok(())
}

/// `name`: the model, and whether it is the one that speaks.
fn says(name: Option<(&str, bool)>, problem: &Problem) -> String {
    let mend = match name {
        Some((name, _)) => format!("以后可以运行 linli models fetch {name}。"),
        None => String::new(),
    };
    let lacks = match name {
        Some((_, true)) => "没有取到语音合成模型，这次答案由备用的声音念或者不念",
        _ => "没有取到语音模型，这次不能语音提问",
    };
    let why = problem.brief();
    let why = why.trim_end_matches('。');
    format!("{lacks}，其他功能照常。{mend}（{why}）")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Overrides;

    fn config(dir: &Path, text: &str) -> Config {
        let file = dir.join("linli.toml");
        std::fs::write(&file, text).unwrap();
        let overrides = Overrides {
            models_dir: Some(dir.to_owned()),
            ..Overrides::default()
        };
        Config::load(Some(&file), overrides).unwrap()
    }

    #[test]
    fn only_what_speech_is_set_to_use_and_lacks_is_wanted() {
        let dir = tempfile::tempdir().unwrap();
        let quiet = "\n[voice]\nengine = \"off\"";
        let wanted = |text: &str| wanted(&config(dir.path(), text)).unwrap().1;
        let voice = wanted("[speech]\nengine = \"off\"");
        assert_eq!(voice.is_empty(), !cfg!(feature = "voice-kokoro"));
        let wanted = |text: &str| wanted(&format!("{text}{quiet}"));
        let all: &[&str] = match speech::engine() {
            Some(_) => &["whisper-base-q8_0", "silero-v6.2.0"],
            None => &[],
        };
        assert_eq!(wanted(""), all);
        assert!(wanted("[speech]\nengine = \"off\"").is_empty());
        let own = "[speech]\nmodel = \"/somewhere/own.bin\"";
        assert_eq!(wanted(own), all.get(1..).unwrap_or_default());
        // Whatever it is, it is not replaced.
        std::fs::write(dir.path().join("ggml-base-q8_0.bin"), "own").unwrap();
        assert_eq!(wanted(""), all.get(1..).unwrap_or_default());
    }

    #[test]
    fn what_cannot_be_had_is_one_line() {
        let problem = Problem::Package {
            package: "a==1、b==1".to_owned(),
            what: "python3：ERROR: no".to_owned(),
        };
        for line in [says(Some(("ear", false)), &problem), says(None, &problem)] {
            assert!(
                !line.contains('\n') && line.contains("不能语音提问"),
                "{line}"
            );
        }
        let voice = says(Some(("voice", true)), &problem);
        assert!(voice.contains("备用的声音") && voice.contains("linli models fetch voice"));
    }
}
