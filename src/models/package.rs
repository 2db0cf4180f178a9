//! Python packages through the machine's own client, which knows its index,
//! its mirror and its proxy. Nothing of a package is run.

use super::manifest::Package;
use super::problem::Problem;
use std::path::Path;
use std::process::{Command, Stdio};

/// A program that installs packages.
struct Client {
    program: &'static str,
    arguments: &'static [&'static str],
    is_pip: bool,
}

/// What pip is told. The platform is said because the packages are data: they
/// must come on any machine.
const PIP: &[&str] = &[
    "install",
    "--no-compile",
    "--disable-pip-version-check",
    "--platform",
    "manylinux2014_x86_64",
];

const UV: &[&str] = &[
    "pip",
    "install",
    "--python-platform",
    "x86_64-manylinux2014",
];

/// What pip is told when something waits: defaults are five more attempts, of
/// 15 seconds and with growing pauses.
const PIP_IN_A_HURRY: &[&str] = &["--retries", "1", "--timeout", "10"];

/// The same for uv, unless the machine says otherwise.
const UV_IN_A_HURRY: &[(&str, &str)] = &[("UV_HTTP_TIMEOUT", "10"), ("UV_HTTP_RETRIES", "1")];

/// The clients, in the order in which they are asked.
const CLIENTS: &[Client] = &[
    Client {
        program: "python3",
        arguments: &["-m", "pip"],
        is_pip: true,
    },
    Client {
        program: "pip3",
        arguments: &[],
        is_pip: true,
    },
    Client {
        program: "pip",
        arguments: &[],
        is_pip: true,
    },
    Client {
        program: "uv",
        arguments: &[],
        is_pip: false,
    },
];

/// Unpacks packages into a folder. When it is in a `hurry`, an index that does
/// not answer is given up soon.
///
/// # Errors
/// When no client is there, or none can bring all files that are wanted.
pub(super) fn obtain(packages: &[Package], into: &Path, hurry: bool) -> Result<(), Problem> {
    let names: Vec<String> = packages.iter().map(ToString::to_string).collect();
    let mut said = Vec::new();
    let mut pip_ran = false;
    for client in CLIENTS {
        // Another pip would ask the same index again.
        if hurry && client.is_pip && pip_ran {
            continue;
        }
        let program = client.program;
        match command(client, hurry).arg(into).args(&names).output() {
            Ok(output) if output.status.success() => match lacking(packages, into) {
                None => return Ok(()),
                Some(path) => said.push(format!("{program} 装的软件包里没有 {path}")),
            },
            Ok(output) => {
                let line = last_line(&output.stderr);
                pip_ran |= client.is_pip && !line.contains("No module named");
                said.push(format!("{program}：{line}"));
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => said.push(format!("{program}：{error}")),
        }
    }
    if said.is_empty() {
        said.push("这台机器上没有 pip，也没有 uv".to_owned());
    }
    Err(Problem::Package {
        package: names.join("、"),
        what: said.join("；"),
    })
}

/// All of the command but the folder and the packages.
fn command(client: &Client, hurry: bool) -> Command {
    let mut command = Command::new(client.program);
    command.stdin(Stdio::null()).args(client.arguments);
    command.args(if client.is_pip { PIP } else { UV });
    if hurry && client.is_pip {
        command.args(PIP_IN_A_HURRY);
    } else if hurry {
        let unset = |(name, _): &&(&str, &str)| std::env::var_os(name).is_none();
        command.envs(UV_IN_A_HURRY.iter().filter(unset).copied());
    }
    command.args(["--no-deps", "--only-binary", ":all:"]);
    command.args(["--quiet", "--target"]);
    command
}

/// A file that is wanted and did not come.
fn lacking<'a>(packages: &'a [Package], into: &Path) -> Option<&'a str> {
    let mut files = packages.iter().flat_map(|package| &package.files);
    files
        .find(|file| !into.join(&file.path).is_file())
        .map(|file| file.path.as_str())
}

/// The last line that says something.
pub(super) fn last_line(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.lines().rev().filter(|line| !line.trim().is_empty());
    lines.next().unwrap_or("没有说明原因").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(client: &Client, hurry: bool) -> String {
        let command = command(client, hurry);
        let words = command.get_args().map(|word| word.to_string_lossy());
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn nothing_of_a_package_is_built_and_a_hurry_is_told() {
        for client in CLIENTS {
            for hurry in [false, true] {
                let words = words(client, hurry);
                assert!(words.contains("install"), "{words}");
                assert!(words.contains("--only-binary :all:"), "{words}");
                assert!(words.ends_with("--target"), "{words}");
                assert_eq!(words.contains("--retries"), hurry && client.is_pip);
            }
        }
    }

    #[test]
    fn the_last_line_says_why() {
        assert_eq!(last_line("a\n ERROR: no\n\n".as_bytes()), "ERROR: no");
        assert!(last_line(b"").contains("没有说明"));
    }
}
