//! Editions become sound, and whoever listens is told where it is.

use super::{Flow, FlowError, FlowResult, Live};
use crate::dialogue::{self, aloud};
use crate::model::PlaceId;
use crate::speech::{Clip, Key, Line, Mouth, Progress, Style, VoiceError};
use crate::store::StoreError;
use crate::text::{Rule, RuleError};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::sync::Arc;

/// The setting that holds the house's voice.
const VOICE: &str = "voice";
/// The setting that holds the readings that were put right.
const READINGS: &str = "readings";
/// Longest text that is said for somebody who wants to hear it, in characters.
const LONGEST: usize = 600;
/// The paces that a house may choose; at others voices lose their tones.
const PACES: std::ops::RangeInclusive<f32> = 0.7..=1.3;

/// A reading that was put right, with the sentence in which it was wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The word.
    pub word: String,
    /// A syllable for each of its characters.
    pub reading: String,
    /// The sentence: its test.
    pub sample: String,
}

/// The house's voice, as it is kept.
#[derive(Serialize, Deserialize)]
struct Chosen {
    voice: String,
    speed: f32,
}

/// A character of a text, and how it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadCharacter {
    /// The character, or what is read as a whole.
    pub text: String,
    /// `chong2`; several syllables where it is no single character; empty where
    /// nothing is read.
    pub reading: String,
    /// How else it can be read.
    pub others: Vec<String>,
}

impl Flow {
    /// What speaks.
    pub fn mouth(&self) -> &Mouth {
        &self.mouth
    }

    /// Where the sound of these texts is to be had.
    pub fn clips(&self, lines: &[Line]) -> Vec<Clip> {
        self.mouth.clips(lines)
    }

    /// A sound, and whether it stays the same for ever.
    pub async fn sound(&self, key: &Key) -> Option<(Arc<[u8]>, bool)> {
        self.mouth.sound(key).await
    }

    /// Stops speaking.
    pub fn stop_speaking(&self) {
        self.mouth.close();
    }

    /// Takes the house's voice and readings from the store.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) async fn tune_voice(&self) -> FlowResult<()> {
        if !self.mouth.speaks() {
            return Ok(());
        }
        let mut style = self.mouth.style();
        if let Some(kept) = self.store.setting(VOICE).await?
            && let Ok(chosen) = serde_json::from_str::<Chosen>(&kept)
            && self.mouth.offer().voices.contains(&chosen.voice)
        {
            style = Style {
                voice: chosen.voice,
                speed: chosen.speed,
            };
        }
        let rules = rules(&self.corrections().await?);
        self.mouth.set(style, rules);
        Ok(())
    }

    /// The readings that were put right.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn corrections(&self) -> FlowResult<Vec<Correction>> {
        match self.store.setting(READINGS).await? {
            None => Ok(Vec::new()),
            // Taken for none, they would be lost with the next one that is added.
            Some(kept) => serde_json::from_str(&kept)
                .map_err(|e| FlowError::Store(StoreError::Corrupt(format!("readings: {e}")))),
        }
    }

    /// Begins the sounds that the edition needs and that are not there: fixed
    /// phrases and dangers first, then what residents ask most.
    pub(super) fn voice_live(self: &Arc<Self>) {
        if !self.mouth.speaks() {
            return;
        }
        let flow = Arc::clone(self);
        self.background.spawn(async move {
            let places = flow.places_of_kiosks().await;
            let (live, now) = (flow.live(), flow.clock.now());
            let mouth = Arc::clone(&flow.mouth);
            let filling = tokio::task::spawn_blocking(move || {
                let popular = places.iter().flat_map(|p| live.popular(p, now));
                let first: HashSet<_> = popular.map(|choice| choice.entry).collect();
                let mut lines = fixed(&live);
                lines.extend(answers(&live, &places, |e| first.contains(&e.id)));
                lines.extend(answers(&live, &places, |e| !first.contains(&e.id)));
                lines.extend(questions(&live));
                mouth.fill(&lines, now.into());
            });
            if let Err(error) = filling.await {
                tracing::error!(%error, "voice not begun");
            }
        });
    }

    /// Where terminals stand; the first community when there are none.
    async fn places_of_kiosks(&self) -> Vec<PlaceId> {
        let kiosks = self.store.kiosks().await.unwrap_or_default();
        let standing = kiosks.into_iter().filter(|k| k.revoked_at.is_none());
        let places: HashSet<_> = standing.map(|k| k.place).collect();
        if places.is_empty() {
            return vec![self.live().first_place()];
        }
        places.into_iter().collect()
    }

    /// How far the sounds of the edition are.
    pub fn voice_progress(&self) -> Progress {
        self.mouth.progress()
    }

    /// A text as it will be heard. Variables are filled for the first community.
    ///
    /// # Errors
    /// `Invalid`, in Chinese, when it is too long or cannot be said.
    pub async fn hear(&self, text: &str, voice: Option<String>) -> FlowResult<Arc<[u8]>> {
        let text = self.for_hearing(text)?;
        let mut style = self.mouth.style();
        if let Some(voice) = voice {
            self.known(&voice)?;
            style.voice = voice;
        }
        self.mouth.say(&text, style).await.map_err(|e| {
            FlowError::Invalid(match e {
                VoiceError::Nothing => "这段文字里没有可以念的内容。".to_owned(),
                VoiceError::Aborted => "正在停止，请稍后再试。".to_owned(),
                VoiceError::Failed(why) => format!("现在念不了（{why}）。请稍后再试。"),
            })
        })
    }

    fn for_hearing(&self, text: &str) -> FlowResult<String> {
        if text.chars().count() > LONGEST {
            return Err(FlowError::Invalid(format!("最多念 {LONGEST} 个字。")));
        }
        let live = self.live();
        let places = &live.index.edition().knowledge.places;
        Ok(places.render(text, &live.first_place()))
    }

    fn known(&self, voice: &str) -> FlowResult<()> {
        let voices = &self.mouth.offer().voices;
        if voices.iter().any(|v| v == voice) {
            return Ok(());
        }
        let names = voices.join("、");
        Err(FlowError::Invalid(format!(
            "没有这个嗓音。可用的有：{names}。"
        )))
    }

    /// How a text is read, character by character.
    ///
    /// # Errors
    /// `Invalid` when it is too long.
    pub fn read_characters(&self, text: &str) -> FlowResult<Vec<ReadCharacter>> {
        let script = self.mouth.script(&self.for_hearing(text)?);
        let mut syllables = script.clauses.iter().flat_map(|c| &c.syllables).peekable();
        let mut characters = Vec::new();
        for (at, c) in script.text.char_indices() {
            let mut read = Vec::new();
            while let Some(syllable) = syllables.next_if(|s| s.at <= at) {
                read.push(format!("{}{}", syllable.base, syllable.tone));
            }
            characters.push(ReadCharacter {
                text: c.to_string(),
                others: crate::text::readings(c)
                    .into_iter()
                    .filter(|r| read.len() == 1 && read[0] != *r)
                    .collect(),
                reading: read.join(" "),
            });
        }
        Ok(characters)
    }

    /// Chooses the house's voice and its pace.
    ///
    /// # Errors
    /// `Invalid` for what is not offered; when it cannot be kept.
    pub async fn choose_voice(
        self: &Arc<Self>,
        voice: String,
        speed: Option<f32>,
    ) -> FlowResult<()> {
        self.known(&voice)?;
        let speed = speed.unwrap_or(self.mouth.style().speed);
        if !PACES.contains(&speed) {
            return Err(FlowError::Invalid("语速请选 0.7 到 1.3。".to_owned()));
        }
        let chosen = serde_json::to_string(&Chosen { voice, speed });
        let chosen = chosen.map_err(|e| FlowError::Index(e.to_string()))?;
        self.store.set_setting(VOICE, &chosen).await?;
        self.tune_voice().await?;
        self.voice_live();
        Ok(())
    }

    /// Puts a reading right. The sentence in which it was wrong is its test, and
    /// the tests of all others must still hold.
    ///
    /// # Errors
    /// `Invalid`, in Chinese, for what cannot be a reading of this word, does not
    /// change the sentence, or breaks another one.
    pub async fn correct_reading(self: &Arc<Self>, new: Correction) -> FlowResult<()> {
        let _one_at_a_time = self.readings.lock().await;
        let new = Correction {
            word: new.word.trim().to_owned(),
            reading: new.reading.trim().to_lowercase(),
            sample: new.sample.trim().to_owned(),
        };
        let invalid = |why: String| Err(FlowError::Invalid(why));
        if let Err(why) = Rule::parse(&new.word, &new.reading) {
            return invalid(refused(why).to_owned());
        }
        if !new.sample.contains(&new.word) {
            return invalid(format!("例句里没有“{}”。", new.word));
        }
        let mut all = self.corrections().await?;
        all.retain(|c| c.word != new.word);
        all.push(new);
        if let Some(broken) = broken(&all) {
            return invalid(format!(
                "这样改以后，“{}”里的“{}”就会念错。请把词选长一点。",
                broken.sample, broken.word
            ));
        }
        self.keep_readings(&all).await
    }

    /// Forgets a reading that was put right.
    ///
    /// # Errors
    /// `NotFound` when there is none; when it cannot be kept.
    pub async fn forget_reading(self: &Arc<Self>, word: &str) -> FlowResult<()> {
        let _one_at_a_time = self.readings.lock().await;
        let mut all = self.corrections().await?;
        let before = all.len();
        all.retain(|c| c.word != word);
        if all.len() == before {
            return Err(FlowError::NotFound("reading"));
        }
        self.keep_readings(&all).await
    }

    async fn keep_readings(self: &Arc<Self>, all: &[Correction]) -> FlowResult<()> {
        let kept = serde_json::to_string(all).map_err(|e| FlowError::Index(e.to_string()))?;
        self.store.set_setting(READINGS, &kept).await?;
        self.tune_voice().await?;
        self.voice_live();
        Ok(())
    }
}

/// Why a reading cannot be one, for admins.
fn refused(why: RuleError) -> &'static str {
    match why {
        RuleError::Word => "词里只能有汉字。",
        RuleError::Syllable => "读音请写成带声调数字的拼音，例如 chong2 ban4。",
        RuleError::Count => "读音要一个字一个音节，中间空一格。",
    }
}

fn rules(corrections: &[Correction]) -> Vec<Rule> {
    corrections
        .iter()
        .filter_map(|c| Rule::parse(&c.word, &c.reading).ok())
        .collect()
}

/// A correction whose sentence is not read as it says, with all of them in force.
fn broken(all: &[Correction]) -> Option<&Correction> {
    let reader = crate::text::Reader::new(rules(all));
    all.iter().find(|c| {
        let Some(from) = c.sample.find(&c.word) else {
            return true;
        };
        let within = from..from + c.word.len();
        let read: Vec<String> = reader
            .read(&c.sample)
            .iter()
            .flat_map(|clause| &clause.syllables)
            .filter(|s| within.contains(&s.at))
            .map(|s| format!("{}{}", s.base, s.tone))
            .collect();
        read.join(" ") != c.reading.split_whitespace().collect::<Vec<_>>().join(" ")
    })
}

fn line(text: &str) -> Line {
    Line {
        text: text.to_owned(),
        published: true,
    }
}

/// What is said whatever is asked.
fn fixed(live: &Live) -> Vec<Line> {
    let knowledge = &live.index.edition().knowledge;
    let dangers = knowledge.emergencies.iter().map(|e| line(&e.spoken));
    let talk = knowledge.small_talk.iter().map(|t| line(&t.spoken));
    let phrases = aloud::FIXED.into_iter().chain(dialogue::command_texts());
    let all = dangers.chain(phrases.map(line)).chain(talk);
    all.filter(|line| !line.text.is_empty()).collect()
}

fn answers(
    live: &Live,
    places: &[PlaceId],
    wanted: impl Fn(&crate::model::Entry) -> bool,
) -> Vec<Line> {
    let entries = live.index.entries().iter().filter(|e| wanted(e));
    entries
        .flat_map(|entry| {
            let here = places.iter().filter(|p| live.holds_at(entry, p));
            here.map(|place| line(&live.rendered(entry, place).1))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Questions as choices name them.
fn questions(live: &Live) -> Vec<Line> {
    let entries = live.index.entries().iter();
    entries.map(|e| line(&e.question)).collect()
}
