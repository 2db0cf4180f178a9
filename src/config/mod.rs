//! Assembles the settings of the modules from one TOML file, the environment
//! and the command line, in this order; the later wins.

mod speech;
mod voice;

use crate::desk::Hours;
use crate::{desk, dialogue, flow, gateway, goal};
use jiff::civil::{Date, Time, Weekday};
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Everything that can be set.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where the database and the like are kept.
    pub data_dir: PathBuf,
    /// Which database: `sqlite:PATH` or `postgres://...`.
    pub store_url: String,
    /// Where the knowledge files are.
    pub knowledge_dir: PathBuf,
    /// Where models are.
    pub models_dir: PathBuf,
    /// The folder of the sentence encoder, in `models_dir`.
    pub encoder: String,
    /// The place of the demonstration terminal; the first community when not
    /// given.
    pub demo_place: Option<String>,
    /// Use cases.
    pub flow: flow::Settings,
    /// Terminals.
    pub gateway: gateway::Settings,
    /// Hearing.
    pub speech: crate::speech::Settings,
    /// Speaking.
    pub voice: crate::speech::MouthSettings,
}

/// What the command line and the environment may override.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// `--listen`
    pub listen: Option<SocketAddr>,
    /// `--data`
    pub data_dir: Option<PathBuf>,
    /// `LINLI_STORE_URL`
    pub store_url: Option<String>,
    /// `--knowledge`
    pub knowledge_dir: Option<PathBuf>,
    /// `LINLI_MODELS_DIR`
    pub models_dir: Option<PathBuf>,
}

/// The sentence encoder that is used where its folder is there.
const ENCODER: &str = "multilingual-e5-small-zh";

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    listen: Option<SocketAddr>,
    data_dir: Option<PathBuf>,
    store_url: Option<String>,
    knowledge_dir: Option<PathBuf>,
    models_dir: Option<PathBuf>,
    encoder: Option<String>,
    demo_place: Option<String>,
    terminal: Terminal,
    desk: Desk,
    goal: Goal,
    bands: Bands,
    speech: speech::File,
    voice: voice::File,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Terminal {
    idle_seconds: Option<u32>,
    resume_seconds: Option<u64>,
    requests_per_second: Option<f64>,
    max_connections: Option<usize>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Desk {
    answer_within_minutes: Option<i64>,
    /// `["09:00-12:00", "13:30-17:30"]`
    hours: Option<Vec<String>>,
    /// 1 is Monday.
    weekdays: Option<Vec<i8>>,
    days_off: Vec<Date>,
    extra_days: Vec<Date>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Goal {
    target: Option<f64>,
    deadline_ms: Option<i64>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Bands {
    answer: Option<f32>,
    margin: Option<f32>,
    choices: Option<f32>,
    further: Option<f32>,
}

impl Config {
    /// Reads the file, when one is given, and applies the overrides.
    ///
    /// # Errors
    /// In plain words: which file, which line, which field.
    pub fn load(file: Option<&Path>, overrides: Overrides) -> Result<Self, String> {
        let file = match file {
            None => File::default(),
            Some(path) => {
                let text = std::fs::read_to_string(path)
                    .map_err(|e| format!("cannot read {}: {e}", path.display()))?;
                toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?
            }
        };
        let data_dir = overrides
            .data_dir
            .or(file.data_dir)
            .unwrap_or_else(|| PathBuf::from("data"));
        let models_dir = overrides
            .models_dir
            .or(file.models_dir)
            .unwrap_or_else(|| PathBuf::from("models"));
        let store_url = overrides
            .store_url
            .or(file.store_url)
            .unwrap_or_else(|| format!("sqlite:{}", data_dir.join("linli.db").display()));
        Ok(Self {
            listen: overrides
                .listen
                .or(file.listen)
                .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080))),
            store_url,
            knowledge_dir: overrides
                .knowledge_dir
                .or(file.knowledge_dir)
                .unwrap_or_else(|| PathBuf::from("knowledge")),
            demo_place: file.demo_place,
            flow: flow::Settings {
                bands: bands(&file.bands)?,
                desk: desk_settings(file.desk)?,
                goal: goal_settings(&file.goal)?,
            },
            gateway: gateway_settings(&file.terminal)?,
            speech: speech::settings(file.speech, &models_dir)?,
            voice: voice::settings(file.voice, &models_dir, &data_dir)?,
            data_dir,
            models_dir,
            encoder: file.encoder.unwrap_or_else(|| ENCODER.to_owned()),
        })
    }
}

impl Config {
    /// A model by its name in the models folder, or by its path.
    pub fn model_file(&self, name: &str) -> PathBuf {
        speech::file(&self.models_dir, name)
    }
}

fn bands(given: &Bands) -> Result<dialogue::Bands, String> {
    let mut bands = dialogue::Bands::default();
    bands.answer = given.answer.unwrap_or(bands.answer);
    bands.margin = given.margin.unwrap_or(bands.margin);
    bands.choices = given.choices.unwrap_or(bands.choices);
    bands.further = given.further.unwrap_or(bands.further);
    if !(0.0..=1.0).contains(&bands.choices) || bands.answer < bands.choices || bands.answer > 1.0 {
        return Err("bands: need 0 <= choices <= answer <= 1".to_owned());
    }
    Ok(bands)
}

fn goal_settings(given: &Goal) -> Result<goal::Settings, String> {
    let mut settings = goal::Settings::default();
    settings.target = given.target.unwrap_or(settings.target);
    settings.deadline_ms = given.deadline_ms.unwrap_or(settings.deadline_ms);
    if !(0.5..1.0).contains(&settings.target) || settings.deadline_ms < 1 {
        return Err("goal: need 0.5 <= target < 1 and deadline_ms >= 1".to_owned());
    }
    Ok(settings)
}

fn period(text: &str) -> Result<(Time, Time), String> {
    let wrong = || format!("desk.hours: \"{text}\" is not a period such as \"09:00-12:00\"");
    let (from, to) = text.split_once('-').ok_or_else(wrong)?;
    let time = |t: &str| t.trim().parse::<Time>().map_err(|_| wrong());
    let (from, to) = (time(from)?, time(to)?);
    if from < to {
        Ok((from, to))
    } else {
        Err(wrong())
    }
}

fn desk_settings(given: Desk) -> Result<desk::Settings, String> {
    let mut settings = desk::Settings::default();
    if let Some(minutes) = given.answer_within_minutes {
        if minutes < 1 {
            return Err("desk.answer_within_minutes: must be at least 1".to_owned());
        }
        settings.answer_within_minutes = minutes;
    }
    let mut hours = Hours {
        days_off: given.days_off,
        extra_days: given.extra_days,
        ..Hours::default()
    };
    if let Some(periods) = given.hours {
        hours.periods = periods
            .iter()
            .map(|p| period(p))
            .collect::<Result<_, _>>()?;
    }
    if let Some(days) = given.weekdays {
        hours.weekdays = days
            .iter()
            .map(|d| {
                Weekday::from_monday_one_offset(*d)
                    .map_err(|_| format!("desk.weekdays: {d} is not 1 (Monday) to 7"))
            })
            .collect::<Result<_, _>>()?;
    }
    settings.hours = hours;
    Ok(settings)
}

fn gateway_settings(given: &Terminal) -> Result<gateway::Settings, String> {
    let mut settings = gateway::Settings::default();
    settings.idle_seconds = given.idle_seconds.unwrap_or(settings.idle_seconds);
    if settings.idle_seconds < 20 {
        return Err("terminal.idle_seconds: at least 20, people need time to read".to_owned());
    }
    if given.resume_seconds == Some(0) {
        return Err("terminal.resume_seconds: at least 1".to_owned());
    }
    settings.resume_window = given
        .resume_seconds
        .map_or(settings.resume_window, Duration::from_secs);
    settings.requests_per_second = given
        .requests_per_second
        .unwrap_or(settings.requests_per_second)
        .max(1.0);
    settings.max_connections = given.max_connections.unwrap_or(settings.max_connections);
    Ok(settings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str) -> Result<Config, String> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("linli.toml");
        std::fs::write(&path, text).unwrap();
        Config::load(Some(&path), Overrides::default())
    }

    #[test]
    fn without_a_file_everything_has_a_default() {
        let config = Config::load(None, Overrides::default()).unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(config.store_url, "sqlite:data/linli.db");
    }

    #[test]
    fn a_wrong_file_is_refused_with_the_place_of_the_fault() {
        for (text, wanted) in [
            ("listem = \"127.0.0.1:1\"", "unknown field `listem`"),
            ("listen = \"here\"", "line 1"),
            ("[desk]\nhours = [\"9 to 5\"]", "desk.hours"),
            ("[desk]\nweekdays = [8]", "desk.weekdays"),
            ("[terminal]\nidle_seconds = 3", "terminal.idle_seconds"),
            ("[bands]\nanswer = 0.1\nchoices = 0.5", "bands"),
            ("[goal]\ntarget = 98.0", "goal"),
        ] {
            let error = load(text).expect_err(text);
            assert!(error.contains(wanted), "{text}: {error}");
        }
    }

    #[test]
    fn the_command_line_wins_over_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("linli.toml");
        std::fs::write(&path, "data_dir = \"there\"\nlisten = \"0.0.0.0:80\"").unwrap();
        let overrides = Overrides {
            data_dir: Some("here".into()),
            ..Overrides::default()
        };
        let config = Config::load(Some(&path), overrides).unwrap();
        assert_eq!(config.store_url, "sqlite:here/linli.db");
        assert_eq!(config.listen.port(), 80);
    }
}
