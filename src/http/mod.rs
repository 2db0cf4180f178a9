//! REST for desk and console, the pages, and the server's own health. A
//! folder a resource, a file a verb.

mod audio;
mod candidates;
mod editions;
mod entries;
mod error;
mod escalations;
mod extract;
mod gaps;
mod goal;
mod health;
mod pages;
mod readings;
mod router;
mod session;
mod try_out;
mod voices;

pub use error::{ApiError, ApiResult};
pub use router::{openapi, router};

use crate::flow::Flow;
use metrics_exporter_prometheus::PrometheusHandle;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};
use tokio_util::sync::CancellationToken;

/// What every handler works with.
#[derive(Clone)]
pub struct Http(Arc<Inner>);

struct Inner {
    flow: Arc<Flow>,
    /// The demonstration terminal's key, given to browsers on this machine.
    demo_key: Option<String>,
    metrics: PrometheusHandle,
    stop: CancellationToken,
    /// Tries to sign in by address and name: when the last was, and how many.
    tries: Mutex<HashMap<(IpAddr, String), (i64, u32)>>,
    /// Password checks at once: each takes 19 MiB and 30 ms.
    hashing: tokio::sync::Semaphore,
}

impl Http {
    /// Handlers over `flow`.
    pub fn new(
        flow: Arc<Flow>,
        demo_key: Option<String>,
        metrics: PrometheusHandle,
        stop: CancellationToken,
    ) -> Self {
        Self(Arc::new(Inner {
            flow,
            demo_key,
            metrics,
            stop,
            tries: Mutex::default(),
            hashing: tokio::sync::Semaphore::new(2),
        }))
    }
}
