//! The server's own share of the wait: from the last frame to the answer, with an
//! engine that knows the words at once.

use super::{Clip, house};
use linli::flow::{Encoding, Progress, Session, Utterance};
use linli::speech::{Detector, Ear, Earshot, SAMPLE_RATE, Settings, scripted, transcript};
use std::sync::Arc;
use std::time::Instant;

const QUESTIONS: [&str; 6] = [
    "居住证怎么办理",
    "我妈今年八十了高龄津贴怎么领",
    "医保卡丢了怎么补办",
    "小区里有人半夜唱歌吵得睡不着找谁管",
    "孩子上幼儿园要什么材料",
    "公积金怎么提取",
];

fn earshot() -> Box<dyn Detector> {
    Box::new(Earshot::default())
}

/// Speaks the clips, in frames of 60 ms, each ended by hand, and tells how long
/// the answer took from then on.
pub fn share(clips: &[Clip]) {
    let said = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let script = move |_: &[f32], _: &_| {
        let number = said.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Ok(transcript(QUESTIONS[number % QUESTIONS.len()]))
    };
    let ear = Ear::with(Settings::default(), scripted(Arc::new(script)), earshot);
    let mut waits = house::within(ear, async |flow| {
        let place = flow.live().first_place();
        let mut waits = Vec::new();
        for (number, clip) in clips.iter().cycle().take(240).enumerate() {
            let mut session = Session::new("bench".into(), place.clone());
            let mut listening = flow
                .listen(&session, Encoding::Pcm16, true)
                .expect("listens");
            for frame in clip.samples.chunks(SAMPLE_RATE * 60 / 1000) {
                listening.push(frame);
            }
            let begun = Instant::now();
            listening.stop();
            let spoken = loop {
                if let Progress::Done(spoken) = listening.next().await {
                    break spoken;
                }
            };
            let turn = number.to_string();
            let heard = flow.understand(&mut session, &turn, spoken).await;
            if let Utterance::Words(understood) = heard {
                flow.answer_spoken(&mut session, &turn, &understood)
                    .await
                    .expect("an answer");
                waits.push(begun.elapsed().as_secs_f64() * 1000.0);
            }
        }
        waits
    });
    println!(
        "server's share from the last frame to the answer, on disk: p50 {:.1} ms, p95 {:.1} ms, p99 {:.1} ms of {}",
        super::of(&mut waits, 0.5),
        super::of(&mut waits, 0.95),
        super::of(&mut waits, 0.99),
        waits.len()
    );
}
