use crate::harness::{Server, Terminal};
use linli::protocol::terminal::{TerminalMessage, TerminalRequest};
use serde_json::json;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_back_gets_what_was_missed_once_and_in_order() {
    let server = Server::start().await;
    let worker = server.worker("wang").await;
    let mut terminal = server.terminal().await;
    terminal.ask("t1", "楼道灯坏了找谁").await;
    terminal
        .send(&TerminalRequest::Escalate {
            turn: Some("t1".to_owned()),
            note: None,
            contact: None,
        })
        .await;
    let opened = terminal.next().await;
    let TerminalMessage::Escalation { escalation, .. } = opened else {
        panic!("{opened:?}")
    };
    let (session, seen) = (terminal.session.clone(), terminal.seq);
    drop(terminal);

    // While the terminal is away, the worker takes the case and talks.
    worker
        .post(&format!("/api/escalations/{escalation}/claim"), &json!({}))
        .await;
    for text in ["您好", "已经报修了"] {
        worker
            .post(
                &format!("/api/escalations/{escalation}/say"),
                &json!({"text": text}),
            )
            .await;
    }
    tokio::time::sleep(Duration::from_millis(300)).await;

    let mut back = Terminal::connect(server.address, &server.kiosk_key)
        .await
        .unwrap();
    back.hello(Some(json!({"session": session, "seq": seen})))
        .await;
    assert_eq!((back.session.as_str(), back.seq), (session.as_str(), seen));
    let mut texts = Vec::new();
    let mut seqs = Vec::new();
    let mut workers = Vec::new();
    // Who took it may be told after their first words, on a slow machine.
    while texts.len() < 2 || workers.is_empty() {
        let message = back.next().await;
        seqs.push(back.seq);
        match message {
            TerminalMessage::WorkerSays { text, .. } => texts.push(text),
            TerminalMessage::Escalation { worker, .. } => workers.extend(worker),
            _ => {}
        }
    }
    assert_eq!(texts, ["您好", "已经报修了"]);
    let wanted: Vec<u64> = (seen + 1..).take(seqs.len()).collect();
    assert_eq!(seqs, wanted, "no gap and nothing twice");

    // The dialogue goes on where it was.
    let duplicate = back.ask("t1", "楼道灯坏了找谁").await;
    assert!(
        matches!(duplicate, TerminalMessage::Error { .. }),
        "{duplicate:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn another_terminals_session_cannot_be_taken_over() {
    let server = Server::start().await;
    let made = linli::app::add_kiosk(&server.flow, "k2", "二号", "test-other")
        .await
        .unwrap();
    let mut first = server.terminal().await;
    first.ask("t1", "居住证怎么办理").await;
    let mut other = Terminal::connect(server.address, &made.key).await.unwrap();
    other
        .hello(Some(json!({"session": first.session, "seq": 0})))
        .await;
    assert_ne!(other.session, first.session);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_leaves_nothing_to_resume() {
    let server = Server::start().await;
    let mut terminal = server.terminal().await;
    terminal.ask("t1", "居住证怎么办理").await;
    let (session, seen) = (terminal.session.clone(), terminal.seq);
    terminal.send(&TerminalRequest::End {}).await;
    let ended = terminal.next().await;
    assert!(matches!(ended, TerminalMessage::Ended { reason } if reason == "end"));
    let mut back = Terminal::connect(server.address, &server.kiosk_key)
        .await
        .unwrap();
    back.hello(Some(json!({"session": session, "seq": seen})))
        .await;
    assert_ne!(back.session, session);
    // On the same connection a new resident begins with a new hello.
    terminal.hello(None).await;
    assert_ne!(terminal.session, session);
    let what = terminal.ask("t1", "那要带什么材料").await;
    let remembered = matches!(&what, TerminalMessage::Answer { entry, .. } if entry == "residence-permit.materials");
    assert!(!remembered, "the topic of the last resident is forgotten");
}

/// The two cross on their way: whichever the server sees first, the
/// connection that came back is served.
#[tokio::test(flavor = "multi_thread")]
async fn who_comes_back_while_the_session_ends_is_not_dropped() {
    let server = Server::start().await;
    for _ in 0..20 {
        let mut terminal = server.terminal().await;
        terminal.ask("t1", "居住证怎么办理").await;
        let mut back = Terminal::connect(server.address, &server.kiosk_key)
            .await
            .unwrap();
        let resume = json!({"session": terminal.session, "seq": terminal.seq});
        terminal.send(&TerminalRequest::End {}).await;
        back.hello(Some(resume)).await;
        let what = back.ask("t2", "居住证怎么办理").await;
        assert!(matches!(what, TerminalMessage::Answer { .. }), "{what:?}");
    }
}
