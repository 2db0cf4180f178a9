//! The composition root: everything is put together here.

mod first_run;
mod folder;
mod launch;
mod offline;
mod teacher;

pub use first_run::{FirstRun, NewKiosk, add_kiosk, add_user, change_password};
pub use folder::{read_folder, read_path};
pub use launch::{launch, listen};
pub use offline::{from_files, offline, offline_with};
pub use teacher::{encoder, kept_teacher, live_teacher, teacher};

use crate::bus::Bus;
use crate::config::Config;
use crate::flow::{Flow, ImportReport, Imported, Teacher};
use crate::gateway::Gateway;
use crate::http::Http;
use crate::model::{Clock, SystemClock};
use crate::speech::{self, Ear, Mouth};
use crate::store::{self, Store};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::sync::{Arc, OnceLock};
use tokio_util::sync::CancellationToken;

/// A server that is ready to be launched.
pub struct App {
    /// The use cases.
    pub flow: Arc<Flow>,
    /// The WebSockets.
    pub gateway: Gateway,
    /// The calls and pages.
    pub http: Http,
    /// What was set up because it was the first run.
    pub first_run: FirstRun,
    /// What the knowledge files brought.
    pub import: ImportReport,
    stop: CancellationToken,
}

/// Why a server cannot be built.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct BuildError(pub String);

/// Opens the store named by the configuration.
///
/// # Errors
/// In plain words.
pub async fn open_store(config: &Config) -> Result<Arc<dyn Store>, BuildError> {
    store::open(&config.store_url).await.map_err(|e| {
        BuildError(format!(
            "cannot open the database ({}): {e}",
            shown(&config.store_url)
        ))
    })
}

/// The use cases over the configured store, without taking in files: for the
/// command line.
///
/// # Errors
/// In plain words.
pub async fn open_flow(config: &Config) -> Result<Arc<Flow>, BuildError> {
    let store = open_store(config).await?;
    Flow::start(
        store,
        Arc::new(SystemClock),
        Bus::default(),
        config.flow.clone(),
        live_teacher(config),
        deaf(),
        Arc::new(Mouth::mute()),
    )
    .await
    .map_err(|e| BuildError(format!("cannot start: {e}")))
}

/// The use cases over the configured store with a mouth and nothing else: for
/// commands about spoken answers. No meanings are learnt for them.
///
/// # Errors
/// In plain words.
pub async fn open_voice(config: &Config) -> Result<Arc<Flow>, BuildError> {
    let store = open_store(config).await?;
    Flow::start(
        store,
        Arc::new(SystemClock),
        Bus::default(),
        config.flow.clone(),
        Arc::new(Teacher::default()),
        deaf(),
        Arc::new(mouth(config, &deaf())),
    )
    .await
    .map_err(|e| BuildError(format!("cannot start: {e}")))
}

/// An ear for commands to which nobody speaks: no model is loaded.
fn deaf() -> Arc<Ear> {
    Arc::new(Ear::open(speech::Settings::default()))
}

/// A database address without its password.
fn shown(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if at > scheme => format!("{}://…{}", &url[..scheme], &url[at..]),
        _ => url.to_owned(),
    }
}

/// The process's one metrics recorder.
fn metrics() -> Result<PrometheusHandle, BuildError> {
    static HANDLE: OnceLock<Result<PrometheusHandle, String>> = OnceLock::new();
    HANDLE
        .get_or_init(|| {
            PrometheusBuilder::new()
                .install_recorder()
                .map_err(|e| e.to_string())
        })
        .clone()
        .map_err(|e| BuildError(format!("metrics: {e}")))
}

/// Opens the store, takes in the knowledge files, and makes a server of it.
///
/// # Errors
/// In plain words what is wrong and what to do.
pub async fn build(config: &Config) -> Result<App, BuildError> {
    build_with_clock(config, Arc::new(SystemClock)).await
}

/// As [`build`], with a clock of one's own.
///
/// # Errors
/// As [`build`].
pub async fn build_with_clock(config: &Config, clock: Arc<dyn Clock>) -> Result<App, BuildError> {
    let ear = Ear::open(config.speech.clone());
    build_with(config, clock, ear).await
}

/// As [`build`], with a clock and an ear of one's own.
///
/// # Errors
/// As [`build`].
pub async fn build_with(
    config: &Config,
    clock: Arc<dyn Clock>,
    ear: Ear,
) -> Result<App, BuildError> {
    let ear = Arc::new(ear);
    let mouth = mouth(config, &ear);
    build_with_senses(config, clock, ear, mouth).await
}

/// A mouth that speaks when the ear has nothing to do.
fn mouth(config: &Config, ear: &Arc<Ear>) -> Mouth {
    let listening = Arc::clone(ear);
    Mouth::open(config.voice.clone(), Arc::new(move || listening.is_busy()))
}

/// As [`build`], with a clock, an ear and a mouth of one's own.
///
/// # Errors
/// As [`build`].
pub async fn build_with_senses(
    config: &Config,
    clock: Arc<dyn Clock>,
    ear: Arc<Ear>,
    mouth: Mouth,
) -> Result<App, BuildError> {
    let handle = metrics()?;
    let store = open_store(config).await?;
    let flow = Flow::start(
        store,
        clock,
        Bus::default(),
        config.flow.clone(),
        live_teacher(config),
        ear,
        Arc::new(mouth),
    )
    .await
    .map_err(|e| BuildError(format!("cannot start: {e}")))?;
    let import = import(&flow, config).await?;
    let first_run = first_run::prepare(&flow, config).await?;
    let stop = CancellationToken::new();
    let gateway = Gateway::new(Arc::clone(&flow), config.gateway.clone(), stop.clone());
    let http = Http::new(
        Arc::clone(&flow),
        first_run.demo_key.clone(),
        handle,
        stop.clone(),
    );
    Ok(App {
        flow,
        gateway,
        http,
        first_run,
        import,
        stop,
    })
}

/// Takes in the knowledge files. With an edition in the database, faulty
/// files are reported and the old edition goes on answering.
async fn import(flow: &Arc<Flow>, config: &Config) -> Result<ImportReport, BuildError> {
    let dir = &config.knowledge_dir;
    if !dir.is_dir() {
        if flow.live().number() == 0 {
            return Err(BuildError(format!(
                "找不到知识库文件夹 {}。请在项目目录运行，或用 --knowledge-dir 指定。",
                dir.display()
            )));
        }
        return Ok(ImportReport::default());
    }
    let files = read_folder(dir).map_err(BuildError)?;
    match flow.import(&files, false).await {
        Ok(Imported::Done(report)) => Ok(report),
        Ok(Imported::Refused(report)) if flow.live().number() > 0 => {
            tracing::error!(
                problems = report.problems.len(),
                "knowledge files have errors; the last edition goes on answering"
            );
            Ok(report)
        }
        Ok(Imported::Refused(report)) => Err(BuildError(format!(
            "知识库文件有错误，没有导入：\n{}",
            report.errors()
        ))),
        Err(error) => Err(BuildError(format!("knowledge not imported: {error}"))),
    }
}
