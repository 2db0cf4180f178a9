//! One bounded queue before the threads that recognise.
//!
//! An utterance that cannot be heard before its deadline is refused at once
//! instead of being kept waiting; who left is not worked for. What is only
//! guessed at (partial words, an utterance that may go on) is begun when nobody
//! waits, and gives way to who does.

use super::gate::Nothing;
use super::listener::{Hearing, Listener};
use super::recogniser::{Abort, RecogniserError, Request};
use std::collections::VecDeque;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// How long the first utterances are expected to take, in seconds: Whisper
/// base on two threads.
const USUAL: f32 = 0.8;
/// How much a new duration counts in what is usual.
const WEIGHT: f32 = 0.2;

/// What an utterance is heard for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To be answered.
    Answer,
    /// To be answered if the speaker has finished.
    Ahead,
    /// To be shown while the speaker goes on.
    Passing,
}

/// Why an utterance was not heard.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// Too many wait.
    #[error("busy, retry in {retry_seconds} s")]
    Busy {
        /// When to try again.
        retry_seconds: u32,
    },
    /// The engine failed, or there is none any more.
    #[error("{0}")]
    Failed(String),
}

type Answer = Result<Hearing, Trouble>;

/// An utterance on its way; dropped, it is not worked for any more.
pub struct Pending {
    answer: oneshot::Receiver<Answer>,
    abort: Abort,
}

impl Future for Pending {
    type Output = Answer;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Answer> {
        let gone = || Err(Trouble::Failed("no recogniser".to_owned()));
        Pin::new(&mut self.answer)
            .poll(context)
            .map(|a| a.unwrap_or_else(|_| gone()))
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        self.abort.set();
    }
}

struct Job {
    samples: Arc<[f32]>,
    request: Request,
    purpose: Purpose,
    deadline: Instant,
    answer: oneshot::Sender<Answer>,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Job>,
    running: Vec<(Purpose, Abort)>,
    workers: usize,
    /// Threads that have not ended.
    alive: usize,
    closed: bool,
    /// Seconds that an utterance usually takes.
    usual: Option<f32>,
}

impl State {
    /// Seconds until a new utterance would have been heard.
    #[expect(
        clippy::cast_precision_loss,
        reason = "queues are short and threads are few"
    )]
    fn expected(&self) -> f32 {
        let before = self.waiting.len() + self.busy();
        (before + 1) as f32 * self.usual.unwrap_or(USUAL) / self.workers.max(1) as f32
    }

    /// Threads that work for somebody who waits.
    fn busy(&self) -> usize {
        let passing = |r: &&(Purpose, Abort)| r.0 != Purpose::Passing;
        self.running.iter().filter(passing).count()
    }

    /// What is only shown gives way.
    fn make_way(&mut self) {
        self.waiting.retain(|job| job.purpose != Purpose::Passing);
        if self.running.len() >= self.workers {
            for (purpose, abort) in &self.running {
                if *purpose == Purpose::Passing {
                    abort.set();
                }
            }
        }
    }
}

struct Shared {
    state: Mutex<State>,
    wake: Condvar,
    capacity: usize,
    deadline: Duration,
}

/// The queue. Copies are the same queue.
#[derive(Clone)]
pub(super) struct Queue(Arc<Shared>);

impl Queue {
    /// Holds `capacity` utterances that wait; each is heard within `deadline`
    /// or refused.
    pub(super) fn new(capacity: usize, deadline: Duration) -> Self {
        Self(Arc::new(Shared {
            state: Mutex::default(),
            wake: Condvar::new(),
            capacity,
            deadline,
        }))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts an utterance in the queue.
    ///
    /// # Errors
    /// [`Trouble::Busy`] when it would not be heard in time; for what is only
    /// guessed at, whenever anybody else is worked for.
    pub(super) fn submit(
        &self,
        samples: Arc<[f32]>,
        request: Request,
        purpose: Purpose,
    ) -> Result<Pending, Trouble> {
        let mut state = self.state();
        if state.closed {
            return Err(Trouble::Failed("the recogniser has stopped".to_owned()));
        }
        let expected = state.expected();
        let full = match purpose {
            Purpose::Answer => {
                let waiting = state.waiting.iter();
                let answers = waiting.filter(|j| j.purpose != Purpose::Passing).count();
                // With nobody before it, it is heard however slow the machine
                // was: otherwise it would never be found fast again.
                let before = answers + state.busy() > 0;
                let late = expected > self.0.deadline.as_secs_f32();
                answers >= self.0.capacity || (before && late)
            }
            Purpose::Ahead => !state.waiting.is_empty() || state.busy() >= state.workers,
            Purpose::Passing => !state.waiting.is_empty() || state.running.len() >= state.workers,
        };
        if full {
            return Err(busy(expected));
        }
        if purpose != Purpose::Passing {
            state.make_way();
        }
        let abort = request.abort.clone();
        let (sender, answer) = oneshot::channel();
        state.waiting.push_back(Job {
            samples,
            request,
            purpose,
            deadline: Instant::now() + self.0.deadline,
            answer: sender,
        });
        drop(state);
        self.0.wake.notify_one();
        Ok(Pending { answer, abort })
    }

    /// Whether anything is being heard, or waits for it.
    pub(super) fn is_busy(&self) -> bool {
        let state = self.state();
        !state.waiting.is_empty() || !state.running.is_empty()
    }

    /// Starts `count` threads, each with a listener of its own.
    pub(super) fn serve(
        &self,
        count: usize,
        make: impl Fn() -> Result<Listener, String> + Send + Sync + 'static,
    ) {
        let make = Arc::new(make);
        let mut state = self.state();
        (state.workers, state.alive) = (count, count);
        drop(state);
        for number in 0..count {
            let (queue, make) = (self.clone(), Arc::clone(&make));
            let spawned = std::thread::Builder::new()
                .name(format!("speech-{number}"))
                .spawn(move || queue.work(make.as_ref()));
            if let Err(error) = spawned {
                tracing::error!(%error, "no thread for the recogniser");
                let mut state = self.state();
                state.workers -= 1;
                state.alive -= 1;
            }
        }
    }

    /// Ends everything; whoever waits is told.
    pub(super) fn close(&self) {
        let mut state = self.state();
        state.closed = true;
        state.waiting.clear();
        for (_, abort) in &state.running {
            abort.set();
        }
        drop(state);
        self.0.wake.notify_all();
    }

    /// As [`close`](Self::close), and waits until no thread is in the engine any
    /// more, but not for ever: a process that ends under it may crash.
    pub(super) fn end(&self, patience: Duration) {
        self.close();
        let state = self.state();
        let _ = self
            .0
            .wake
            .wait_timeout_while(state, patience, |s| s.alive > 0);
    }

    fn work(&self, make: &dyn Fn() -> Result<Listener, String>) {
        let mut listener = make()
            .inspect_err(|error| tracing::error!(%error, "no recogniser"))
            .ok();
        while let Some(job) = self.next() {
            let begun = Instant::now();
            let answer = hear(&mut listener, make, &job);
            self.done(&job, begun.elapsed(), answer.is_ok());
            count(&answer, &job.request.abort);
            let _ = job.answer.send(answer);
        }
        drop(listener);
        self.state().alive -= 1;
        self.0.wake.notify_all();
    }

    /// The next utterance that somebody still waits for.
    fn next(&self) -> Option<Job> {
        let mut state = self.state();
        loop {
            if state.closed {
                return None;
            }
            let Some(job) = state.waiting.pop_front() else {
                let waited = self.0.wake.wait(state);
                state = waited.unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            if job.request.abort.is_set() || job.answer.is_closed() {
                continue;
            }
            if Instant::now() > job.deadline {
                let expected = state.expected();
                let _ = job.answer.send(Err(busy(expected)));
                continue;
            }
            let running = (job.purpose, job.request.abort.clone());
            state.running.push(running);
            return Some(job);
        }
    }

    fn done(&self, job: &Job, took: Duration, heard: bool) {
        let mut state = self.state();
        if let Some(at) = state
            .running
            .iter()
            .position(|(_, a)| a.is(&job.request.abort))
        {
            state.running.swap_remove(at);
        }
        if heard && job.purpose != Purpose::Passing {
            let usual = state.usual.unwrap_or(USUAL);
            state.usual = Some(usual + WEIGHT * (took.as_secs_f32() - usual));
            metrics::histogram!("linli_speech_seconds").record(took);
        }
    }
}

fn hear(
    listener: &mut Option<Listener>,
    make: &dyn Fn() -> Result<Listener, String>,
    job: &Job,
) -> Answer {
    let ready = match listener {
        Some(ready) => ready,
        None => listener.insert(make().map_err(Trouble::Failed)?),
    };
    let passing = job.purpose == Purpose::Passing;
    let heard = catch_unwind(AssertUnwindSafe(|| {
        ready.hear(&job.samples, &job.request, passing)
    }));
    match heard {
        Ok(Ok(hearing)) => Ok(hearing),
        Ok(Err(RecogniserError::Aborted)) => Err(Trouble::Failed("aborted".to_owned())),
        Ok(Err(RecogniserError::Failed(why))) => {
            tracing::error!(error = %why, "recogniser failed");
            Err(Trouble::Failed(why))
        }
        Err(_) => {
            // Whatever state it is in, it is not used again.
            *listener = None;
            tracing::error!("recogniser panicked. This is a bug.");
            Err(Trouble::Failed("the recogniser panicked".to_owned()))
        }
    }
}

fn count(answer: &Answer, abort: &Abort) {
    let result = match answer {
        _ if abort.is_set() => "aborted",
        Ok(Ok(_)) => "heard",
        Ok(Err(nothing)) => Nothing::as_str(*nothing),
        Err(_) => "failed",
    };
    metrics::counter!("linli_utterances_total", "result" => result).increment(1);
}

fn busy(expected: f32) -> Trouble {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped before"
    )]
    let retry_seconds = (expected / 2.0).ceil().clamp(1.0, 30.0) as u32;
    Trouble::Busy { retry_seconds }
}

#[cfg(test)]
#[path = "queue_tests.rs"]
mod tests;
