//! A Python package through the machine's own client, which knows its index,
//! its mirror and its proxy. Nothing of the package is run.

use super::manifest::Package;
use super::problem::Problem;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The clients, in the order in which they are asked. The platform is said
/// because the package is data: it must come on any machine.
const CLIENTS: &[(&str, &[&str])] = &[
    (
        "python3",
        &[
            "-m",
            "pip",
            "install",
            "--no-compile",
            "--platform",
            "manylinux2014_x86_64",
        ],
    ),
    (
        "pip3",
        &[
            "install",
            "--no-compile",
            "--platform",
            "manylinux2014_x86_64",
        ],
    ),
    (
        "pip",
        &[
            "install",
            "--no-compile",
            "--platform",
            "manylinux2014_x86_64",
        ],
    ),
    (
        "uv",
        &[
            "pip",
            "install",
            "--python-platform",
            "x86_64-manylinux2014",
        ],
    ),
];

/// Unpacks the package into a folder; returns the file wanted of it.
///
/// # Errors
/// When no client is there, or none can bring it.
pub(super) fn obtain(package: &Package, into: &Path) -> Result<PathBuf, Problem> {
    let name = format!("{}=={}", package.name, package.version);
    let mut said = Vec::new();
    for (client, arguments) in CLIENTS {
        let run = Command::new(client)
            .args(*arguments)
            .args(["--no-deps", "--only-binary", ":all:"])
            .args(["--quiet", "--target"])
            .arg(into)
            .arg(&name)
            .stdin(Stdio::null())
            .output();
        let file = into.join(&package.path);
        match run {
            Ok(output) if output.status.success() && file.is_file() => return Ok(file),
            Ok(output) if output.status.success() => {
                said.push(format!("{client} 装的软件包里没有 {}", package.path));
            }
            Ok(output) => said.push(format!("{client}：{}", last_line(&output.stderr))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => said.push(format!("{client}：{error}")),
        }
    }
    if said.is_empty() {
        said.push("这台机器上没有 pip，也没有 uv".to_owned());
    }
    Err(Problem::Package {
        package: name,
        what: said.join("；"),
    })
}

/// The last line that says something.
fn last_line(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.lines().rev().filter(|line| !line.trim().is_empty());
    lines.next().unwrap_or("没有说明原因").trim().to_owned()
}
