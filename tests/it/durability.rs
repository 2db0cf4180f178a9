//! What was acknowledged is on disk, whatever happens to the process.

use crate::harness::{Terminal, knowledge_dir};
use linli::protocol::terminal::{TerminalMessage, TerminalRequest};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn serve(data: &Path) -> (Process, SocketAddr, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_linli"))
        .env_remove("LINLI_MODELS_DIR")
        .args(["serve", "--json", "--listen", "127.0.0.1:0", "--data"])
        .arg(data)
        .arg("--knowledge-dir")
        .arg(knowledge_dir())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let hello: Value = serde_json::from_str(&line).unwrap();
    let address = hello["listen"].as_str().unwrap().parse().unwrap();
    let key = std::fs::read_to_string(data.join("demo-kiosk.key"))
        .unwrap()
        .trim()
        .to_owned();
    (Process(child), address, key)
}

/// Asks and escalates until the process is gone; returns what was
/// acknowledged: pick-up codes, and how many questions were answered.
async fn talk(address: SocketAddr, key: String, name: usize) -> (Vec<String>, usize) {
    let (mut codes, mut answered) = (Vec::new(), 0);
    let Ok(mut terminal) = Terminal::connect(address, &key).await else {
        return (codes, 0);
    };
    terminal.hello(None).await;
    for n in 0.. {
        let turn = format!("{name}-{n}");
        let ask = TerminalRequest::Ask {
            turn: turn.clone(),
            text: "楼道灯坏了找谁".to_owned(),
        };
        let escalate = TerminalRequest::Escalate {
            turn: Some(turn),
            note: None,
            contact: None,
        };
        for request in [ask, escalate] {
            use futures_util::SinkExt;
            use tokio_tungstenite::tungstenite::Message;
            let text = serde_json::to_string(&request).unwrap();
            if terminal.socket.send(Message::text(text)).await.is_err() {
                return (codes, answered);
            }
            match terminal.try_next().await {
                Some(TerminalMessage::Escalation { code, .. }) => codes.push(code),
                Some(TerminalMessage::NoAnswer { .. } | TerminalMessage::Choices { .. }) => {
                    answered += 1
                }
                Some(TerminalMessage::Error { .. }) => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                Some(other) => panic!("{other:?}"),
                None => return (codes, answered),
            }
        }
    }
    unreachable!()
}

#[tokio::test(flavor = "multi_thread")]
async fn kill_9_loses_nothing_that_was_acknowledged() {
    let data = tempfile::tempdir().unwrap();
    let (mut codes, mut answered) = (Vec::new(), 0);
    for round in 0..4u64 {
        let (mut process, address, key) = serve(data.path());
        let talks: Vec<_> = (0..6)
            .map(|n| tokio::spawn(talk(address, key.clone(), n)))
            .collect();
        tokio::time::sleep(Duration::from_millis(400 + 170 * round)).await;
        process.0.kill().unwrap();
        process.0.wait().unwrap();
        for talk in talks {
            let (more, asked) = talk.await.unwrap();
            codes.extend(more);
            answered += asked;
        }
    }
    assert!(
        codes.len() > 20,
        "the rounds did some work: {}",
        codes.len()
    );
    let url = format!("sqlite:{}", data.path().join("linli.db").display());
    let store = linli::store::open(&url).await.unwrap();
    for code in &codes {
        assert!(
            store.escalation_by_code(code).await.unwrap().is_some(),
            "{code} was acknowledged"
        );
    }
    let filter = linli::store::TurnFilter::default();
    let turns = store.turn_facts(&filter).await.unwrap().len();
    assert!(
        turns >= answered,
        "{answered} turns were acknowledged, {turns} are there"
    );
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sigterm_says_goodbye_and_stops_in_time() {
    let data = tempfile::tempdir().unwrap();
    let (mut process, address, key) = serve(data.path());
    let mut terminal = Terminal::connect(address, &key).await.unwrap();
    terminal.hello(None).await;
    terminal.ask("t1", "居住证怎么办理").await;
    let begun = Instant::now();
    let pid = process.0.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &pid])
            .status()
            .unwrap()
            .success()
    );
    let goodbye = terminal.next().await;
    assert!(matches!(goodbye, TerminalMessage::Ended { reason } if reason == "stopping"));
    let status = loop {
        if let Some(status) = process.0.try_wait().unwrap() {
            break status;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(10),
            "stops within 10 seconds"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    assert!(status.success());
}

#[test]
fn a_port_in_use_is_explained() {
    let data = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_linli"))
        .env_remove("LINLI_MODELS_DIR")
        .args([
            "serve",
            "--listen",
            &taken.local_addr().unwrap().to_string(),
            "--data",
        ])
        .arg(data.path().join("new"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("已被占用"), "{error}");
    assert!(!data.path().join("new").exists(), "nothing was touched");
}
