//! `linli ask`.

use super::{Common, print_json};
use crate::app;
use crate::flow::{Flow, Replied, Reply, Session};
use crate::model::{Channel, Choice, PlaceId};
use serde_json::{Value, json};
use std::sync::Arc;

/// Asks one question.
#[derive(clap::Args)]
pub(super) struct Ask {
    /// The question
    question: String,
    /// Where it is asked; the first community when not given
    #[arg(long, value_name = "ID")]
    place: Option<String>,
    /// Tell why: the candidates with their features (with --json)
    #[arg(long)]
    explain: bool,
}

pub(super) async fn run(common: &Common, args: Ask) -> Result<(), String> {
    let config = common.load(None)?;
    let flow = app::offline(&config, app::kept_teacher(&config))
        .await
        .map_err(|e| e.to_string())?;
    let place = args
        .place
        .map_or_else(|| flow.live().first_place(), PlaceId::from);
    let mut session = Session::new("command-line".into(), place);
    let replied = flow
        .answer(&mut session, "1", &args.question, Channel::Typed)
        .await
        .map_err(|e| e.to_string())?;
    flow.settle().await;
    let mut record = record(&flow, &replied).await?;
    if args.explain {
        let turn = flow
            .store
            .turn(&replied.turn)
            .await
            .map_err(|e| e.to_string())?;
        let explain = turn.map(|t| serde_json::from_str::<Value>(&t.explain));
        record["explain"] = explain.and_then(Result::ok).unwrap_or_default();
    }
    if common.json {
        print_json(&record);
    } else {
        show(&replied);
    }
    Ok(())
}

fn choices(list: &[Choice]) -> Vec<Value> {
    list.iter()
        .map(|c| json!({"entry": c.entry.as_str(), "question": c.question}))
        .collect()
}

/// What became of a question, as JSON: the same shape for `ask` and
/// `answer-file`.
pub(super) async fn record(flow: &Arc<Flow>, replied: &Replied) -> Result<Value, String> {
    let turn = flow
        .store
        .turn(&replied.turn)
        .await
        .map_err(|e| e.to_string())?;
    #[expect(
        clippy::cast_precision_loss,
        reason = "microseconds of one turn are far below 2^52"
    )]
    let latency_ms = replied.took_us as f64 / 1000.0;
    let mut record = json!({
        "decision": turn.as_ref().map_or("", |t| t.decision.as_str()),
        "outcome": "",
        "entry": null, "question": null, "answer": null, "choices": [],
        "confidence": turn.as_ref().map_or(0.0, |t| t.confidence),
        "latency_ms": latency_ms,
    });
    let mut set = |key: &str, value: Value| record[key] = value;
    match &replied.reply {
        Reply::Answer(card) => {
            set("outcome", json!("answered"));
            set("entry", json!(card.entry.as_str()));
            set("question", json!(card.question));
            set("answer", json!(card.text));
            set("spoken", json!(card.spoken));
            set("source", json!(card.source));
        }
        Reply::Choices(options) => {
            set("outcome", json!("choices"));
            set("choices", json!(choices(options)));
        }
        Reply::NoAnswer {
            reason, nearest, ..
        } => {
            set("outcome", json!("no_answer"));
            set("reason", json!(reason.as_str()));
            set("nearest", json!(choices(nearest)));
        }
        Reply::SmallTalk(fixed) => {
            set("outcome", json!("small_talk"));
            set("answer", json!(fixed.text));
        }
        Reply::Command(text) => {
            set("outcome", json!("command"));
            set("answer", json!(text));
        }
        Reply::Emergency(fixed) => {
            set("outcome", json!("emergency"));
            set("entry", json!(fixed.id));
            set("answer", json!(fixed.text));
            set("phone", json!(fixed.phone));
        }
        Reply::Escalation(_) => set("outcome", json!("escalated")),
    }
    Ok(record)
}

fn show(replied: &Replied) {
    match &replied.reply {
        Reply::Answer(card) => {
            println!("【{}】（{}）", card.question, card.entry);
            println!("{}", card.text.trim_end());
            let source = &card.source;
            let number = source
                .number
                .as_ref()
                .map(|n| format!("（{n}）"))
                .unwrap_or_default();
            let since = card
                .effective
                .map(|d| format!("，自 {d} 起施行"))
                .unwrap_or_default();
            println!("依据：《{}》{number}{since}", source.title);
        }
        Reply::Choices(options) => {
            println!("您是不是想问：");
            for (number, option) in (1..).zip(options) {
                println!("  {number}. {}（{}）", option.question, option.entry);
            }
        }
        Reply::NoAnswer {
            reason, nearest, ..
        } => {
            println!("没有能直接回答的条目（{}）。", reason.as_str());
            for near in nearest {
                println!("  相近：{}（{}）", near.question, near.entry);
            }
        }
        Reply::SmallTalk(fixed) => println!("{}", fixed.text),
        Reply::Command(text) => println!("{text}"),
        Reply::Emergency(fixed) => {
            println!("紧急情况，请拨 {}", fixed.phone.as_deref().unwrap_or("110"));
            println!("{}", fixed.text);
        }
        Reply::Escalation(news) => println!("转人工，取件码 {}", news.escalation.code),
    }
}
