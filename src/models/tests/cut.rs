//! Cutting a small encoder, and a real one.
//! `LINLI_MODELS_DIR` names the folder of models; without it the real one is
//! not tested.

use super::small;
use crate::models::cut;
use crate::models::cut::write;
use crate::retrieval::{Encoder, SentenceEncoder};
use serde_json::Value;
use std::path::Path;

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn chinese_questions_keep_their_vectors() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("cut/zh");
    small::write(dir.path());
    let done = cut(dir.path(), &out).unwrap();
    assert_eq!(done.before, small::pieces().len());
    // д é ひ г
    assert_eq!(done.after, done.before - 4);
    assert!(done.likeness > 0.999_999, "{}", done.likeness);

    let config = json(&out.join("config.json"));
    assert_eq!(config["vocab_size"], done.after);
    assert_eq!(config["torch_dtype"], "float16");
    let tokenizer = json(&out.join("tokenizer.json"));
    let last = done.after - 1;
    assert_eq!(
        tokenizer["model"]["vocab"].as_array().unwrap().len(),
        done.after
    );
    assert_eq!(tokenizer["added_tokens"][4]["id"], last);
    assert_eq!(
        tokenizer["post_processor"]["special_tokens"]["<mask>"]["ids"][0],
        last
    );

    let [old, new] = [dir.path(), &out].map(|dir| SentenceEncoder::load(dir).unwrap());
    for text in ["居住证怎么办理？", "Wi-fi坏了找谁", "12345打不通", ""] {
        assert_eq!(old.encode(text), new.encode(text), "{text}");
    }
}

#[test]
fn a_folder_with_something_in_it_is_not_written_to() {
    let dir = tempfile::tempdir().unwrap();
    small::write(dir.path());
    let error = cut(dir.path(), dir.path()).unwrap_err().to_string();
    assert!(error.contains("已经有东西"), "{error}");
}

#[test]
fn what_cannot_be_cut_is_refused_with_the_reason() {
    for (file, text, wanted) in [
        ("tokenizer.json", "{", "解析不了"),
        (
            "tokenizer.json",
            "{\"model\":{\"type\":\"WordPiece\"}}",
            "WordPiece",
        ),
        ("tokenizer.json", "{\"added_tokens\":[]}", "没有 model"),
        ("config.json", "[]", "解析不了"),
        ("model.safetensors", "\u{1}\0\0\0\0\0\0\0{", "文件头"),
        ("model.safetensors", "aaaaaaaaaaaa", "safetensors"),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("out");
        small::write(dir.path());
        std::fs::write(dir.path().join(file), text).unwrap();
        let error = cut(dir.path(), &out).unwrap_err().to_string();
        assert!(error.contains(wanted) && error.contains(file), "{error}");
        assert!(!out.exists(), "{file}");
        std::fs::remove_file(dir.path().join(file)).unwrap();
        assert!(
            cut(dir.path(), &out)
                .unwrap_err()
                .to_string()
                .contains(file)
        );
    }
}

#[test]
fn the_real_one_is_cut_already() {
    let Some(models) = std::env::var_os("LINLI_MODELS_DIR") else {
        eprintln!("skipped: LINLI_MODELS_DIR names no folder of models");
        return;
    };
    let dir = Path::new(&models).join("multilingual-e5-small-zh");
    if !dir.exists() {
        eprintln!("skipped: no multilingual-e5-small-zh in LINLI_MODELS_DIR");
        return;
    }
    let out = tempfile::tempdir().unwrap();
    // Not compared by vectors, which takes a minute without optimisation: the
    // files are the same.
    let counts = write(&dir, out.path()).unwrap();
    assert_eq!(counts, (24_835, 24_835));
    for file in ["config.json", "tokenizer.json", "model.safetensors"] {
        let [old, new] = [&dir, out.path()].map(|dir| std::fs::read(dir.join(file)).unwrap());
        assert!(old == new, "{file}");
    }
}
