//! The house's voice.

pub(super) mod choose;
pub(super) mod preview;
pub(super) mod reading;
pub(super) mod show;

use super::ApiResult;
use crate::flow::Flow;
use crate::protocol::resources::{ReadingView, UnsaidView, VoiceView, VoicesView};

/// Texts that are listed when they could not be said.
const FAILED: usize = 50;

/// Names as people call them; others are shown as they are.
const LABELS: [(&str, &str); 4] = [
    ("zf_xiaoxiao", "女声 · 晓晓"),
    ("zf_xiaoyi", "女声 · 晓伊"),
    ("zm_yunjian", "男声 · 云健"),
    ("zm_yunxi", "男声 · 云希"),
];

fn label(name: &str) -> String {
    let known = LABELS.iter().find(|(own, _)| *own == name);
    known.map_or(name, |(_, label)| label).to_owned()
}

/// What speaks, and how far it is.
pub(super) async fn view(flow: &Flow) -> ApiResult<VoicesView> {
    let (offer, style) = (flow.mouth().offer(), flow.mouth().style());
    let progress = flow.voice_progress();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a few hours"
    )]
    let seconds = |s: f32| s.max(0.0) as u32;
    Ok(VoicesView {
        engine: offer.engine.clone(),
        missing: offer.missing.clone(),
        fallback: offer.fallback,
        voice: style.voice,
        voices: offer
            .voices
            .iter()
            .map(|name| VoiceView {
                name: name.clone(),
                label: label(name),
            })
            .collect(),
        speed: style.speed,
        wanted: progress.wanted,
        left: progress.left,
        seconds_left: progress.seconds.map(seconds),
        failed: progress
            .failed
            .into_iter()
            .take(FAILED)
            .map(|(text, reason)| UnsaidView { text, reason })
            .collect(),
        readings: flow
            .corrections()
            .await?
            .into_iter()
            .map(|c| ReadingView {
                word: c.word,
                reading: c.reading,
                sample: c.sample,
            })
            .collect(),
    })
}
