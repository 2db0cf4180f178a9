//! The stages of an answer on the shipped knowledge base: normalisation,
//! search with features, the whole live path in memory, building an index.

use criterion::{Criterion, criterion_group, criterion_main};
use linli::config::{Config, Overrides};
use linli::flow::Session;
use linli::model::{Channel, Clock, Edition, SystemClock};
use linli::retrieval::Index;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

const QUESTIONS: [&str; 4] = [
    "居住证怎么办理",
    "请问我妈今年八十了高龄津贴怎么领啊",
    "医保卡丢了怎么补办",
    "小区里有人半夜唱歌吵得睡不着找谁管",
];

fn stages(c: &mut Criterion) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge");
    let files = linli::app::read_folder(&folder).expect("knowledge files");
    let config = Config::load(None, Overrides::default()).expect("defaults");
    let flow = runtime
        .block_on(linli::app::from_files(
            &config,
            &files,
            linli::app::kept_teacher(&config),
        ))
        .expect("a flow");
    let live = flow.live();
    let place = live.first_place();
    let now = SystemClock.now();

    c.bench_function("text: question to query", |b| {
        b.iter(|| {
            for question in QUESTIONS {
                black_box(live.index.analyser().query(question, Channel::Typed));
            }
        });
    });
    let queries = QUESTIONS.map(|q| live.index.analyser().query(q, Channel::Typed));
    c.bench_function("retrieval: search", |b| {
        b.iter(|| {
            for query in &queries {
                black_box(live.index.search(query, &place, now));
            }
        });
    });
    c.bench_function("flow: answer, written to memory", |b| {
        let mut turn = 0u64;
        b.iter(|| {
            for question in QUESTIONS {
                turn += 1;
                let mut session = Session::new("bench".into(), place.clone());
                let name = turn.to_string();
                let answer = flow.answer(&mut session, &name, question, Channel::Typed);
                black_box(runtime.block_on(answer)).expect("an answer");
            }
        });
    });
    let edition = Edition {
        number: 1,
        published_at: now,
        knowledge: live.index.edition().knowledge.clone(),
    };
    let rankers = Arc::new(linli::retrieval::Rankers::shipped());
    c.bench_function("retrieval: build the index", |b| {
        b.iter(|| {
            black_box(Index::build(
                edition.clone(),
                Arc::clone(live.index.analyser()),
                Arc::clone(&rankers),
            ))
            .expect("built")
        });
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = stages
}
criterion_main!(benches);
