//! The microphone's part of the protocol.

use super::{says, server, sounds};
use crate::harness::Terminal;
use linli::model::{Channel, Outcome, Turn};
use linli::protocol::Code;
use linli::protocol::terminal::TerminalMessage;
use linli::speech::{RecogniserError, Script, transcript};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, mpsc};

fn code(message: &TerminalMessage) -> Option<Code> {
    match message {
        TerminalMessage::Error { code, .. } => Some(*code),
        _ => None,
    }
}

fn heard(message: &TerminalMessage) -> (&str, &str) {
    match message {
        TerminalMessage::Stt {
            turn,
            text,
            r#final: true,
        } => (turn, text),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_spoken_question_is_answered_in_both_modes_and_in_frames_of_any_size() {
    let server = server(says("居住證怎麼辦理？"), |_| {}).await;
    let mut terminal = Terminal::connect(server.address, &server.kiosk_key)
        .await
        .unwrap();
    let hello = terminal.hello(None).await;
    let TerminalMessage::Hello { speech, .. } = hello else {
        panic!("{hello:?}")
    };
    assert!(speech.available && speech.reason.is_none());

    let speech = sounds(&[(0, 300), (1, 1500), (0, 1000)]);
    for (turn, mode, frame) in [
        ("a", "auto", 1920),
        ("b", "manual", 641),
        ("c", "auto", 3199),
    ] {
        terminal.listen("start", mode, turn).await;
        terminal.speak(&speech, frame).await;
        if mode == "manual" {
            terminal.listen("stop", mode, turn).await;
        }
        let stt = terminal.next_final().await;
        assert_eq!(heard(&stt), (turn, "居住证怎么办理？"));
        let answer = terminal.next().await;
        let TerminalMessage::Answer { turn: of, .. } = &answer else {
            panic!("{answer:?}")
        };
        assert_eq!(of, turn);
    }
    let turns = turns(&server.flow, &terminal).await;
    assert_eq!(turns.len(), 3);
    for turn in turns {
        assert_eq!(turn.channel, Channel::Spoken);
        assert_eq!(turn.outcome, Outcome::Answered);
        let explain: Value = serde_json::from_str(&turn.explain).unwrap();
        assert_eq!(explain["heard"]["text"], "居住证怎么办理？");
    }
}

async fn turns(flow: &linli::flow::Flow, terminal: &Terminal) -> Vec<Turn> {
    let session = terminal.session.as_str().into();
    flow.store.session_turns(&session).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_heard_is_told_with_its_reason_and_written_down() {
    let server = server(says("(音乐)"), |_| {}).await;
    let mut terminal = server.terminal().await;
    for (turn, audio, wanted) in [
        ("a", sounds(&[(1, 1500), (0, 1000)]), "sound"),
        ("b", sounds(&[(0, 8500)]), "no_voice"),
        ("c", sounds(&[(1, 200), (0, 1000)]), "no_voice"),
    ] {
        terminal.listen("start", "auto", turn).await;
        terminal.speak(&audio, 1920).await;
        match terminal.next_final().await {
            TerminalMessage::NothingHeard { turn: of, reason } => {
                assert_eq!((of.as_str(), reason.as_str()), (turn, wanted));
            }
            other => panic!("{other:?}"),
        }
    }
    let turns = turns(&server.flow, &terminal).await;
    assert_eq!(turns.len(), 3);
    for turn in turns {
        assert_eq!(turn.outcome, Outcome::NothingHeard);
        assert_eq!((turn.channel, turn.text.as_str()), (Channel::Spoken, ""));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_goes_on_after_a_pause_is_heard_whole() {
    // Says how long the utterance was that it was given.
    let script: Script = Arc::new(|samples, _| {
        let long = samples.len() > 3 * 16_000;
        Ok(transcript(if long {
            "居住证怎么办理"
        } else {
            "居住证"
        }))
    });
    let server = server(script, |_| {}).await;
    let mut terminal = server.terminal().await;
    terminal.listen("start", "auto", "a").await;
    let speech = sounds(&[(1, 1500), (0, 500), (1, 1500), (0, 1000)]);
    terminal.speak(&speech, 1920).await;
    assert_eq!(heard(&terminal.next_final().await), ("a", "居住证怎么办理"));
}

#[tokio::test(flavor = "multi_thread")]
async fn words_are_shown_while_one_speaks() {
    let server = server(says("居住证怎么办理"), |_| {}).await;
    let mut terminal = server.terminal().await;
    terminal.listen("start", "manual", "a").await;
    terminal.speak(&sounds(&[(1, 1500)]), 1920).await;
    let passing = terminal.next().await;
    let TerminalMessage::Stt {
        turn,
        text,
        r#final: false,
    } = &passing
    else {
        panic!("{passing:?}")
    };
    assert_eq!((turn.as_str(), text.as_str()), ("a", "居住证怎么办理"));
    // Shown, but never answered.
    terminal.listen("cancel", "manual", "a").await;
    let answer = terminal.ask("b", "居住证怎么办理").await;
    assert!(
        matches!(answer, TerminalMessage::Answer { .. }),
        "{answer:?}"
    );
    assert_eq!(turns(&server.flow, &terminal).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_are_explained_once_and_the_connection_lives_on() {
    let server = server(says("居住证怎么办理"), |_| {}).await;
    let mut terminal = server.terminal().await;
    // Audio that nobody asked for, a stop without a start, a wrong rate.
    terminal.speak(&sounds(&[(1, 500)]), 640).await;
    assert_eq!(code(&terminal.next().await), Some(Code::NotListening));
    terminal.listen("stop", "manual", "a").await;
    assert_eq!(code(&terminal.next().await), Some(Code::NotListening));
    for (params, wanted) in [
        (
            json!({"format": "pcm_s16le", "sample_rate": 44100, "channels": 1, "frame_duration": 60}),
            Some(Code::BadAudio),
        ),
        (
            json!({"format": "pcm_s16le", "sample_rate": 16000, "channels": 2, "frame_duration": 60}),
            Some(Code::BadAudio),
        ),
    ] {
        terminal
            .raw(&json!({"type": "hello", "version": 1, "audio_params": params}).to_string())
            .await;
        terminal.next().await;
        terminal.listen("start", "auto", "b").await;
        assert_eq!(code(&terminal.next().await), wanted);
    }
    let params =
        json!({"format": "opus", "sample_rate": 16000, "channels": 1, "frame_duration": 60});
    terminal
        .raw(&json!({"type": "hello", "version": 1, "audio_params": params}).to_string())
        .await;
    terminal.next().await;
    terminal.listen("start", "manual", "c").await;
    terminal.speak(&[0xff; 300], 100).await;
    assert_eq!(code(&terminal.next().await), Some(Code::BadAudio));
    terminal.listen("cancel", "manual", "c").await;

    let answer = terminal.ask("d", "居住证怎么办理").await;
    assert!(
        matches!(answer, TerminalMessage::Answer { .. }),
        "{answer:?}"
    );
    // The name of a turn is used once, spoken or typed.
    terminal.listen("start", "manual", "d").await;
    assert_eq!(code(&terminal.next().await), Some(Code::DuplicateTurn));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_engine_is_told_and_typing_goes_on() {
    let script: Script = Arc::new(|_, _| Err(RecogniserError::Failed("broken".to_owned())));
    let server = server(script, |_| {}).await;
    let mut terminal = server.terminal().await;
    terminal.listen("start", "manual", "a").await;
    terminal.speak(&sounds(&[(1, 1000)]), 1920).await;
    terminal.listen("stop", "manual", "a").await;
    assert_eq!(code(&terminal.next().await), Some(Code::SpeechFailed));
    let answer = terminal.ask("b", "居住证怎么办理").await;
    assert!(
        matches!(answer, TerminalMessage::Answer { .. }),
        "{answer:?}"
    );
    let turns = turns(&server.flow, &terminal).await;
    let outcomes: Vec<_> = turns.iter().map(|t| t.outcome).collect();
    assert_eq!(outcomes, [Outcome::Failed, Outcome::Answered]);
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_speak_at_once_and_the_ninth_is_asked_to_wait() {
    let (go, wait) = mpsc::channel::<()>();
    let wait = Mutex::new(wait);
    let script: Script = Arc::new(move |samples, _| {
        // Passing words, which are shorter, are no part of this.
        if samples.len() > 18_500 {
            let _ = wait.lock().unwrap().recv();
        }
        Ok(transcript("居住证怎么办理"))
    });
    // One is heard, seven wait.
    let server = server(script, |s| s.queue = 7).await;
    let mut terminals = Vec::new();
    for _ in 0..9 {
        terminals.push(server.terminal().await);
    }
    let speech = sounds(&[(1, 1200)]);
    let (last, eight) = terminals.split_last_mut().unwrap();
    for terminal in eight.iter_mut() {
        terminal.listen("start", "manual", "a").await;
        terminal.speak(&speech, 1920).await;
        terminal.listen("stop", "manual", "a").await;
        // Answered in order: the session has taken what came before.
        let ask = json!({"type": "ask", "turn": "typed", "text": "居住证怎么办理"});
        terminal.raw(&ask.to_string()).await;
        let typed = terminal.next_final().await;
        assert!(matches!(typed, TerminalMessage::Answer { .. }), "{typed:?}");
    }
    last.listen("start", "manual", "a").await;
    last.speak(&speech, 1920).await;
    last.listen("stop", "manual", "a").await;
    let busy = last.next_final().await;
    let TerminalMessage::Busy { retry_seconds, .. } = busy else {
        panic!("{busy:?}")
    };
    assert!(retry_seconds >= 1);
    for _ in 0..8 {
        go.send(()).unwrap();
    }
    for terminal in eight {
        assert_eq!(heard(&terminal.next_final().await).0, "a");
        let answer = terminal.next().await;
        assert!(
            matches!(answer, TerminalMessage::Answer { .. }),
            "{answer:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_before_the_line_broke_is_answered_after_it() {
    let (go, wait) = mpsc::channel::<()>();
    let wait = Mutex::new(wait);
    let begun = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&begun);
    let script: Script = Arc::new(move |_, _| {
        told.store(true, Ordering::Relaxed);
        let _ = wait.lock().unwrap().recv();
        Ok(transcript("居住证怎么办理"))
    });
    let server = server(script, |_| {}).await;
    let mut terminal = server.terminal().await;
    terminal.listen("start", "manual", "a").await;
    // Too short for a look in passing, which would take the permission to go on.
    terminal.speak(&sounds(&[(1, 540)]), 1920).await;
    terminal.listen("stop", "manual", "a").await;
    while !begun.load(Ordering::Relaxed) {
        tokio::task::yield_now().await;
    }
    let (session, seq) = (terminal.session.clone(), terminal.seq);
    drop(terminal);
    let mut again = Terminal::connect(server.address, &server.kiosk_key)
        .await
        .unwrap();
    again
        .hello(Some(json!({"session": session, "seq": seq})))
        .await;
    go.send(()).unwrap();
    assert_eq!(heard(&again.next_final().await).0, "a");
    let answer = again.next().await;
    assert!(
        matches!(answer, TerminalMessage::Answer { .. }),
        "{answer:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn terminals_of_the_other_kind_name_no_turn() {
    let server = server(says("居住证怎么办理"), |_| {}).await;
    let mut terminal = server.terminal().await;
    terminal
        .raw(r#"{"session_id":"x","type":"listen","state":"start","mode":"manual"}"#)
        .await;
    terminal.speak(&sounds(&[(1, 1000)]), 1920).await;
    terminal
        .raw(r#"{"session_id":"x","type":"listen","state":"stop"}"#)
        .await;
    assert_eq!(
        heard(&terminal.next_final().await),
        ("spoken-1", "居住证怎么办理")
    );
}
