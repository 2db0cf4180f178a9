//! `linli serve`.

use super::{Common, print_json};
use crate::app;
use serde_json::json;
use std::net::SocketAddr;
use tokio::signal::unix::{SignalKind, signal};

/// Runs the server until SIGTERM or Ctrl-C.
#[derive(clap::Args)]
pub(super) struct Serve {
    /// Where to listen; port 0 takes a free one
    #[arg(long, env = "LINLI_LISTEN", value_name = "ADDR")]
    listen: Option<SocketAddr>,
}

pub(super) async fn run(common: &Common, args: Serve) -> Result<(), String> {
    let config = common.load(args.listen)?;
    // First the port: a second server must not touch the first one's data.
    let listener = app::listen(config.listen)?;
    let address = listener.local_addr().map_err(|e| e.to_string())?;
    let built = app::build(&config).await.map_err(|e| e.to_string())?;

    let base = format!("http://{address}");
    let password = built.first_run.admin_password.clone();
    let report = &built.import;
    if common.json {
        print_json(&json!({
            "listen": address.to_string(),
            "terminal": format!("{base}/terminal"),
            "desk": format!("{base}/desk"),
            "console": format!("{base}/console"),
            "admin_password": password,
            "edition": built.flow.live().number(),
            "entries": built.flow.live().index.entries().len(),
            "kept": report.kept,
            "problems": report.problems.iter().filter(|p| p.is_error()).map(ToString::to_string).collect::<Vec<_>>(),
        }));
    } else {
        welcome(&base, password.as_deref(), &built);
    }
    app::launch(built, listener, stop_signal()?)
        .await
        .map_err(|e| e.to_string())
}

fn welcome(base: &str, password: Option<&str>, built: &app::App) {
    let live = built.flow.live();
    println!(
        "邻里 AI 社区助手已启动：知识版本 {}，{} 条。",
        live.number(),
        live.index.entries().len()
    );
    println!("  居民终端  {base}/terminal");
    println!("  工作台    {base}/desk");
    println!("  管理后台  {base}/console");
    if let Some(password) = password {
        println!();
        println!("  首次启动，管理员账号 admin，密码 {password}");
        println!("  （只显示这一次；忘了就运行 linli user passwd admin）");
    }
    for id in &built.import.kept {
        println!("  注意：条目 {id} 在后台和文件里不一样，保留后台的。");
    }
    let errors: Vec<_> = built
        .import
        .problems
        .iter()
        .filter(|p| p.is_error())
        .collect();
    if !errors.is_empty() {
        println!(
            "  知识库文件有 {} 处错误，没有导入，仍用上一个版本：",
            errors.len()
        );
        for problem in errors {
            println!("    {problem}");
        }
    }
    println!();
    println!("按 Ctrl-C 停止。");
}

fn stop_signal() -> Result<impl Future<Output = ()> + Send + 'static, String> {
    let mut terminate = signal(SignalKind::terminate()).map_err(|e| e.to_string())?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(|e| e.to_string())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
