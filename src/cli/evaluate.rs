//! `linli evaluate`: a question set against its own knowledge base.

use super::question_set::{self, QueryLine};
use super::{Common, print_json};
use crate::flow;
use crate::model::{Clock, SystemClock};
use crate::retrieval::Signals;
use serde_json::{Value, json};
use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

/// Measures a set.
#[derive(clap::Args)]
pub(super) struct Evaluate {
    /// Folder with kb.jsonl and queries.jsonl
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    /// Another file of queries in that folder
    #[arg(long, value_name = "FILE", default_value = "queries.jsonl")]
    queries: PathBuf,
    /// Where to write one result a query
    #[arg(long, value_name = "R.jsonl")]
    out: Option<PathBuf>,
    /// What is looked at: lexical, table or encoder
    #[arg(long, value_name = "SIGNALS", default_value = "table", value_parser = super::train::signals)]
    signals: Signals,
}

/// Counts over a set; the shares are of 1.
#[derive(Default)]
struct Counts {
    inside: usize,
    outside: usize,
    hit1: usize,
    hit3: usize,
    answered: usize,
    right: usize,
    offered: usize,
    false_answers: usize,
}

fn share(part: usize, whole: usize) -> Value {
    #[expect(
        clippy::cast_precision_loss,
        reason = "question sets are far below 2^52"
    )]
    let value = part as f64 / whole as f64;
    if whole == 0 {
        Value::Null
    } else {
        json!((value * 10_000.0).round() / 10_000.0)
    }
}

pub(super) fn run(common: &Common, args: Evaluate) -> Result<(), String> {
    let config = common.load(None)?;
    let knowledge = question_set::knowledge(&args.dir)?;
    let queries = question_set::queries(&args.dir, &args.queries)?;
    let entries = knowledge.entries.len();
    let texts: Vec<String> = queries.iter().map(|q| q.text.clone()).collect();
    let teacher = crate::app::teacher(&config, args.signals)?;
    let taught = (&teacher, args.signals);
    let judged = flow::evaluate(knowledge, &texts, &config.flow, taught, SystemClock.now())?;

    let mut counts = Counts::default();
    let mut lines = Vec::with_capacity(queries.len());
    for (query, result) in queries.iter().zip(&judged.judged) {
        count(&mut counts, query, result);
        let top: Vec<Value> = result
            .top
            .iter()
            .map(|(id, score)| json!({"id": id, "score": score}))
            .collect();
        lines.push(json!({
            "text": result.text, "top": top, "answered": result.answered,
            "confidence": result.confidence, "decision": result.decision,
            "choices": result.choices,
        }));
    }
    if let Some(out) = &args.out {
        let wrong = |e: std::io::Error| format!("cannot write {}: {e}", out.display());
        let mut file = std::io::BufWriter::new(std::fs::File::create(out).map_err(wrong)?);
        for line in &lines {
            writeln!(file, "{line}").map_err(wrong)?;
        }
        file.flush().map_err(wrong)?;
    }
    let summary = summary(&counts, entries, &judged);
    if common.json {
        print_json(&summary);
    } else if let Value::Object(fields) = summary {
        for (name, value) in fields {
            println!("{name:<18} {value}");
        }
    }
    Ok(())
}

fn count(counts: &mut Counts, query: &QueryLine, result: &flow::Judged) {
    let right = |id: &str| query.gold.iter().any(|g| g == id);
    if query.gold.is_empty() {
        counts.outside += 1;
        counts.false_answers += usize::from(result.answered);
        return;
    }
    counts.inside += 1;
    let first = result.top.first().is_some_and(|(id, _)| right(id));
    counts.hit1 += usize::from(first);
    counts.hit3 += usize::from(result.top.iter().take(3).any(|(id, _)| right(id)));
    counts.answered += usize::from(result.answered);
    counts.right += usize::from(result.answered && first);
    counts.offered += usize::from(result.choices.iter().any(|id| right(id)));
}

fn summary(counts: &Counts, entries: usize, judged: &flow::Judgement) -> Value {
    let mut took: Vec<Duration> = judged.judged.iter().map(|j| j.took).collect();
    took.sort_unstable();
    let at = |share: usize| {
        took.get(took.len().saturating_sub(1) * share / 100)
            .map(|d| json!((d.as_secs_f64() * 1e6).round() / 1e3))
    };
    let answered = counts.answered + counts.false_answers;
    json!({
        "entries": entries,
        "queries": counts.inside + counts.outside,
        "in_kb": counts.inside,
        "hit@1": share(counts.hit1, counts.inside),
        "hit@3": share(counts.hit3, counts.inside),
        "coverage": share(counts.answered, counts.inside),
        "precision": share(counts.right, answered),
        "right_and_instant": share(counts.right, counts.inside),
        "right_or_offered": share(counts.right + counts.offered, counts.inside),
        "false_answer_rate": share(counts.false_answers, counts.outside),
        "build_ms": judged.built_in.as_millis(),
        "p50_ms": at(50), "p99_ms": at(99),
    })
}
