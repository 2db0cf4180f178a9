//! The knowledge files are sound, and the question cases come out right.
//!
//! `linli doctor --knowledge` shows the same cases one by one.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on shall panic")]

use linli::config::{Config, Overrides};
use linli::flow::{Examined, Mark, check_files};
use std::path::{Path, PathBuf};

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
    assert!(cases.len() >= 2_500, "{} cases", cases.len());
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
    // Only those that judge: the weights were fitted to others. All of them take
    // minutes in a debug build: every sixth, and every danger. `linli doctor
    // --knowledge` asks them all.
    let cases: Vec<_> = cases
        .into_iter()
        .filter(linli::curation::Case::judges)
        .enumerate()
        .filter(|(n, c)| n % 6 == 0 || matches!(c.wanted, linli::curation::Wanted::Emergency(_)))
        .map(|(_, c)| c)
        .collect();
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
    use linli::curation::Wanted;
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
    // What this version reaches with the table of meanings on these cases (60.2,
    // 90.4, 2.5 and 7.0); it may only get better.
    assert!(
        right >= 59.0 && reached >= 90.0,
        "right {right:.1}%, reached {reached:.1}%"
    );
    assert!(wrong <= 2.6, "wrong {wrong:.1}%");
    assert!(false_answers <= 7.1, "false {false_answers:.1}%");
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
        linli::model::Decision::Emergency(fixed) => fixed.id,
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
    // What the rules reach on the sentences that they were written with: a rule
    // that is changed may not cost others. On sentences that were not known, 93% of
    // dangers show a card, and 7% of what only sounds so.
    assert!(missed.len() <= 4, "{missed:?}");
    assert!(another <= 16, "{another} show another card");
    assert!(alarms.len() <= 2, "{alarms:?}");
}
