//! What speech costs beside whisper.cpp itself, with a real model: the call, the
//! window, the server's own share of the wait, and memory over many utterances; and
//! what is answered to spoken questions beside typed ones.
//!
//! `LINLI_MODELS_DIR` holds `ggml-base-q8_0.bin` and Silero, `LINLI_AUDIO_DIR`
//! recordings of a few seconds of Mandarin; without them it says so and ends. All
//! figures are ratios or distributions in one run: other work on the machine
//! moves them all. `... -- questions` is one part: `questions`, `call`, `share`,
//! `memory`, `answers`, `crowd`, and `nothing`, which listens to the recordings in
//! `LINLI_NOTHING_DIR`.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

mod answers;
mod bare;
mod crowd;
mod errors;
mod house;
mod nothing;
mod questions;
mod river;

use bare::Bare;
use errors::Errors;
use linli::speech::{
    Abort, Ear, EngineChoice, Language, PLAIN_PROMPT, Purpose, Request, SAMPLE_RATE, Settings,
    Width,
};
use linli::text::normalise;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Recordings that are used, at most.
const CLIPS: usize = 24;
/// Utterances of the memory's part, where `LINLI_UTTERANCES` says no other.
const UTTERANCES: usize = 200;

fn folder(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable)
        .map(PathBuf::from)
        .filter(|p| p.is_dir())
}

fn main() {
    let found = folder("LINLI_MODELS_DIR").zip(folder("LINLI_AUDIO_DIR"));
    let Some((models, audio)) = found else {
        return println!("skipped: LINLI_MODELS_DIR and LINLI_AUDIO_DIR name no folders");
    };
    let model = models.join("ggml-base-q8_0.bin");
    let wanted = |part: &str| {
        let mut named = std::env::args()
            .skip(1)
            .filter(|a| !a.starts_with('-'))
            .peekable();
        named.peek().is_none() || named.any(|a| a == part)
    };
    if wanted("questions") && model.exists() {
        questions::compare(&audio);
    }
    let clips = clips(&audio);
    if !model.exists() || clips.is_empty() {
        return println!("skipped: no ggml-base-q8_0.bin, or no recordings of 2 to 8 s");
    }
    let settings = Settings {
        engine: EngineChoice::Whisper { model },
        voice_model: models.join("ggml-silero-v6.2.0.bin"),
        deadline: Duration::from_secs(600),
        ..Settings::default()
    };
    let seconds: f32 = clips.iter().map(|c| seconds(&c.samples)).sum();
    println!("{} recordings, {seconds:.0} s of speech", clips.len());
    if wanted("call") {
        call(&settings, &clips);
    }
    if wanted("share") {
        river::share(&clips);
    }
    if wanted("memory") {
        memory(settings.clone(), &clips);
    }
    if wanted("nothing") {
        let folder = folder("LINLI_NOTHING_DIR").unwrap_or_else(|| audio.join("../nothing"));
        nothing::hear(settings.clone(), &folder);
    }
    if wanted("answers") {
        answers::understand(settings.clone(), &models);
    }
    if wanted("crowd") {
        let usual = Settings::default().deadline;
        crowd::meet(
            Settings {
                deadline: usual,
                ..settings
            },
            clips,
        );
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "recordings have far fewer than 2^24 samples"
)]
fn seconds(samples: &[f32]) -> f32 {
    samples.len() as f32 / SAMPLE_RATE as f32
}

/// A recording, and what is said in it, where the folder's index tells.
struct Clip {
    samples: Vec<f32>,
    text: Option<String>,
}

/// Recordings of 2 to 8 s, from all over the folder.
fn clips(folder: &Path) -> Vec<Clip> {
    let files: Vec<(PathBuf, Option<String>)> = match questions::index(folder) {
        Some(index) => index
            .into_iter()
            .map(|clip| (folder.join(clip.file), Some(clip.text)))
            .collect(),
        None => {
            let read = std::fs::read_dir(folder).expect("a folder");
            let mut files: Vec<PathBuf> = read.filter_map(|f| Some(f.ok()?.path())).collect();
            files.sort();
            files.into_iter().map(|file| (file, None)).collect()
        }
    };
    let each = (files.len() / CLIPS).max(1);
    let read = files.into_iter().step_by(each).filter_map(|(file, text)| {
        let samples = linli::speech::read_audio(&file).ok()?;
        Some(Clip { samples, text })
    });
    let wanted = 2 * SAMPLE_RATE..8 * SAMPLE_RATE;
    read.filter(|clip| wanted.contains(&clip.samples.len()))
        .take(CLIPS)
        .collect()
}

/// The middle of values, and that which a share of them does not exceed.
fn of(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "an index into some hundred values"
    )]
    let at = (share * (values.len() - 1) as f64).round() as usize;
    values[at]
}

/// Our call beside whisper.cpp's own with the same parameters, and the cut window
/// beside the whole one.
fn call(settings: &Settings, clips: &[Clip]) {
    let EngineChoice::Whisper { model } = &settings.engine else {
        return;
    };
    let engine = Ear::engine(settings).expect("loads");
    let mut ours = engine().expect("a state");
    let mut bare = Bare::load(model, settings.threads);
    let request = |width| Request {
        language: Language::Chinese,
        prompt: Arc::from(PLAIN_PROMPT),
        width,
        abort: Abort::default(),
    };
    let timed = |work: &mut dyn FnMut()| {
        let begun = Instant::now();
        work();
        begun.elapsed().as_secs_f64()
    };
    let (mut overhead, mut cut) = (Vec::new(), Vec::new());
    let (mut same, mut sums) = (0, [0.0; 3]);
    let mut errors = [Errors::default(), Errors::default()];
    for Clip {
        samples: clip,
        text,
    } in clips
    {
        let mut texts = [String::new(), String::new()];
        let mut own = |width, text: &mut String| {
            timed(&mut || {
                let found = ours.recognise(clip, &request(width)).expect("recognised");
                *text = found.text;
            })
        };
        // There and back, so that what drifts cancels out.
        let mut narrow = String::new();
        let first = own(Width::Utterance, &mut narrow);
        let raw = timed(&mut || bare.recognise(clip, &mut texts[0]))
            + timed(&mut || bare.recognise(clip, &mut texts[0]));
        let wide = own(Width::Full, &mut texts[1]);
        let twice = first + own(Width::Utterance, &mut narrow);
        assert_eq!(narrow, texts[0], "the same call gives the same words");
        same += usize::from(narrow == texts[1]);
        if let Some(text) = text {
            for (errors, heard) in errors.iter_mut().zip([&narrow, &texts[1]]) {
                let [said, heard] = [text, heard].map(|t| normalise(t).chars().collect::<Vec<_>>());
                errors.add(&said, &heard);
            }
        }
        overhead.push(twice / raw);
        cut.push(2.0 * wide / twice);
        for (sum, time) in sums.iter_mut().zip([twice, raw, 2.0 * wide]) {
            *sum += time;
        }
    }
    println!(
        "call / whisper.cpp itself: {:.3} in all, median {:.3}, p95 {:.3}",
        sums[0] / sums[1],
        of(&mut overhead, 0.5),
        of(&mut overhead, 0.95)
    );
    println!(
        "whole window / cut window: {:.1} in all, median {:.1}; the same words in {same} of {}",
        sums[2] / sums[0],
        of(&mut cut, 0.5),
        clips.len()
    );
    let [cut, whole] = errors.map(|e| e.percent());
    println!("characters wrong: cut window {cut:.1}%, whole window {whole:.1}%");
}

/// Resident memory of this process in MiB; nothing where the system does not
/// tell in `/proc`.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmRSS:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024)
}

/// Memory over many utterances, through the queue and both gates.
fn memory(settings: Settings, clips: &[Clip]) {
    let wanted = std::env::var("LINLI_UTTERANCES").ok();
    let utterances = wanted.and_then(|n| n.parse().ok()).unwrap_or(UTTERANCES);
    let ear = Ear::open(settings);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let prompt: Arc<str> = Arc::from(PLAIN_PROMPT);
    let mut after = Vec::new();
    for number in 0..utterances {
        let clip = clips[number % clips.len()].samples.clone();
        let pending = ear
            .hear(clip, &prompt, Purpose::Answer)
            .expect("there is room");
        runtime.block_on(pending).expect("heard").ok();
        if number == utterances / 10 || number == utterances / 2 || number + 1 == utterances {
            let told = resident().map_or("unknown".to_owned(), |m| format!("{m} MiB"));
            after.push(format!("{told} after {}", number + 1));
        }
    }
    println!("resident memory: {}", after.join(", "));
    ear.close();
}
