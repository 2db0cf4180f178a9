//! The real model, where it is.

use crate::harness::{Server, config};
use linli::model::SystemClock;
use linli::protocol::terminal::TerminalMessage;
use linli::speech::{Ear, EngineChoice, Nothing, PLAIN_PROMPT, Purpose, Settings};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// The model's settings; nothing, and a line that says so, where there is no
/// model.
pub fn settings() -> Option<Settings> {
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
        eprintln!("skipped: no Whisper base and Silero in LINLI_MODELS_DIR");
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

/// A recording of a spoken question, where there is one beside the models.
fn recording() -> Option<Vec<f32>> {
    let dir = std::env::var_os("LINLI_MODELS_DIR").map(PathBuf::from)?;
    let file = dir.join("../audio/mandarin/concat_04.wav");
    let found = file
        .exists()
        .then(|| linli::speech::read_audio(&file).unwrap());
    if found.is_none() {
        eprintln!("skipped: no recordings beside LINLI_MODELS_DIR");
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recorded_question_reaches_the_screen() {
    let (Some(settings), Some(recording)) = (settings(), recording()) else {
        return;
    };
    let server = Server::start_built(async |data| {
        let ear = Ear::open(settings);
        linli::app::build_with(&config(data), Arc::new(SystemClock), ear)
            .await
            .unwrap()
    })
    .await;
    let mut terminal = server.terminal().await;
    terminal.listen("start", "manual", "a").await;
    let bytes: Vec<u8> = recording
        .iter()
        .flat_map(|s| ((s * 32_767.0) as i16).to_le_bytes())
        .collect();
    terminal.speak(&bytes, 1920).await;
    terminal.listen("stop", "manual", "a").await;
    match terminal.next_final().await {
        TerminalMessage::Stt { text, .. } => assert!(text.contains("身体检查"), "{text}"),
        other => panic!("{other:?}"),
    }
    // Whatever the small test knowledge makes of it, it is answered.
    let answer = terminal.next().await;
    assert!(
        !matches!(answer, TerminalMessage::Error { .. }),
        "{answer:?}"
    );
    server.stop().await;
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

    // The same file after a bad download: damaged, and cut off.
    let EngineChoice::Whisper { model } = &settings.engine else {
        unreachable!()
    };
    let whole = std::fs::read(model).unwrap();
    let mut damaged = whole.clone();
    damaged[4096..].fill(0xa5);
    for (bytes, says) in [
        (damaged.as_slice(), "不是可用的语音模型"),
        (&whole[..whole.len() / 2], "不完整"),
    ] {
        let broken = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(broken.path(), bytes).unwrap();
        let ear = Ear::open(Settings {
            engine: EngineChoice::Whisper {
                model: broken.path().to_owned(),
            },
            ..settings.clone()
        });
        let why = ear.unavailable().expect("it is no whole model");
        assert!(why.for_admins.contains(says), "{}", why.for_admins);
        let heard = ear.hear(vec![0.0; 16_000], &prompt, Purpose::Answer);
        assert!(heard.is_err());
    }
    ear.close();
}
