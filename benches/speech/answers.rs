//! Spoken answers as the ear hears them: whether who listens understands what the
//! embedded voices say.

use super::errors::Errors;
use super::{house, of};
use linli::speech::{Ear, Purpose, Settings, read_audio};
use linli::text::{normalise, syllables};
use std::path::Path;
use std::sync::Arc;

const VOICES: [&str; 4] = ["zf_xiaoxiao", "zf_xiaoyi", "zm_yunjian", "zm_yunxi"];
/// Answers that are spoken by each voice.
const ANSWERS: usize = 60;
/// Bars for the median voice, in percent.
const CHARACTERS: f64 = 15.0;
const SYLLABLES: f64 = 5.0;

/// Lets each voice say answers from all over the knowledge base, `LINLI_ANSWERS` of
/// them where it says so, and prints how much of them the ear hears wrong.
pub fn understand(settings: Settings, models: &Path) {
    let data = tempfile::tempdir().expect("a folder");
    let config = house::config(data.path(), models);
    let ear = Arc::new(Ear::open(settings.clone()));
    let wanted = std::env::var("LINLI_ANSWERS").ok();
    let wanted = wanted.and_then(|n| n.parse().ok()).unwrap_or(ANSWERS);
    let mut medians = [Vec::new(), Vec::new()];
    house::within(Ear::open(settings), async |flow| {
        let live = flow.live();
        let prompt: Arc<str> = live.vocabulary.prompt(ear.prompt_terms(), &[]).into();
        let entries = live.index.entries();
        let each = (entries.len() / wanted).max(1);
        let place = live.first_place();
        let speaking = linli::app::open_voice(&config).await.expect("opens");
        for voice in VOICES {
            let (mut characters, mut sounds) = (Errors::default(), Errors::default());
            for entry in entries.iter().step_by(each).take(wanted) {
                let (_, spoken) = live.rendered(entry, &place);
                let Ok(file) = speaking.hear(&spoken, Some(voice.to_owned())).await else {
                    return println!("answers: skipped, no embedded voice in the models' folder");
                };
                let path = data.path().join("answer.opus");
                std::fs::write(&path, &*file).expect("written");
                let samples = read_audio(&path).expect("a sound");
                let pending = ear.hear(samples, &prompt, Purpose::Answer).expect("room");
                let heard = pending.await.expect("heard").map(|h| h.text);
                let [said, heard] = [spoken, heard.unwrap_or_default()].map(|t| normalise(&t));
                if std::env::var_os("LINLI_SHOW").is_some() {
                    println!("{voice}\n  {said}\n  {heard}");
                }
                let cut = |text: &str| text.chars().collect::<Vec<_>>();
                characters.add(&cut(&said), &cut(&heard));
                sounds.add(&syllables(&said), &syllables(&heard));
            }
            let [wrong, unlike] = [characters.percent(), sounds.percent()];
            println!(
                "{voice}, {wanted} answers: {wrong:.1}% of characters heard wrong, \
                 {unlike:.1}% of toneless syllables"
            );
            medians[0].push(wrong);
            medians[1].push(unlike);
        }
    });
    if !medians[0].is_empty() {
        let [wrong, unlike] = medians.map(|mut all| of(&mut all, 0.5));
        println!("median voice: {wrong:.1}% (bar {CHARACTERS}%), {unlike:.1}% (bar {SYLLABLES}%)");
    }
}
