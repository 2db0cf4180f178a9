//! The command line: one file a sub-command.
//!
//! `--json` prints one JSON object on standard output. Errors go to standard
//! error; the exit code is 1, and 2 for wrong usage.
#![expect(
    clippy::print_stdout,
    reason = "the command line speaks on standard output"
)]

mod answer_file;
mod ask;
mod bands;
mod doctor;
mod doctor_knowledge;
mod evaluate;
mod export;
mod facts;
mod import;
mod kiosk;
mod load;
mod models;
mod models_speech;
mod progress;
mod question_set;
mod serve;
mod simulate;
mod train;
mod transcribe;
mod user;
mod voices;

use crate::config::{Config, Overrides};
use clap::{Args, Parser, Subcommand};
use std::net::SocketAddr;
use std::path::PathBuf;

/// 邻里：AI 社区助手 / the AI community assistant
#[derive(Parser)]
#[command(name = "linli", version, about, arg_required_else_help = true)]
pub struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// Options of every sub-command.
#[derive(Args, Clone)]
pub struct Common {
    /// Settings file (TOML)
    #[arg(long, global = true, env = "LINLI_CONFIG", value_name = "F")]
    config: Option<PathBuf>,
    /// Where the database is kept
    #[arg(long, global = true, env = "LINLI_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// Database, instead of the one in the data directory: sqlite:PATH or postgres://...
    #[arg(
        long,
        global = true,
        env = "LINLI_STORE_URL",
        value_name = "URL",
        hide_env_values = true
    )]
    store_url: Option<String>,
    /// Knowledge files
    #[arg(long, global = true, env = "LINLI_KNOWLEDGE", value_name = "DIR")]
    knowledge_dir: Option<PathBuf>,
    /// Models
    #[arg(long, global = true, env = "LINLI_MODELS_DIR", value_name = "DIR")]
    models_dir: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long, global = true)]
    json: bool,
}

impl Common {
    fn load(&self, listen: Option<SocketAddr>) -> Result<Config, String> {
        let overrides = Overrides {
            listen,
            data_dir: self.data.clone(),
            store_url: self.store_url.clone(),
            knowledge_dir: self.knowledge_dir.clone(),
            models_dir: self.models_dir.clone(),
        };
        Config::load(self.config.as_deref(), overrides)
    }
}

#[derive(Subcommand)]
enum Command {
    /// Run the server
    Serve(serve::Serve),
    /// Ask one question through the live path
    Ask(ask::Ask),
    /// Measure a question set (kb.jsonl and queries.jsonl)
    Evaluate(evaluate::Evaluate),
    /// Fit the weights of the decision to questions with known answers
    Train(train::Train),
    /// Fit the band of answers to what residents did, with a report
    Bands(bands::BandsArgs),
    /// Answer a file of questions through the live path, in sessions
    AnswerFile(answer_file::AnswerFile),
    /// Recognise the speech in an audio file
    Transcribe(transcribe::Transcribe),
    /// Take knowledge from TOML files or a JSONL file
    Import(import::Import),
    /// Write the knowledge to a JSONL file or a folder of TOML files
    Export(export::Export),
    /// Accounts of workers and admins
    User(user::UserArgs),
    /// Terminals
    Kiosk(kiosk::KioskArgs),
    /// Models: list, fetch, verify, cut
    Models(models::ModelsArgs),
    /// Spoken answers: build, say, read
    Voices(voices::VoicesArgs),
    /// Put a server under load over real sockets
    Simulate(simulate::Simulate),
    /// Check the installation, or the knowledge files
    Doctor(doctor::Doctor),
}

/// Makes the recogniser's threads sleep while they wait for each other: they
/// spin otherwise, and where anything else runs on the same cores, one utterance
/// took 3.8 s of processor time in place of 0.9, and a long one minutes. OpenMP
/// reads this variable before `main`, so that the program begins once more.
#[cfg(all(unix, feature = "whisper"))]
fn wait_asleep() {
    use std::os::unix::process::CommandExt;
    const POLICY: &str = "OMP_WAIT_POLICY";
    if std::env::var_os(POLICY).is_some() {
        return;
    }
    let Ok(program) = std::env::current_exe() else {
        return;
    };
    let mut arguments = std::env::args_os();
    let mut again = std::process::Command::new(program);
    if let Some(name) = arguments.next() {
        again.arg0(name);
    }
    // Comes back only when it fails; then it goes on as it is.
    let _ = again.args(arguments).env(POLICY, "passive").exec();
}

/// Runs the command line; returns the exit code.
pub fn run() -> std::process::ExitCode {
    #[cfg(all(unix, feature = "whisper"))]
    wait_asleep();
    let cli = Cli::parse();
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("LINLI_LOG")
                .unwrap_or_else(|_| "linli=info,warn,tantivy=warn".into()),
        )
        .with_target(false)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
        .init();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return failed(&format!("cannot start: {error}")),
    };
    let done = runtime.block_on(dispatch(cli));
    // Dropping the runtime would wait for vectors that are being computed on
    // its blocking threads, minutes after a new edition; what is kept of them
    // is whole at any moment.
    runtime.shutdown_background();
    match done {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

#[expect(
    clippy::print_stderr,
    reason = "errors of the command line go to standard error"
)]
fn failed(error: &str) -> std::process::ExitCode {
    eprintln!("linli: {error}");
    std::process::ExitCode::FAILURE
}

async fn dispatch(cli: Cli) -> Result<(), String> {
    let common = &cli.common;
    match cli.command {
        Command::Train(args) => train::run(common, args),
        Command::Serve(args) => serve::run(common, args).await,
        Command::Ask(args) => ask::run(common, args).await,
        Command::Evaluate(args) => evaluate::run(common, args),
        Command::Bands(args) => bands::run(common, args).await,
        Command::AnswerFile(args) => answer_file::run(common, args).await,
        Command::Transcribe(args) => transcribe::run(common, args).await,
        Command::Import(args) => import::run(common, args).await,
        Command::Export(args) => export::run(common, args).await,
        Command::User(args) => user::run(common, args).await,
        Command::Kiosk(args) => kiosk::run(common, args).await,
        Command::Models(args) => models::run(common, args).await,
        Command::Voices(args) => voices::run(common, args).await,
        Command::Simulate(args) => simulate::run(common, args).await,
        Command::Doctor(args) => doctor::run(common, args).await,
    }
}

/// Prints a value as one line of JSON.
fn print_json(value: &serde_json::Value) {
    println!("{value}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
