//! `linli import`.

use super::{Common, print_json};
use crate::app;
use crate::flow::{ImportReport, Imported};
use serde_json::json;
use std::path::PathBuf;

/// Takes knowledge from files and publishes it.
#[derive(clap::Args)]
pub(super) struct Import {
    /// A knowledge folder (TOML), or a .jsonl file of entries
    path: PathBuf,
    /// Only say what would happen
    #[arg(long)]
    dry_run: bool,
}

pub(super) async fn run(common: &Common, args: Import) -> Result<(), String> {
    let config = common.load(None)?;
    let flow = app::open_flow(&config).await.map_err(|e| e.to_string())?;
    let result = if args.path.extension().is_some_and(|e| e == "jsonl") {
        let text = std::fs::read_to_string(&args.path)
            .map_err(|e| format!("读不了 {}：{e}", args.path.display()))?;
        flow.import_jsonl(&text, args.dry_run).await
    } else if args.path.is_dir() {
        let files = app::read_folder(&args.path)?;
        flow.import(&files, args.dry_run).await
    } else {
        return Err(format!(
            "{} 不是知识库文件夹，也不是 .jsonl 文件。",
            args.path.display()
        ));
    };
    let result = result.map_err(|e| e.to_string());
    flow.store.close().await;
    let (report, refused) = match result? {
        Imported::Done(report) => (report, false),
        Imported::Refused(report) => (report, true),
    };
    if common.json {
        print_json(&json!({
            "refused": refused, "dry_run": args.dry_run,
            "added": report.added, "changed": report.changed, "removed": report.removed,
            "kept": report.kept, "edition": report.edition,
            "problems": report.problems.iter().map(ToString::to_string).collect::<Vec<_>>(),
        }));
    } else {
        show(&report, args.dry_run);
    }
    if refused {
        Err("文件有错误，什么都没有改变。".to_owned())
    } else {
        Ok(())
    }
}

fn show(report: &ImportReport, dry_run: bool) {
    for problem in &report.problems {
        println!("{problem}");
    }
    println!(
        "新增 {}，修改 {}，移除 {}",
        report.added, report.changed, report.removed
    );
    for id in &report.kept {
        println!("保留后台改过的：{id}");
    }
    match report.edition {
        Some(edition) => println!("已发布为知识版本 {edition}。正在运行的服务重启后使用它。"),
        None if dry_run => println!("（试运行，没有改变任何内容）"),
        None => println!("没有变化。"),
    }
}
