//! A small device of the xiaozhi kind: as it comes, with the messages that its
//! firmware sends and looks for.

use super::{says, server};
use crate::harness::{Server, Terminal};
use futures_util::SinkExt;
use linli::protocol::terminal::{TerminalMessage, TtsState};
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

/// 60 ms of a tone, as libopus writes them; and of silence.
const TONE: &str = concat!(
    "58e7fea304b3ac93d0d8227a7fd84ddb7f707a6da5059a009183874b903ef61dc423c9",
    "2f72745ac006e3fb0c09f60be7786ac0eb030490cb8d967e85739e639b08524d8bf5fa",
    "5504687880f355d6d427577909e9b47e0636891ef70a61057031397a98e724ad51dfcc",
    "fa4f02199191c15f8e9a54f8197e5074cd66a54d99188c80649faa50484318e161fa80",
    "5670aa59fb82",
);
const SILENCE: &str = "58";

fn packet(hex: &str) -> Message {
    let byte = |i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap();
    Message::binary((0..hex.len()).step_by(2).map(byte).collect::<Vec<u8>>())
}

async fn device(server: &Server) -> Terminal {
    let mut device = Terminal::connect(server.address, &server.kiosk_key)
        .await
        .unwrap();
    let hello = json!({
        "type": "hello", "version": 1, "features": {"mcp": true}, "transport": "websocket",
        "audio_params": {"format": "opus", "sample_rate": 16000, "channels": 1, "frame_duration": 60},
    });
    device.raw(&hello.to_string()).await;
    match device.next().await {
        TerminalMessage::Hello {
            session,
            transport,
            session_id,
            ..
        } => {
            // Without these the firmware hangs up.
            assert_eq!(transport.as_deref(), Some("websocket"));
            assert_eq!(session_id.as_ref(), Some(&session));
            device.session = session;
        }
        other => panic!("{other:?}"),
    }
    device
}

/// The sentences of the next speech.
async fn sentences(device: &mut Terminal) -> Vec<String> {
    let mut said = Vec::new();
    loop {
        match device.next().await {
            TerminalMessage::Tts { state, text } => match state {
                TtsState::Start => said.clear(),
                TtsState::SentenceStart => said.extend(text),
                TtsState::Stop => return said,
            },
            TerminalMessage::Error { message, .. } => panic!("{message}"),
            _ => {}
        }
    }
}

async fn ask(device: &mut Terminal, mode: &str) {
    let id = device.session.clone();
    let wake = json!({"session_id": id, "type": "listen", "state": "detect", "text": "你好邻里"});
    device.raw(&wake.to_string()).await;
    let start = json!({"session_id": id, "type": "listen", "state": "start", "mode": mode});
    device.raw(&start.to_string()).await;
    for hex in [TONE; 25].into_iter().chain([SILENCE; 20]) {
        device.socket.send(packet(hex)).await.unwrap();
    }
    if mode == "manual" {
        let stop = json!({"session_id": id, "type": "listen", "state": "stop"});
        device.raw(&stop.to_string()).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_asks_by_voice_and_is_told_what_to_say() {
    let server = server(says("居住证怎么办理"), |_| {}).await;
    let mut device = device(&server).await;
    for mode in ["auto", "realtime", "manual"] {
        ask(&mut device, mode).await;
        let said = sentences(&mut device).await.concat();
        assert!(said.contains("居住证"), "{mode}: {said}");
        let abort =
            json!({"session_id": device.session, "type": "abort", "reason": "wake_word_detected"});
        device.raw(&abort.to_string()).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_reaches_a_person_by_voice() {
    let server = server(says("我要找工作人员"), |_| {}).await;
    let mut device = device(&server).await;
    ask(&mut device, "auto").await;
    let said = sentences(&mut device).await.concat();
    assert!(said.contains("转给社区工作人员"), "{said}");

    // A terminal of ours is not told what it shall say.
    let mut page = server.terminal().await;
    page.ask("t", "居住证怎么办理").await;
    page.ask("u", "你好").await;
    assert_eq!(page.seq, 3);
}
