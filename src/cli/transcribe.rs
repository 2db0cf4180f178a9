//! `linli transcribe`: what the recogniser makes of an audio file.

use super::{Common, print_json};
use crate::speech::{
    Ear, EngineChoice, Event, FRAME, Hearing, PLAIN_PROMPT, Purpose, SAMPLE_RATE, read_audio,
};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

/// A longer file is cut into utterances.
const LONGEST: usize = 15 * SAMPLE_RATE;

/// Recognises the speech in an audio file.
#[derive(clap::Args)]
pub(super) struct Transcribe {
    /// WAV, FLAC, MP3 or OGG
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// A ggml model, in place of the configured one: a name in the models
    /// folder or a path
    #[arg(long, value_name = "NAME")]
    model: Option<String>,
}

/// A part of the file.
struct Part {
    from: usize,
    samples: Vec<f32>,
}

pub(super) async fn run(common: &Common, args: Transcribe) -> Result<(), String> {
    let mut config = common.load(None)?;
    if let Some(model) = &args.model {
        config.speech.engine = EngineChoice::Whisper {
            model: config.model_file(model),
        };
    }
    let ear = Ear::open(config.speech.clone());
    if let Some(why) = ear.unavailable() {
        return Err(why.for_admins.clone());
    }
    let samples = read_audio(&args.file)?;
    let prompt: Arc<str> = PLAIN_PROMPT.into();
    let mut utterances = Vec::new();
    let mut texts = Vec::new();
    for part in parts(&ear, &samples) {
        let begun = Instant::now();
        let to = part.from + part.samples.len();
        let hearing = ear
            .hear(part.samples, &prompt, Purpose::Answer)
            .map_err(|e| e.to_string())?
            .await;
        let hearing = hearing.map_err(|e| match ear.unavailable() {
            Some(why) => why.for_admins.clone(),
            None => e.to_string(),
        })?;
        texts.extend(hearing.as_ref().ok().map(|h| h.text.clone()));
        utterances.push(record(part.from, to, &hearing, begun));
    }
    ear.close();
    let text = texts.join("\n");
    if common.json {
        print_json(&json!({
            "file": args.file,
            "seconds": seconds(samples.len()),
            "text": text,
            "utterances": utterances,
        }));
    } else if text.is_empty() {
        println!("没有听到问题。");
    } else {
        println!("{text}");
    }
    Ok(())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "an hour of samples is below 2^52"
)]
fn seconds(samples: usize) -> f64 {
    (samples as f64 / SAMPLE_RATE as f64 * 100.0).round() / 100.0
}

fn record(from: usize, to: usize, hearing: &Hearing, begun: Instant) -> Value {
    let (text, sure, reason) = match hearing {
        Ok(heard) => (Some(&heard.text), heard.log_probability, None),
        Err(nothing) => (None, None, Some(nothing.as_str())),
    };
    json!({
        "from": seconds(from),
        "to": seconds(to),
        "text": text,
        "log_probability": sure,
        "reason": reason,
        "took_ms": begun.elapsed().as_millis(),
    })
}

/// The whole of a short file; the utterances of a long one.
fn parts(ear: &Ear, samples: &[f32]) -> Vec<Part> {
    if samples.len() <= LONGEST {
        return vec![Part {
            from: 0,
            samples: samples.to_vec(),
        }];
    }
    let mut parts = Vec::new();
    let mut endpointer = ear.endpointer(false);
    let mut at = 0;
    for frame in samples.chunks(FRAME) {
        at += frame.len();
        let ended = endpointer
            .push(frame)
            .iter()
            .any(|e| matches!(e, Event::End(_)));
        if ended || (at == samples.len() && endpointer.has_begun()) {
            let utterance = endpointer.utterance();
            parts.push(Part {
                from: at.saturating_sub(utterance.len()),
                samples: utterance,
            });
        }
        if ended {
            endpointer = ear.endpointer(false);
        }
    }
    parts
}
