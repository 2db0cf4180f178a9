//! `linli export`.

use super::Common;
use crate::app;
use std::path::{Path, PathBuf};

/// Writes the knowledge of the newest edition.
#[derive(clap::Args)]
pub(super) struct Export {
    /// A .jsonl file, or a folder for TOML files (made when missing)
    path: PathBuf,
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)
            .map_err(|e| format!("cannot make {}: {e}", parent.display()))?;
    }
    std::fs::write(path, text).map_err(|e| format!("cannot write {}: {e}", path.display()))
}

pub(super) async fn run(common: &Common, args: Export) -> Result<(), String> {
    let config = common.load(None)?;
    let flow = app::offline(&config, app::kept_teacher(&config))
        .await
        .map_err(|e| e.to_string())?;
    let entries = flow.live().index.entries().len();
    if args.path.extension().is_some_and(|e| e == "jsonl") {
        write(&args.path, &flow.export_jsonl())?;
    } else {
        if args.path.exists()
            && std::fs::read_dir(&args.path).is_ok_and(|mut found| found.next().is_some())
        {
            return Err(format!(
                "{} 不是空的，换一个新的文件夹。",
                args.path.display()
            ));
        }
        for (name, text) in flow.export_toml() {
            write(&args.path.join(name), &text)?;
        }
    }
    println!("已写出 {entries} 个条目到 {}", args.path.display());
    Ok(())
}
