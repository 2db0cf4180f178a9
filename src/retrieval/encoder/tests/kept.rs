//! Vectors in their file.

use crate::retrieval::encoder::{Encoder, VectorCache, cosine};
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

const DIMENSIONS: usize = 8;
const RECORD: usize = 16 + 2 * DIMENSIONS;
const HEADER: usize = 16;

/// Makes a vector of a text's bytes, and counts how often.
struct Counting {
    fingerprint: &'static str,
    calls: AtomicUsize,
}

impl Counting {
    fn new(fingerprint: &'static str) -> Self {
        let calls = AtomicUsize::new(0);
        Self { fingerprint, calls }
    }

    /// Texts encoded since the last question.
    fn calls(&self) -> usize {
        self.calls.swap(0, Ordering::SeqCst)
    }
}

impl Encoder for Counting {
    fn name(&self) -> &str {
        "counting"
    }

    fn fingerprint(&self) -> &str {
        self.fingerprint
    }

    fn dimensions(&self) -> usize {
        DIMENSIONS
    }

    fn encode(&self, text: &str) -> Vec<f32> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        let mut vector = vec![0.1; DIMENSIONS];
        for (at, byte) in text.bytes().enumerate() {
            vector[at % DIMENSIONS] += f32::from(byte);
        }
        if text == "nothing" {
            vector.fill(0.0);
        }
        let length = cosine(&vector, &vector).sqrt().max(1e-9);
        vector.iter().map(|v| v / length).collect()
    }
}

fn encode(cache: &VectorCache, encoder: &Counting, texts: &[&str]) -> Vec<Vec<f32>> {
    cache
        .encode_missing(encoder, texts, &mut |_, _| ())
        .unwrap()
}

fn file(dir: &Path) -> PathBuf {
    dir.join("vectors").join("abc.bin")
}

fn open(dir: &Path, encoder: &Counting) -> VectorCache {
    VectorCache::open(&dir.join("vectors"), encoder).unwrap()
}

#[test]
fn only_what_is_new_is_encoded() {
    let (dir, encoder) = (tempfile::tempdir().unwrap(), Counting::new("abc"));
    let cache = open(dir.path(), &encoder);
    assert_eq!(cache.get("电梯坏了"), None);
    let first = encode(&cache, &encoder, &["电梯坏了", "物业费", "电梯坏了"]);
    assert_eq!(encoder.calls(), 2);
    assert_eq!(first[0], first[2]);
    assert!(cosine(&first[0], &encoder.encode("电梯坏了")) > 0.99999);
    encoder.calls();
    drop(cache);
    let cache = open(dir.path(), &encoder);
    assert_eq!(cache.get("电梯坏了").as_ref(), Some(&first[0]));
    let again = encode(&cache, &encoder, &["物业费", "新的问题", "电梯坏了"]);
    assert_eq!(encoder.calls(), 1);
    assert_eq!([&again[0], &again[2]], [&first[1], &first[0]]);
    let length = std::fs::metadata(file(dir.path())).unwrap().len() as usize;
    assert_eq!(length, HEADER + 3 * RECORD);
}

#[test]
fn progress_counts_from_none_to_all() {
    let (dir, encoder) = (tempfile::tempdir().unwrap(), Counting::new("abc"));
    let cache = open(dir.path(), &encoder);
    let texts: Vec<String> = (0..500).map(|i| format!("问题{i}")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut heard = Vec::new();
    let mut listen = |done, all| heard.push((done, all));
    let vectors = cache.encode_missing(&encoder, &texts, &mut listen).unwrap();
    assert_eq!((heard[0], *heard.last().unwrap()), ((0, 500), (500, 500)));
    assert!(heard.is_sorted() && heard.len() > 10);
    for (text, vector) in texts.iter().zip(&vectors) {
        assert!(cosine(vector, &encoder.encode(text)) > 0.99999, "{text}");
    }
    heard.clear();
    let mut listen = |done, all| heard.push((done, all));
    cache.encode_missing(&encoder, &texts, &mut listen).unwrap();
    assert_eq!(heard, [(0, 0)]);
}

#[test]
fn a_file_cut_anywhere_keeps_its_whole_records() {
    let (dir, encoder) = (tempfile::tempdir().unwrap(), Counting::new("abc"));
    let texts = ["一", "二", "三"];
    encode(&open(dir.path(), &encoder), &encoder, &texts);
    let whole = std::fs::read(file(dir.path())).unwrap();
    for length in 0..=whole.len() {
        std::fs::write(file(dir.path()), &whole[..length]).unwrap();
        let cache = open(dir.path(), &encoder);
        let there = texts
            .iter()
            .filter(|text| cache.get(text).is_some())
            .count();
        assert_eq!(there, length.saturating_sub(HEADER) / RECORD, "{length}");
        encoder.calls();
        encode(&cache, &encoder, &texts);
        assert_eq!(encoder.calls(), 3 - there);
        // What is appended after a cut record can be read again.
        let cache = open(dir.path(), &encoder);
        assert!(
            texts.iter().all(|text| cache.get(text).is_some()),
            "{length}"
        );
        assert_eq!(std::fs::read(file(dir.path())).unwrap().len(), whole.len());
    }
}

#[test]
fn other_headers_begin_the_file_anew() {
    let (dir, encoder) = (tempfile::tempdir().unwrap(), Counting::new("abc"));
    encode(&open(dir.path(), &encoder), &encoder, &["一"]);
    let whole = std::fs::read(file(dir.path())).unwrap();
    for at in 0..HEADER {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        std::fs::write(file(dir.path()), bytes).unwrap();
        let cache = open(dir.path(), &encoder);
        assert_eq!(cache.get("一"), None);
        assert_eq!(std::fs::read(file(dir.path())).unwrap(), whole[..HEADER]);
    }
}

#[test]
fn records_that_are_no_unit_vectors_are_encoded_again() {
    let (dir, encoder) = (tempfile::tempdir().unwrap(), Counting::new("abc"));
    let cache = open(dir.path(), &encoder);
    // One after the other: workers keep what they have in the order they end.
    let before = ["一", "二"].map(|text| encode(&cache, &encoder, &[text]).remove(0));
    drop(cache);
    let mut bytes = std::fs::read(file(dir.path())).unwrap();
    // A page that never reached the disk reads as zeros.
    bytes[HEADER + 16 + 4..HEADER + RECORD].fill(0);
    std::fs::write(file(dir.path()), bytes).unwrap();
    let cache = open(dir.path(), &encoder);
    assert_eq!(
        [cache.get("一"), cache.get("二")].map(|v| v.is_some()),
        [false, true]
    );
    assert_eq!(encode(&cache, &encoder, &["一", "二"]), before);
}

#[test]
fn encoders_have_files_of_their_own() {
    let dir = tempfile::tempdir().unwrap();
    let [one, other] = ["abc", "def"].map(Counting::new);
    let cache = open(dir.path(), &one);
    encode(&cache, &one, &["一"]);
    assert_eq!(open(dir.path(), &other).get("一"), None);
    let error = cache
        .encode_missing(&other, &["二"], &mut |_, _| ())
        .unwrap_err();
    assert!(error.to_string().contains("abc.bin"), "{error}");
    assert_eq!(other.calls(), 0);
}

#[test]
fn what_cannot_be_encoded_is_like_nothing_and_not_kept() {
    let (dir, encoder) = (tempfile::tempdir().unwrap(), Counting::new("abc"));
    let cache = open(dir.path(), &encoder);
    let vectors = encode(&cache, &encoder, &["nothing", "一"]);
    assert_eq!(vectors[0], [0.0; DIMENSIONS]);
    assert_eq!(cache.get("nothing"), None);
}

#[test]
fn two_may_append_to_one_file() {
    let (dir, encoder) = (tempfile::tempdir().unwrap(), Counting::new("abc"));
    let [a, b] = [0, 1].map(|_| open(dir.path(), &encoder));
    std::thread::scope(|scope| {
        for (cache, name) in [(&a, "甲"), (&b, "乙")] {
            let encoder = &encoder;
            scope.spawn(move || {
                for i in 0..50 {
                    encode(cache, encoder, &[&format!("{name}{i}")]);
                }
            });
        }
    });
    let both = open(dir.path(), &encoder);
    for name in ["甲", "乙"] {
        assert!((0..50).all(|i| both.get(&format!("{name}{i}")).is_some()));
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let (dir, encoder) = (tempfile::tempdir().unwrap(), Counting::new("abc"));
    std::fs::write(dir.path().join("vectors"), "a file").unwrap();
    let error = VectorCache::open(&dir.path().join("vectors"), &encoder)
        .err()
        .unwrap();
    let error = error.to_string();
    assert!(
        error.contains("abc.bin") && error.contains("请检查"),
        "{error}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn any_order_of_texts_and_restarts_gives_the_same_vectors(
        rounds in proptest::collection::vec(proptest::collection::vec(".{0,6}", 0..20), 1..4)
    ) {
        let (dir, encoder) = (tempfile::tempdir().unwrap(), Counting::new("abc"));
        for texts in &rounds {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let cache = open(dir.path(), &encoder);
            let vectors = encode(&cache, &encoder, &texts);
            for (text, vector) in texts.iter().zip(&vectors) {
                prop_assert_eq!(cache.get(text), Some(vector.clone()));
                prop_assert!(cosine(vector, &encoder.encode(text)) > 0.9999);
            }
        }
    }
}
