//! Whatever a resident types becomes a decision: never a panic, an answer only
//! from an entry that there is, and the same decision with characters that
//! nobody sees.
//!
//! Each line of the input is asked in one session, the last one also spoken.
//! The knowledge base is the small one of the tests.
//!
//! With cargo-fuzz: `cargo +nightly fuzz run --fuzz-dir tests/fuzz question`.
//! Without, in this folder, on any compiler: `RUSTFLAGS="-Cpasses=sancov-module
//! -Cllvm-args=-sanitizer-coverage-level=4
//! -Cllvm-args=-sanitizer-coverage-inline-8bit-counters
//! -Cllvm-args=-sanitizer-coverage-pc-table
//! -Cllvm-args=-sanitizer-coverage-trace-compares" cargo run --release --target
//! x86_64-unknown-linux-gnu -- -max_len=4096 -max_total_time=60`.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use linli::config::{Config, Overrides};
use linli::flow::{Flow, Reply, Session};
use linli::model::{Channel, Decision, PlaceId};
use linli::retrieval::Signals;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use tokio::runtime::Runtime;

/// Lines that are asked of one input.
const LINES: usize = 4;

struct House {
    runtime: Runtime,
    flow: Arc<Flow>,
    place: PlaceId,
}

fn house() -> &'static House {
    static HOUSE: OnceLock<House> = OnceLock::new();
    HOUSE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/knowledge");
        let config = Config::load(None, Overrides::default()).expect("defaults");
        let files = linli::app::read_folder(&folder).expect("knowledge files");
        let teacher = linli::app::teacher(&config, Signals::Lexical).expect("a table");
        let runtime = Runtime::new().expect("a runtime");
        let flow = linli::app::from_files(&config, &files, Arc::new(teacher));
        let flow = runtime.block_on(flow).expect("a flow");
        House {
            runtime,
            flow,
            place: "test-home".into(),
        }
    })
}

/// An answer is of a known entry, and nothing is left to fill in.
fn check(flow: &Flow, reply: &Reply) {
    let index = &flow.live().index;
    match reply {
        Reply::Answer(card) => {
            assert!(
                index.entry(&card.entry).is_some(),
                "{} is no entry",
                card.entry
            );
            assert!(!card.text.contains('{'), "{}", card.text);
        }
        Reply::Choices(options) => {
            assert!((1..=3).contains(&options.len()));
            assert!(options.iter().all(|o| index.entry(&o.entry).is_some()));
        }
        _ => {}
    }
}

fn entry(decision: &Decision) -> Option<String> {
    match decision {
        Decision::Answer { entry, .. } => Some(entry.to_string()),
        _ => None,
    }
}

fn ask(text: &str) {
    let House {
        runtime,
        flow,
        place,
    } = house();
    let mut session = Session::new("fuzz".into(), place.clone());
    let lines: Vec<&str> = text.split('\n').take(LINES).collect();
    let last = lines.len() - 1;
    for (number, line) in lines.iter().enumerate() {
        let name = number.to_string();
        let answer = flow.answer(&mut session, &name, line, Channel::Typed);
        let replied = runtime.block_on(answer).expect("a reply");
        check(flow, &replied.reply);
        if number == last {
            let answer = flow.answer(&mut session, "spoken", line, Channel::Spoken);
            check(flow, &runtime.block_on(answer).expect("a reply").reply);
        }
    }
    let line = lines[last];
    let seen: String = line
        .chars()
        .flat_map(|c| ['\u{200b}', c, '\u{2066}'])
        .collect();
    let plain = flow.try_out(line, Some(place));
    let padded = flow.try_out(&seen, Some(place));
    assert_eq!(entry(&plain.decision), entry(&padded.decision));
}

fuzz_target!(|data: &[u8]| -> Corpus {
    match std::str::from_utf8(data) {
        Ok(text) => {
            ask(text);
            Corpus::Keep
        }
        Err(_) => Corpus::Reject,
    }
});
