//! A voice: a graph that is changed on the way, and files that are not.

use super::server::{Manners, Server};
use crate::models::graph::tests::small;
use crate::models::{Event, FileState, Manifest, Problem, Settings, fetch, verify};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::time::Duration;

const VOICE: &[u8] = b"a voice";

fn pinned(bytes: &[u8]) -> String {
    let hex = Sha256::digest(bytes)
        .iter()
        .fold(String::new(), |hex, b| format!("{hex}{b:02x}"));
    format!("bytes = {}\nsha256 = \"{hex}\"\n", bytes.len())
}

fn manifest(url: &str) -> Manifest {
    let [published, changed] = small();
    let text = format!(
        "[[model]]\nname = \"mouth\"\nkind = \"voice\"\nlicence = \"Apache-2.0\"\nnote = \"\"\n\
         official = \"{url}/official\"\nmirror = \"there\"\n\
         [[model.file]]\npath = \"model.onnx\"\n{}\
         [model.file.source]\nurl = \"{url}/graph.onnx\"\n{}\
         [[model.file]]\npath = \"voices/a.bin\"\n{}",
        pinned(&changed),
        pinned(&published),
        pinned(VOICE)
    );
    Manifest::parse(&text).unwrap()
}

fn run(dir: &Path, server: &Server, mirror: Option<String>) -> Result<(), Problem> {
    let settings = Settings {
        mirror,
        attempts: 1,
        pause: Duration::from_millis(1),
        hurry: false,
    };
    let silent = &mut |_: Event<'_>| {};
    fetch(dir, &manifest(&server.url()), "mouth", &settings, silent).map(drop)
}

/// Names of what is in the model's folder.
fn there(dir: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(dir.join("mouth")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

#[test]
fn what_is_published_is_changed_and_a_notice_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let [published, _] = small();
    let files = [
        ("/graph.onnx", &published[..]),
        ("/official/voices/a.bin", VOICE),
    ];
    let server = Server::new(&files, Manners::default());
    run(dir.path(), &server, None).unwrap();
    let model = &manifest("http://localhost").models[0];
    let found = verify(dir.path(), model, &mut |_| {}).unwrap();
    assert!(found.iter().all(|(_, state)| *state == FileState::Right));
    assert_eq!(there(dir.path()), ["NOTICE", "model.onnx", "voices"]);
    let notice = std::fs::read_to_string(dir.path().join("mouth/NOTICE")).unwrap();
    assert!(notice.contains("was changed"), "{notice}");
    assert_eq!(server.asked().len(), 2);
    run(dir.path(), &server, None).unwrap();
    assert_eq!(server.asked().len(), 2);
}

#[test]
fn a_mirror_may_have_the_finished_folder() {
    let dir = tempfile::tempdir().unwrap();
    let [_, changed] = small();
    let files = [
        ("/there/model.onnx", &changed[..]),
        ("/there/voices/a.bin", VOICE),
    ];
    let server = Server::new(&files, Manners::default());
    run(dir.path(), &server, Some(server.url())).unwrap();
    assert_eq!(there(dir.path()), ["NOTICE", "model.onnx", "voices"]);
}

#[test]
fn another_graph_is_not_kept() {
    let dir = tempfile::tempdir().unwrap();
    let [published, _] = small();
    let other = vec![0; published.len()];
    let files = [
        ("/graph.onnx", &other[..]),
        ("/official/voices/a.bin", VOICE),
    ];
    let server = Server::new(&files, Manners::default());
    let error = run(dir.path(), &server, None).unwrap_err();
    assert!(matches!(error, Problem::Damaged { .. }), "{error}");
    // The voice is there to go on with.
    assert_eq!(there(dir.path()), ["voices"]);
}
