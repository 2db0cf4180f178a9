use super::*;
use crate::text::Reader;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::time::Instant;

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

/// A server that answers once by this function, and what it was asked.
fn server(
    answer: impl FnOnce(&mut TcpStream) + Send + 'static,
) -> (String, mpsc::Receiver<(String, Vec<u8>)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/v1/audio/speech", listener.local_addr().unwrap());
    let (tell, asked) = mpsc::channel();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = tell.send(read(&mut stream));
        answer(&mut stream);
    });
    (url, asked)
}

fn answers(status: &'static str, body: Vec<u8>) -> (String, mpsc::Receiver<(String, Vec<u8>)>) {
    server(move |stream| {
        let head = format!(
            "HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        let _ = stream.write_all(head.as_bytes());
        let _ = stream.write_all(&body);
    })
}

fn speak(url: &str, timeout_ms: u64, abort: &Abort) -> Result<Sound, VoiceError> {
    let endpoint = Endpoint {
        url: url.to_owned(),
        key: Some("secret".to_owned()),
        model: "cosyvoice".to_owned(),
        timeout: Duration::from_millis(timeout_ms),
    };
    let fields = BTreeMap::from([("lang".to_owned(), "zh".to_owned())]);
    let mut voice = maker(endpoint, "wav".to_owned(), fields)().unwrap();
    let style = Style {
        voice: "anna".to_owned(),
        speed: 0.95,
    };
    let text = "重新办😀 {APP}";
    let script = Saying {
        text: text.to_owned(),
        clauses: Reader::default().read(text),
    };
    voice.speak(&script, &style, abort)
}

/// A second of a tone at 16 kHz.
fn tone() -> Vec<u8> {
    let data: Vec<u8> = (0..16_000)
        .flat_map(|n| (((n as f32 * 0.2).sin() * 12_000.0) as i16).to_le_bytes())
        .collect();
    let mut wav = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0".to_vec();
    wav.extend(16_000_u32.to_le_bytes());
    wav.extend(32_000_u32.to_le_bytes());
    wav.extend(b"\x02\0\x10\0data");
    wav.extend(u32::try_from(data.len()).unwrap().to_le_bytes());
    wav.extend(data);
    wav
}

#[test]
fn a_server_is_asked_as_the_interface_says_and_heard_at_our_rate() {
    let (url, asked) = answers("200 OK", tone());
    let sound = speak(&url, 5000, &Abort::default()).unwrap();
    assert!(sound.samples.len().abs_diff(RATE) < 100);
    let (head, body) = asked.recv().unwrap();
    assert!(head.contains("authorization: bearer secret"), "{head}");
    let body: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(body["model"], "cosyvoice");
    assert_eq!(body["voice"], "anna");
    assert_eq!(body["input"], "重新办😀 {APP}");
    assert_eq!(body["response_format"], "wav");
    assert_eq!(body["lang"], "zh");
}

#[test]
fn what_a_server_says_is_wrong_is_passed_on() {
    let detail = br#"{"detail": "unknown voice"}"#.to_vec();
    for (answer, wanted) in [
        (answers("400 Bad Request", detail.clone()), "unknown voice"),
        (answers("200 OK", detail), "no wav but"),
        (answers("200 OK", Vec::new()), "speech server"),
        (
            answers("400 Bad Request", "cannot say 重新办😀 {APP}".into()),
            "repeats the text",
        ),
    ] {
        let error = speak(&answer.0, 5000, &Abort::default()).unwrap_err();
        assert!(error.to_string().contains(wanted), "{error}");
        assert!(!error.to_string().contains("secret"));
        assert!(!error.to_string().contains("重新办"));
    }
}

#[test]
fn a_server_that_is_dead_slow_or_endless_is_given_up() {
    let gone = TcpListener::bind("127.0.0.1:0").unwrap();
    let dead = format!("http://{}/", gone.local_addr().unwrap());
    drop(gone);
    assert!(speak(&dead, 2000, &Abort::default()).is_err());

    let (slow, _asked) = server(|_| std::thread::sleep(Duration::from_secs(5)));
    let begun = Instant::now();
    assert!(speak(&slow, 300, &Abort::default()).is_err());
    assert!(begun.elapsed() < Duration::from_secs(4));

    // A gigabyte, of which it takes what it may.
    let (endless, _asked) = server(|stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n");
        let chunk = vec![0; 1 << 20];
        for _ in 0..1000 {
            if stream.write_all(&chunk).is_err() {
                return;
            }
        }
    });
    let error = speak(&endless, 20_000, &Abort::default()).unwrap_err();
    assert!(error.to_string().contains("no end"), "{error}");
}

#[test]
fn nobody_is_waited_for_by_nobody() {
    let (slow, _asked) = server(|_| std::thread::sleep(Duration::from_secs(5)));
    let abort = Abort::default();
    let leaves = abort.clone();
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(200));
        leaves.set();
    });
    assert_eq!(speak(&slow, 10_000, &abort), Err(VoiceError::Aborted));
}
