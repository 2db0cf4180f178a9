//! A house with the shipped knowledge and no models but the given ear.

use linli::app::App;
use linli::config::{Config, Overrides};
use linli::model::SystemClock;
use linli::speech::Ear;
use std::future::Future;
use std::path::Path;
use std::sync::Arc;

/// The shipped knowledge with a folder for data and one of models.
pub fn config(data: &Path, models: &Path) -> Config {
    let overrides = Overrides {
        data_dir: Some(data.to_path_buf()),
        knowledge_dir: Some(concat!(env!("CARGO_MANIFEST_DIR"), "/knowledge").into()),
        models_dir: Some(models.to_path_buf()),
        ..Overrides::default()
    };
    Config::load(None, overrides).expect("defaults")
}

/// Opens one on disk, lets `work` happen in it and closes it.
pub fn within<F: Future>(ear: Ear, work: impl FnOnce(Arc<linli::flow::Flow>) -> F) -> F::Output {
    let data = tempfile::tempdir().expect("a folder");
    let config = config(data.path(), data.path());
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let app: App = linli::app::build_with(&config, Arc::new(SystemClock), ear)
            .await
            .expect("built");
        let done = work(app.flow.clone()).await;
        app.flow.stop_hearing();
        app.flow.store.close().await;
        done
    })
}
