//! Engines side by side, each given the same knowledge and asked the same
//! questions.

use super::bm25::Bm25;
use super::engine::{Decided, Engine, Linli};
use super::nearest::{Encoding, Nearest};
use super::print::{self, Spread};
use super::question_set::{self, Posed, QuestionSet};
use super::sqlite::Sqlite;
use linli::config::Config;
use linli::curation::Case;
use linli::model::Knowledge;
use std::time::{Duration, Instant};

const HEAD: [&str; 11] = [
    "engine", "hit@1", "right", "offered", "wrong", "false", "p10", "p50", "p90", "p99", "ready, s",
];

/// Counts over a set.
#[derive(Default)]
struct Counts {
    inside: usize,
    outside: usize,
    hit: usize,
    right: usize,
    offered: usize,
    wrong: usize,
    false_answers: usize,
    decides: bool,
}

impl Counts {
    fn add(&mut self, posed: &Posed, engine: &dyn Engine) -> Duration {
        let begun = Instant::now();
        let found = engine.ask(&posed.text);
        let took = begun.elapsed();
        let answered = matches!(found.decision, Some(Decided::Answered));
        self.decides |= found.decision.is_some();
        if posed.gold.is_empty() {
            self.outside += 1;
            self.false_answers += usize::from(answered);
            return took;
        }
        self.inside += 1;
        let hit = found.first.is_some_and(|first| posed.gold.contains(&first));
        self.hit += usize::from(hit);
        self.right += usize::from(answered && hit);
        self.wrong += usize::from(answered && !hit);
        if let Some(Decided::Offered(ids)) = found.decision {
            self.offered += usize::from(ids.iter().any(|id| posed.gold.contains(id)));
        }
        took
    }
}

fn percent(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "-".to_owned();
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "question sets are far below 2^52"
    )]
    let share = 100.0 * part as f64 / whole as f64;
    format!("{share:.1}%")
}

fn row(engine: &dyn Engine, set: &QuestionSet, ready_in: Duration) -> Vec<String> {
    for posed in set.questions.iter().take(20) {
        std::hint::black_box(engine.ask(&posed.text));
    }
    let mut counts = Counts::default();
    let times: Vec<Duration> = set
        .questions
        .iter()
        .map(|q| counts.add(q, engine))
        .collect();
    let spread = Spread::of(times);
    let decided = |part: usize, whole: usize| {
        if counts.decides {
            percent(part, whole)
        } else {
            "-".to_owned()
        }
    };
    let mut cells = vec![
        engine.name(),
        percent(counts.hit, counts.inside),
        decided(counts.right, counts.inside),
        decided(counts.offered, counts.inside),
        decided(counts.wrong, counts.inside),
        decided(counts.false_answers, counts.outside),
    ];
    cells.extend([10, 50, 90, 99].map(|share| format!("{:.2}", spread.at(share))));
    cells.push(format!("{:.1}", ready_in.as_secs_f64()));
    cells
}

/// Makes an engine ready and asks it everything.
fn measured(set: &QuestionSet, make: impl FnOnce() -> Box<dyn Engine>) -> Vec<String> {
    let begun = Instant::now();
    let engine = make();
    let ready_in = begun.elapsed();
    row(engine.as_ref(), set, ready_in)
}

fn compare(config: &Config, set: &QuestionSet, encoding: Option<&Encoding>, second_look: bool) {
    let inside = set.questions.iter().filter(|q| !q.gold.is_empty()).count();
    println!(
        "\n  {}: {} entries, {inside} questions, and {} that nothing answers ({})\n",
        set.name,
        set.knowledge.entries.len(),
        set.questions.len() - inside,
        print::load()
    );
    let knowledge = &set.knowledge;
    let mut rows = vec![measured(set, || {
        Box::new(Linli::new(config, knowledge.clone()))
    })];
    if let Some(encoding) = encoding.filter(|_| second_look) {
        rows.push(measured(set, || {
            let linli = Linli::new(config, knowledge.clone());
            encoding.teach(&linli);
            Box::new(linli.called("linli, table and encoder"))
        }));
    }
    let answers = knowledge.entries.iter().any(|e| !e.text.trim().is_empty());
    for with_answers in [false, true].into_iter().filter(|with| answers || !with) {
        rows.push(measured(set, || {
            Box::new(Sqlite::new(knowledge, with_answers))
        }));
        rows.push(measured(set, || {
            Box::new(Bm25::new(knowledge, with_answers))
        }));
    }
    match encoding {
        Some(encoding) => {
            rows.push(measured(set, || {
                Box::new(Nearest::new(encoding.clone(), knowledge))
            }));
        }
        None => rows.push(vec![
            "sentence encoder alone".to_owned(),
            "skipped".to_owned(),
        ]),
    }
    print::table(&HEAD, &rows);
}

/// Measures and prints.
pub(crate) fn run(config: &Config, knowledge: Knowledge, cases: &[Case]) {
    println!("\nSide by side, one question at a time.");
    println!(
        "  hit@1: the right entry comes first, in % of the questions that have one. Of an engine"
    );
    println!(
        "  that decides, also: right = answered rightly at once, offered = the right one is among"
    );
    println!(
        "  up to three choices, wrong = something else answered, false = answered where nothing"
    );
    println!("  may be. Others answer everything. p10 to p99: milliseconds a question.");
    let encoding = encoding(config);
    let set = question_set::shipped(knowledge, cases);
    compare(config, &set, encoding.as_ref(), true);
    match std::env::var_os("LINLI_EVAL_DIR") {
        None => println!("\n  public sets: skipped, LINLI_EVAL_DIR names no folder"),
        Some(folder) => {
            for set in question_set::public(folder.as_ref()) {
                compare(config, &set, encoding.as_ref(), false);
            }
        }
    }
}

/// The encoder in `LINLI_MODELS_DIR`; nothing, and a line, where there is none.
fn encoding(config: &Config) -> Option<Encoding> {
    let named = std::env::var_os("LINLI_MODELS_DIR").is_some();
    let encoder = named
        .then(|| linli::app::encoder(config).expect("a whole encoder"))
        .flatten();
    if encoder.is_none() {
        println!(
            "  sentence encoder: skipped, LINLI_MODELS_DIR has no {}",
            config.encoder
        );
    }
    let folder = config.data_dir.join("vectors");
    std::fs::create_dir_all(&folder).expect("a folder for vectors");
    Some(Encoding::new(encoder?, &folder))
}
