//! What the rest of the program knows of speaking: a mouth that says texts, or
//! that says why not.

use super::clip::{Clip, Said};
use super::espeak::Espeak;
use super::key::Key;
use super::memory::{Memory, Passing};
use super::opus_file;
use super::rhythm;
use super::sentence::{pieces, sentences};
use super::settings::{Label, MouthSettings, VoiceChoice};
use super::shelf::Shelf;
use super::voice::{Saying, Style, VoiceError, VoiceMaker};
use super::work::{Busy, Job, Work};
use super::{Offer, offer};
use crate::text::{Reader, Rule, shown};
use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant, SystemTime};

/// Who asks for live speech waits so long for the engine; then the fallback says
/// it.
const PATIENCE: Duration = Duration::from_millis(2500);
/// Fallbacks at once: each is a program of its own.
const FALLING: usize = 2;
/// Scripts that are remembered: reading a text takes longer than finding it.
const SCRIPTS: usize = 8192;

/// One text that is to be said.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Line {
    /// The words, with readings that somebody wrote into them.
    pub text: String,
    /// Whether it is published: its sound is kept. A worker's words are not.
    pub published: bool,
}

/// Speaks, for everybody who listens to this server.
pub struct Mouth {
    settings: MouthSettings,
    offer: Offer,
    reading: RwLock<Reading>,
    shelf: Option<Shelf>,
    work: Work,
    memory: Mutex<Memory>,
    comments: Vec<(String, String)>,
    falling: tokio::sync::Semaphore,
}

/// How texts are read, and in which voice.
struct Reading {
    reader: Reader,
    style: Style,
}

/// How far the sounds of an edition are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    /// How many sounds the edition needs.
    pub wanted: usize,
    /// How many are still to be made.
    pub left: usize,
    /// Texts that could not be said, and why.
    pub failed: Vec<(String, String)>,
    /// How long it will take, where that is known.
    pub seconds: Option<f32>,
}

impl Mouth {
    /// Looks at what the settings name. The engine is loaded when there is
    /// something to say; where it is missing, the log says so once. It speaks when
    /// nobody is being listened to (`busy`).
    pub fn open(settings: MouthSettings, busy: Busy) -> Self {
        let (offer, maker) = offer::find(&settings);
        if let Some(why) = &offer.missing
            && settings.engine != VoiceChoice::Off
        {
            tracing::warn!("no voice: {why}");
        }
        Self::with(settings, offer, maker, busy)
    }

    /// Speaks with an engine of one's own, which has the one voice that is set.
    pub fn with_voice(
        settings: MouthSettings,
        engine: &str,
        maker: VoiceMaker,
        busy: Busy,
    ) -> Self {
        let offer = Offer {
            engine: Some(engine.to_owned()),
            voices: vec![settings.style.voice.clone()],
            missing: None,
            ..offer::find(&settings).0
        };
        Self::with(settings, offer, Some(maker), busy)
    }

    /// A mouth that says nothing.
    pub fn mute() -> Self {
        Self::open(MouthSettings::default(), Arc::new(|| false))
    }

    fn with(settings: MouthSettings, offer: Offer, maker: Option<VoiceMaker>, busy: Busy) -> Self {
        let shelf = settings.folder.as_deref().map(Shelf::new);
        let comments = rhythm::comments();
        let work = Work::new(shelf.clone(), comments.clone(), busy, settings.idle);
        if let Some(maker) = maker {
            work.serve(maker);
        }
        Self {
            reading: RwLock::new(Reading {
                reader: Reader::default(),
                style: settings.style.clone(),
            }),
            shelf,
            work,
            memory: Mutex::default(),
            settings,
            offer,
            comments,
            falling: tokio::sync::Semaphore::new(FALLING),
        }
    }

    /// What this machine can speak with.
    pub fn offer(&self) -> &Offer {
        &self.offer
    }

    /// Whether anything is ever said.
    pub fn speaks(&self) -> bool {
        self.offer.engine.is_some() || self.offer.fallback
    }

    /// How it sounds now.
    pub fn style(&self) -> Style {
        self.reading().style.clone()
    }

    /// How it shall sound, and how words shall be read. What was made before is
    /// found again where it is still right.
    pub fn set(&self, style: Style, rules: Vec<Rule>) {
        let mut reading = self.reading.write().unwrap_or_else(PoisonError::into_inner);
        reading.style = style;
        reading.reader = Reader::new(rules);
        drop(reading);
        self.memory().scripts.clear();
    }

    fn reading(&self) -> std::sync::RwLockReadGuard<'_, Reading> {
        self.reading.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How a text is read: for those who look whether it is right.
    pub fn script(&self, text: &str) -> Saying {
        Saying {
            text: shown(text).into_owned(),
            clauses: self.reading().reader.read(text),
        }
    }

    fn keyed(&self, text: &str) -> (Key, Arc<Saying>) {
        if let Some(known) = self.memory().scripts.get(text) {
            return known.clone();
        }
        let script = Arc::new(self.script(text));
        let key = Key::of(self.engine(), &self.style(), &script);
        let mut memory = self.memory();
        if memory.scripts.len() >= SCRIPTS {
            memory.scripts.clear();
        }
        let known = (key, script);
        memory.scripts.insert(text.to_owned(), known.clone());
        known
    }

    fn engine(&self) -> &str {
        self.offer.engine.as_deref().unwrap_or("none")
    }

    /// Where the sound of these texts is to be had, in order. Nothing is waited
    /// for; what is not published is begun at once.
    pub fn clips(&self, lines: &[Line]) -> Vec<Clip> {
        if !self.speaks() {
            return Vec::new();
        }
        let mut clips = Vec::with_capacity(lines.len());
        for line in lines {
            if line.published {
                clips.extend(self.published(&line.text));
            } else {
                let live = pieces(&line.text).into_iter();
                clips.extend(live.filter_map(|piece| self.live(&piece)));
            }
        }
        clips
    }

    fn published(&self, text: &str) -> Option<Clip> {
        let (key, script) = self.keyed(text);
        if script.clauses.iter().all(|c| c.syllables.is_empty()) {
            return None;
        }
        let marks = match self.marks(&key) {
            Some(marks) => marks,
            None => {
                self.work.hasten(&key);
                self.pass(&key, &script, None);
                Vec::new()
            }
        };
        Some(Clip::new(key, sentences(&script.text), &marks))
    }

    /// When the sentences of a kept sound begin; nothing when it is not kept.
    fn marks(&self, key: &Key) -> Option<Vec<u32>> {
        if let Some(known) = self.memory().marks.get(key) {
            return Some(known.clone());
        }
        let file = self.shelf.as_ref()?.read(key)?;
        let marks = opus_file::read(&file).ok()?.marks;
        let mut memory = self.memory();
        if memory.marks.len() >= SCRIPTS {
            memory.marks.clear();
        }
        memory.marks.insert(key.clone(), marks.clone());
        Some(marks)
    }

    fn live(&self, piece: &str) -> Option<Clip> {
        // Not remembered among the published: these are a person's words.
        let script = Arc::new(self.script(piece));
        let key = Key::of(self.engine(), &self.style(), &script);
        if script.clauses.iter().all(|c| c.syllables.is_empty()) {
            return None;
        }
        if self
            .memory()
            .passing
            .get(&key)
            .is_none_or(|p| p.sound.is_none())
        {
            let sound = self.offer.engine.as_ref().and_then(|_| {
                let job = self.job(&key, &script);
                self.work.submit(job, false).map(Said::new)
            });
            self.pass(&key, &script, sound);
        }
        Some(Clip::new(key, vec![&script.text], &[0]))
    }

    fn job(&self, key: &Key, script: &Arc<Saying>) -> Job {
        Job {
            key: key.clone(),
            script: Arc::clone(script),
            style: self.style(),
        }
    }

    /// Remembers that a terminal may ask for it.
    fn pass(&self, key: &Key, script: &Arc<Saying>, sound: Option<Said>) {
        let mut memory = self.memory();
        let passing = Passing {
            since: Instant::now(),
            script: Arc::clone(script),
            sound,
        };
        if memory.passing.insert(key.clone(), passing).is_none() {
            memory.order.push_back(key.clone());
        }
        memory.forget();
    }

    /// The rhythm by which generated speech is known, before the `first` that a
    /// resident hears or before every reply, as it is set.
    pub fn label(&self, first: bool) -> Option<Clip> {
        let wanted = match self.settings.label {
            Label::Off => false,
            Label::Session => first,
            Label::Reply => true,
        };
        (wanted && self.speaks()).then(|| Clip::new(rhythm::key(), Vec::new(), &[]))
    }

    /// A sound by its key, as an Opus file, and whether it will be the same for
    /// ever. Nothing for what nobody was told of, and where nothing can say it.
    pub async fn sound(&self, key: &Key) -> Option<(Arc<[u8]>, bool)> {
        if *key == rhythm::key() {
            return rhythm::file().map(|file| (file, true));
        }
        if let Some(file) = self.shelf.as_ref().and_then(|s| s.read(key)) {
            return Some((file.into(), true));
        }
        let passing = {
            let mut memory = self.memory();
            memory.forget();
            memory.passing.get(key).cloned()?
        };
        if let Some(sound) = &passing.sound
            && let Some(file) = sound.within(PATIENCE).await
        {
            return Some((file, false));
        }
        self.fall_back(&passing.script).await.map(|f| (f, false))
    }

    async fn fall_back(&self, script: &Arc<Saying>) -> Option<Arc<[u8]>> {
        let program = self
            .settings
            .fallback
            .clone()
            .filter(|_| self.offer.fallback)?;
        let _one_of_few = self.falling.acquire().await.ok()?;
        let (script, style, comments) = (Arc::clone(script), self.style(), self.comments.clone());
        let said = tokio::task::spawn_blocking(move || {
            offer::say(&mut Espeak::new(&program), &script, &style, &comments)
        });
        said.await
            .ok()?
            .inspect_err(|error| tracing::warn!(%error, "the fallback said nothing"))
            .ok()
            .map(Into::into)
    }

    /// Says a text now, in a style of one's own: for those who want to hear it
    /// before it is published.
    ///
    /// # Errors
    /// When there is nothing to say, too many wait, or the engine fails.
    pub async fn say(&self, text: &str, style: Style) -> Result<Arc<[u8]>, VoiceError> {
        let script = Arc::new(self.script(text));
        let key = Key::of(self.engine(), &style, &script);
        if let Some(file) = self.shelf.as_ref().and_then(|s| s.read(&key)) {
            return Ok(file.into());
        }
        if self.offer.engine.is_none() {
            let said = self.fall_back(&script).await;
            return said.ok_or_else(|| VoiceError::Failed("no engine".to_owned()));
        }
        let job = Job { key, script, style };
        let told = self.work.submit(job, false);
        let told = told.ok_or_else(|| VoiceError::Failed("too many wait".to_owned()))?;
        told.await.unwrap_or(Err(VoiceError::Aborted))
    }

    /// Makes the sounds of these texts, in this order, when there is nothing else
    /// to say; what is on the shelf stays. Without an engine they are only read, so
    /// that nobody waits for it later. Takes time: not for threads that answer.
    pub fn fill(&self, lines: &[Line], now: SystemTime) {
        let mut wanted = HashSet::new();
        let mut jobs = Vec::new();
        for line in lines.iter().filter(|l| l.published) {
            let (key, script) = self.keyed(&line.text);
            let speaks = script.clauses.iter().any(|c| !c.syllables.is_empty());
            if speaks && wanted.insert(key.clone()) {
                let there = self.shelf.as_ref().is_none_or(|s| s.has(&key));
                if !there {
                    jobs.push(self.job(&key, &script));
                }
            }
        }
        if self.offer.engine.is_none() {
            return;
        }
        if let Some(shelf) = &self.shelf {
            let thrown = shelf.sweep(&wanted, now);
            tracing::info!(wanted = wanted.len(), to_make = jobs.len(), thrown, "voice");
        }
        self.memory().wanted = wanted;
        self.work.fill(jobs);
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        let standing = self.work.standing();
        let memory = self.memory();
        let text = |key: &Key| {
            let mut scripts = memory.scripts.values();
            scripts
                .find(|(known, _)| known == key)
                .map_or_else(|| key.to_string(), |(_, script)| script.text.clone())
        };
        Progress {
            wanted: memory.wanted.len(),
            left: standing.left,
            failed: standing
                .failed
                .iter()
                .map(|(k, why)| (text(k), why.clone()))
                .collect(),
            seconds: standing.seconds,
        }
    }

    /// Stops speaking.
    pub fn close(&self) {
        self.work.close();
    }
}

/// Nobody is left who could listen.
impl Drop for Mouth {
    fn drop(&mut self) {
        self.work.close();
    }
}
