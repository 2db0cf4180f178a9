//! WebSockets. `connection` moves frames, `session` is one match over
//! everything that can wake it, and `flow` does the work.

mod connection;
mod desk;
mod listen;
mod manner;
mod news;
mod outbox;
mod pairing;
mod playback;
mod registry;
mod request;
mod session;
mod terminal;
mod wire;

pub use desk::desk_socket;
pub use terminal::terminal_socket;

use crate::flow::Flow;
use registry::Registry;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How terminals are treated.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Seconds without a touch until the terminal asks whether anybody is
    /// there. It waits 30 more before it wipes.
    pub idle_seconds: u32,
    /// How long a broken connection may be resumed.
    pub resume_window: Duration,
    /// Requests a second that one session may send in the long run.
    pub requests_per_second: f64,
    /// Connections at once; more are refused with 503.
    pub max_connections: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            idle_seconds: 90,
            resume_window: Duration::from_secs(120),
            requests_per_second: 20.0,
            max_connections: 10_000,
        }
    }
}

/// What every connection works with.
#[derive(Clone)]
pub struct Gateway(Arc<Inner>);

struct Inner {
    flow: Arc<Flow>,
    settings: Settings,
    registry: Registry,
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl Gateway {
    /// A gateway that stops when `stop` is cancelled.
    pub fn new(flow: Arc<Flow>, settings: Settings, stop: CancellationToken) -> Self {
        Self(Arc::new(Inner {
            flow,
            settings,
            registry: Registry::default(),
            stop,
            tasks: TaskTracker::new(),
        }))
    }

    /// Waits until every session has said goodbye. Call after `stop`.
    pub async fn drained(&self) {
        self.0.tasks.close();
        self.0.tasks.wait().await;
    }

    /// How many sessions there are.
    pub fn sessions(&self) -> usize {
        self.0.registry.len()
    }
}
