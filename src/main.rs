//! The `linli` executable.

fn main() -> std::process::ExitCode {
    linli::cli::run()
}
