//! What is said: an answer that is heard, a worker's words, a device, the house's
//! voice. The engine hums; how real ones sound is tested where they are.

use crate::harness::{Desk, Server, Terminal, config};
use linli::model::SystemClock;
use linli::protocol::terminal::{TerminalMessage, TtsState};
use linli::speech::{
    Abort, Ear, Mouth, MouthSettings, Saying, Settings, Sound, Style, Voice, VoiceError,
    VoiceMaker, open_sound,
};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

struct Hum;

impl Voice for Hum {
    fn speak(&mut self, script: &Saying, _: &Style, _: &Abort) -> Result<Sound, VoiceError> {
        let syllables: usize = script.clauses.iter().map(|c| c.syllables.len()).sum();
        let sample = |n: usize| (n as f32 * 0.06).sin() * 0.3;
        Ok(Sound {
            samples: (0..syllables * 1200).map(sample).collect(),
            marks: Vec::new(),
        })
    }
}

async fn server() -> Server {
    Server::start_built(async |data| {
        let maker: VoiceMaker = Arc::new(|| Ok(Box::new(Hum)));
        let settings = MouthSettings {
            folder: Some(data.join("voices")),
            ..MouthSettings::default()
        };
        let mouth = Mouth::with_voice(settings, "hum", maker, Arc::new(|| false));
        let ear = Arc::new(Ear::open(Settings::default()));
        linli::app::build_with_senses(&config(data), Arc::new(SystemClock), ear, mouth)
            .await
            .unwrap()
    })
    .await
}

/// The voices page, once everything is made.
async fn made(admin: &Desk) -> Value {
    for _ in 0..1500 {
        let (status, voices) = admin.get("/api/voices").await;
        assert_eq!(status, 200, "{voices}");
        if voices["wanted"].as_u64() > Some(0) && voices["left"] == 0 {
            return voices;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("not made within 30 s");
}

async fn fetch(server: &Server, src: &str) -> reqwest::Response {
    let desk = Desk::new(server.address);
    desk.client.get(server.url(src)).send().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_heard_and_the_sound_is_for_ever() {
    let server = server().await;
    let voices = made(&server.admin().await).await;
    assert_eq!(voices["failed"], json!([]));
    let mut terminal = server.terminal().await;
    let TerminalMessage::Answer { spoken, .. } = terminal.ask("t", "居住证怎么办理").await
    else {
        panic!("no answer")
    };
    // The rhythm that tells generated speech, then the answer.
    let clips = std::mem::take(&mut terminal.audio);
    let [label, answer] = clips.as_slice() else {
        panic!("{clips:?}")
    };
    assert!(label.sentences.is_empty());
    let said: String = answer.sentences.iter().map(|s| s.text.as_str()).collect();
    assert_eq!(said, spoken);
    for clip in [label, answer] {
        let response = fetch(&server, &clip.src).await;
        assert_eq!(response.status(), 200);
        let headers = response.headers().clone();
        assert_eq!(headers["content-type"], "audio/ogg");
        assert!(
            headers["cache-control"]
                .to_str()
                .unwrap()
                .contains("immutable")
        );
        let file = response.bytes().await.unwrap();
        assert!(open_sound(&file).unwrap().milliseconds > 200);
    }
    // Once a resident.
    terminal.ask("u", "居住证怎么办理").await;
    assert_eq!(terminal.audio.as_slice(), std::slice::from_ref(answer));
    // The choices are said part by part, and nobody gets what they were not told of.
    for other in ["/audio/nothing", &format!("/audio/{}", "a".repeat(40))] {
        assert_eq!(fetch(&server, other).await.status(), 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workers_words_are_heard_and_kept_nowhere() {
    let server = server().await;
    made(&server.admin().await).await;
    let kept = || walk(&server.data.path().join("voices"));
    let before = kept();
    let mut terminal = server.terminal().await;
    terminal
        .raw(r#"{"type": "escalate", "note": "火星怎么去"}"#)
        .await;
    let escalated = terminal.next().await;
    let TerminalMessage::Escalation { escalation, .. } = escalated else {
        panic!("{escalated:?}")
    };
    assert!(terminal.audio.iter().any(|c| {
        let mut texts = c.sentences.iter();
        texts.any(|s| s.text.contains("取件码"))
    }));
    let worker = server.worker("wang").await;
    let (status, _) = worker
        .post(&format!("/api/escalations/{escalation}/claim"), &json!({}))
        .await;
    assert_eq!(status, 200);
    let words = json!({"text": "您好，我帮您问一下。请等我两分钟。"});
    let (status, _) = worker
        .post(&format!("/api/escalations/{escalation}/say"), &words)
        .await;
    assert!((200..300).contains(&status), "{status}");
    terminal
        .until(|m| matches!(m, TerminalMessage::WorkerSays { .. }))
        .await;
    let texts: Vec<_> = terminal.audio.iter().flat_map(|c| &c.sentences).collect();
    assert_eq!(texts.last().unwrap().text, "请等我两分钟。");
    for clip in &terminal.audio {
        let response = fetch(&server, &clip.src).await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["cache-control"], "no-store");
    }
    assert_eq!(kept(), before);
}

fn walk(folder: &std::path::Path) -> usize {
    let folders = std::fs::read_dir(folder).into_iter().flatten().flatten();
    folders
        .map(|f| std::fs::read_dir(f.path()).into_iter().flatten().count())
        .sum()
}

async fn device(server: &Server) -> Terminal {
    let mut device = Terminal::connect(server.address, &server.kiosk_key)
        .await
        .unwrap();
    let hello = json!({"type": "hello", "version": 1, "transport": "websocket",
        "audio_params": {"format": "opus", "sample_rate": 16000, "channels": 1, "frame_duration": 60}});
    device.raw(&hello.to_string()).await;
    let hello = device.next().await;
    let TerminalMessage::Hello { audio_params, .. } = hello else {
        panic!("{hello:?}")
    };
    assert_eq!(audio_params.unwrap().sample_rate, 24_000);
    device
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_is_sent_the_sound_at_its_pace_and_stops_when_it_shall() {
    let server = server().await;
    made(&server.admin().await).await;
    let mut device = device(&server).await;
    device.ask("t", "居住证怎么办理").await;
    let begun = std::time::Instant::now();
    let (mut said, mut packets) = (String::new(), 0);
    loop {
        let message = device.next().await;
        packets += device.packets.len();
        match message {
            TerminalMessage::Tts {
                state: TtsState::SentenceStart,
                text,
            } => said.extend(text),
            TerminalMessage::Tts {
                state: TtsState::Stop,
                ..
            } => break,
            _ => {}
        }
    }
    assert!(said.contains("居住证"), "{said}");
    let length = Duration::from_millis(20) * u32::try_from(packets).unwrap();
    assert!(packets > 20 && begun.elapsed() + Duration::from_millis(200) > length);

    device.ask("u", "居住证怎么办理").await;
    device.next().await;
    device
        .raw(r#"{"type": "abort", "reason": "wake_word_detected"}"#)
        .await;
    device
        .until(|m| {
            matches!(
                m,
                TerminalMessage::Tts {
                    state: TtsState::Stop,
                    ..
                }
            )
        })
        .await;
    assert!(device.packets.len() < packets / 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_reading_is_put_right_and_has_its_test() {
    let server = server().await;
    let admin = server.admin().await;
    made(&admin).await;
    let text = json!({"text": "找张朝阳办。"});
    let (_, read) = admin.post("/api/voices/reading", &text).await;
    let character = &read["characters"][2];
    assert_eq!(character["text"], "朝");

    let wrong = character["reading"].as_str().unwrap().to_owned();
    let right = "zhao1".to_owned();
    let others = character["others"].as_array().unwrap();
    assert!(others.contains(&json!(right)), "{character}");
    let rule = json!({"word": "张朝阳", "reading": format!("zhang1 {right} yang2"), "sample": "找张朝阳办。"});
    let (status, voices) = admin.post("/api/readings", &rule).await;
    assert_eq!(status, 200, "{voices}");
    assert_eq!(voices["readings"][0]["word"], "张朝阳");
    let (_, read) = admin.post("/api/voices/reading", &text).await;
    assert_eq!(read["characters"][2]["reading"], right);

    // A shorter word may not undo it, nor may nonsense be a reading.
    for (word, reading, sample) in [
        ("朝阳办", format!("{wrong} yang2 ban4"), "找张朝阳办。"),
        ("朝", "bang7".to_owned(), "朝"),
        ("朝", right.clone(), "没有这个字"),
    ] {
        let rule = json!({"word": word, "reading": reading, "sample": sample});
        let (status, refused) = admin.post("/api/readings", &rule).await;
        assert_eq!(status, 400, "{word}: {refused}");
    }
    let (status, voices) = admin
        .delete("/api/readings/%E5%BC%A0%E6%9C%9D%E9%98%B3")
        .await;
    assert_eq!((status, &voices["readings"]), (200, &json!([])));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_houses_voice_is_chosen_and_heard_before() {
    let server = server().await;
    let admin = server.admin().await;
    let before = made(&admin).await;
    let client = &admin.client;
    let heard = client
        .post(server.url("/api/voices/preview"))
        .json(&json!({"text": "重{chong2}办要带{no_such}身份证。"}))
        .send()
        .await
        .unwrap();
    assert_eq!(heard.status(), 200);
    assert!(open_sound(&heard.bytes().await.unwrap()).is_ok());

    let voice = before["voice"].clone();
    let chosen = json!({"voice": voice, "speed": 0.85});
    let (status, after) = admin.put("/api/voices", &chosen).await;
    assert_eq!(status, 200, "{after}");
    let speed = made(&admin).await["speed"].as_f64().unwrap();
    assert!((speed - 0.85).abs() < 1e-6, "{speed}");
    for wrong in [
        json!({"voice": "nobody"}),
        json!({"voice": voice, "speed": 9.0}),
    ] {
        assert_eq!(admin.put("/api/voices", &wrong).await.0, 400);
    }
    let worker = server.worker("wang").await;
    assert_eq!(worker.get("/api/voices").await.0, 403);
    assert_eq!(worker.put("/api/voices", &chosen).await.0, 403);
}
