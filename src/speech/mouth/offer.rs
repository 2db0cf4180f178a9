//! What a machine can speak with.

use super::Offer;
use super::espeak::Espeak;
use super::finish::finish;
use super::remote;
use super::settings::{MouthSettings, VoiceChoice};
use super::voice::{Saying, Style, Voice, VoiceError, VoiceMaker};
use crate::speech::Abort;
use std::sync::Arc;

/// What the settings name and this machine has, and what makes its voices.
pub(super) fn find(settings: &MouthSettings) -> (Offer, Option<VoiceMaker>) {
    let fallback = settings.engine != VoiceChoice::Off
        && settings
            .fallback
            .as_deref()
            .is_some_and(|program| Espeak::new(program).is_there());
    let mut offer = Offer {
        fallback,
        ..Offer::default()
    };
    let maker = match &settings.engine {
        VoiceChoice::Off => None,
        VoiceChoice::Espeak => settings
            .fallback
            .clone()
            .filter(|_| fallback)
            .map(|program| {
                offer.engine = Some("espeak-ng".to_owned());
                Arc::new(move || Ok(Box::new(Espeak::new(&program)) as Box<dyn Voice>))
                    as VoiceMaker
            }),
        VoiceChoice::Endpoint {
            endpoint,
            format,
            fields,
        } => {
            // What comes after the path may be a key.
            let address = endpoint.url.split('?').next().unwrap_or_default();
            offer.engine = Some(format!("{address} {}", endpoint.model));
            offer.voices = vec![settings.style.voice.clone()];
            Some(remote::maker(
                endpoint.clone(),
                format.clone(),
                fields.clone(),
            ))
        }
        VoiceChoice::Kokoro { folder } => match built_in(folder, settings.threads) {
            Ok((engine, voices, maker)) => {
                offer.engine = Some(engine);
                offer.voices = voices;
                Some(maker)
            }
            Err(why) => {
                offer.missing = Some(why);
                None
            }
        },
    };
    if offer.engine.is_none() && offer.missing.is_none() {
        offer.missing = Some(match settings.engine {
            VoiceChoice::Off => "语音播报没有开启（设置 voice.engine = \"off\"）。".to_owned(),
            _ => {
                "没有找到 espeak-ng。请安装它（apt-get install espeak-ng），再重启服务。".to_owned()
            }
        });
    }
    (offer, maker)
}

#[cfg(feature = "voice-kokoro")]
type BuiltIn = (String, Vec<String>, VoiceMaker);

#[cfg(feature = "voice-kokoro")]
fn built_in(folder: &std::path::Path, threads: usize) -> Result<BuiltIn, String> {
    let missing = |what: &str| {
        format!(
            "{}里没有{what}。请运行 linli models fetch kokoro-82m-zh 下载，再重启服务。",
            folder.display()
        )
    };
    let files = super::kokoro::Files::find(folder).ok_or_else(|| missing("语音合成模型"))?;
    let voices = files.voices();
    if voices.is_empty() {
        return Err(missing("嗓音文件"));
    }
    let engine = files.fingerprint().map_err(|e| {
        format!("语音合成模型读不了：{e}。请运行 linli models verify 检查，再重启服务。")
    })?;
    let maker: VoiceMaker = Arc::new(move || {
        let threads = std::num::NonZeroUsize::new(threads).unwrap_or(std::num::NonZeroUsize::MIN);
        super::kokoro::Kokoro::load(&files, threads)
            .map(|voice| Box::new(voice) as Box<dyn Voice>)
            .map_err(|e| e.to_string())
    });
    Ok((engine, voices, maker))
}

#[cfg(not(feature = "voice-kokoro"))]
fn built_in(
    _folder: &std::path::Path,
    _threads: usize,
) -> Result<(String, Vec<String>, VoiceMaker), String> {
    Err("本程序编译时没有带语音合成（--no-default-features）。可以用 voice.engine = \"endpoint\" 接别的合成服务。".to_owned())
}

/// One text, said here and now.
pub(super) fn say(
    voice: &mut dyn Voice,
    script: &Saying,
    style: &Style,
    comments: &[(String, String)],
) -> Result<Vec<u8>, VoiceError> {
    let sound = voice.speak(script, style, &Abort::default())?;
    finish(&sound, script, comments)
}
