//! `linli doctor --knowledge`: the curators' check.

use super::{Common, print_json};
use crate::app;
use crate::config::Config;
use crate::flow::{self, Mark};
use serde_json::json;

/// What is looked at beside the files' form.
pub(super) struct Also {
    /// Entries that would answer each other's questions.
    pub(super) overlaps: bool,
    /// What comes of the question cases.
    pub(super) cases: bool,
}

pub(super) async fn run(common: &Common, config: &Config, also: Also) -> Result<(), String> {
    let Also { overlaps, cases } = also;
    let files = app::read_folder(&config.knowledge_dir)?;
    let (counts, mut asked, problems) = flow::check_files(&files);
    // Those that only teach judge nothing, and there are thousands.
    asked.retain(|case| cases && !case.only_teaches());
    let errors = problems.iter().filter(|p| p.is_error()).count();
    let (mut examined, mut overlapping) = (Vec::new(), Vec::new());
    if errors == 0 && (overlaps || !asked.is_empty()) {
        let flow = app::from_files(config, &files, app::live_teacher(config))
            .await
            .map_err(|e| e.to_string())?;
        let place = flow.live().first_place();
        examined = flow
            .examine(&asked, &place)
            .await
            .map_err(|e| e.to_string())?;
        if overlaps {
            overlapping = flow.overlaps(&place);
        }
    }
    // The weights of the decision may have been fitted to the others.
    let judging = || examined.iter().filter(|e| e.case.judges());
    let marked = |mark: Mark| judging().filter(|e| e.mark == mark).count();
    if common.json {
        print_json(&json!({
            "ok": errors == 0, "entries": counts.entries, "phrasings": counts.phrasings,
            "cases": counts.cases, "judging": judging().count(), "teaching": counts.cases - judging().count(), "right": marked(Mark::Right), "offered": marked(Mark::Offered),
            "missed": marked(Mark::Missed), "wrong": marked(Mark::Wrong),
            "overlaps": overlapping.iter().map(|o| json!({
                "of": o.of.as_str(), "instead": o.instead.as_str(), "phrasings": o.phrasings,
            })).collect::<Vec<_>>(),
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
        for o in &overlapping {
            println!(
                "容易混 {} 的 {} 种问法会答成 {}：{}",
                o.of,
                o.phrasings.len(),
                o.instead,
                o.phrasings.join("；")
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
                "{} 道考题（另有 {} 道供训练，不计分）：答对 {}，给出选项 {}，没答出 {}，答错 {}。",
                judging().count(),
                counts.cases - judging().count(),
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
