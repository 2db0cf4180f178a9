use crate::harness::{Server, Terminal};
use linli::protocol::Code;
use linli::protocol::terminal::TerminalMessage;

#[tokio::test(flavor = "multi_thread")]
async fn bad_messages_are_explained_and_the_connection_lives_on() {
    let server = Server::start().await;
    let mut terminal = server.terminal().await;
    let long = format!(
        r#"{{"type":"ask","turn":"x","text":"{}"}}"#,
        "长".repeat(1001)
    );
    for (raw, wanted) in [
        ("{", Code::BadJson),
        ("[]", Code::UnknownMessage),
        (r#"{"type":"dance"}"#, Code::UnknownMessage),
        (r#"{"type":"ask","turn":"x"}"#, Code::BadMessage),
        (r#"{"type":"ask","turn":"x","text":"  "}"#, Code::BadMessage),
        (r#"{"type":"ask","turn":"","text":"问"}"#, Code::BadMessage),
        (long.as_str(), Code::TooLarge),
        (
            r#"{"type":"choose","turn":"never","option":1}"#,
            Code::NoSuchTurn,
        ),
        (
            r#"{"type":"feedback","turn":"never","helpful":true}"#,
            Code::NoSuchTurn,
        ),
        (r#"{"type":"escalate","turn":"never"}"#, Code::NoSuchTurn),
        (
            r#"{"type":"say","escalation":"never","text":"喂"}"#,
            Code::NotFound,
        ),
        (
            r#"{"type":"listen","state":"start","turn":"x"}"#,
            Code::SpeechUnavailable,
        ),
    ] {
        terminal.raw(raw).await;
        let error = terminal.next().await;
        let TerminalMessage::Error { code, message, .. } = error else {
            panic!("{raw}: {error:?}")
        };
        assert_eq!(code, wanted, "{raw}");
        assert!(!message.is_empty());
    }
    let answer = terminal.ask("t1", "居住证怎么办理").await;
    assert!(matches!(answer, TerminalMessage::Answer { .. }));
    let again = terminal.ask("t1", "居住证怎么办理").await;
    assert!(
        matches!(
            again,
            TerminalMessage::Error {
                code: Code::DuplicateTurn,
                ..
            }
        ),
        "{again:?}"
    );
    terminal
        .raw(r#"{"type":"choose","turn":"t1","option":1}"#)
        .await;
    let none = terminal.next().await;
    assert!(
        matches!(
            none,
            TerminalMessage::Error {
                code: Code::NoSuchOption,
                ..
            }
        ),
        "{none:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn only_paired_terminals_get_in_and_hello_comes_first() {
    let server = Server::start().await;
    for key in ["", "wrong"] {
        let refused = Terminal::connect(server.address, key)
            .await
            .err()
            .expect("refused");
        assert!(refused.to_string().contains("401"), "{refused}");
    }
    for (first, wanted) in [
        (r#"{"type":"ask","turn":"t","text":"问"}"#, Code::HelloFirst),
        (r#"{"type":"hello","version":2}"#, Code::UnsupportedVersion),
        ("hello", Code::BadJson),
    ] {
        let mut terminal = Terminal::connect(server.address, &server.kiosk_key)
            .await
            .unwrap();
        terminal.raw(first).await;
        let error = terminal.next().await;
        let TerminalMessage::Error { code, .. } = error else {
            panic!("{error:?}")
        };
        assert_eq!(code, wanted);
        assert!(
            terminal.try_next().await.is_none(),
            "the connection is closed"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_huge_frame_ends_only_its_own_connection() {
    let server = Server::start().await;
    let mut bystander = server.terminal().await;
    let mut terminal = server.terminal().await;
    terminal.raw(&"x".repeat(200_000)).await;
    while terminal.try_next().await.is_some() {}
    let answer = bystander.ask("t1", "居住证怎么办理").await;
    assert!(matches!(answer, TerminalMessage::Answer { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_is_slowed_down() {
    let server = Server::start_with(|c| c.gateway.requests_per_second = 5.0).await;
    let mut terminal = server.terminal().await;
    let mut slowed = 0;
    for n in 0..30 {
        let reply = terminal.ask(&format!("t{n}"), "你好").await;
        slowed += u32::from(matches!(
            reply,
            TerminalMessage::Error {
                code: Code::SlowDown,
                ..
            }
        ));
    }
    assert!(slowed > 0, "30 at once are more than a burst of 10");
}
