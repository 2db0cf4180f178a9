//! `linli models`.

use super::models_speech;
use super::progress::Progress;
use super::{Common, print_json};
use crate::models::{self, FileState, Manifest, Model, Problem};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Model files: speech recognition, voice detection, meaning, speaking.
#[derive(clap::Args)]
pub(super) struct ModelsArgs {
    #[command(subcommand)]
    command: ModelsCommand,
}

#[derive(clap::Subcommand)]
enum ModelsCommand {
    /// What is known, and what is there
    List,
    /// Obtain a model; goes on where it stopped
    Fetch {
        /// Its name, as `linli models list` shows it
        #[arg(required_unless_present = "speech")]
        name: Option<String>,
        /// What speech needs and is not there; when it cannot be had, that is said in
        /// one line and is no error
        #[arg(long, conflicts_with = "name")]
        speech: bool,
        /// Address of a mirror that is asked first, such as <https://hf-mirror.com>
        #[arg(long, env = "LINLI_MODELS_MIRROR", value_name = "URL")]
        mirror: Option<String>,
    },
    /// Check length and SHA-256 of what is there
    Verify {
        /// One model; all that are there when not given
        name: Option<String>,
    },
    /// Cut the vocabulary of a sentence encoder to Chinese, ASCII and punctuation
    Cut {
        /// Folder with config.json, tokenizer.json (Unigram) and model.safetensors
        dir: PathBuf,
        /// Folder to write
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

pub(super) async fn run(common: &Common, args: ModelsArgs) -> Result<(), String> {
    let config = common.load(None)?;
    let dir = config.models_dir.clone();
    let json = common.json;
    // All of it waits for disks and servers.
    tokio::task::spawn_blocking(move || {
        match args.command {
            ModelsCommand::List => list(&dir, json),
            ModelsCommand::Fetch {
                name: Some(name),
                mirror,
                ..
            } => fetch(&dir, &name, mirror, json),
            ModelsCommand::Fetch { mirror, .. } => {
                models_speech::run(&config, mirror, json);
                Ok(())
            }
            ModelsCommand::Verify { name } => verify(&dir, name.as_deref(), json)?,
            ModelsCommand::Cut { dir, out } => cut(&dir, &out, json),
        }
        .map_err(|problem| problem.to_string())
    })
    .await
    .map_err(|e| e.to_string())?
}

/// A model's state in one word, for machines and for people.
fn state(files: &[(PathBuf, FileState)]) -> (&'static str, &'static str) {
    let any = |state: FileState| files.iter().any(|(_, own)| *own == state);
    let absent = files
        .iter()
        .filter(|(_, s)| *s == FileState::Absent)
        .count();
    if absent == files.len() {
        ("absent", "没有")
    } else if absent > 0 || any(FileState::WrongSize) || any(FileState::WrongContent) {
        ("damaged", "不完整")
    } else {
        ("there", "已有")
    }
}

fn described(model: &Model, files: &[(PathBuf, FileState)]) -> Value {
    json!({
        "name": model.name,
        "kind": model.kind.as_str(),
        "licence": model.licence,
        "bytes": model.bytes(),
        "recommended": model.recommended,
        "state": state(files).0,
        "note": model.note,
        "files": files.iter().map(|(path, _)| path.display().to_string()).collect::<Vec<_>>(),
    })
}

fn list(dir: &Path, json: bool) -> Result<(), Problem> {
    let manifest = Manifest::load(dir)?;
    let found: Vec<_> = manifest
        .models
        .iter()
        .map(|model| (model, models::states(dir, model)))
        .collect();
    if json {
        let list: Vec<_> = found
            .iter()
            .map(|(model, files)| described(model, files))
            .collect();
        print_json(&json!({"dir": dir.display().to_string(), "models": list}));
        return Ok(());
    }
    println!("模型文件夹：{}", dir.display());
    for (model, files) in found {
        println!(
            "{:<28} {:<8} {:>7}  {:<4} {}  {}",
            model.name,
            model.kind.as_str(),
            size(model.bytes()),
            model.licence,
            state(&files).1,
            model.note
        );
    }
    println!("下载：linli models fetch 名称");
    Ok(())
}

fn size(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

fn fetch(dir: &Path, name: &str, mirror: Option<String>, json: bool) -> Result<(), Problem> {
    let manifest = Manifest::load(dir)?;
    let settings = models::Settings {
        mirror: mirror.filter(|url| !url.trim().is_empty()),
        ..models::Settings::default()
    };
    let mut progress = Progress::new(dir);
    let result = models::fetch(dir, &manifest, name, &settings, &mut |event| {
        progress.show(event);
    });
    progress.end();
    let files = result?;
    if json {
        let files: Vec<_> = files.iter().map(|p| p.display().to_string()).collect();
        print_json(&json!({"ok": true, "name": name, "files": files}));
    } else {
        println!("{name} 已就绪：{} 个文件，SHA-256 都对。", files.len());
    }
    Ok(())
}

/// The outer error is that something is not right, the inner one that it could
/// not be found out.
fn verify(dir: &Path, name: Option<&str>, json: bool) -> Result<Result<(), Problem>, String> {
    let checked = check(dir, name, json).map_err(|problem| problem.to_string())?;
    let (list, bad): (Vec<Value>, Vec<String>) = checked;
    if json {
        print_json(&json!({"ok": bad.is_empty(), "models": list}));
    } else if list.is_empty() {
        println!(
            "{} 里还没有模型。运行 linli models list 看有哪些。",
            dir.display()
        );
    }
    if bad.is_empty() {
        return Ok(Ok(()));
    }
    let commands: Vec<_> = bad
        .iter()
        .map(|n| format!("linli models fetch {n}"))
        .collect();
    Err(format!(
        "有 {} 个模型不对。请运行：{}",
        bad.len(),
        commands.join("；")
    ))
}

fn check(dir: &Path, name: Option<&str>, json: bool) -> Result<(Vec<Value>, Vec<String>), Problem> {
    let manifest = Manifest::load(dir)?;
    let wanted: Vec<&Model> = match name {
        Some(name) => vec![manifest.model(name)?],
        None => manifest
            .models
            .iter()
            .filter(|model| state(&models::states(dir, model)).0 != "absent")
            .collect(),
    };
    let (mut list, mut bad) = (Vec::new(), Vec::new());
    for model in wanted {
        let files = models::verify(dir, model, &mut |_| {})?;
        if state(&files).0 != "there" {
            bad.push(model.name.clone());
        }
        for (path, state) in &files {
            let says = match state {
                FileState::Absent => "✗ 没有",
                FileState::WrongSize => "✗ 长度不对",
                FileState::WrongContent => "✗ SHA-256 不对",
                FileState::There => "？没有登记 SHA-256，无法核对",
                FileState::Right => "✓ 正确",
            };
            if !json {
                println!("{says} {}", path.display());
            }
        }
        list.push(described(model, &files));
    }
    Ok((list, bad))
}

fn cut(dir: &Path, out: &Path, json: bool) -> Result<(), Problem> {
    let done = models::cut(dir, out)?;
    if json {
        print_json(&json!({
            "ok": true, "before": done.before, "after": done.after, "likeness": done.likeness,
            "out": out.display().to_string(),
        }));
    } else {
        println!(
            "词表从 {} 个词裁到 {} 个，写入 {}。12 个中文问题的向量与原来的最小余弦是 {:.4}。",
            done.before,
            done.after,
            out.display(),
            done.likeness
        );
    }
    Ok(())
}
