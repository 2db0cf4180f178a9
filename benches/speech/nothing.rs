//! Ten minutes in which nobody asks anything, heard as an open microphone hears
//! them: with the knowledge base's words to expect, cut at pauses.

use super::house;
use linli::flow::{Encoding, Progress, Session, Utterance};
use linli::speech::{Ear, SAMPLE_RATE, Settings};
use std::path::Path;

/// How long is listened.
const SECONDS: usize = 600;
const FRAME: usize = SAMPLE_RATE * 60 / 1000;

/// Listens to the folder's recordings one after the other, again and again and each
/// time at another level, and prints what was taken for a question.
pub fn hear(settings: Settings, folder: &Path) {
    let Ok(read) = std::fs::read_dir(folder) else {
        return println!("nothing: skipped, no folder {}", folder.display());
    };
    let mut files: Vec<_> = read.filter_map(|f| Some(f.ok()?.path())).collect();
    files.sort();
    let sounds: Vec<Vec<f32>> = files
        .iter()
        .filter_map(|file| linli::speech::read_audio(file).ok())
        .collect();
    if sounds.is_empty() {
        return println!("nothing: skipped, no sounds in {}", folder.display());
    }
    let levels = [1.0_f32, 0.3, 2.0, 0.6];
    let all: Vec<f32> = levels
        .iter()
        .cycle()
        .flat_map(|level| {
            sounds
                .iter()
                .flatten()
                .map(move |s| (s * level).clamp(-1.0, 1.0))
        })
        .take(SECONDS * SAMPLE_RATE)
        .collect();
    let (mut utterances, mut refused) = (0, Vec::new());
    let mut questions = Vec::new();
    house::within(Ear::open(settings), async |flow| {
        let place = flow.live().first_place();
        let mut frames = all.chunks(FRAME).peekable();
        while frames.peek().is_some() {
            let mut session = Session::new("bench".into(), place.clone());
            let mut listening = flow
                .listen(&session, Encoding::Pcm16, false)
                .expect("listens");
            while listening.is_open()
                && let Some(frame) = frames.next()
            {
                listening.push(frame);
            }
            listening.stop();
            let spoken = loop {
                if let Progress::Done(spoken) = listening.next().await {
                    break spoken;
                }
            };
            utterances += 1;
            match flow.understand(&mut session, "asked", spoken).await {
                Utterance::Words(understood) => questions.push(understood.text),
                Utterance::Nothing(why) => refused.push(why.as_str()),
                Utterance::Busy { .. } | Utterance::Failed => panic!("heard by nobody"),
            }
        }
    });
    refused.sort_unstable();
    let reasons: Vec<String> = refused
        .chunk_by(|a, b| a == b)
        .map(|same| format!("{} {}", same[0], same.len()))
        .collect();
    println!(
        "{SECONDS} s without a question, {utterances} times listened: questions {} {questions:?}; {}",
        questions.len(),
        reasons.join(", ")
    );
}
