//! `linli doctor`: is the installation sound, are the knowledge files?

use super::{Common, print_json};
use crate::config::Config;
use crate::flow::{self, Mark};
use crate::{app, speech};
use serde_json::json;

/// Checks.
#[derive(clap::Args)]
pub(super) struct Doctor {
    /// Check the knowledge files only: every error and warning with file,
    /// line and field, and what becomes of the question cases
    #[arg(long)]
    knowledge: bool,
}

struct Check {
    name: &'static str,
    ok: bool,
    says: String,
}

fn check(name: &'static str, result: Result<String, String>) -> Check {
    match result {
        Ok(says) => Check {
            name,
            ok: true,
            says,
        },
        Err(says) => Check {
            name,
            ok: false,
            says,
        },
    }
}

pub(super) async fn run(common: &Common, args: Doctor) -> Result<(), String> {
    let config = common.load(None)?;
    if args.knowledge {
        return knowledge_files(common, &config).await;
    }
    let checks = vec![
        check("数据目录", data_dir(&config)),
        check("数据库", database(&config).await),
        check("知识库文件", files(&config)),
        check("语音识别", speech_state(&config)),
    ];
    let bad = checks.iter().filter(|c| !c.ok).count();
    if common.json {
        let list: Vec<_> = checks
            .iter()
            .map(|c| json!({"check": c.name, "ok": c.ok, "says": c.says}))
            .collect();
        print_json(&json!({"ok": bad == 0, "checks": list}));
    } else {
        for c in &checks {
            println!("{} {}：{}", if c.ok { "✓" } else { "✗" }, c.name, c.says);
        }
    }
    if bad == 0 {
        Ok(())
    } else {
        Err(format!("有 {bad} 项不正常。"))
    }
}

fn data_dir(config: &Config) -> Result<String, String> {
    let dir = &config.data_dir;
    if !dir.exists() {
        return Ok(format!("{} 还没有，第一次启动时会建立", dir.display()));
    }
    let probe = dir.join(".doctor");
    std::fs::write(&probe, b"ok")
        .and_then(|()| std::fs::remove_file(&probe))
        .map(|()| format!("{} 可以写入", dir.display()))
        .map_err(|e| format!("{} 写不了：{e}。请检查权限和磁盘空间。", dir.display()))
}

async fn database(config: &Config) -> Result<String, String> {
    if let Some(path) = config.store_url.strip_prefix("sqlite:")
        && !std::path::Path::new(path).exists()
    {
        return Ok("还没有，第一次启动时会建立".to_owned());
    }
    let store = app::open_store(config).await.map_err(|e| e.to_string())?;
    let answer = async {
        store.ping().await?;
        let edition = store.current_edition().await?;
        let entries = store.editions(1).await?.first().map_or(0, |e| e.entries);
        Ok::<_, crate::store::StoreError>((edition, entries))
    }
    .await;
    let engine = store.describe();
    store.close().await;
    match answer {
        Ok((0, _)) => Ok(format!("{engine}，还没有发布过知识版本")),
        Ok((edition, entries)) => Ok(format!("{engine}，知识版本 {edition}，{entries} 条")),
        Err(error) => Err(format!("{engine} 没有正常回答：{error}")),
    }
}

fn files(config: &Config) -> Result<String, String> {
    let files = app::read_folder(&config.knowledge_dir)?;
    let (counts, _, problems) = flow::check_files(&files);
    let errors = problems.iter().filter(|p| p.is_error()).count();
    let warnings = problems.len() - errors;
    let says = format!(
        "{} 个条目，{} 种问法，{} 道考题；{errors} 处错误，{warnings} 处提醒",
        counts.entries, counts.phrasings, counts.cases
    );
    if errors == 0 {
        Ok(says)
    } else {
        Err(format!("{says}。运行 linli doctor --knowledge 看是哪些。"))
    }
}

fn speech_state(config: &Config) -> Result<String, String> {
    let why = speech::unavailable(&config.models_dir).for_admins;
    Ok(match speech::engine() {
        Some(engine) => format!("{why}；{engine}"),
        None => why,
    })
}

async fn knowledge_files(common: &Common, config: &Config) -> Result<(), String> {
    let files = app::read_folder(&config.knowledge_dir)?;
    let (counts, cases, problems) = flow::check_files(&files);
    let errors = problems.iter().filter(|p| p.is_error()).count();
    let examined = if errors == 0 && !cases.is_empty() {
        let flow = app::from_files(config, &files, app::live_teacher(config))
            .await
            .map_err(|e| e.to_string())?;
        let place = flow.live().first_place();
        flow.examine(&cases, &place)
            .await
            .map_err(|e| e.to_string())?
    } else {
        Vec::new()
    };
    let marked = |mark: Mark| examined.iter().filter(|e| e.mark == mark).count();
    if common.json {
        print_json(&json!({
            "ok": errors == 0, "entries": counts.entries, "phrasings": counts.phrasings,
            "cases": counts.cases, "right": marked(Mark::Right), "offered": marked(Mark::Offered),
            "missed": marked(Mark::Missed), "wrong": marked(Mark::Wrong),
            "problems": problems.iter().map(ToString::to_string).collect::<Vec<_>>(),
        }));
    } else {
        for problem in &problems {
            println!("{problem}");
        }
        for e in examined
            .iter()
            .filter(|e| matches!(e.mark, Mark::Missed | Mark::Wrong))
        {
            let kind = if e.mark == Mark::Wrong {
                "答错"
            } else {
                "没答出"
            };
            println!(
                "{kind} {} 第 {} 行：{} → {}",
                e.case.file, e.case.line, e.case.ask, e.shown
            );
        }
        println!(
            "{} 个文件：{} 个条目，{} 种问法；{errors} 处错误，{} 处提醒。",
            files.len(),
            counts.entries,
            counts.phrasings,
            problems.len() - errors
        );
        if !examined.is_empty() {
            println!(
                "{} 道考题：答对 {}，给出选项 {}，没答出 {}，答错 {}。",
                examined.len(),
                marked(Mark::Right),
                marked(Mark::Offered),
                marked(Mark::Missed),
                marked(Mark::Wrong)
            );
        }
    }
    if errors == 0 {
        Ok(())
    } else {
        Err("知识库文件有错误。".to_owned())
    }
}
