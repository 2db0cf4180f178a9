//! Runs a server until it is told to stop.

use super::App;
use crate::gateway::{desk_socket, terminal_socket};
use crate::http;
use axum::Router;
use axum::routing::get;
use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket};

/// How long residents and workers are given to get what is under way.
const DRAIN: Duration = Duration::from_secs(6);
/// How often the idle screen's questions are counted anew, and an edition of
/// another process is looked for.
const POPULAR_EVERY: Duration = Duration::from_secs(60);

/// Binds the address, with room for a burst of connections.
///
/// # Errors
/// In plain words: the port is in use, or may not be used.
pub fn listen(address: SocketAddr) -> Result<TcpListener, String> {
    let socket = if address.is_ipv4() {
        TcpSocket::new_v4()
    } else {
        TcpSocket::new_v6()
    };
    socket
        .and_then(|socket| {
            socket.set_reuseaddr(true)?;
            socket.bind(address)?;
            socket.listen(4096)
        })
        .map_err(|e| match e.kind() {
            std::io::ErrorKind::AddrInUse => format!(
                "{address} 已被占用：可能另一个 linli 正在运行。请先停掉它，或用 --listen 换一个端口。"
            ),
            std::io::ErrorKind::PermissionDenied => {
                format!("没有权限使用 {address}。请用 1024 以上的端口，例如 --listen 127.0.0.1:8080。")
            }
            _ => format!("无法监听 {address}：{e}"),
        })
}

/// Serves until `shutdown` resolves, then lets everything under way finish,
/// says goodbye to every terminal and desk, and closes the store: within 10
/// seconds.
///
/// # Errors
/// When the listener breaks.
pub async fn launch(
    app: App,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let App {
        flow,
        gateway,
        http,
        stop,
        ..
    } = app;
    let sockets = Router::new()
        .route("/ws/terminal", get(terminal_socket))
        .route("/ws/desk", get(desk_socket))
        .with_state(gateway.clone());
    let service = sockets
        .merge(http::router(http))
        .into_make_service_with_connect_info::<SocketAddr>();

    let counting = {
        let (flow, stop) = (flow.clone(), stop.clone());
        tokio::spawn(async move {
            let mut every = tokio::time::interval(POPULAR_EVERY);
            while tokio::select! { _ = every.tick() => true, () = stop.cancelled() => false } {
                flow.follow().await;
                flow.refresh_popular().await;
            }
        })
    };
    let told = stop.clone();
    let serving = axum::serve(listener, service).with_graceful_shutdown(async move {
        shutdown.await;
        tracing::info!("stopping");
        told.cancel();
    });
    let serving = tokio::spawn(async move { serving.await });

    stop.cancelled().await;
    let drained = tokio::time::timeout(DRAIN, async {
        gateway.drained().await;
        let _ = counting.await;
        flow.settle().await;
    });
    if drained.await.is_err() {
        tracing::warn!("not everything finished within {} s", DRAIN.as_secs());
    }
    let hearing = flow.clone();
    let senses = move || {
        hearing.stop_speaking();
        hearing.stop_hearing();
    };
    let _ = tokio::task::spawn_blocking(senses).await;
    let served = tokio::time::timeout(Duration::from_secs(1), serving).await;
    flow.store.close().await;
    match served {
        Ok(Ok(result)) => result,
        _ => Ok(()),
    }
}
