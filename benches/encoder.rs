//! The sentence encoder on a real model: one question at a time, as residents
//! ask, and many at once, as a publication needs. `LINLI_MODELS_DIR` names the
//! folder of models; without it nothing is measured.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use linli::retrieval::{Encoder, SentenceEncoder, VectorCache};
use std::hint::black_box;
use std::path::Path;

const QUESTIONS: [&str; 8] = [
    "居住证怎么办理",
    "请问我妈今年八十了高龄津贴怎么领啊",
    "医保卡丢了怎么补办",
    "小区里有人半夜唱歌吵得睡不着找谁管",
    "物业费怎么交",
    "电梯坏了",
    "孩子上小学要准备哪些材料，几月份报名",
    "楼上漏水把我家天花板泡了，楼上不承认怎么办",
];

/// Texts of the bulk measurement: as many as two threads share in full.
const MANY: usize = 128;

fn encoder(c: &mut Criterion) {
    let Some(models) = std::env::var_os("LINLI_MODELS_DIR") else {
        eprintln!("skipped: LINLI_MODELS_DIR names no folder of models");
        return;
    };
    for name in ["multilingual-e5-small-zh", "bge-small-zh-v1.5"] {
        let dir = Path::new(&models).join(name);
        if !dir.exists() {
            eprintln!("skipped: no {name} in LINLI_MODELS_DIR");
            continue;
        }
        let encoder = SentenceEncoder::load(&dir).expect("a model");
        let mut group = c.benchmark_group(name);
        let mut next = QUESTIONS.iter().cycle();
        group.bench_function("one question", |b| {
            b.iter(|| black_box(encoder.encode(next.next().expect("a cycle"))));
        });
        let texts: Vec<String> = (0..MANY)
            .map(|i| format!("{}{i}", QUESTIONS[i % QUESTIONS.len()]))
            .collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        group.throughput(Throughput::Elements(MANY as u64));
        group.bench_function("many questions, one thread", |b| {
            b.iter(|| black_box(encoder.encode_many(&texts)));
        });
        group.bench_function("many questions into an empty cache", |b| {
            b.iter(|| {
                let dir = tempfile::tempdir().expect("a folder");
                let cache = VectorCache::open(dir.path(), &encoder).expect("a cache");
                let vectors = cache.encode_missing(&encoder, &texts, &mut |_, _| ());
                black_box(vectors).expect("vectors")
            });
        });
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = encoder
}
criterion_main!(benches);
