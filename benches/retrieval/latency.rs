//! How long a decision takes, by the size of the knowledge base.

use super::grow::Seed;
use super::house::{House, Stages, table_teacher};
use super::print::{self, Spread};
use linli::config::Config;
use linli::curation::Case;
use linli::model::Knowledge;
use std::time::Duration;

/// Rounds over all questions.
const ROUNDS: usize = 3;
/// Questions at most: every so-manieth of the cases.
const QUESTIONS: usize = 600;

/// A size and the bars for it, in milliseconds.
struct Size {
    entries: usize,
    /// Wordings an entry; all of them where nothing is said.
    wordings: usize,
    p50: Option<f64>,
    p99: Option<f64>,
}

const SIZES: [Size; 4] = [
    Size {
        entries: 0,
        wordings: usize::MAX,
        p50: None,
        p99: None,
    },
    Size {
        entries: 7_000,
        wordings: 7,
        p50: Some(0.8),
        p99: Some(2.5),
    },
    Size {
        entries: 7_000,
        wordings: 1,
        p50: Some(0.8),
        p99: Some(2.5),
    },
    Size {
        entries: 14_286,
        wordings: 7,
        p50: None,
        p99: Some(10.0),
    },
];

/// Measures and prints.
pub(crate) fn run(config: &Config, shipped: &Knowledge, cases: &[Case]) {
    println!(
        "\nLatency of a decision, one thread, lexical and table ({}).",
        print::load()
    );
    println!(
        "  From the text to the decision, nothing written down. The questions are the judging"
    );
    println!("  cases, spread over the copies that the knowledge was grown by (see grow.rs).\n");
    let seed = Seed::new(shipped.clone());
    let (mut rows, mut stages, mut bars) = (Vec::new(), Vec::new(), Vec::new());
    for size in &SIZES {
        let entries = if size.entries == 0 {
            shipped.entries.len()
        } else {
            size.entries
        };
        let house = House::build(seed.grow(entries, size.wordings), config.flow.bands.clone());
        table_teacher(config).prepare(&house.index);
        let copies = seed.copies(entries);
        let vary = |(at, case): (usize, &Case)| seed.vary(&case.ask, at % copies);
        let asked = cases.iter().step_by(cases.len().div_ceil(QUESTIONS).max(1));
        let questions: Vec<String> = asked.enumerate().map(vary).collect();
        let (times, on_core) = measure(&house, &questions);
        let phrasings = house.index.phrasings().len();
        let name = format!("{entries} entries, {phrasings} phrasings");
        let whole = Spread::of(times.iter().map(|s| s.whole));
        let mut row = distribution(&name, &whole, times.len());
        row.push(on_core.map_or_else(|| "-".to_owned(), |mean| format!("{mean:.2}")));
        rows.push(row);
        let calm = Spread::of(calmest(&times, questions.len()));
        rows.push(distribution(
            "  the quickest of each question",
            &calm,
            questions.len(),
        ));
        stages.push(by_stage(&name, &times));
        for (percent, most) in [(50, size.p50), (99, size.p99)] {
            if let Some(most) = most {
                let told = print::bar(whole.at(percent), most, "ms");
                bars.push(format!("  p{percent} with {name}, {told}"));
            }
        }
        println!("  {name}: signals {:?}", house.index.quick_signals());
    }
    println!();
    print::table(
        &[
            "ms",
            "n",
            "p10",
            "p50",
            "p90",
            "p99",
            "max",
            "mean on a core",
        ],
        &rows,
    );
    println!();
    let head = [
        "stage, ms",
        "text p50",
        "text p99",
        "search p50",
        "search p99",
    ];
    print::table(&head, &stages);
    println!("\n{}", bars.join("\n"));
}

/// Asks every question in every round; also the mean time on a core.
fn measure(house: &House, questions: &[String]) -> (Vec<Stages>, Option<f64>) {
    for question in questions.iter().take(200) {
        std::hint::black_box(house.ask(question));
    }
    let begun = print::on_core();
    let all = (0..ROUNDS).flat_map(|_| questions);
    let ask = |question: &String| std::hint::black_box(house.ask(question)).2;
    let times: Vec<Stages> = all.map(ask).collect();
    let used = print::on_core().zip(begun).map(|(end, begin)| end - begin);
    #[expect(clippy::cast_precision_loss, reason = "thousands of questions")]
    let mean = used.map(|used| used / times.len() as f64);
    (times, mean)
}

/// The quickest round of each question: what others do on the machine counts
/// less.
fn calmest(times: &[Stages], questions: usize) -> Vec<Duration> {
    let of = |at: usize| {
        times
            .iter()
            .skip(at)
            .step_by(questions)
            .map(|s| s.whole)
            .min()
    };
    (0..questions).filter_map(of).collect()
}

fn distribution(name: &str, spread: &Spread, count: usize) -> Vec<String> {
    let at = |percent| format!("{:.2}", spread.at(percent));
    let shares = [10, 50, 90, 99, 100].map(at);
    [name.to_owned(), count.to_string()]
        .into_iter()
        .chain(shares)
        .collect()
}

fn by_stage(name: &str, times: &[Stages]) -> Vec<String> {
    let text = Spread::of(times.iter().map(|s| s.text));
    let searched = times.iter().map(|s| s.search).filter(|s| !s.is_zero());
    let search = Spread::of(searched);
    let cells = [text.at(50), text.at(99), search.at(50), search.at(99)];
    let cells = cells.map(|value| format!("{value:.3}"));
    [name.to_owned()].into_iter().chain(cells).collect()
}
