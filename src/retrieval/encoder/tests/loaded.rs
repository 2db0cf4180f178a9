//! Small models that load.

use super::plain;
use super::small::{Small, WIDTH};
use crate::retrieval::encoder::{Encoder, SentenceEncoder, cosine};
use proptest::prelude::*;
use serde_json::json;

/// The encoder that a model's files make.
pub fn load(small: &Small) -> SentenceEncoder {
    let dir = tempfile::tempdir().unwrap();
    small.write(dir.path());
    SentenceEncoder::load(dir.path()).unwrap()
}

#[test]
fn vectors_are_those_of_the_plain_computation() {
    for halves in [false, true] {
        for class in [None, Some("BertTokenizer"), Some("XLMRobertaTokenizer")] {
            let mut small = Small::new();
            small.halves = halves;
            if let Some(class) = class {
                small.config["tokenizer_class"] = json!(class);
            }
            let mean = class == Some("XLMRobertaTokenizer");
            let encoder = load(&small);
            for text in ["", "物业费怎么交？", "电梯坏了找谁 12 ab 没有的字"] {
                let ids = encoder.pieces.ids(text);
                let rows = plain::forward(&small, &ids);
                let rows = if mean { &rows[..] } else { &rows[..1] };
                let sums: Vec<f64> = (0..WIDTH)
                    .map(|i| rows.iter().map(|r| r[i]).sum())
                    .collect();
                let length = sums.iter().map(|v| v * v).sum::<f64>().sqrt();
                for (got, sum) in encoder.encode(text).iter().zip(&sums) {
                    assert!((f64::from(*got) - sum / length).abs() < 1e-4, "{text}");
                }
            }
        }
    }
}

#[test]
fn texts_are_cut_as_bert_cuts_them() {
    let encoder = load(&Small::new());
    let piece = |c: char| {
        let ids = encoder.pieces.ids(&c.to_string());
        assert_eq!(ids.len(), 3, "{c}");
        ids[1]
    };
    let ids = encoder.pieces.ids("物业Ab龘12");
    let [unknown, start, end] = [1, 2, 3];
    assert_eq!(ids[..4], [start, piece('物'), piece('业'), piece('a')]);
    assert_eq!(ids[5..7], [unknown, piece('1')]);
    assert_eq!(ids[8], end);
    assert_eq!(encoder.pieces.ids(""), [start, end]);
}

#[test]
fn long_texts_are_cut_to_what_the_model_has_positions_for() {
    let encoder = load(&Small::new());
    let long = "物业费".repeat(100_000);
    assert_eq!(encoder.pieces.ids(&long).len(), 40);
    assert_eq!(encoder.encode(&long), encoder.encode(&"物业费".repeat(20)));
}

#[test]
fn e5_wants_its_prefix() {
    let mut small = Small::new();
    let bare = load(&small).pieces.ids("交");
    small.config["tokenizer_class"] = json!("XLMRobertaTokenizerFast");
    let prefixed = load(&small).pieces.ids("交");
    assert!(prefixed.len() > bare.len());
    assert_eq!(prefixed.last_chunk::<2>(), bare.last_chunk::<2>());
}

#[test]
fn tensors_may_be_named_below_bert_and_others_may_be_there() {
    let mut small = Small::new();
    let bare = load(&small);
    let tensors = std::mem::take(&mut small.tensors);
    small.tensors = tensors
        .into_iter()
        .map(|(k, v)| (format!("bert.{k}"), v))
        .collect();
    small
        .tensors
        .insert("cls.predictions.bias".into(), (vec![3], vec![1.0; 3]));
    assert_eq!(load(&small).encode("物业"), bare.encode("物业"));
}

#[test]
fn fingerprints_tell_models_apart() {
    let mut small = Small::new();
    let first = load(&small);
    assert_eq!(load(&small).fingerprint(), first.fingerprint());
    assert_eq!(first.fingerprint().len(), 32);
    assert!(first.fingerprint().bytes().all(|b| b.is_ascii_hexdigit()));
    small.tensor("embeddings.LayerNorm.bias").1[0] += 1.0;
    assert_ne!(load(&small).fingerprint(), first.fingerprint());
    let mut small = Small::new();
    small.config["tokenizer_class"] = json!("XLMRobertaTokenizer");
    assert_ne!(load(&small).fingerprint(), first.fingerprint());
}

#[test]
fn fingerprints_go_by_pieces_and_not_by_how_they_are_written() {
    let dir = tempfile::tempdir().unwrap();
    let fingerprint = || {
        let encoder = SentenceEncoder::load(dir.path()).unwrap();
        encoder.fingerprint().to_owned()
    };
    let mut small = Small::new();
    small.write(dir.path());
    let first = fingerprint();
    let spaced = serde_json::to_string_pretty(&small.tokenizer).unwrap();
    let path = dir.path().join("tokenizer.json");
    assert_ne!(std::fs::read_to_string(&path).unwrap(), spaced);
    std::fs::write(&path, spaced).unwrap();
    assert_eq!(fingerprint(), first);
    // Another piece in a place, and two that change places.
    let vocabulary = small.tokenizer["model"]["vocab"].take();
    for (piece, other) in [("物", "人"), ("物", "业")] {
        let mut changed = vocabulary.clone();
        let [was, is] = [piece, other].map(|piece| vocabulary[piece].clone());
        changed.as_object_mut().unwrap().remove(piece);
        changed[other] = was;
        if !is.is_null() {
            changed[piece] = is;
        }
        small.tokenizer["model"]["vocab"] = changed;
        small.write(dir.path());
        assert_ne!(fingerprint(), first, "{piece} {other}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_text_has_a_unit_vector_alone_and_among_others(
        texts in proptest::collection::vec("[物业费怎么交ab12 ]{0,30}|.{0,40}", 1..12)
    ) {
        let encoder = load(&Small::new());
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let vectors = encoder.encode_many(&texts);
        prop_assert_eq!(vectors.len(), texts.len());
        for (text, vector) in texts.iter().zip(&vectors) {
            prop_assert!((cosine(vector, vector) - 1.0).abs() < 1e-5);
            prop_assert_eq!(&encoder.encode(text), vector);
        }
    }
}

#[test]
fn nothing_to_encode_is_nothing() {
    let encoder = load(&Small::new());
    assert!(encoder.encode_many(&[]).is_empty());
    // A text that the tokenizer fails on has no tokens, and spoils no other.
    let ids = encoder.pieces.ids("物业");
    let vectors = encoder.batch(&[ids.clone(), Vec::new(), ids]);
    let alone = encoder.encode("物业");
    assert_eq!(vectors, [alone.clone(), vec![0.0; WIDTH], alone]);
}
