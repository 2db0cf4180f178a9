//! The real model, where it is.

use linli::speech::{Ear, EngineChoice, Nothing, PLAIN_PROMPT, Purpose, Settings};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// The model's settings; nothing, and a line that says so, where there is no
/// model.
fn settings() -> Option<Settings> {
    let dir = std::env::var_os("LINLI_MODELS_DIR").map(PathBuf::from);
    let settings = dir.map(|dir| Settings {
        engine: EngineChoice::Whisper {
            model: dir.join("ggml-base-q8_0.bin"),
        },
        voice_model: dir.join("ggml-silero-v6.2.0.bin"),
        deadline: Duration::from_secs(60),
        ..Settings::default()
    });
    let found = settings.filter(|s| linli::speech::check(s).is_ok());
    if found.is_none() {
        eprintln!("SKIPPED: no Whisper base and Silero in LINLI_MODELS_DIR");
    }
    found
}

/// A second of what is no speech: silence, hiss, a chord.
fn noises() -> [Vec<f32>; 3] {
    let mut random = 7_u32;
    let hiss = (0..48_000).map(|_| {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f32::from((random >> 16) as u16 as i16) / 32_768.0 * 0.05
    });
    let chord = (0..48_000).map(|i| {
        let t = i as f32 / 16_000.0 * std::f32::consts::TAU;
        [262.0, 330.0, 392.0]
            .map(|f| (t * f).sin())
            .iter()
            .sum::<f32>()
            * 0.1
    });
    [vec![0.0; 48_000], hiss.collect(), chord.collect()]
}

#[tokio::test(flavor = "multi_thread")]
async fn noise_is_no_question_and_a_broken_model_is_told() {
    let Some(settings) = settings() else { return };
    let ear = Ear::open(settings.clone());
    let prompt: Arc<str> = PLAIN_PROMPT.into();
    for noise in noises() {
        let hearing = ear.hear(noise, &prompt, Purpose::Answer).unwrap().await;
        assert_eq!(hearing, Ok(Err(Nothing::NoVoice)));
    }

    // The head of a model and its length, with nothing in it.
    let broken = tempfile::NamedTempFile::new().unwrap();
    let EngineChoice::Whisper { model } = &settings.engine else {
        unreachable!()
    };
    let mut whole = std::fs::read(model).unwrap();
    whole[4096..].fill(0xa5);
    std::fs::write(broken.path(), whole).unwrap();
    let ear = Ear::open(Settings {
        engine: EngineChoice::Whisper {
            model: broken.path().to_owned(),
        },
        ..settings
    });
    let heard = ear.hear(vec![0.0; 16_000], &prompt, Purpose::Answer);
    if let Ok(pending) = heard {
        assert!(pending.await.is_err());
    }
    let why = ear.unavailable().expect("it is not a model");
    assert!(why.for_admins.contains("可能损坏"), "{}", why.for_admins);
}
