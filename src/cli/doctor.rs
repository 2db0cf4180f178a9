//! `linli doctor`: is the installation sound, are the knowledge files?

use super::{Common, doctor_knowledge, facts, print_json};
use crate::config::Config;
use crate::flow;
use crate::retrieval::Encoder;
use crate::{app, models, speech};
use serde_json::json;

/// Checks.
#[derive(clap::Args)]
pub(super) struct Doctor {
    /// Check the knowledge files only: every error and warning with file,
    /// line and field, and what becomes of the question cases
    #[arg(long)]
    knowledge: bool,
    /// With --knowledge: leave the question cases alone, so that who writes
    /// phrasings does not see them
    #[arg(long, requires = "knowledge")]
    no_cases: bool,
    /// With --knowledge: entries that would answer each other's questions, too
    #[arg(long, requires = "knowledge")]
    overlaps: bool,
    /// Print every amount, age, time limit, date and phone number that an entry
    /// states, so that one reading finds two entries that disagree
    #[arg(long, conflicts_with = "knowledge")]
    facts: bool,
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
        return doctor_knowledge::run(
            common,
            &config,
            doctor_knowledge::Also {
                overlaps: args.overlaps,
                cases: !args.no_cases,
            },
        )
        .await;
    }
    if args.facts {
        return facts::run(common, &config);
    }
    let checks = vec![
        check("数据目录", data_dir(&config)),
        check("数据库", database(&config).await),
        check("知识库文件", files(&config)),
        check("语义模型", meaning(&config)),
        check("语音识别", speech_state(&config)),
        check("语音播报", voice_state(&config)),
        check("模型", model_files(&config)),
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

/// Which signals decide: words, the table of meanings, the encoder.
fn meaning(config: &Config) -> Result<String, String> {
    match app::encoder(config) {
        Ok(Some(encoder)) => Ok(format!(
            "字词、语义表、语义模型 {}（{}）",
            encoder.name(),
            encoder.fingerprint()
        )),
        Ok(None) => Ok(format!(
            "字词、语义表；没有语义模型 {}，运行 linli models fetch {} 可以下载",
            config.encoder, config.encoder
        )),
        Err(error) => Err(format!("{error} 现在只用字词和语义表。")),
    }
}

/// Which engine hears, or why none does.
fn speech_state(config: &Config) -> Result<String, String> {
    use crate::speech::EngineChoice;
    let settings = &config.speech;
    match speech::check(settings) {
        Ok(()) => {
            let voice = if settings.voice_model.exists() {
                "人声检测 Silero"
            } else {
                "没有人声检测模型，只用内置的简单检测"
            };
            Ok(match &settings.engine {
                EngineChoice::Whisper { model } => format!(
                    "{}，{} 线程，{voice}；{}",
                    model.display(),
                    settings.threads,
                    speech::engine().unwrap_or_default()
                ),
                EngineChoice::Endpoint(endpoint) => {
                    format!("识别服务 {}（{}），{voice}", endpoint.url, endpoint.model)
                }
                EngineChoice::Off => String::new(),
            })
        }
        // Without speech everything else works: typed questions need none.
        Err(why) => Ok(format!("不能语音提问：{}", why.for_admins)),
    }
}

fn voice_state(config: &Config) -> Result<String, String> {
    let mouth = speech::Mouth::open(config.voice.clone(), std::sync::Arc::new(|| false));
    let offer = mouth.offer();
    let fallback = if offer.fallback {
        "没有合成好的由 espeak-ng 先念"
    } else {
        "没有 espeak-ng，没有合成好的由浏览器念或者不念"
    };
    Ok(match (&offer.engine, &offer.missing) {
        (Some(engine), _) => format!("{engine}，{}；{fallback}", mouth.style().voice),
        // Without a voice everything else works: answers are read on the screen.
        (None, Some(missing)) => format!("{missing}{fallback}。"),
        (None, None) => fallback.to_owned(),
    })
}

/// What is absent is said and is no fault: everything but speech and meaning
/// goes on without.
fn model_files(config: &Config) -> Result<String, String> {
    let speech = speech::engine().is_some();
    let lines = models::missing(&config.models_dir, &config.encoder, speech);
    Ok(match lines.is_empty() {
        true => format!("{} 里该有的都有", config.models_dir.display()),
        false => lines.join("；"),
    })
}
