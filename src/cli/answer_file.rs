//! `linli answer-file`: a file of questions through the live path.

use super::ask::record;
use super::{Common, load, print_json};
use crate::app;
use crate::flow::{Flow, Session};
use crate::model::{Channel, PlaceId};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

/// Answers every line of a file.
#[derive(clap::Args)]
pub(super) struct AnswerFile {
    /// Lines of {"id","text","after"?}: `after` is a question asked before in
    /// the same session, or a list of them; the id of another line stands for
    /// that line
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
    let flow = app::offline(&config, app::live_teacher(&config))
        .await
        .map_err(|e| e.to_string())?;
    let place = args
        .place
        .map_or_else(|| flow.live().first_place(), PlaceId::from);

    let file = std::fs::File::create(&args.out)
        .map_err(|e| format!("cannot write {}: {e}", args.out.display()))?;
    let mut out = std::io::BufWriter::new(file);
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    for question in &questions {
        let before = asked_before(question, &by_id, 0);
        let result = one(&flow, &place, question, &before).await?;
        *outcomes
            .entry(result["outcome"].as_str().unwrap_or("").to_owned())
            .or_default() += 1;
        writeln!(out, "{result}")
            .map_err(|e| format!("cannot write {}: {e}", args.out.display()))?;
    }
    flow.settle().await;
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
) -> Result<Value, String> {
    let id = &question.id;
    let Some(text) = &question.text else {
        let why = match &question.audio {
            Some(_) => "this version does not answer speech yet; give \"text\"",
            None => "the line has neither \"text\" nor \"audio\"",
        };
        return Ok(json!({"id": id, "outcome": "failed", "error": why, "choices": []}));
    };
    let mut session = Session::new("command-line".into(), place.clone());
    for (number, earlier) in before.iter().enumerate() {
        let name = format!("before-{number}");
        flow.answer(&mut session, &name, earlier, Channel::Typed)
            .await
            .map_err(|e| e.to_string())?;
    }
    let replied = flow
        .answer(&mut session, "asked", text, Channel::Typed)
        .await
        .map_err(|e| e.to_string())?;
    let mut result = record(flow, &replied).await?;
    result["id"] = id.clone();
    Ok(result)
}
