//! What is there of a model.

use super::digest;
use super::manifest::{Model, ModelFile};
use super::problem::Problem;
use std::path::{Path, PathBuf};

/// What is there of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileState {
    /// Nothing.
    Absent,
    /// A file of the right length; or of any, when none is known.
    There,
    /// A file of another length.
    WrongSize,
    /// A file of other content. Only found when it is read.
    WrongContent,
    /// A file of the right length and content.
    Right,
}

/// What is there of each file, by length only: quick.
pub fn states(dir: &Path, model: &Model) -> Vec<(PathBuf, FileState)> {
    let place = model.place(dir);
    let files = model.files.iter();
    files
        .map(|file| {
            let path = place.join(&file.path);
            let state = size_of(&path, file);
            (path, state)
        })
        .collect()
}

fn size_of(path: &Path, file: &ModelFile) -> FileState {
    match std::fs::metadata(path) {
        Ok(data) if data.is_file() => match file.bytes {
            Some(bytes) if bytes != data.len() => FileState::WrongSize,
            _ => FileState::There,
        },
        _ => FileState::Absent,
    }
}

/// What is there of each file, by its content. `told` hears of each path
/// before it is read.
///
/// # Errors
/// When a file is there and cannot be read.
pub fn verify(
    dir: &Path,
    model: &Model,
    told: &mut dyn FnMut(&Path),
) -> Result<Vec<(PathBuf, FileState)>, Problem> {
    let mut found = states(dir, model);
    for ((path, state), file) in found.iter_mut().zip(&model.files) {
        if let (FileState::There, Some(sha256)) = (*state, &file.sha256) {
            told(path);
            let digest = digest::of_file(path).map_err(|e| Problem::disk(path, e))?;
            *state = match digest == *sha256 {
                true => FileState::Right,
                false => FileState::WrongContent,
            };
        }
    }
    Ok(found)
}
