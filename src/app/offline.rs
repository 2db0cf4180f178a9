//! The live path without a server and without leaving a trace: for the
//! command line.

use super::{BuildError, deaf, open_store, read_folder};
use crate::bus::Bus;
use crate::config::Config;
use crate::flow::{Flow, Imported, Teacher};
use crate::model::SystemClock;
use crate::speech::{Ear, Mouth};
use crate::store;
use std::path::Path;
use std::sync::Arc;

/// Answers from what the server would answer from: the newest edition of the
/// database, where there is one, else the knowledge files. Turns go to a
/// database in memory, so that trying things out does not count in the 98%.
/// `teacher` makes the meanings; it is waited for.
///
/// # Errors
/// In plain words.
pub async fn offline(config: &Config, teacher: Arc<Teacher>) -> Result<Arc<Flow>, BuildError> {
    offline_with(config, teacher, deaf()).await
}

/// As [`offline`], with an ear.
///
/// # Errors
/// In plain words.
pub async fn offline_with(
    config: &Config,
    teacher: Arc<Teacher>,
    ear: Arc<Ear>,
) -> Result<Arc<Flow>, BuildError> {
    if let Some(knowledge) = published(config).await? {
        let flow = in_memory(config, teacher, ear).await?;
        flow.publish_knowledge(knowledge, "offline".to_owned())
            .await
            .map_err(|e| BuildError(e.to_string()))?;
        flow.settle().await;
        return Ok(flow);
    }
    let dir = &config.knowledge_dir;
    if !dir.is_dir() {
        return Err(BuildError(format!(
            "没有数据库，也找不到知识库文件夹 {}。请在项目目录运行，或用 --knowledge-dir 指定。",
            dir.display()
        )));
    }
    from_files_with(config, &read_folder(dir).map_err(BuildError)?, teacher, ear).await
}

/// As [`offline`], from these files whatever the database holds, and with the
/// meanings that `teacher` makes of them.
///
/// # Errors
/// In plain words.
pub async fn from_files(
    config: &Config,
    files: &[(String, String)],
    teacher: Arc<Teacher>,
) -> Result<Arc<Flow>, BuildError> {
    from_files_with(config, files, teacher, deaf()).await
}

async fn from_files_with(
    config: &Config,
    files: &[(String, String)],
    teacher: Arc<Teacher>,
    ear: Arc<Ear>,
) -> Result<Arc<Flow>, BuildError> {
    let flow = in_memory(config, teacher, ear).await?;
    match flow.import(files, false).await {
        Ok(Imported::Done(_)) => {
            flow.settle().await;
            Ok(flow)
        }
        Ok(Imported::Refused(report)) => Err(BuildError(format!(
            "知识库文件有错误：\n{}",
            report.errors()
        ))),
        Err(error) => Err(BuildError(error.to_string())),
    }
}

async fn in_memory(
    config: &Config,
    teacher: Arc<Teacher>,
    ear: Arc<Ear>,
) -> Result<Arc<Flow>, BuildError> {
    let memory = store::open("sqlite::memory:")
        .await
        .map_err(|e| BuildError(format!("cannot open a database in memory: {e}")))?;
    Flow::start(
        memory,
        Arc::new(SystemClock),
        Bus::default(),
        config.flow.clone(),
        teacher,
        ear,
        Arc::new(Mouth::mute()),
    )
    .await
    .map_err(|e| BuildError(format!("cannot start: {e}")))
}

/// The knowledge of the newest edition, when the database exists and has one.
async fn published(config: &Config) -> Result<Option<crate::model::Knowledge>, BuildError> {
    if let Some(path) = config.store_url.strip_prefix("sqlite:")
        && !Path::new(path).exists()
    {
        return Ok(None);
    }
    let store = open_store(config).await?;
    let number = store
        .current_edition()
        .await
        .map_err(|e| BuildError(e.to_string()))?;
    let edition = store
        .edition(number)
        .await
        .map_err(|e| BuildError(e.to_string()))?;
    store.close().await;
    Ok(edition.map(|e| e.knowledge))
}
