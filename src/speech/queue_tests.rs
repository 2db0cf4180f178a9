use super::super::recogniser::{Language, Width};
use super::super::scripted::{Script, scripted, transcript};
use super::super::voice::Voice;
use super::*;
use std::sync::mpsc;

struct Always;

impl super::super::detector::Detector for Always {
    fn probability(&mut self, _: &[f32]) -> f32 {
        1.0
    }
}

fn always() -> Box<dyn super::super::detector::Detector> {
    Box::new(Always)
}

fn request() -> Request {
    Request {
        language: Language::Chinese,
        prompt: "".into(),
        width: Width::Utterance,
        abort: Abort::default(),
    }
}

/// A second of audio that says which one it is.
fn audio(number: u8) -> Arc<[f32]> {
    vec![f32::from(number) / 256.0; 16_000].into()
}

fn number(samples: &[f32]) -> u8 {
    (samples[0] * 256.0) as u8
}

fn serve(queue: &Queue, workers: usize, script: Script) {
    let engine = scripted(script);
    queue.serve(workers, move || {
        Ok(Listener::new(engine()?, Voice::Streaming(always)))
    });
}

const DEADLINE: Duration = Duration::from_secs(60);

/// A queue whose worker tells when it begins and waits until it is let go.
struct Held {
    queue: Queue,
    begun: mpsc::Receiver<u8>,
    go: mpsc::Sender<()>,
}

fn held(capacity: usize) -> Held {
    let queue = Queue::new(capacity, DEADLINE);
    let (tell, begun) = mpsc::channel();
    let (go, wait) = mpsc::channel();
    let (tell, wait) = (Mutex::new(tell), Mutex::new(wait));
    serve(
        &queue,
        1,
        Arc::new(move |samples, request| {
            tell.lock().unwrap().send(number(samples)).unwrap();
            wait.lock().unwrap().recv().unwrap();
            if request.abort.is_set() {
                return Err(RecogniserError::Aborted);
            }
            Ok(transcript(&format!("第{}句话", number(samples))))
        }),
    );
    Held { queue, begun, go }
}

fn heard(answer: Answer) -> String {
    answer.unwrap().unwrap().text
}

#[tokio::test]
async fn utterances_are_heard_in_the_order_in_which_they_came() {
    let Held { queue, begun, go } = held(16);
    let submit = |n| queue.submit(audio(n), request(), Purpose::Answer).unwrap();
    let pending: Vec<_> = (1..=8).map(submit).collect();
    for n in 1..=8 {
        assert_eq!(begun.recv().unwrap(), n);
        go.send(()).unwrap();
    }
    for (n, pending) in (1..).zip(pending) {
        assert_eq!(heard(pending.await), format!("第{n}句话"));
    }
}

#[tokio::test]
async fn a_full_queue_says_so_at_once_and_when_to_come_back() {
    let Held { queue, begun, go } = held(2);
    let submit = |n| queue.submit(audio(n), request(), Purpose::Answer);
    let first = submit(1).unwrap();
    begun.recv().unwrap();
    let (second, third) = (submit(2).unwrap(), submit(3).unwrap());
    let Err(Trouble::Busy { retry_seconds }) = submit(4) else {
        panic!("there was room")
    };
    assert!((1..=30).contains(&retry_seconds));
    for _ in 0..3 {
        go.send(()).unwrap();
    }
    for pending in [first, second, third] {
        heard(pending.await);
    }
    assert!(submit(5).is_ok(), "there is room again");
}

#[tokio::test]
async fn nobody_is_kept_waiting_beyond_the_deadline() {
    let queue = Queue::new(1000, Duration::from_secs(5));
    // Nobody serves: at the usual 0.8 s each, the seventh would wait too long.
    let mut kept = Vec::new();
    let refused = loop {
        match queue.submit(audio(1), request(), Purpose::Answer) {
            Ok(pending) => kept.push(pending),
            Err(refused) => break refused,
        }
    };
    assert!(matches!(refused, Trouble::Busy { .. }));
    assert_eq!(kept.len(), 6);
}

#[tokio::test]
async fn who_left_is_not_worked_for() {
    let Held { queue, begun, go } = held(16);
    let submit = |n| queue.submit(audio(n), request(), Purpose::Answer).unwrap();
    let first = submit(1);
    begun.recv().unwrap();
    let (second, third) = (submit(2), submit(3));
    drop(second);
    go.send(()).unwrap();
    assert_eq!(begun.recv().unwrap(), 3, "the second was passed over");
    go.send(()).unwrap();
    heard(first.await);
    heard(third.await);
}

#[tokio::test]
async fn guesses_are_only_begun_when_nobody_waits_and_give_way() {
    let Held { queue, begun, go } = held(16);
    let submit = |n, purpose| queue.submit(audio(n), request(), purpose);
    let passing = submit(1, Purpose::Passing).unwrap();
    begun.recv().unwrap();
    assert!(submit(2, Purpose::Passing).is_err(), "one is under way");
    let answer = submit(3, Purpose::Answer).unwrap();
    assert!(submit(4, Purpose::Ahead).is_err(), "somebody waits");
    go.send(()).unwrap();
    let given_up = passing.await;
    assert!(given_up.is_err(), "{given_up:?}");
    assert_eq!(begun.recv().unwrap(), 3);
    assert!(submit(5, Purpose::Passing).is_err());
    go.send(()).unwrap();
    heard(answer.await);
}

#[tokio::test]
async fn one_that_breaks_the_engine_leaves_the_others_alone() {
    let queue = Queue::new(16, DEADLINE);
    serve(
        &queue,
        1,
        Arc::new(|samples, _| match number(samples) {
            1 => panic!("on purpose"),
            2 => Err(RecogniserError::Failed("broken".to_owned())),
            _ => Ok(transcript("居住证怎么办")),
        }),
    );
    for (n, good) in [(1, false), (2, false), (3, true), (1, false), (3, true)] {
        let answer = queue.submit(audio(n), request(), Purpose::Answer).unwrap();
        assert_eq!(answer.await.is_ok(), good, "{n}");
    }
}

#[tokio::test]
async fn what_loops_is_decoded_once_more_and_no_loop_is_heard() {
    let queue = Queue::new(16, DEADLINE);
    serve(
        &queue,
        1,
        Arc::new(|samples, request| {
            Ok(match (number(samples), request.width) {
                (1, Width::Full) => transcript("居住證怎麼辦"),
                _ => transcript("居住证居住证居住证居住证"),
            })
        }),
    );
    let hear = |n, purpose| queue.submit(audio(n), request(), purpose).unwrap();
    assert_eq!(heard(hear(1, Purpose::Answer).await), "居住证怎么办");
    for (n, purpose) in [(2, Purpose::Answer), (1, Purpose::Passing)] {
        let nothing = hear(n, purpose).await.unwrap();
        assert_eq!(nothing, Err(Nothing::Loop), "{purpose:?}");
    }
}

#[tokio::test]
async fn a_closed_queue_tells_those_who_wait() {
    let queue = Queue::new(16, DEADLINE);
    let pending = queue.submit(audio(1), request(), Purpose::Answer).unwrap();
    queue.close();
    assert!(matches!(pending.await, Err(Trouble::Failed(_))));
    assert!(queue.submit(audio(1), request(), Purpose::Answer).is_err());
}

#[tokio::test]
async fn an_engine_that_cannot_be_made_is_a_clear_error() {
    let queue = Queue::new(16, DEADLINE);
    queue.serve(1, || Err("no memory".to_owned()));
    let pending = queue.submit(audio(1), request(), Purpose::Answer).unwrap();
    assert_eq!(pending.await, Err(Trouble::Failed("no memory".to_owned())));
}
