//! `linli voices`.
#![expect(
    clippy::print_stderr,
    reason = "progress goes beside what a command prints"
)]

use super::{Common, print_json};
use crate::app;
use crate::flow::Flow;
use serde_json::json;
use std::io::{IsTerminal, Write as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// How often the bar moves.
const LOOK: Duration = Duration::from_millis(500);
/// Characters of the bar.
const WIDTH: usize = 30;
/// An engine that has failed so often at everything does not come back.
const GIVE_UP: Duration = Duration::from_secs(60);

/// Spoken answers: make them, hear one, see how one is read.
#[derive(clap::Args)]
pub(super) struct VoicesArgs {
    #[command(subcommand)]
    command: VoicesCommand,
}

#[derive(clap::Subcommand)]
enum VoicesCommand {
    /// Make every sound that the live edition needs and that is not there
    Build,
    /// Say a text into an Opus file
    Say {
        /// The words
        text: String,
        /// The file
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// A voice; the house's when not given
        #[arg(long)]
        voice: Option<String>,
    },
    /// Show how a text is read: pinyin with the numbers of the tones
    Read {
        /// The words
        text: String,
    },
}

pub(super) async fn run(common: &Common, args: VoicesArgs) -> Result<(), String> {
    let config = common.load(None)?;
    let flow = app::open_voice(&config).await.map_err(|e| e.to_string())?;
    match args.command {
        VoicesCommand::Build => build(&flow, common.json).await,
        VoicesCommand::Say { text, out, voice } => {
            let file = flow.hear(&text, voice).await.map_err(|e| e.to_string())?;
            let size = file.len();
            std::fs::write(&out, &file).map_err(|e| format!("写不了 {}：{e}", out.display()))?;
            if common.json {
                print_json(&json!({"file": out.display().to_string(), "bytes": size}));
            } else {
                println!("{}：{size} 字节", out.display());
            }
            Ok(())
        }
        VoicesCommand::Read { text } => {
            read(&flow, &text, common.json);
            Ok(())
        }
    }
}

fn read(flow: &Flow, text: &str, as_json: bool) {
    let script = flow.mouth().script(text);
    let clauses: Vec<String> = script
        .clauses
        .iter()
        .map(|clause| {
            let said = clause.syllables.iter();
            let said: Vec<String> = said.map(|s| format!("{}{}", s.base, s.tone)).collect();
            said.join(" ")
        })
        .collect();
    if as_json {
        print_json(&json!({"text": script.text, "clauses": clauses}));
    } else {
        println!("{}", clauses.join(" / "));
    }
}

async fn build(flow: &Arc<Flow>, as_json: bool) -> Result<(), String> {
    let offer = flow.mouth().offer();
    let Some(engine) = offer.engine.clone() else {
        return Err(offer.missing.clone().unwrap_or_default());
    };
    if flow.live().number() == 0 {
        return Err("还没有发布过知识。请先运行 linli serve 或 linli import。".to_owned());
    }
    // What is to be made is known when this is over.
    flow.settle().await;
    let begun = flow.voice_progress();
    let (mut last, mut moved) = (begun.left, tokio::time::Instant::now());
    let terminal = std::io::stderr().is_terminal();
    loop {
        let progress = flow.voice_progress();
        show(begun.wanted, progress.left, progress.seconds, terminal);
        if progress.left == 0 {
            break;
        }
        if progress.left < last {
            (last, moved) = (progress.left, tokio::time::Instant::now());
        }
        if let [(text, why), ..] = progress.failed.as_slice()
            && moved.elapsed() > GIVE_UP
        {
            return Err(format!(
                "还有 {} 段没有合成，例如“{text}”：{why}",
                progress.left
            ));
        }
        tokio::time::sleep(LOOK).await;
    }
    if terminal {
        eprintln!();
    }
    if as_json {
        print_json(&json!({
            "engine": engine, "wanted": begun.wanted, "made": begun.left,
        }));
    } else {
        println!("{} 段语音都在：新合成 {} 段。", begun.wanted, begun.left);
    }
    Ok(())
}

fn show(wanted: usize, left: usize, seconds: Option<f32>, terminal: bool) {
    if !terminal {
        return;
    }
    let done = wanted.saturating_sub(left);
    let full = (done * WIDTH).checked_div(wanted).unwrap_or(WIDTH);
    let rest = seconds.map_or_else(String::new, |s| {
        format!("，约 {:.0} 分钟", (s / 60.0).ceil())
    });
    eprint!(
        "\r  [{}{}] {done} / {wanted}{rest}   ",
        "#".repeat(full),
        "-".repeat(WIDTH - full)
    );
    // A bar that is not seen does no harm.
    let _ = std::io::stderr().flush();
}
