//! `linli bands`: when to answer, fitted to what residents did.

use super::{Common, print_json};
use crate::app;
use crate::flow::{Refit, Step, Verdict};
use crate::model::Timestamp;
use serde_json::{Value, json};
use std::path::Path;

/// What past turns say about the band of answers.
#[derive(clap::Args)]
pub(super) struct BandsArgs {
    /// How many days back to look
    #[arg(long, value_name = "N", default_value_t = 90, value_parser = clap::value_parser!(u16).range(1..))]
    days: u16,
    /// The share of answers that is to be right
    #[arg(long, value_name = "SHARE", default_value_t = 0.95)]
    precision: f64,
    /// Write the proposed band into the settings file
    #[arg(long)]
    apply: bool,
}

pub(super) async fn run(common: &Common, args: BandsArgs) -> Result<(), String> {
    if !(0.5..1.0).contains(&args.precision) {
        return Err(format!(
            "--precision 应在 0.5 与 1 之间（不含 1），现在是 {}。",
            args.precision
        ));
    }
    if args.apply && common.config.is_none() {
        return Err("--apply 要写进设置文件：请同时给出 --config FILE。".to_owned());
    }
    let config = common.load(None)?;
    let flow = app::open_flow(&config).await.map_err(|e| e.to_string())?;
    let from = flow
        .clock
        .now()
        .plus(-i64::from(args.days) * Timestamp::DAY);
    let found = flow.refit_bands(from, args.precision).await;
    flow.store.close().await;
    let refit = found.map_err(|e| e.to_string())?;
    let moves = matches!(refit.verdict, Verdict::Lower | Verdict::Higher);
    if common.json {
        print_json(&as_json(&refit));
    } else {
        print(&refit, &args);
    }
    match &common.config {
        Some(file) if args.apply && moves => {
            write(file, refit.proposed.band)?;
            if !common.json {
                println!("已写入 {}，重启后生效。", file.display());
            }
        }
        _ => {}
    }
    Ok(())
}

const fn name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::TooFew => "too_few",
        Verdict::Keep => "keep",
        Verdict::Lower => "lower",
        Verdict::Higher => "higher",
    }
}

fn as_json(refit: &Refit) -> Value {
    let step = |s: &Step| json!({"band": rounded(s.band), "answered": s.answered, "right": s.right, "at_least": s.at_least});
    json!({
        "now": step(&refit.now), "verdict": name(refit.verdict), "proposed": step(&refit.proposed),
        "steps": refit.steps.iter().map(step).collect::<Vec<_>>(),
    })
}

/// A band in hundredths, as a settings file holds it.
fn rounded(band: f32) -> f64 {
    (f64::from(band) * 100.0).round() / 100.0
}

fn print(refit: &Refit, args: &BandsArgs) {
    println!("最近 {} 天：把握多大才直接回答", args.days);
    println!("界线    会直接回答  其中对的  至少对（95% 可信）");
    let shown = refit.steps.iter().step_by(5);
    let extra = (!shown.clone().any(|s| s == &refit.now)).then_some(&refit.now);
    for step in shown.chain(extra) {
        let mark = if step == &refit.now {
            "  ← 现在"
        } else {
            ""
        };
        println!(
            "{:<6.2}{:>12}{:>10}{:>15.1}%{mark}",
            step.band,
            step.answered,
            step.right,
            step.at_least * 100.0
        );
    }
    let wanted = args.precision * 100.0;
    match refit.verdict {
        Verdict::TooFew => println!(
            "还看不出来：现在的界线以上只有 {} 次回答，至少要 {} 次。",
            refit.now.answered,
            Refit::ENOUGH
        ),
        Verdict::Keep if refit.now.at_least < args.precision => println!(
            "已经到上限 {:.2}，答对的仍可能不到 {wanted:.0}%：先看看哪些条目答错，改知识库。",
            Refit::HIGHEST
        ),
        Verdict::Keep => println!("不用改：现在的界线最合适（要求至少 {wanted:.0}% 答对）。"),
        Verdict::Lower => println!(
            "建议降到 {:.2}：多答一些，仍至少 {wanted:.0}% 答对。",
            refit.proposed.band
        ),
        Verdict::Higher => println!(
            "建议升到 {:.2}：现在答对的不到 {wanted:.0}%，宁可多问一句。",
            refit.proposed.band
        ),
    }
    if matches!(refit.verdict, Verdict::Lower | Verdict::Higher) && !args.apply {
        println!(
            "确认后加 --apply 和 --config FILE 写入；一次最多动 {:.2}。",
            Refit::FARTHEST
        );
    }
}

/// Sets `answer` in the `[bands]` of the file, and leaves the rest as it was,
/// remarks and all.
fn write(file: &Path, band: f32) -> Result<(), String> {
    let wrong =
        |what: &str, why: &dyn std::fmt::Display| format!("{}：{what}（{why}）", file.display());
    let text = std::fs::read_to_string(file).map_err(|e| wrong("读不了", &e))?;
    let text = with_band(&text, band).map_err(|e| wrong("不是有效的 TOML", &e))?;
    let whole = file.with_extension("toml.new");
    std::fs::write(&whole, text).map_err(|e| wrong("写不了", &e))?;
    std::fs::rename(&whole, file).map_err(|e| wrong("写不了", &e))
}

fn with_band(text: &str, band: f32) -> Result<String, toml_edit::TomlError> {
    let mut file: toml_edit::DocumentMut = text.parse()?;
    file["bands"]["answer"] = toml_edit::value(rounded(band));
    if let Some(bands) = file["bands"].as_inline_table_mut() {
        // A table of its own reads better, and takes remarks.
        let table = std::mem::take(bands).into_table();
        file["bands"] = toml_edit::Item::Table(table);
    }
    Ok(file.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_settings_file_keeps_what_else_it_says() {
        let cases = [
            ("", "[bands]\nanswer = 0.72\n"),
            (
                "# 我们的\nlisten = \"0.0.0.0:80\"\n",
                "# 我们的\nlisten = \"0.0.0.0:80\"\n\n[bands]\nanswer = 0.72\n",
            ),
            (
                "[bands] # 去年定的\nmargin = 0.1\nanswer = 0.75\n\n[goal]\ntarget = 0.9\n",
                "[bands] # 去年定的\nmargin = 0.1\nanswer = 0.72\n\n[goal]\ntarget = 0.9\n",
            ),
        ];
        for (before, after) in cases {
            assert_eq!(with_band(before, 0.72).expect("valid"), after);
            toml::from_str::<toml::Table>(after).expect("valid");
        }
        assert!(with_band("bands = [", 0.72).is_err());
    }
}
