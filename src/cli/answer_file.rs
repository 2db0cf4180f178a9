//! `linli answer-file`: a file of questions through the live path.

use super::ask::record;
use super::{Common, load, print_json};
use crate::app;
use crate::flow::{Encoding, Flow, Progress, Session, Utterance};
use crate::model::{Channel, PlaceId};
use crate::speech::{self, Ear, read_audio};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Answers every line of a file.
#[derive(clap::Args)]
pub(super) struct AnswerFile {
    /// Lines of {"id","text" or "audio","after"?}: `audio` is a file with the
    /// spoken question; `after` is a question asked before in the same session,
    /// or a list of them; the id of another line stands for that line
    #[arg(value_name = "Q.jsonl")]
    questions: PathBuf,
    /// Where to write the results
    #[arg(long, value_name = "R.jsonl")]
    out: PathBuf,
    /// Where it is asked; the first community when not given
    #[arg(long, value_name = "ID")]
    place: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum After {
    One(String),
    Many(Vec<String>),
}

#[derive(Deserialize)]
struct Question {
    id: Value,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    audio: Option<String>,
    #[serde(default)]
    after: Option<After>,
}

impl Question {
    fn id(&self) -> String {
        self.id
            .as_str()
            .map_or_else(|| self.id.to_string(), str::to_owned)
    }

    fn after(&self) -> &[String] {
        match &self.after {
            None => &[],
            Some(After::One(one)) => std::slice::from_ref(one),
            Some(After::Many(many)) => many,
        }
    }
}

/// What was asked before a question, first things first. An id of another
/// line brings that line and what was asked before it.
fn asked_before(
    question: &Question,
    by_id: &HashMap<String, &Question>,
    depth: usize,
) -> Vec<String> {
    let mut texts = Vec::new();
    for after in question.after() {
        match by_id.get(after) {
            // A chain of more than eight is a loop.
            Some(earlier) if depth < 8 => {
                texts.extend(asked_before(earlier, by_id, depth + 1));
                texts.extend(earlier.text.clone());
            }
            _ => texts.push(after.clone()),
        }
    }
    texts
}

pub(super) async fn run(common: &Common, args: AnswerFile) -> Result<(), String> {
    let config = common.load(None)?;
    let questions: Vec<Question> = load::jsonl(&args.questions)?;
    let by_id: HashMap<String, &Question> = questions.iter().map(|q| (q.id(), q)).collect();
    let spoken = questions.iter().any(|q| q.audio.is_some());
    let ear = if spoken {
        let ear = Ear::open(config.speech.clone());
        if let Some(why) = ear.unavailable() {
            return Err(why.for_admins.clone());
        }
        ear
    } else {
        Ear::open(speech::Settings::default())
    };
    let flow = app::offline_with(&config, app::live_teacher(&config), Arc::new(ear))
        .await
        .map_err(|e| e.to_string())?;
    let folder = args.questions.parent().unwrap_or(Path::new("")).to_owned();
    let place = args
        .place
        .map_or_else(|| flow.live().first_place(), PlaceId::from);

    let file = std::fs::File::create(&args.out)
        .map_err(|e| format!("cannot write {}: {e}", args.out.display()))?;
    let mut out = std::io::BufWriter::new(file);
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    for question in &questions {
        let before = asked_before(question, &by_id, 0);
        let result = one(&flow, &place, question, &before, &folder).await?;
        *outcomes
            .entry(result["outcome"].as_str().unwrap_or("").to_owned())
            .or_default() += 1;
        writeln!(out, "{result}")
            .map_err(|e| format!("cannot write {}: {e}", args.out.display()))?;
    }
    flow.settle().await;
    flow.stop_hearing();
    out.flush()
        .map_err(|e| format!("cannot write {}: {e}", args.out.display()))?;
    if common.json {
        print_json(&json!({"questions": questions.len(), "outcomes": outcomes}));
    } else {
        println!("{} 个问题：", questions.len());
        for (outcome, count) in outcomes {
            println!("  {outcome} {count}");
        }
    }
    Ok(())
}

async fn one(
    flow: &Arc<Flow>,
    place: &PlaceId,
    question: &Question,
    before: &[String],
    folder: &Path,
) -> Result<Value, String> {
    let id = &question.id;
    let failed =
        |why: &str| Ok(json!({"id": id, "outcome": "failed", "error": why, "choices": []}));
    let mut session = Session::new("command-line".into(), place.clone());
    for (number, earlier) in before.iter().enumerate() {
        let name = format!("before-{number}");
        flow.answer(&mut session, &name, earlier, Channel::Typed)
            .await
            .map_err(|e| e.to_string())?;
    }
    let mut result = match (&question.text, &question.audio) {
        (_, Some(audio)) => match read_audio(&beside(folder, audio)) {
            Ok(samples) => spoken(flow, &mut session, &samples).await?,
            Err(why) => return failed(&why),
        },
        (Some(text), None) => {
            let replied = flow
                .answer(&mut session, "asked", text, Channel::Typed)
                .await
                .map_err(|e| e.to_string())?;
            record(flow, &replied).await?
        }
        (None, None) => return failed("the line has neither \"text\" nor \"audio\""),
    };
    result["id"] = id.clone();
    Ok(result)
}

/// A file is looked for where the command runs, then beside the questions.
fn beside(folder: &Path, name: &str) -> PathBuf {
    let path = PathBuf::from(name);
    if path.exists() {
        path
    } else {
        folder.join(path)
    }
}

/// An utterance through the live path; `heard` is what a terminal would show,
/// `recognised` what the engine wrote where that is not the same.
async fn spoken(flow: &Arc<Flow>, session: &mut Session, samples: &[f32]) -> Result<Value, String> {
    let mut listening = flow.listen(session, Encoding::Pcm16, true)?;
    listening.hear_all(samples);
    let spoken = loop {
        if let Progress::Done(spoken) = listening.next().await {
            break spoken;
        }
    };
    let heard_ms = spoken.ended.elapsed().as_millis();
    let nothing = |outcome: &str, reason: &str| {
        json!({"decision": outcome, "outcome": outcome, "reason": reason, "channel": "spoken",
            "heard": null, "heard_ms": heard_ms, "choices": []})
    };
    Ok(match flow.understand(session, "asked", spoken).await {
        Utterance::Words(understood) => {
            let replied = flow
                .answer_spoken(session, "asked", &understood)
                .await
                .map_err(|e| e.to_string())?;
            let mut result = record(flow, &replied).await?;
            result["channel"] = json!("spoken");
            result["heard"] = json!(understood.text);
            result["recognised"] = json!(understood.heard.text);
            result["log_probability"] = json!(understood.heard.log_probability);
            result["heard_ms"] = json!(heard_ms);
            result
        }
        Utterance::Nothing(why) => nothing("nothing_heard", why.as_str()),
        Utterance::Busy { .. } => nothing("busy", "busy"),
        Utterance::Failed => nothing("failed", "recogniser"),
    })
}
