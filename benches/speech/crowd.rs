//! Eight terminals that are spoken to at the same time, with a ninth where somebody
//! types: who is answered, who waits how long, and whether typing is held up.

use super::{Clip, house, of, seconds};
use linli::flow::{Encoding, Flow, Progress, Session, Utterance};
use linli::model::Channel;
use linli::speech::{Ear, SAMPLE_RATE, Settings};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const TERMINALS: usize = 8;
/// Utterances of each.
const UTTERANCES: usize = 6;
const FRAME: Duration = Duration::from_millis(60);
/// Somebody types so often.
const TYPED_EVERY: Duration = Duration::from_millis(50);
const TYPED: [&str; 4] = [
    "居住证怎么办理",
    "高龄津贴怎么领",
    "医保卡丢了怎么补办",
    "楼上半夜唱歌找谁管",
];

/// What became of one terminal's utterances.
#[derive(Default)]
struct Served {
    answered: usize,
    busy: usize,
    nothing: usize,
    failed: usize,
    /// From the end of the speech to the answer, in milliseconds.
    waits: Vec<f64>,
}

/// Speaks as a person does: frame after frame in their time.
async fn speak(flow: Arc<Flow>, number: usize, clips: Arc<Vec<Clip>>) -> Served {
    let mut served = Served::default();
    let place = flow.live().first_place();
    for utterance in 0..UTTERANCES {
        let clip = &clips[(number + utterance * TERMINALS) % clips.len()];
        let mut session = Session::new(format!("bench-{number}").as_str().into(), place.clone());
        let mut listening = flow
            .listen(&session, Encoding::Pcm16, true)
            .expect("listens");
        let mut pace = tokio::time::interval(FRAME);
        for frame in clip.samples.chunks(SAMPLE_RATE * 60 / 1000) {
            pace.tick().await;
            listening.push(frame);
        }
        listening.stop();
        let ended = Instant::now();
        let spoken = loop {
            if let Progress::Done(spoken) = listening.next().await {
                break spoken;
            }
        };
        match flow.understand(&mut session, "asked", spoken).await {
            Utterance::Words(understood) => {
                flow.answer_spoken(&mut session, "asked", &understood)
                    .await
                    .expect("an answer");
                served.answered += 1;
                served.waits.push(ended.elapsed().as_secs_f64() * 1000.0);
            }
            Utterance::Nothing(_) => served.nothing += 1,
            Utterance::Busy { .. } => served.busy += 1,
            Utterance::Failed => served.failed += 1,
        }
    }
    served
}

/// Types all the time until `done`; how long each answer took, in milliseconds.
async fn write(flow: Arc<Flow>, done: Arc<AtomicBool>) -> Vec<f64> {
    let mut took = Vec::new();
    let mut pace = tokio::time::interval(TYPED_EVERY);
    let place = flow.live().first_place();
    for question in TYPED.iter().cycle() {
        pace.tick().await;
        if done.load(Ordering::Relaxed) {
            break;
        }
        let mut session = Session::new("typed".into(), place.clone());
        let begun = Instant::now();
        flow.answer(&mut session, "asked", question, Channel::Typed)
            .await
            .expect("an answer");
        took.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    took
}

/// Lets them all speak and prints what became of it.
pub fn meet(settings: Settings, clips: Vec<Clip>) {
    let deadline = settings.deadline;
    let spoken: f32 = clips.iter().map(|c| seconds(&c.samples)).sum();
    let count = f32::from(u16::try_from(clips.len()).unwrap_or(u16::MAX));
    let (served, mut typed) = house::within(Ear::open(settings), async |flow| {
        let clips = Arc::new(clips);
        let done = Arc::new(AtomicBool::new(false));
        let writer = tokio::spawn(write(Arc::clone(&flow), Arc::clone(&done)));
        let terminals: Vec<_> = (0..TERMINALS)
            .map(|n| tokio::spawn(speak(Arc::clone(&flow), n, Arc::clone(&clips))))
            .collect();
        let mut served = Vec::new();
        for terminal in terminals {
            served.push(terminal.await.expect("spoke"));
        }
        done.store(true, Ordering::Relaxed);
        (served, writer.await.expect("typed"))
    });
    println!(
        "{TERMINALS} terminals at once, {UTTERANCES} utterances of {:.1} s each, deadline {deadline:?}",
        spoken / count
    );
    for (number, one) in (1..).zip(&served) {
        let mut waits = one.waits.clone();
        let waited = if waits.is_empty() {
            String::new()
        } else {
            let [middle, most] = [0.5, 1.0].map(|share| of(&mut waits, share));
            format!(", waited {middle:.0} ms, at most {most:.0} ms")
        };
        println!(
            "  terminal {number}: answered {}, busy {}, nothing heard {}, failed {}{waited}",
            one.answered, one.busy, one.nothing, one.failed
        );
    }
    println!(
        "  typed meanwhile: p50 {:.1} ms, p95 {:.1} ms, p99 {:.1} ms of {}",
        of(&mut typed, 0.5),
        of(&mut typed, 0.95),
        of(&mut typed, 0.99),
        typed.len()
    );
}
