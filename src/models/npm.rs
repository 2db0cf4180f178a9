//! npm's packages through the machine's own client. Nothing of a package is
//! run, and nothing that it depends on comes along.

use super::manifest::Package;
use super::package::last_line;
use super::problem::Problem;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};

/// What npm is told. `pack` brings the archive only.
const PACK: &[&str] = &["pack", "--ignore-scripts", "--silent"];

/// What npm is told when something waits: it would try for minutes.
const IN_A_HURRY: &[&str] = &["--fetch-retries=1", "--fetch-timeout=10000"];

/// Unpacks the files of packages that are wanted into a folder.
///
/// # Errors
/// When npm or tar is not there, or a file that is wanted does not come.
pub(super) fn obtain(packages: &[Package], into: &Path, hurry: bool) -> Result<(), Problem> {
    std::fs::create_dir_all(into).map_err(|e| Problem::disk(into, e))?;
    for package in packages {
        let fault = |what: String| Problem::Npm {
            package: package.to_string(),
            what,
        };
        run(&mut pack(package, into, hurry)).map_err(fault)?;
        run(&mut unpack(package, into)).map_err(fault)?;
        let mut files = package.files.iter();
        if let Some(file) = files.find(|file| !into.join(&file.path).is_file()) {
            return Err(fault(format!("软件包里没有 {}", file.path)));
        }
    }
    Ok(())
}

/// Brings the archive.
fn pack(package: &Package, into: &Path, hurry: bool) -> Command {
    let mut command = Command::new("npm");
    // Not where some project is that npm would look into.
    command.current_dir(into).args(PACK);
    if hurry {
        command.args(IN_A_HURRY);
    }
    command.arg(package.to_string());
    command
}

/// Takes what is wanted out of it.
fn unpack(package: &Package, into: &Path) -> Command {
    let mut command = Command::new("tar");
    command.current_dir(into).arg("-xzf").arg(archive(package));
    command.args(package.files.iter().map(|file| &file.path));
    command
}

/// What npm calls an archive: `@a/b` becomes `a-b`.
fn archive(package: &Package) -> String {
    let name = package.name.trim_start_matches('@').replace('/', "-");
    format!("{name}-{}.tgz", package.version)
}

fn run(command: &mut Command) -> Result<(), String> {
    let program = command.get_program().to_string_lossy().into_owned();
    match command.stdin(Stdio::null()).output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(format!("{program}：{}", last_line(&output.stderr))),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Err(format!("这台机器上没有 {program}"))
        }
        Err(error) => Err(format!("{program}：{error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::manifest::{PackageFile, Registry};
    use super::*;

    fn package(name: &str) -> Package {
        Package {
            name: name.to_owned(),
            version: "1.2.1".to_owned(),
            registry: Registry::Npm,
            files: vec![PackageFile {
                path: "package/voices/a.bin".to_owned(),
                bytes: 1,
                sha256: String::new(),
                becomes: None,
            }],
        }
    }

    fn words(command: &Command) -> String {
        let words = command.get_args().map(|word| word.to_string_lossy());
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn nothing_of_a_package_is_run_and_a_hurry_is_told() {
        for hurry in [false, true] {
            let words = words(&pack(&package("voice"), Path::new("."), hurry));
            assert!(words.starts_with("pack --ignore-scripts"), "{words}");
            assert!(words.ends_with(" voice@1.2.1"), "{words}");
            assert_eq!(words.contains("--fetch-retries"), hurry);
        }
    }

    #[test]
    fn only_what_is_wanted_is_unpacked() {
        let words = words(&unpack(&package("@some/voice"), Path::new(".")));
        assert_eq!(words, "-xzf some-voice-1.2.1.tgz package/voices/a.bin");
    }
}
