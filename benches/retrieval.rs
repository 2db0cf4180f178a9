//! Retrieval in one run: how long a decision takes by the size of the knowledge
//! base, what an edition costs to build and to keep, and how right and how quick
//! it is beside SQLite's full text search, plain BM25 over words and a sentence
//! encoder alone.
//!
//! `cargo bench --bench retrieval`, or a part of it: `... -- latency`, `edition`,
//! `compare`. With `LINLI_MODELS_DIR` the sentence encoder is measured; with
//! `LINLI_EVAL_DIR`, a folder of question sets as `linli evaluate` reads them,
//! those are asked as well. Times are those of a shared machine: the load is
//! printed beside them.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

#[path = "retrieval/bm25.rs"]
mod bm25;
#[path = "retrieval/compare.rs"]
mod compare;
#[path = "retrieval/edition.rs"]
mod edition;
#[path = "retrieval/engine.rs"]
mod engine;
#[path = "retrieval/grow.rs"]
mod grow;
#[path = "retrieval/house.rs"]
mod house;
#[path = "retrieval/latency.rs"]
mod latency;
#[path = "retrieval/nearest.rs"]
mod nearest;
#[path = "retrieval/print.rs"]
mod print;
#[path = "retrieval/question_set.rs"]
mod question_set;
#[path = "retrieval/sqlite.rs"]
mod sqlite;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let config = house::config();
    if let [first, file] = arguments.as_slice()
        && first == edition::CHILD
    {
        edition::child(&config, file.as_ref());
        return;
    }
    if !arguments.iter().any(|a| a == "--bench") {
        println!("run by cargo bench");
        return;
    }
    let parts: Vec<&String> = arguments.iter().filter(|a| !a.starts_with('-')).collect();
    let wanted = |part: &str| parts.is_empty() || parts.iter().any(|p| *p == part);
    let (knowledge, cases) = house::shipped();
    if wanted("latency") {
        latency::run(&config, &knowledge, &cases);
    }
    if wanted("edition") {
        edition::run(&knowledge);
    }
    if wanted("compare") {
        compare::run(&config, knowledge, &cases);
    }
}
