//! How a download goes, on standard error: a line that moves on a terminal,
//! a line every tenth otherwise.
#![expect(
    clippy::print_stderr,
    reason = "progress goes beside what a command prints"
)]

use crate::models::{Event, Registry};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Characters of the bar.
const WIDTH: u64 = 30;

/// Shows events.
pub(super) struct Progress {
    terminal: bool,
    dir: PathBuf,
    /// What the last line said: thousandths on a terminal, tenths otherwise.
    shown: Option<u64>,
    /// Whether the cursor stands behind a bar.
    open: bool,
}

impl Progress {
    /// Paths are shown as seen from `dir`.
    pub(super) fn new(dir: &Path) -> Self {
        Self {
            terminal: std::io::stderr().is_terminal(),
            dir: dir.to_owned(),
            shown: None,
            open: false,
        }
    }

    /// Shows one event.
    pub(super) fn show(&mut self, event: Event<'_>) {
        match event {
            Event::Kept { path } => self.line(&format!("{} 已经有了", self.short(path))),
            Event::Begins {
                path,
                url,
                done,
                total,
            } => {
                let resumed = match done {
                    0 => String::new(),
                    _ => format!("，从 {} 接着下载", megabytes(done)),
                };
                let (short, size) = (self.short(path), megabytes(total));
                self.line(&format!("{short}（{size}）← {url}{resumed}"));
                self.shown = None;
            }
            Event::Came { done, total } => self.came(done, total),
            Event::Again(problem) => self.line(&format!("没有成功，再试：{}", problem.brief())),
            Event::Packages(packages) => {
                let names: Vec<_> = packages.iter().map(ToString::to_string).collect();
                let names = names.join("、");
                let client = match packages.first().map(|package| package.registry) {
                    Some(Registry::Npm) => "npm 取 npm",
                    _ => "pip 或 uv 取 Python",
                };
                self.line(&format!(
                    "用本机的 {client} 软件包 {names}，要几秒到几分钟……"
                ));
            }
            Event::Makes { name } => self.line(&format!("制作 {name}……")),
            Event::Done { path } => self.line(&format!("{} 已就绪", self.short(path))),
        }
    }

    /// Leaves the cursor at the start of a line.
    pub(super) fn end(&mut self) {
        if std::mem::take(&mut self.open) {
            eprintln!();
        }
    }

    fn line(&mut self, text: &str) {
        self.end();
        eprintln!("{text}");
    }

    fn came(&mut self, done: u64, total: u64) {
        let steps = if self.terminal { 1000 } else { 10 };
        let step = done * steps / total.max(1);
        if self.shown == Some(step) {
            return;
        }
        self.shown = Some(step);
        if !self.terminal {
            if step > 0 {
                eprintln!("  {}%", step * 10);
            }
            return;
        }
        let full = (done * WIDTH / total.max(1)).min(WIDTH);
        let (full, rest) = (full as usize, (WIDTH - full) as usize);
        eprint!(
            "\r  [{}{}] {:>5.1}%  {} / {} ",
            "#".repeat(full),
            "-".repeat(rest),
            step as f64 / 10.0,
            megabytes(done),
            megabytes(total)
        );
        // A bar that is not seen does no harm.
        let _ = std::io::stderr().flush();
        self.open = true;
    }

    fn short(&self, path: &Path) -> String {
        path.strip_prefix(&self.dir)
            .unwrap_or(path)
            .display()
            .to_string()
    }
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
