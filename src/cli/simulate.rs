//! `linli simulate`: many kiosks ask at once, over real sockets.

use super::{Common, print_json};
use crate::app;
use crate::protocol::terminal::{TerminalMessage, TerminalRequest};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::BufRead;
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

/// Puts a server under load.
#[derive(clap::Args)]
pub(super) struct Simulate {
    /// Terminals
    #[arg(long, default_value_t = 100)]
    kiosks: usize,
    /// Questions a second, of all terminals together
    #[arg(long, default_value_t = 500.0)]
    rate: f64,
    /// Seconds
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// A running server (ws://HOST:PORT); otherwise one is started for it,
    /// with a fresh database
    #[arg(long, requires = "key", value_name = "URL")]
    url: Option<String>,
    /// A kiosk's key of that server
    #[arg(long)]
    key: Option<String>,
}

/// A server of our own, stopped when dropped.
struct Own {
    child: Child,
    data: TempDir,
}

impl Drop for Own {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A directory that goes away with its owner.
struct TempDir(std::path::PathBuf);

impl Drop for TempDir {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

struct Target {
    url: String,
    key: String,
    ready_in: Option<Duration>,
    own: Option<Own>,
}

fn start(common: &Common) -> Result<Target, String> {
    let data = TempDir(std::env::temp_dir().join(format!("linli-simulate-{}", std::process::id())));
    let config = common.load(None)?;
    let begun = Instant::now();
    let exe = std::env::current_exe().map_err(|e| e.to_string())?;
    let mut child = std::process::Command::new(exe)
        .args(["serve", "--json", "--listen", "127.0.0.1:0", "--data"])
        .arg(&data.0)
        .arg("--knowledge-dir")
        .arg(&config.knowledge_dir)
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|e| format!("cannot start a server: {e}"))?;
    let mut line = String::new();
    if let Some(stdout) = child.stdout.take() {
        std::io::BufReader::new(stdout)
            .read_line(&mut line)
            .map_err(|e| e.to_string())?;
    }
    let own = Own { child, data };
    let hello: Value =
        serde_json::from_str(&line).map_err(|_| "the server did not start".to_owned())?;
    let ready_in = begun.elapsed();
    let key = std::fs::read_to_string(own.data.0.join("demo-kiosk.key"))
        .map_err(|e| format!("no key of the demonstration terminal: {e}"))?;
    Ok(Target {
        url: format!("ws://{}", hello["listen"].as_str().unwrap_or_default()),
        key: key.trim().to_owned(),
        ready_in: Some(ready_in),
        own: Some(own),
    })
}

/// Resident memory of a process, in MB (Linux).
fn resident_mb(pid: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|l| l.starts_with("VmRSS:"))?;
    line.split_whitespace()
        .nth(1)?
        .parse::<u64>()
        .ok()
        .map(|kb| kb / 1024)
}

/// Seconds that a process starts warm in: a second start on the same data.
fn warm_start(common: &Common, data: &Path) -> Option<Duration> {
    let config = common.load(None).ok()?;
    let begun = Instant::now();
    let mut child = std::process::Command::new(std::env::current_exe().ok()?)
        .args(["serve", "--json", "--listen", "127.0.0.1:0", "--data"])
        .arg(data)
        .arg("--knowledge-dir")
        .arg(&config.knowledge_dir)
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let mut line = String::new();
    let read = child
        .stdout
        .take()
        .map(|out| std::io::BufReader::new(out).read_line(&mut line));
    let took = begun.elapsed();
    let _ = child.kill();
    let _ = child.wait();
    read?.ok().filter(|n| *n > 0).map(|_| took)
}

#[derive(Default)]
struct Tally {
    took: Vec<Duration>,
    kinds: BTreeMap<&'static str, u64>,
    errors: u64,
}

fn kind(message: &TerminalMessage) -> &'static str {
    match message {
        TerminalMessage::Answer { .. } => "answer",
        TerminalMessage::Choices { .. } => "choices",
        TerminalMessage::NoAnswer { .. } => "no_answer",
        TerminalMessage::Notice { .. } => "notice",
        TerminalMessage::Escalation { .. } => "escalation",
        TerminalMessage::Error { .. } => "error",
        _ => "other",
    }
}

/// One terminal: asks on schedule, counts from the moment a question was due,
/// so that a slow server cannot hide behind a slow client.
async fn terminal(
    target: Arc<(String, String)>,
    number: usize,
    every: Duration,
    until: Instant,
    questions: Arc<Vec<String>>,
) -> Tally {
    let mut tally = Tally::default();
    if talk(&target, number, every, until, &questions, &mut tally)
        .await
        .is_err()
    {
        tally.errors += 1;
    }
    tally
}

async fn talk(
    target: &(String, String),
    number: usize,
    every: Duration,
    until: Instant,
    questions: &[String],
    tally: &mut Tally,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let mut request = format!("{}/ws/terminal", target.0).into_client_request()?;
    request
        .headers_mut()
        .insert("authorization", format!("Bearer {}", target.1).parse()?);
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await?;
    let hello = TerminalRequest::Hello {
        version: 1,
        audio_params: None,
        features: None,
        transport: None,
        resume: None,
    };
    socket
        .send(Message::text(serde_json::to_string(&hello)?))
        .await?;
    let mut step = number.wrapping_mul(7919);
    // Terminals do not ask in step.
    let mut due = Instant::now() + every.mul_f64(f64::from(u32::try_from(number % 97)?) / 97.0);
    let mut turn = 0u64;
    while due < until {
        tokio::time::sleep_until(due.into()).await;
        step = step
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let text = questions[(step >> 33) % questions.len()].clone();
        turn += 1;
        let name = format!("{number}-{turn}");
        let ask = TerminalRequest::Ask {
            turn: name.clone(),
            text,
        };
        socket
            .send(Message::text(serde_json::to_string(&ask)?))
            .await?;
        let message = loop {
            match socket.next().await.ok_or("closed")?? {
                Message::Text(text) => {
                    let value: Value = serde_json::from_str(&text)?;
                    if value["turn"].as_str() == Some(&name) {
                        break serde_json::from_value::<TerminalMessage>(value)?;
                    }
                }
                Message::Close(_) => return Err("closed".into()),
                _ => {}
            }
        };
        tally.took.push(due.elapsed());
        let kind = kind(&message);
        tally.errors += u64::from(kind == "error");
        *tally.kinds.entry(kind).or_default() += 1;
        due += every;
    }
    socket.close(None).await?;
    Ok(())
}

pub(super) async fn run(common: &Common, args: Simulate) -> Result<(), String> {
    if args.kiosks == 0 || args.rate <= 0.0 || args.seconds == 0 {
        return Err("--kiosks, --rate and --seconds must be above zero".to_owned());
    }
    let config = common.load(None)?;
    let flow = app::offline(&config, app::kept_teacher(&config))
        .await
        .map_err(|e| e.to_string())?;
    let now = flow.clock.now();
    let live = flow.live();
    let questions: Vec<String> = live
        .index
        .entries()
        .iter()
        .filter(|e| e.in_force(now))
        .flat_map(|e| e.wordings().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    if questions.is_empty() {
        return Err("the knowledge base has no questions to ask".to_owned());
    }
    let target = match (&args.url, &args.key) {
        (Some(url), Some(key)) => {
            let url = url.trim_end_matches('/').to_owned();
            Target {
                url,
                key: key.clone(),
                ready_in: None,
                own: None,
            }
        }
        _ => start(common)?,
    };
    #[expect(clippy::cast_precision_loss, reason = "kiosks are far below 2^52")]
    let every = Duration::from_secs_f64(args.kiosks as f64 / args.rate);
    let until = Instant::now() + Duration::from_secs(args.seconds);
    let address = Arc::new((target.url.clone(), target.key.clone()));
    let questions = Arc::new(questions);
    let terminals: Vec<_> = (0..args.kiosks)
        .map(|n| {
            tokio::spawn(terminal(
                address.clone(),
                n,
                every,
                until,
                questions.clone(),
            ))
        })
        .collect();
    let mut all = Tally::default();
    for task in terminals {
        let tally = task.await.map_err(|e| e.to_string())?;
        all.took.extend(tally.took);
        all.errors += tally.errors;
        for (kind, count) in tally.kinds {
            *all.kinds.entry(kind).or_default() += count;
        }
    }
    let memory = target
        .own
        .as_ref()
        .and_then(|own| resident_mb(own.child.id()));
    let warm = target
        .own
        .as_ref()
        .and_then(|own| warm_start(common, &own.data.0));
    report(common, &args, &target, all, memory, warm);
    Ok(())
}

fn report(
    common: &Common,
    args: &Simulate,
    target: &Target,
    mut all: Tally,
    memory: Option<u64>,
    warm: Option<Duration>,
) {
    all.took.sort_unstable();
    let ms = |d: Duration| (d.as_secs_f64() * 1e5).round() / 100.0;
    let at = |permille: usize| {
        all.took
            .get(all.took.len().saturating_sub(1) * permille / 1000)
            .map(|d| ms(*d))
    };
    let seconds = |d: Duration| (d.as_secs_f64() * 1000.0).round() / 1000.0;
    let table = json!({
        "kiosks": args.kiosks, "rate": args.rate, "seconds": args.seconds,
        "answers": all.took.len(), "errors": all.errors, "kinds": all.kinds,
        "p50_ms": at(500), "p90_ms": at(900), "p99_ms": at(990), "p999_ms": at(999),
        "max_ms": at(1000),
        "first_start_s": target.ready_in.map(seconds), "start_s": warm.map(seconds),
        "resident_mb": memory,
    });
    if common.json {
        print_json(&table);
        return;
    }
    println!(
        "{} kiosks, {} questions/s for {} s: {} answers, {} errors",
        args.kiosks,
        args.rate,
        args.seconds,
        all.took.len(),
        all.errors
    );
    println!("{:>10} {:>8}", "latency", "ms");
    for (name, permille) in [
        ("p50", 500),
        ("p90", 900),
        ("p99", 990),
        ("p99.9", 999),
        ("max", 1000),
    ] {
        println!(
            "{name:>10} {:>8}",
            at(permille).map_or_else(|| "-".to_owned(), |v| v.to_string())
        );
    }
    for (kind, count) in &all.kinds {
        println!("{kind:>10} {count:>8}");
    }
    if let (Some(first), Some(warm)) = (target.ready_in, warm) {
        println!(
            "start: {} s with import, {} s on existing data",
            seconds(first),
            seconds(warm)
        );
    }
    if let Some(memory) = memory {
        println!("server memory: {memory} MB resident");
    }
}
