//! One thread that speaks: first for who waits, then down a list.
//!
//! It gives way to the ear, keeps what it makes on the shelf, and lets its engine
//! go when there has been nothing to say for a while.

use super::super::recogniser::Abort;
use super::finish::finish;
use super::key::Key;
use super::shelf::Shelf;
use super::voice::{Saying, Style, Voice, VoiceError, VoiceMaker};
use std::collections::{HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How often it is looked whether the ear has finished.
const GIVE_WAY: Duration = Duration::from_millis(20);
/// After a failure the engine is left alone for so long, twice as long each time.
const PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_secs(600);
/// More than so much is not made for people who wait: the fallback says it.
const WAITING: usize = 32;

/// Whether somebody is being listened to.
pub type Busy = Arc<dyn Fn() -> bool + Send + Sync>;

/// Something to be said.
#[derive(Clone)]
pub(super) struct Job {
    pub(super) key: Key,
    pub(super) script: Arc<Saying>,
    pub(super) style: Style,
}

/// Who is told what became of a job.
pub(super) type Told = tokio::sync::oneshot::Sender<Result<Arc<[u8]>, VoiceError>>;

/// A job that somebody waits for, and who is told.
struct Urgent {
    job: Job,
    keep: bool,
    told: Told,
}

#[derive(Default)]
struct State {
    urgent: VecDeque<Urgent>,
    list: VecDeque<Job>,
    /// What could not be made, and why.
    failed: HashMap<Key, String>,
    /// Seconds that one of the list took, lately.
    usual: Option<f32>,
    /// The engine is left alone until then.
    rest: Option<(Instant, Duration)>,
    speaking: bool,
    closed: bool,
}

struct Shared {
    state: Mutex<State>,
    wake: Condvar,
    shelf: Option<Shelf>,
    comments: Vec<(String, String)>,
    busy: Busy,
    abort: Abort,
    idle: Duration,
}

/// The list and those who wait. Copies are the same.
#[derive(Clone)]
pub(super) struct Work(Arc<Shared>);

/// How far the list is.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Standing {
    /// How many are still to be made.
    pub(super) left: usize,
    /// What could not be made, and why.
    pub(super) failed: Vec<(Key, String)>,
    /// How long it will take, where that is known.
    pub(super) seconds: Option<f32>,
}

impl Work {
    /// A list whose sounds are put on this shelf, with these comments in every
    /// file. The engine is let go when it was `idle` for so long.
    pub(super) fn new(
        shelf: Option<Shelf>,
        comments: Vec<(String, String)>,
        busy: Busy,
        idle: Duration,
    ) -> Self {
        Self(Arc::new(Shared {
            state: Mutex::default(),
            wake: Condvar::new(),
            shelf,
            comments,
            busy,
            abort: Abort::default(),
            idle,
        }))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts the thread.
    pub(super) fn serve(&self, make: VoiceMaker) {
        let work = self.clone();
        let spawned = std::thread::Builder::new()
            .name("voice".to_owned())
            .spawn(move || {
                // Who asks by text is answered first: speaking takes what is left.
                // Where the system does not allow it, it goes on as others do.
                let _ = thread_priority::set_current_thread_priority(
                    thread_priority::ThreadPriority::Min,
                );
                work.run(&make);
            });
        if let Err(error) = spawned {
            tracing::error!(%error, "no thread to speak");
            self.close();
        }
    }

    /// Says something for somebody who waits; nothing when too many do.
    pub(super) fn submit(
        &self,
        job: Job,
        keep: bool,
    ) -> Option<tokio::sync::oneshot::Receiver<Result<Arc<[u8]>, VoiceError>>> {
        let mut state = self.state();
        let resting = state.rest.is_some_and(|(until, _)| Instant::now() < until);
        if state.closed || resting || state.urgent.len() >= WAITING {
            return None;
        }
        let (told, hears) = tokio::sync::oneshot::channel();
        state.urgent.push_back(Urgent { job, keep, told });
        drop(state);
        self.0.wake.notify_all();
        Some(hears)
    }

    /// Replaces the list.
    pub(super) fn fill(&self, list: Vec<Job>) {
        let mut state = self.state();
        state.list = list.into();
        state.failed.clear();
        drop(state);
        self.0.wake.notify_all();
    }

    /// Puts one of the list first.
    pub(super) fn hasten(&self, key: &Key) {
        let mut state = self.state();
        if let Some(at) = state.list.iter().position(|job| job.key == *key)
            && let Some(job) = state.list.remove(at)
        {
            state.list.push_front(job);
        }
    }

    /// How far it is.
    pub(super) fn standing(&self) -> Standing {
        let state = self.state();
        let left = state.list.len() + usize::from(state.speaking);
        #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
        let seconds = state.usual.map(|usual| usual * left as f32);
        Standing {
            left,
            failed: state
                .failed
                .iter()
                .map(|(key, why)| (key.clone(), why.clone()))
                .collect(),
            seconds,
        }
    }

    /// Ends the thread; whoever waits is told.
    pub(super) fn close(&self) {
        let mut state = self.state();
        state.closed = true;
        state.urgent.clear();
        state.list.clear();
        drop(state);
        self.0.abort.set();
        self.0.wake.notify_all();
    }

    fn run(&self, make: &VoiceMaker) {
        let mut voice: Option<Box<dyn Voice>> = None;
        loop {
            match self.next(voice.is_some()) {
                Next::Closed => return,
                Next::Idle => voice = None,
                Next::Urgent(urgent) => {
                    let Urgent { job, keep, told } = *urgent;
                    let said = self.say(&mut voice, make, &job, keep);
                    let _ = told.send(said);
                }
                Next::Listed(job) => {
                    let begun = Instant::now();
                    let said = self.say(&mut voice, make, &job, true);
                    self.listed(job, begun.elapsed(), said.err());
                }
            }
        }
    }

    fn next(&self, loaded: bool) -> Next {
        let mut state = self.state();
        loop {
            if state.closed {
                return Next::Closed;
            }
            let now = Instant::now();
            let rest = state.rest.map(|(until, _)| until).filter(|at| *at > now);
            let idle = state.urgent.is_empty() && (state.list.is_empty() || rest.is_some());
            if idle {
                let patience = match (loaded, rest) {
                    (_, Some(until)) => until - now,
                    (true, None) => self.0.idle,
                    // Nothing is held and nothing is to be done.
                    (false, None) => Duration::from_secs(3600),
                };
                let waited = self.0.wake.wait_timeout(state, patience);
                let (woken, result) = waited.unwrap_or_else(PoisonError::into_inner);
                state = woken;
                if loaded && result.timed_out() {
                    return Next::Idle;
                }
                continue;
            }
            if (self.0.busy)() {
                let waited = self.0.wake.wait_timeout(state, GIVE_WAY);
                state = waited.unwrap_or_else(PoisonError::into_inner).0;
                continue;
            }
            if let Some(urgent) = state.urgent.pop_front() {
                if urgent.told.is_closed() {
                    continue;
                }
                return Next::Urgent(Box::new(urgent));
            }
            if let Some(job) = state.list.pop_front() {
                if self.0.shelf.as_ref().is_some_and(|s| s.has(&job.key)) {
                    continue;
                }
                state.speaking = true;
                return Next::Listed(job);
            }
        }
    }

    /// Says it and keeps it. An engine that fails, or a disk that is full, is left
    /// alone for a while: the list would be worked through for nothing.
    fn say(
        &self,
        voice: &mut Option<Box<dyn Voice>>,
        make: &VoiceMaker,
        job: &Job,
        keep: bool,
    ) -> Result<Arc<[u8]>, VoiceError> {
        let said = self.speak(voice, make, job).and_then(|file| {
            if let Some(shelf) = self.0.shelf.as_ref().filter(|_| keep) {
                let kept = shelf.put(&job.key, &file);
                kept.map_err(|e| VoiceError::Failed(format!("not kept: {e}")))?;
            }
            Ok(file.into())
        });
        let mut state = self.state();
        match &said {
            Ok(_) => state.rest = None,
            Err(VoiceError::Failed(why)) => {
                let pause = state
                    .rest
                    .map_or(PAUSE, |(_, p)| (p * 2).min(LONGEST_PAUSE));
                tracing::warn!(error = %why, pause = pause.as_secs(), "nothing was said");
                state.rest = Some((Instant::now() + pause, pause));
            }
            Err(VoiceError::Aborted | VoiceError::Nothing) => {}
        }
        said
    }

    fn speak(
        &self,
        voice: &mut Option<Box<dyn Voice>>,
        make: &VoiceMaker,
        job: &Job,
    ) -> Result<Vec<u8>, VoiceError> {
        let ready = match voice {
            Some(ready) => ready,
            None => voice.insert(make().map_err(VoiceError::Failed)?),
        };
        let spoken = catch_unwind(AssertUnwindSafe(|| {
            ready.speak(&job.script, &job.style, &self.0.abort)
        }));
        match spoken {
            Ok(sound) => finish(&sound?, &job.script, &self.0.comments),
            Err(_) => {
                // Whatever it has left behind is not used again.
                *voice = None;
                Err(VoiceError::Failed("the engine panicked".to_owned()))
            }
        }
    }

    fn listed(&self, job: Job, took: Duration, error: Option<VoiceError>) {
        let mut state = self.state();
        state.speaking = false;
        match error {
            None => {
                let (took, usual) = (took.as_secs_f32(), state.usual);
                state.usual = Some(usual.map_or(took, |u| u + 0.1 * (took - u)));
            }
            // The engine may come back: what it did not say stays to be said.
            Some(VoiceError::Failed(why)) => {
                state.failed.insert(job.key.clone(), why);
                if !state.closed {
                    state.list.push_back(job);
                }
            }
            Some(VoiceError::Nothing | VoiceError::Aborted) => {}
        }
    }
}

enum Next {
    Closed,
    Idle,
    Urgent(Box<Urgent>),
    Listed(Job),
}
