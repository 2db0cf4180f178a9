//! How long an edition takes to build and what it costs in memory, each time
//! in a process of its own, so that nothing is reused.

use super::grow::Seed;
use super::house::table_teacher;
use super::print::{self, Spread};
use linli::config::Config;
use linli::model::{Edition, Knowledge, Timestamp};
use linli::retrieval::{Index, Rankers};
use linli::text::Analyser;
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

/// What the process for one measurement is told.
pub(crate) const CHILD: &str = "--build-edition";

const ENTRIES: usize = 5_000;
const WORDINGS: usize = 8;
/// Processes.
const ROUNDS: usize = 5;
/// Bars, in seconds and megabytes.
const SECONDS: f64 = 3.0;
const MEGABYTES: f64 = 150.0;

const MEASURES: [&str; 8] = [
    "build, s",
    "build, s on a core",
    "table of meanings, s",
    "dictionary, MB",
    "knowledge, MB",
    "index, MB",
    "knowledge and index, MB",
    "with the table, MB",
];

/// Megabytes of this process that are in memory, where the system says.
fn resident() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024.0)
}

/// In a process of its own: builds the edition in that file, prints what it
/// cost.
pub(crate) fn child(config: &Config, file: &Path) {
    let memory = || resident().unwrap_or(f64::NAN);
    let rankers = Arc::new(Rankers::shipped());
    let teacher = table_teacher(config);
    let begin = memory();
    let reader = BufReader::new(File::open(file).expect("the edition"));
    let knowledge: Knowledge = serde_json::from_reader(reader).expect("knowledge");
    let read = memory();
    let analyser = Arc::new(Analyser::new(&knowledge.lexicon));
    std::hint::black_box(analyser.words("居住证怎么办"));
    let cut = memory();
    let edition = Edition {
        number: 1,
        published_at: Timestamp(0),
        knowledge,
    };
    let core = || print::on_cores().unwrap_or(f64::NAN);
    let (clock, on_core) = (Instant::now(), core());
    let index = Index::build(edition, analyser, rankers).expect("an index");
    let (built_in, on_core) = (clock.elapsed(), core() - on_core);
    let built = memory();
    let clock = Instant::now();
    teacher.prepare(&index);
    let taught_in = clock.elapsed();
    let taught = memory();
    std::hint::black_box(&index);
    let knowledge = read - begin;
    let values = [
        built_in.as_secs_f64(),
        on_core,
        taught_in.as_secs_f64(),
        cut - read,
        knowledge,
        built - cut,
        knowledge + built - cut,
        knowledge + taught - cut,
    ];
    println!("{}", values.map(|v| v.to_string()).join(" "));
}

/// Measures and prints.
pub(crate) fn run(shipped: &Knowledge) {
    let grown = Seed::new(shipped.clone()).grow(ENTRIES, WORDINGS);
    let phrasings: usize = grown.entries.iter().map(|e| e.wordings().count()).sum();
    println!(
        "\nBuilding an edition of {ENTRIES} entries with {phrasings} phrasings, {ROUNDS} processes ({}).\n",
        print::load()
    );
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("edition.json");
    let mut writer = BufWriter::new(File::create(&file).expect("a file"));
    serde_json::to_writer(&mut writer, &grown).expect("written");
    writer.flush().expect("written");
    let program = std::env::current_exe().expect("this program");
    let mut values: Vec<Vec<f64>> = vec![Vec::new(); MEASURES.len()];
    for _ in 0..ROUNDS {
        let output = Command::new(&program).arg(CHILD).arg(&file).output();
        let output = output.expect("a process");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let text = String::from_utf8_lossy(&output.stdout);
        for (list, value) in values.iter_mut().zip(text.split_whitespace()) {
            list.push(value.parse().expect("a number"));
        }
    }
    let spreads: Vec<Spread> = values.into_iter().map(Spread::new).collect();
    let row = |(name, spread): (&&str, &Spread)| {
        let cells = [0, 50, 100].map(|percent| format!("{:.2}", spread.at(percent)));
        [(*name).to_owned()].into_iter().chain(cells).collect()
    };
    let rows: Vec<Vec<String>> = MEASURES.iter().zip(&spreads).map(row).collect();
    print::table(&["", "least", "median", "most"], &rows);
    println!("\n  build, {}", print::bar(spreads[0].at(50), SECONDS, "s"));
    let memory = spreads[6].at(50);
    if memory.is_nan() {
        println!("  memory: skipped, this system does not say");
    } else {
        println!(
            "  memory above the dictionary, {}",
            print::bar(memory, MEGABYTES, "MB")
        );
    }
}
