//! The protocol's examples mean in Rust what they say; the front end's tests
//! read the same files.

use linli::protocol::terminal::{Numbered, REQUEST_TYPES, TerminalRequest};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

fn examples() -> Vec<(String, Value)> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/protocol/terminal");
    let mut found: Vec<_> = std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            (
                path.display().to_string(),
                serde_json::from_str(&text).unwrap(),
            )
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

#[test]
fn examples_survive_reading_and_writing() {
    for (file, example) in examples() {
        let message = &example["message"];
        let written = match example["direction"].as_str().unwrap() {
            "client" => {
                let read: TerminalRequest = serde_json::from_value(message.clone()).expect(&file);
                serde_json::to_value(read).unwrap()
            }
            "server" => {
                let read: Numbered = serde_json::from_value(message.clone()).expect(&file);
                serde_json::to_value(read).unwrap()
            }
            other => panic!("{file}: {other}"),
        };
        assert_eq!(&written, message, "{file}");
    }
}

#[test]
fn every_message_has_an_example() {
    let of = |direction: &str| -> BTreeSet<String> {
        examples()
            .into_iter()
            .filter(|(_, e)| e["direction"] == direction)
            .map(|(_, e)| e["message"]["type"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        of("client"),
        REQUEST_TYPES.iter().map(|t| (*t).to_owned()).collect()
    );
    let schema = linli::protocol::schema::components().unwrap();
    let variants = schema["components"]["schemas"]["TerminalMessage"]["oneOf"]
        .as_array()
        .unwrap();
    assert_eq!(
        of("server").len(),
        variants.len(),
        "one example for each server message"
    );
}

#[test]
fn what_others_send_beside_it_is_ignored() {
    let raw = r#"{"type":"hello","version":1,"transport":"websocket","session_id":"x",
        "features":{"mcp":true},"audio_params":{"format":"opus","sample_rate":16000,
        "channels":1,"frame_duration":60}}"#;
    assert!(serde_json::from_str::<TerminalRequest>(raw).is_ok());
}
