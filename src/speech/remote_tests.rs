use super::super::recogniser::Width;
use super::*;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;

#[test]
fn tags_are_not_words() {
    for (text, wanted) in [
        ("居住证怎么办", "居住证怎么办"),
        ("<|zh|><|NEUTRAL|><|Speech|> 居住证怎么办", "居住证怎么办"),
        ("<|zh|>居住证<|x", "居住证"),
        ("", ""),
    ] {
        assert_eq!(without_tags(text), wanted);
    }
}

fn request() -> Request {
    Request {
        language: Language::Chinese,
        prompt: "以下是普通话的句子。".into(),
        width: Width::Utterance,
        abort: Abort::default(),
    }
}

/// A request as it arrived: head and body.
fn read(stream: &mut TcpStream) -> (String, Vec<u8>) {
    let mut bytes = Vec::new();
    let mut part = [0; 65_536];
    loop {
        let read = stream.read(&mut part).unwrap();
        bytes.extend_from_slice(&part[..read]);
        let Some(end) = bytes.windows(4).position(|w| w == b"\r\n\r\n") else {
            assert!(read > 0, "no request");
            continue;
        };
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        let length = head
            .lines()
            .find_map(|l| l.strip_prefix("content-length: "))
            .map_or(0, |l| l.trim().parse().unwrap());
        if bytes.len() >= end + 4 + length {
            return (head, bytes[end + 4..].to_vec());
        }
        assert!(read > 0, "cut off");
    }
}

/// A server that gives each request one of these answers, in turn, and what it
/// was asked.
fn server(answers: Vec<&'static str>) -> (String, mpsc::Receiver<(String, Vec<u8>)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!(
        "http://{}/v1/audio/transcriptions",
        listener.local_addr().unwrap()
    );
    let (tell, asked) = mpsc::channel();
    std::thread::spawn(move || {
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = tell.send(read(&mut stream));
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    (url, asked)
}

fn remote(url: &str, timeout: Duration) -> Box<dyn Recogniser> {
    let endpoint = Endpoint {
        url: url.to_owned(),
        key: Some("secret".to_owned()),
        model: "SenseVoiceSmall".to_owned(),
        timeout,
    };
    engine(endpoint)().unwrap()
}

fn json(body: &str) -> &'static str {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n";
    let answer = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
    Box::leak(answer.into_boxed_str())
}

const LONG: Duration = Duration::from_secs(30);

#[test]
fn a_server_is_asked_as_openai_wrote_it_down() {
    let (url, asked) = server(vec![json(r#"{"text":"<|zh|>居住证怎么办？","usage":1}"#)]);
    let transcript = remote(&url, LONG)
        .recognise(&[0.5; 1600], &request())
        .unwrap();
    assert_eq!(transcript.text, "居住证怎么办？");
    assert_eq!(transcript.log_probability, None);
    let (head, body) = asked.recv().unwrap();
    assert!(
        head.starts_with("post /v1/audio/transcriptions http/1.1"),
        "{head}"
    );
    assert!(head.contains("authorization: bearer secret"), "{head}");
    let text = String::from_utf8_lossy(&body);
    for part in [
        "name=\"file\"; filename=\"utterance.wav\"",
        "name=\"model\"\r\n\r\nSenseVoiceSmall",
        "name=\"language\"\r\n\r\nzh",
        "以下是普通话的句子。",
    ] {
        assert!(text.contains(part), "{part}");
    }
    let at = body.windows(4).position(|w| w == b"RIFF").unwrap();
    assert_eq!(body[at + 8..at + 16], *b"WAVEfmt ");
    assert_eq!(body[at + 40..at + 44], 3200_u32.to_le_bytes());
    assert_eq!(body[at + 44..at + 46], 16_383_i16.to_le_bytes());
}

#[test]
fn a_server_that_tells_how_sure_it_is_is_heard() {
    let answer = r#"{"text":"好","segments":[{"avg_logprob":-0.5},{"avg_logprob":-1.5}]}"#;
    let (url, _asked) = server(vec![json(answer)]);
    let transcript = remote(&url, LONG)
        .recognise(&[0.0; 1600], &request())
        .unwrap();
    assert_eq!(transcript.log_probability, Some(-1.0));
}

#[test]
fn odd_answers_are_errors_and_the_next_utterance_is_heard() {
    let (url, _asked) = server(vec![
        "HTTP/1.1 500 Internal Server Error\r\ncontent-length: 4\r\nconnection: close\r\n\r\noops",
        json("not json"),
        json(r#"{"words":"居住证"}"#),
        "",
        "HTTP/1.1 200 OK\r\ncontent-length: 100\r\nconnection: close\r\n\r\n{\"text\":",
        json(r#"{"text":"好了"}"#),
    ]);
    let mut remote = remote(&url, LONG);
    for wanted in ["status 500", "is not", "is not", "", ""] {
        match remote.recognise(&[0.0; 1600], &request()) {
            Err(RecogniserError::Failed(why)) => {
                assert!(why.contains(wanted), "{why}");
                assert!(
                    !why.contains("127.0.0.1"),
                    "an address may hold a key: {why}"
                );
            }
            other => panic!("{wanted}: {other:?}"),
        }
    }
    assert_eq!(
        remote.recognise(&[0.0; 1600], &request()).unwrap().text,
        "好了"
    );
}

#[test]
fn a_dead_or_silent_server_fails_in_time() {
    let gone = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    // Accepts nothing: what is sent stays in the backlog.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    for address in [gone, silent.local_addr().unwrap()] {
        let mut remote = remote(&format!("http://{address}/"), Duration::from_millis(300));
        let failed = remote.recognise(&[0.0; 1600], &request());
        assert!(
            matches!(failed, Err(RecogniserError::Failed(_))),
            "{failed:?}"
        );
    }
}

#[test]
fn who_left_is_not_waited_for() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", silent.local_addr().unwrap());
    let request = request();
    let abort = request.abort.clone();
    let left = std::thread::spawn(move || {
        let (_stream, _) = silent.accept().unwrap();
        abort.set();
        // Held until the client has gone.
        std::thread::sleep(Duration::from_secs(2));
    });
    let aborted = remote(&url, LONG).recognise(&[0.0; 1600], &request);
    assert_eq!(aborted, Err(RecogniserError::Aborted));
    left.join().unwrap();
}
