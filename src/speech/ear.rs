//! What the rest of the program knows of speech: an ear that one may speak to,
//! or that says why not.

use super::detector::{Detector, Earshot};
use super::endpoint::{Endpointer, Endpointing};
use super::listener::Listener;
use super::queue::{Pending, Purpose, Queue, Trouble};
use super::recogniser::{Abort, Engine, Request, Width};
use super::settings::{EngineChoice, Settings};
use super::unavailable::{self, Unavailable};
use super::voice::Voice;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// Makes a voice detector for a stream.
pub type Detectors = fn() -> Box<dyn Detector>;

fn earshot() -> Box<dyn Detector> {
    Box::new(Earshot::default())
}

/// How long an engine is waited for that shall stop: one pass of Whisper base
/// over its whole window takes 2 s.
const CLOSING: Duration = Duration::from_secs(4);

/// Hears, for everybody who speaks to this server.
pub struct Ear {
    settings: Settings,
    queue: Queue,
    detectors: Detectors,
    /// Set when it turns out that it cannot hear.
    deaf: Arc<OnceLock<Unavailable>>,
}

impl Ear {
    /// Looks at the files that the settings name, and loads them in the
    /// background: what is said before waits for it. Where something is missing
    /// or broken, the log says so once.
    pub fn open(settings: Settings) -> Self {
        let ear = Self::new(settings, earshot);
        if let Err(why) = unavailable::check(&ear.settings) {
            if ear.settings.engine != EngineChoice::Off {
                tracing::warn!("no speech: {}", why.for_admins);
            }
            ear.lose(why);
            return ear;
        }
        let (settings, queue) = (ear.settings.clone(), ear.queue.clone());
        let deaf = Arc::clone(&ear.deaf);
        let loading = std::thread::Builder::new()
            .name("speech-load".to_owned())
            .spawn(move || match load(&settings) {
                Ok(engine) => {
                    let workers = settings.workers;
                    queue.serve(workers, move || listener(&engine, &settings));
                }
                Err(why) => {
                    tracing::error!("no speech: {}", why.for_admins);
                    let _ = deaf.set(why);
                    queue.close();
                }
            });
        if let Err(error) = loading {
            tracing::error!(%error, "no thread to load the speech model");
        }
        ear
    }

    /// The engine that the settings name, loaded.
    ///
    /// # Errors
    /// When its file is missing or broken.
    pub fn engine(settings: &Settings) -> Result<Engine, Unavailable> {
        load(settings)
    }

    /// Hears with an engine and a voice detector of one's own.
    pub fn with(settings: Settings, engine: Engine, detectors: Detectors) -> Self {
        let ear = Self::new(settings, detectors);
        let workers = ear.settings.workers;
        ear.queue.serve(workers, move || {
            Ok(Listener::new(engine()?, Voice::Streaming(detectors)))
        });
        ear
    }

    fn new(settings: Settings, detectors: Detectors) -> Self {
        Self {
            queue: Queue::new(settings.queue, settings.deadline),
            settings,
            detectors,
            deaf: Arc::default(),
        }
    }

    fn lose(&self, why: Unavailable) {
        let _ = self.deaf.set(why);
        self.queue.close();
    }

    /// Stops listening, and waits until no thread is in the engine any more.
    pub fn close(&self) {
        self.queue.end(CLOSING);
    }

    /// Why one cannot speak; nothing when one can.
    pub fn unavailable(&self) -> Option<&Unavailable> {
        self.deaf.get()
    }

    /// Whether somebody is being listened to, or waits for it.
    pub fn is_busy(&self) -> bool {
        self.queue.is_busy()
    }

    /// How many words of the knowledge base the engine is told to expect.
    pub fn prompt_terms(&self) -> usize {
        self.settings.prompt_terms
    }

    /// Whether terms are put right that were written as they sound.
    pub fn puts_right(&self) -> bool {
        self.settings.put_right
    }

    /// Finds the utterance in a new stream, which ends it `by_hand` or by
    /// silence.
    pub fn endpointer(&self, by_hand: bool) -> Endpointer {
        let settings: Endpointing = self.settings.endpointing(by_hand);
        Endpointer::new((self.detectors)(), settings)
    }

    /// Hears an utterance: mono, 16 kHz, -1 to 1. Where what comes back is
    /// dropped, nobody works for it any more.
    ///
    /// # Errors
    /// [`Trouble`], at once.
    pub fn hear(
        &self,
        samples: Vec<f32>,
        prompt: &Arc<str>,
        purpose: Purpose,
    ) -> Result<Pending, Trouble> {
        let request = Request {
            language: self.settings.language,
            prompt: Arc::clone(prompt),
            width: Width::Utterance,
            abort: Abort::default(),
        };
        self.queue.submit(samples.into(), request, purpose)
    }
}

/// Nobody is left who could listen to what is heard.
impl Drop for Ear {
    fn drop(&mut self) {
        self.queue.close();
    }
}

fn load(settings: &Settings) -> Result<Engine, Unavailable> {
    match &settings.engine {
        #[cfg(feature = "whisper")]
        EngineChoice::Whisper { model } => super::whisper::engine(model, settings.threads)
            .map_err(|error| Unavailable::broken(model, &error)),
        EngineChoice::Endpoint(endpoint) => Ok(super::remote::engine(endpoint.clone())),
        _ => unavailable::check(settings)
            .map(|()| -> Engine { Arc::new(|| Err("no engine".to_owned())) }),
    }
}

fn listener(engine: &Engine, settings: &Settings) -> Result<Listener, String> {
    Ok(Listener::new(engine()?, voice(settings)?))
}

#[cfg(feature = "whisper")]
fn voice(settings: &Settings) -> Result<Voice, String> {
    // With an engine elsewhere, Silero is used where it is.
    if settings.voice_model.exists() {
        Voice::silero(&settings.voice_model)
    } else {
        Ok(Voice::Streaming(earshot))
    }
}

#[cfg(not(feature = "whisper"))]
fn voice(_settings: &Settings) -> Result<Voice, String> {
    Ok(Voice::Streaming(earshot))
}
