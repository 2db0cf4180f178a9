//! The embedded voice, where its model is, heard by the embedded ear, where that
//! is: is it sound, is it clean, is it understood?
//!
//! `LINLI_VOICE_TEXTS=FILE LINLI_VOICE=NAME` hears a text a line in one voice and
//! prints the figures (`-- --nocapture`, in a release build).

use super::real::settings;
use linli::speech::{
    Busy, Ear, Encoding, Frames, Label, Mouth, MouthSettings, PLAIN_PROMPT, Purpose, Style,
    VoiceChoice, open_sound,
};
use linli::text::{normalise, shown, syllables};
use std::path::PathBuf;
use std::sync::Arc;

const TEXTS: [&str; 4] = [
    "可以在网上办，也可以到派出所户籍窗口办，不收费。",
    "满六十周岁就能申请老年人优待证，带身份证和一张照片。",
    "请先关好燃气阀门，打开窗户，到屋外打119。",
    "每个月最多能领三百块，钱打到社保卡里。",
];

/// Edits that turn one into the other.
fn distance<T: PartialEq>(one: &[T], other: &[T]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let here = before + usize::from(a != b);
            before = row[j + 1];
            row[j + 1] = here.min(row[j] + 1).min(before + 1);
        }
    }
    row[other.len()]
}

fn mouth(voice: &str) -> Option<Mouth> {
    let dir = std::env::var_os("LINLI_MODELS_DIR").map(PathBuf::from)?;
    let settings = MouthSettings {
        engine: VoiceChoice::Kokoro {
            folder: dir.join("kokoro-82m-zh"),
        },
        style: Style {
            voice: voice.to_owned(),
            speed: 0.95,
        },
        label: Label::Off,
        ..MouthSettings::default()
    };
    let idle: Busy = Arc::new(|| false);
    let mouth = Mouth::open(settings, idle);
    mouth.offer().engine.is_some().then_some(mouth)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_is_clean_and_understood() {
    let voice = std::env::var("LINLI_VOICE").unwrap_or_else(|_| "zf_xiaoxiao".to_owned());
    let Some(mouth) = mouth(&voice) else {
        eprintln!("skipped: no kokoro-82m-zh in LINLI_MODELS_DIR");
        return;
    };
    let Some(hearing) = settings() else { return };
    let ear = Ear::open(hearing);
    let file = std::env::var("LINLI_VOICE_TEXTS").ok();
    let file = file.map(|path| std::fs::read_to_string(path).unwrap());
    let texts: Vec<&str> = match &file {
        Some(lines) => lines.lines().filter(|l| !l.trim().is_empty()).collect(),
        None => TEXTS.to_vec(),
    };
    let (mut wrong, mut characters, mut off, mut sounds) = (0, 0, 0, 0);
    for text in texts {
        let file = mouth.say(text, mouth.style()).await.unwrap();
        let opened = open_sound(&file).unwrap();
        let mut frames = Frames::new(Encoding::Opus).unwrap();
        let samples: Vec<f32> = opened
            .packets
            .iter()
            .flat_map(|packet| frames.samples(packet).unwrap())
            .collect();
        clean(text, &samples);
        // Whisper hears 15 s at most as one: sentence by sentence.
        let mut heard = String::new();
        let ends = opened.marks.iter().skip(1).copied();
        let parts = opened.marks.iter().zip(ends.chain([opened.milliseconds]));
        for (from, to) in parts {
            let at = |ms: u32| (ms as usize * 16).min(samples.len());
            let part = samples[at(from.saturating_sub(60))..at(to)].to_vec();
            let prompt: Arc<str> = PLAIN_PROMPT.into();
            if let Ok(said) = ear
                .hear(part, &prompt, Purpose::Answer)
                .unwrap()
                .await
                .unwrap()
            {
                heard.push_str(&said.text);
            }
        }
        let [wanted, got] = [&*shown(text), &heard].map(normalise);
        let letters = |t: &str| t.chars().collect::<Vec<_>>();
        let missed = distance(&letters(&wanted), &letters(&got));
        let [wanted_sounds, got_sounds] = [&wanted, &got].map(|t| syllables(t));
        let missed_sounds = distance(&wanted_sounds, &got_sounds);
        if file_is_given() {
            println!("{missed} {missed_sounds} {wanted} | {got}");
        }
        wrong += missed;
        characters += wanted.chars().count();
        off += missed_sounds;
        sounds += wanted_sounds.len();
    }
    let share = |part: usize, whole: usize| part as f32 * 100.0 / whole as f32;
    let (wrong, off) = (share(wrong, characters), share(off, sounds));
    println!("{voice}: {wrong:.1}% of {characters} characters, {off:.1}% of {sounds} syllables");
    assert!(wrong < 20.0 && off < 10.0, "{wrong} {off}");
    ear.close();
}

fn file_is_given() -> bool {
    std::env::var_os("LINLI_VOICE_TEXTS").is_some()
}

/// Neither silent, nor clipped, nor with long silence around it.
fn clean(text: &str, samples: &[f32]) {
    let loud = |s: &f32| s.abs() > 0.02;
    let first = samples.iter().position(loud).expect(text);
    let last = samples.iter().rposition(loud).expect(text);
    let most = 16_000 * 3 / 10;
    assert!(first < most, "{text}: {first} samples of silence before");
    assert!(samples.len() - last < most, "{text}: silence after");
    let peak = samples.iter().fold(0.0_f32, |a, s| a.max(s.abs()));
    assert!(peak < 1.0, "{text}: {peak}");
}
