//! Spoken beside typed: the same questions, asked as recordings and as texts through
//! the live path, against the entries that answer them.
//!
//! The recordings' folder holds `index.jsonl` (`id`, `file`, `text`, `condition`);
//! `labels.jsonl` here says by hand which entries answer which of them. Those that
//! none answers are not counted.

use super::errors::Errors;
use linli::text::{normalise, syllables};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::path::Path;
use std::process::Command;

/// Which entries answer which recording.
const LABELS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/speech/labels.jsonl");
/// The label of a question that asks for a person.
const HUMAN: &str = "human";
/// And of one that tells the machine what to do.
const COMMAND: &str = "command";
/// How far below typed what is reached may be, in points, by condition.
const BARS: [(&str, f64); 3] = [("clean", 4.0), ("room", 10.0), ("hard", 18.0)];

/// One recording.
#[derive(Deserialize)]
pub struct Clip {
    id: String,
    /// Beside the index.
    pub file: String,
    /// What is said in it.
    pub text: String,
    condition: String,
}

#[derive(Deserialize)]
struct Label {
    id: String,
    entries: Vec<String>,
}

/// What became of some questions.
#[derive(Default)]
struct Tally {
    asked: usize,
    at_once: usize,
    reached: usize,
    wrong: usize,
}

impl Tally {
    fn count(&mut self, result: &Value, wanted: &[String]) {
        let is_wanted = |id: &str| wanted.iter().any(|w| w == id);
        let shown = result["entry"]
            .as_str()
            .map(|entry| match result["outcome"].as_str() {
                Some("emergency") => format!("emergency:{entry}"),
                _ => entry.to_owned(),
            });
        let done = match result["outcome"].as_str() {
            Some("escalated") => Some(HUMAN.to_owned()),
            Some("command") => Some(COMMAND.to_owned()),
            _ => None,
        };
        let shown = shown.or(done);
        let offered = result["choices"].as_array().into_iter().flatten();
        let mut offered = offered.filter_map(|choice| choice["entry"].as_str());
        let answered = shown.is_some();
        let right = shown.as_deref().is_some_and(is_wanted);
        self.asked += 1;
        self.at_once += usize::from(right);
        self.reached += usize::from(right || offered.any(is_wanted));
        self.wrong += usize::from(answered && !right);
    }

    fn percent(&self, count: usize) -> f64 {
        let asked = u32::try_from(self.asked.max(1)).unwrap_or(u32::MAX);
        100.0 * f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / f64::from(asked)
    }
}

/// The recordings of a folder that has an index.
pub fn index(folder: &Path) -> Option<Vec<Clip>> {
    lines(&folder.join("index.jsonl"))
}

fn lines<T: for<'d> Deserialize<'d>>(file: &Path) -> Option<Vec<T>> {
    let text = std::fs::read_to_string(file).ok()?;
    let read = text.lines().map(serde_json::from_str);
    Some(read.collect::<Result<_, _>>().expect("a line of JSON"))
}

/// Asks `questions`; the results by id.
fn ask(questions: &[Value]) -> HashMap<String, Value> {
    let folder = tempfile::tempdir().expect("a folder");
    let [asked, told] = ["asked.jsonl", "told.jsonl"].map(|name| folder.path().join(name));
    let mut file = std::fs::File::create(&asked).expect("a file");
    for question in questions {
        writeln!(file, "{question}").expect("written");
    }
    let status = Command::new(env!("CARGO_BIN_EXE_linli"))
        .arg("--data")
        .arg(folder.path())
        .arg("answer-file")
        .arg(&asked)
        .arg("--out")
        .arg(&told)
        .stdout(std::process::Stdio::null())
        .status()
        .expect("runs");
    assert!(status.success(), "{status}");
    let results: Vec<Value> = lines(&told).expect("results");
    let id = |result: &Value| result["id"].as_str().unwrap_or_default().to_owned();
    results.into_iter().map(|r| (id(&r), r)).collect()
}

/// Asks the folder's recordings both ways and prints what was reached, and how many
/// characters and toneless syllables were heard wrong.
pub fn compare(folder: &Path) {
    let (Some(clips), Some(labels)) = (index(folder), lines::<Label>(LABELS.as_ref())) else {
        return println!("questions: skipped, the recordings have no index.jsonl");
    };
    let wanted: HashMap<String, Vec<String>> =
        labels.into_iter().map(|l| (l.id, l.entries)).collect();
    let wanted = |clip: &Clip| wanted.get(&clip.id).filter(|entries| !entries.is_empty());
    let typed: Vec<Value> = clips
        .iter()
        .map(|clip| json!({"id": clip.id, "text": clip.text}))
        .collect();
    let spoken: Vec<Value> = clips
        .iter()
        .map(|clip| json!({"id": clip.id, "audio": folder.join(&clip.file)}))
        .collect();
    let (typed, spoken) = (ask(&typed), ask(&spoken));
    let mut tallies: BTreeMap<&str, [Tally; 2]> = BTreeMap::new();
    let (mut characters, mut sounds) = (Errors::default(), Errors::default());
    let mut refused = 0;
    for clip in &clips {
        let heard = spoken[&clip.id]["heard"].as_str();
        refused += usize::from(heard.is_none());
        let [said, heard] = [&clip.text, heard.unwrap_or_default()].map(normalise);
        characters.add(
            &said.chars().collect::<Vec<_>>(),
            &heard.chars().collect::<Vec<_>>(),
        );
        sounds.add(&syllables(&said), &syllables(&heard));
        let Some(entries) = wanted(clip) else {
            continue;
        };
        for group in ["all", clip.condition.as_str()] {
            let [by_text, by_voice] = tallies.entry(group).or_default();
            by_text.count(&typed[&clip.id], entries);
            by_voice.count(&spoken[&clip.id], entries);
        }
        if std::env::var_os("LINLI_SHOW").is_some() {
            println!(
                "{} {} -> {}\n  {}\n  {}",
                clip.id, said, heard, typed[&clip.id], spoken[&clip.id]
            );
        }
    }
    println!(
        "heard: {:.1}% of characters wrong, {:.1}% of toneless syllables; {refused} of {} refused",
        characters.percent(),
        sounds.percent(),
        clips.len()
    );
    for (group, [by_text, by_voice]) in &tallies {
        let row = |t: &Tally| {
            let [once, reached, wrong] = [t.at_once, t.reached, t.wrong].map(|n| t.percent(n));
            format!("at once {once:.1}, reached {reached:.1}, wrong {wrong:.1}")
        };
        let gap = by_text.percent(by_text.reached) - by_voice.percent(by_voice.reached);
        let bar = BARS.iter().find(|(name, _)| name == group);
        let bar = bar
            .map(|(_, points)| format!(" (bar {points})"))
            .unwrap_or_default();
        println!(
            "{group}, {}: typed {}; spoken {}; {gap:.1} points below{bar}",
            by_text.asked,
            row(by_text),
            row(by_voice)
        );
    }
}
