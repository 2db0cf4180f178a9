//! Files that must be refused, with a message that helps, and never a panic.

use super::small::Small;
use crate::retrieval::encoder::{EncoderError, SentenceEncoder};
use serde_json::json;
use std::path::Path;

const FILES: [&str; 3] = ["config.json", "tokenizer.json", "model.safetensors"];

/// Why the model is refused.
fn refusal(dir: &Path) -> EncoderError {
    match SentenceEncoder::load(dir) {
        Ok(_) => panic!("was loaded"),
        Err(error) => error,
    }
}

/// Why a model is refused after a change.
fn changed(change: impl FnOnce(&mut Small)) -> EncoderError {
    let dir = tempfile::tempdir().unwrap();
    let mut small = Small::new();
    change(&mut small);
    small.write(dir.path());
    refusal(dir.path())
}

#[test]
fn each_missing_file_is_named() {
    for file in FILES {
        let dir = tempfile::tempdir().unwrap();
        Small::new().write(dir.path());
        let path = dir.path().join(file);
        std::fs::remove_file(&path).unwrap();
        let error = refusal(dir.path());
        assert!(matches!(error, EncoderError::Missing { .. }), "{error}");
        let message = format!(
            "缺少模型文件：{}，请运行 linli models fetch",
            path.display()
        );
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn a_folder_in_place_of_a_file_is_unreadable() {
    let dir = tempfile::tempdir().unwrap();
    Small::new().write(dir.path());
    let path = dir.path().join("model.safetensors");
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    let error = refusal(dir.path()).to_string();
    assert!(error.contains("model.safetensors"), "{error}");
}

#[test]
fn cut_files_are_refused() {
    for file in FILES {
        let dir = tempfile::tempdir().unwrap();
        Small::new().write(dir.path());
        let path = dir.path().join(file);
        let whole = std::fs::read(&path).unwrap();
        let step = whole.len() / 60 + 1;
        for length in (0..whole.len())
            .step_by(step)
            .chain([1, 7, 8, 9, whole.len() - 1])
        {
            std::fs::write(&path, &whole[..length]).unwrap();
            let error = refusal(dir.path()).to_string();
            assert!(error.contains(file), "{file} cut to {length}: {error}");
            assert!(error.contains("linli models fetch"), "{error}");
        }
    }
}

#[test]
fn changed_bytes_never_panic() {
    for (file, step) in [
        ("config.json", 3),
        ("tokenizer.json", 31),
        ("model.safetensors", 23),
    ] {
        let dir = tempfile::tempdir().unwrap();
        Small::new().write(dir.path());
        let path = dir.path().join(file);
        let mut bytes = std::fs::read(&path).unwrap();
        for at in (0..bytes.len().min(5000)).step_by(step) {
            for flip in [0x01, 0x10, 0x80] {
                bytes[at] ^= flip;
                std::fs::write(&path, &bytes).unwrap();
                bytes[at] ^= flip;
                // Some changes are harmless; of some another file seems wrong.
                if let Err(error) = SentenceEncoder::load(dir.path()) {
                    let error = error.to_string();
                    assert!(FILES.iter().any(|file| error.contains(file)), "{error}");
                }
            }
        }
    }
}

#[test]
fn an_absurd_header_length_is_not_allocated() {
    for length in [u64::MAX, 1 << 40, 1 << 23] {
        let dir = tempfile::tempdir().unwrap();
        Small::new().write(dir.path());
        let path = dir.path().join("model.safetensors");
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[..8].copy_from_slice(&length.to_le_bytes());
        std::fs::write(&path, bytes).unwrap();
        let error = refusal(dir.path());
        assert!(matches!(error, EncoderError::Damaged { .. }), "{error}");
    }
}

#[test]
fn wrong_shapes_are_named() {
    let bias = "encoder.layer.1.intermediate.dense.bias";
    let error = changed(|small| small.tensor(bias).0 = vec![32, 2]).to_string();
    assert!(
        error.contains(&format!("{bias} 的形状是 [32, 2]，应为 [64]")),
        "{error}"
    );
    let error = changed(|small| small.tensor(bias).1.truncate(10)).to_string();
    assert!(
        error.contains(&format!("{bias} 的长度与形状不符")),
        "{error}"
    );
    let error = changed(|small| drop(small.tensors.remove(bias))).to_string();
    assert!(error.contains(&format!("{bias} 不存在")), "{error}");
    let error = changed(|small| small.config["hidden_size"] = json!(64)).to_string();
    assert!(
        error.contains("embeddings.word_embeddings.weight 的形状"),
        "{error}"
    );
}

#[test]
fn values_that_are_no_numbers_are_refused() {
    for value in [f32::NAN, f32::INFINITY] {
        let error = changed(|small| small.tensor("embeddings.LayerNorm.bias").1[3] = value);
        assert!(
            error
                .to_string()
                .contains("embeddings.LayerNorm.bias 含有无效数值"),
            "{error}"
        );
    }
    let error = changed(|small| {
        small
            .tensor("encoder.layer.1.output.LayerNorm.weight")
            .1
            .fill(3e38)
    });
    assert!(error.to_string().contains("算不出向量"), "{error}");
}

#[test]
fn other_architectures_are_named() {
    for (field, value) in [
        ("model_type", json!("gpt2")),
        ("hidden_act", json!("silu")),
        ("position_embedding_type", json!("relative_key")),
        ("hidden_size", json!(40)),
        ("hidden_size", json!(0)),
        ("intermediate_size", json!(33)),
        ("num_attention_heads", json!(5)),
        ("num_attention_heads", json!(0)),
        ("num_hidden_layers", json!(0)),
        ("max_position_embeddings", json!(2)),
        ("type_vocab_size", json!(0)),
        ("layer_norm_eps", json!(-1.0)),
    ] {
        let error = changed(|small| small.config[field] = value.clone());
        assert!(
            matches!(error, EncoderError::UnknownArchitecture { .. }),
            "{error}"
        );
        assert!(error.to_string().contains(field), "{error}");
    }
    for value in [json!("很多"), json!(-1), json!(null)] {
        let error = changed(|small| small.config["hidden_size"] = value.clone());
        assert!(matches!(error, EncoderError::Damaged { .. }), "{error}");
    }
}

#[test]
fn other_data_types_are_named() {
    let dir = tempfile::tempdir().unwrap();
    Small::new().write(dir.path());
    let path = dir.path().join("model.safetensors");
    let mut bytes = std::fs::read(&path).unwrap();
    for at in 0..bytes.len() - 5 {
        if bytes[at..].starts_with(b"\"F32\"") {
            bytes[at + 1] = b'I';
        }
    }
    std::fs::write(&path, bytes).unwrap();
    let error = refusal(dir.path());
    assert!(
        matches!(error, EncoderError::UnknownArchitecture { .. }),
        "{error}"
    );
    assert!(error.to_string().contains("I32"), "{error}");
}

#[test]
fn a_tokenizer_of_another_model_is_refused() {
    let error = changed(|small| small.tokenizer["model"]["vocab"]["上"] = json!(5000));
    assert!(
        matches!(error, EncoderError::VocabularyMismatch { pieces: 5001, .. }),
        "{error}"
    );
    let error = changed(|small| small.tokenizer["model"]["type"] = json!("Other"));
    assert!(matches!(error, EncoderError::Tokenizer { .. }), "{error}");
}
