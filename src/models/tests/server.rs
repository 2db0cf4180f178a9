//! A server for files, with the faults that real ones have.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// How the server behaves.
#[derive(Clone, Copy, Default)]
pub struct Manners {
    /// Takes no notice of `Range`.
    pub no_ranges: bool,
    /// Bytes after which a connection breaks.
    pub breaks_after: Option<usize>,
    /// Requests that are answered 503 first.
    pub busy: usize,
}

#[derive(Default)]
struct Shared {
    files: HashMap<String, Vec<u8>>,
    manners: Manners,
    /// Path and `Range` of every request.
    asked: Mutex<Vec<(String, Option<String>)>>,
}

/// Runs until it is dropped.
pub struct Server {
    shared: Arc<Shared>,
    address: SocketAddr,
    _runtime: Runtime,
}

impl Server {
    /// Serves these files.
    pub fn new(files: &[(&str, &[u8])], manners: Manners) -> Self {
        let files = files
            .iter()
            .map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec()));
        let shared = Arc::new(Shared {
            files: files.collect(),
            manners,
            asked: Mutex::default(),
        });
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&shared));
        runtime.spawn(async move { axum::serve(listener, router).await });
        Self {
            shared,
            address,
            _runtime: runtime,
        }
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Path and `Range` of every request so far.
    pub fn asked(&self) -> Vec<(String, Option<String>)> {
        self.shared.asked.lock().unwrap().clone()
    }
}

async fn answer(State(shared): State<Arc<Shared>>, uri: Uri, headers: HeaderMap) -> Response {
    let range = headers
        .get(header::RANGE)
        .map(|v| v.to_str().unwrap().to_owned());
    let count = {
        let mut asked = shared.asked.lock().unwrap();
        asked.push((uri.path().to_owned(), range.clone()));
        asked.len()
    };
    if count <= shared.manners.busy {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let Some(file) = shared.files.get(uri.path()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let first = range.filter(|_| !shared.manners.no_ranges).map(|r| {
        r.trim_start_matches("bytes=")
            .trim_end_matches('-')
            .parse::<usize>()
            .unwrap()
    });
    let rest = match file.get(first.unwrap_or(0)..) {
        Some(rest) if !rest.is_empty() => rest,
        _ => return StatusCode::RANGE_NOT_SATISFIABLE.into_response(),
    };
    // The length promised is kept unless the connection breaks.
    let mut response = Response::builder().header(header::CONTENT_LENGTH, rest.len());
    if let Some(first) = first {
        let range = format!("bytes {first}-{}/{}", file.len() - 1, file.len());
        response = response
            .status(StatusCode::PARTIAL_CONTENT)
            .header(header::CONTENT_RANGE, range);
    }
    let body = match shared.manners.breaks_after {
        Some(count) if count < rest.len() => {
            let parts = [
                Ok(Bytes::copy_from_slice(&rest[..count])),
                Err(io::Error::other("broken on purpose")),
            ];
            // What was not sent yet when the error comes is not sent at all.
            let slowly = stream::iter(parts).then(|part| async move {
                if part.is_err() {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                part
            });
            Body::from_stream(slowly)
        }
        _ => Body::from(rest.to_vec()),
    };
    response.body(body).unwrap()
}
