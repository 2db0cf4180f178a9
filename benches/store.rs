//! Writes that are on disk when they return: alone, and together (group
//! commit).

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use linli::model::{Channel, Outcome, SessionId, Timestamp, Timings, Turn, TurnId};
use linli::store::Store;
use std::sync::Arc;

fn turn() -> Turn {
    Turn {
        id: TurnId::fresh(),
        session: SessionId::fresh(),
        name: "t".to_owned(),
        kiosk: "bench".into(),
        place: "bench".into(),
        at: Timestamp(1_790_000_000_000),
        channel: Channel::Typed,
        text: "居住证怎么办理".to_owned(),
        core: "居住证怎么办理".to_owned(),
        edition: 1,
        decision: "answer".to_owned(),
        outcome: Outcome::Answered,
        entry: Some("residence-permit.apply".into()),
        gap: None,
        confidence: 0.9,
        contest: None,
        thumbs_up: false,
        explain: "x".repeat(3000),
        timings: Timings::default(),
    }
}

async fn write(store: Arc<dyn Store>) {
    store.record_turn(&turn()).await.expect("written");
}

fn writes(c: &mut Criterion) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let dir = tempfile::tempdir().expect("a directory");
    let url = format!("sqlite:{}", dir.path().join("bench.db").display());
    let store = runtime.block_on(linli::store::open(&url)).expect("a store");
    let mut group = c.benchmark_group("store: turns on disk");
    for together in [1u64, 32] {
        group.throughput(Throughput::Elements(together));
        group.bench_function(format!("{together} at once"), |b| {
            b.iter(|| {
                runtime.block_on(async {
                    let tasks: Vec<_> = (0..together)
                        .map(|_| tokio::spawn(write(Arc::clone(&store))))
                        .collect();
                    for task in tasks {
                        task.await.expect("done");
                    }
                });
            });
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = writes
}
criterion_main!(benches);
