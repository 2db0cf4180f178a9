//! The knowledge files are sound, and the question cases come out right.
//!
//! `linli doctor --knowledge` shows the same cases one by one.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on shall panic")]

use linli::config::{Config, Overrides};
use linli::curation::{Case, Wanted};
use linli::flow::{Examined, Mark, Reply, Session, Understood, check_files};
use linli::retrieval::{Misheard, Mishearing};
use linli::speech::Heard;
use std::path::{Path, PathBuf};
use std::time::Instant;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge")
}

fn config() -> Config {
    let overrides = Overrides {
        knowledge_dir: Some(folder()),
        ..Overrides::default()
    };
    Config::load(None, overrides).unwrap()
}

fn files() -> Vec<(String, String)> {
    linli::app::read_folder(&folder()).unwrap()
}

#[test]
fn the_files_have_no_errors_and_cover_all_areas() {
    let (counts, cases, problems) = check_files(&files());
    let errors: Vec<String> = problems
        .iter()
        .filter(|p| p.is_error())
        .map(ToString::to_string)
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    assert!(counts.entries >= 700, "{} entries", counts.entries);
    let judging = cases.iter().filter(|case| !case.only_teaches()).count();
    assert!(
        judging >= 5_000,
        "{judging} cases beside those that only teach"
    );
    let (knowledge, _) = linli::curation::read_files(&files());
    let areas: std::collections::BTreeSet<_> = knowledge.entries.iter().map(|e| &e.area).collect();
    assert_eq!(areas.len(), 12, "{areas:?}");
    for entry in &knowledge.entries {
        assert!(entry.phrasings.len() >= 8, "{} has few phrasings", entry.id);
        let spoken = knowledge
            .places
            .render(&entry.spoken, &"demo-community".into());
        assert!(spoken.chars().count() <= 80, "{}: {spoken}", entry.id);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cases_come_out_right() {
    let config = config();
    let files = files();
    let (_, cases, _) = check_files(&files);
    // Only those that judge: the weights were fitted to others. A minute in a debug
    // build.
    let cases: Vec<_> = cases.into_iter().filter(Case::judges).collect();
    let flow = linli::app::from_files(&config, &files, linli::app::live_teacher(&config))
        .await
        .unwrap();
    let examined = flow
        .examine(&cases, &"demo-community".into())
        .await
        .unwrap();

    let share = |list: &[&Examined], marks: &[Mark]| {
        let hits = list.iter().filter(|e| marks.contains(&e.mark)).count();
        100.0 * hits as f64 / list.len() as f64
    };
    let of = |wanted: fn(&Wanted) -> bool| -> Vec<&Examined> {
        examined.iter().filter(|e| wanted(&e.case.wanted)).collect()
    };
    let inside = of(|w| matches!(w, Wanted::Entry(_)));
    let outside = of(|w| matches!(w, Wanted::None(_)));
    let dangers = of(|w| matches!(w, Wanted::Emergency(_)));
    let right = share(&inside, &[Mark::Right]);
    let reached = share(&inside, &[Mark::Right, Mark::Offered]);
    let wrong = share(&inside, &[Mark::Wrong]);
    let false_answers = share(&outside, &[Mark::Wrong]);
    println!(
        "{} questions: right at once {right:.1}%, or offered {reached:.1}%, wrong {wrong:.1}%; \
         {} that must not be answered: answered {false_answers:.1}%; {} dangers",
        inside.len(),
        outside.len(),
        dangers.len()
    );
    let silent: Vec<String> = dangers
        .iter()
        .filter(|e| e.mark != Mark::Right)
        .map(|e| format!("{} -> {}", e.case.ask, e.shown))
        .collect();
    assert!(
        silent.is_empty(),
        "every danger shows its own card:\n{}",
        silent.join("\n")
    );
    // What this version reaches with the table of meanings on these cases: 69.9, 95.6,
    // 1.7 and 4.2.
    assert!(
        right >= 69.0 && reached >= 95.0,
        "right {right:.1}%, reached {reached:.1}%"
    );
    assert!(wrong <= 2.3, "wrong {wrong:.1}%");
    assert!(false_answers <= 6.0, "false {false_answers:.1}%");
}

/// Sentences of a file under `tests/data`, one a line; `#` begins a remark.
fn sentences(file: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(file);
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn dangers_are_told_from_words_that_only_sound_so() {
    let config = config();
    let flow = linli::app::from_files(&config, &files(), linli::app::live_teacher(&config))
        .await
        .unwrap();
    let card = |text: &str| match flow.try_out(text, None).decision {
        linli::model::Decision::Emergency(danger) => danger.card.id,
        _ => String::new(),
    };
    let dangers = sentences("dangers.txt");
    let mut missed = Vec::new();
    let mut another = 0;
    for line in &dangers {
        let (id, text) = line.split_once('|').unwrap();
        match card(text) {
            shown if shown == id => (),
            shown if shown.is_empty() => missed.push(text),
            _ => another += 1,
        }
    }
    let calm = sentences("calm.txt");
    let alarms: Vec<&String> = calm.iter().filter(|text| !card(text).is_empty()).collect();
    // What rules and examples reach on the sentences that they were written with, most
    // of which are among the examples: what is changed may not cost others.
    assert!(missed.len() <= 4, "{missed:?}");
    assert!(another <= 16, "{another} show another card");
    assert!(alarms.len() <= 2, "{alarms:?}");

    // Neither the rules nor the examples know these, which two wrote who had not
    // seen them. The rules alone miss 50 of the dangers, and
    // take the same 3 calm ones.
    let dangers = sentences("unseen_dangers.txt");
    let missed: Vec<&String> = dangers.iter().filter(|t| card(t).is_empty()).collect();
    let calm = sentences("unseen_calm.txt");
    let alarms: Vec<&String> = calm.iter().filter(|t| !card(t).is_empty()).collect();
    println!(
        "unseen: {} of {} dangers missed, {} of {} calm sentences alarm",
        missed.len(),
        dangers.len(),
        alarms.len(),
        calm.len()
    );
    // 9 are missed; an example more or less moves one or two.
    assert!(missed.len() <= 11, "{missed:?}");
    assert!(alarms.len() <= 3, "{alarms:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn dangers_ring_as_they_are_heard() {
    let files = files();
    let flow = linli::app::from_files(&config(), &files, linli::app::live_teacher(&config()))
        .await
        .unwrap();
    let knowledge = linli::curation::read_files(&files).0;
    let wordings = knowledge.entries.iter().flat_map(|e| e.wordings());
    let mishearing = Mishearing::new(wordings);
    let card = async |heard: &Misheard| {
        let mut session = Session::new("heard".into(), "demo-community".into());
        let understood = Understood {
            text: flow.live().vocabulary.put_right(&heard.text),
            heard: Heard {
                text: heard.text.clone(),
                log_probability: None,
                certain: heard.certain.clone(),
                seconds: 3.0,
            },
            ended: Instant::now(),
        };
        let replied = flow.answer_spoken(&mut session, "a", &understood);
        match replied.await.unwrap().reply {
            Reply::Emergency(card) => card.id,
            _ => String::new(),
        }
    };
    // Heard right, as they are typed: the same card.
    let mut other = Vec::new();
    for line in sentences("dangers.txt") {
        let (id, text) = line.split_once('|').unwrap();
        let right = Misheard {
            text: text.to_owned(),
            certain: vec![1.0; text.chars().count()],
        };
        let shown = card(&right).await;
        if shown != id {
            other.push(format!("{text} -> {shown}"));
        }
    }
    let mut silent = Vec::new();
    let mut alarms = Vec::new();
    for (number, text) in (0..).zip(sentences("unseen_dangers.txt")) {
        let heard = mishearing.hear(&text, number);
        if card(&heard).await.is_empty() {
            silent.push(heard.text);
        }
    }
    for (number, text) in (0..).zip(sentences("unseen_calm.txt")) {
        let heard = mishearing.hear(&text, number);
        if !card(&heard).await.is_empty() {
            alarms.push(heard.text);
        }
    }
    println!(
        "heard: {} dangers show no or another card; misheard: {} missed, {} calm sentences alarm",
        other.len(),
        silent.len(),
        alarms.len()
    );
    // 17, 20 and 4: an example more or less moves one or two.
    assert!(other.len() <= 18, "{other:?}");
    assert!(silent.len() <= 22, "{silent:?}");
    assert!(alarms.len() <= 6, "{alarms:?}");
}

/// What residents say to the machine itself is no danger, whatever it is like.
#[tokio::test(flavor = "multi_thread")]
async fn commands_are_done() {
    let flow = linli::app::from_files(&config(), &files(), linli::app::live_teacher(&config()))
        .await
        .unwrap();
    for said in [
        "刚才那个",
        "前面那个",
        "听不见了",
        "我听不见了",
        "看不清字",
        "说得太快了",
        "能不能大声点",
        "字能大点吗",
    ] {
        let decision = flow.try_out(said, None).decision;
        let linli::model::Decision::Command(_) = decision else {
            panic!("{said}: {decision:?}")
        };
    }
}
