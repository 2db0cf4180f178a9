//! A model made of files in packages.

use super::digest;
use super::download::Settings;
use super::fetch::Event;
use super::kokoro;
use super::manifest::{Kind, Model, ModelFile, Package, PackageFile, Registry};
use super::npm;
use super::package;
use super::packed;
use super::problem::Problem;
use super::silero;
use super::whisper;
use std::path::{Path, PathBuf};

/// Makes files of a model beside their place, and puts them there when every
/// one is as in the manifest. Packages that these files do not need are left
/// alone.
pub(super) fn from_packages(
    dir: &Path,
    model: &Model,
    files: &[&ModelFile],
    settings: &Settings,
    told: &mut dyn FnMut(Event<'_>),
) -> Result<(), Problem> {
    let work = Work::new(dir.join(format!(".{}.making", model.name)))?;
    let (downloaded, made) = (work.0.join("package"), work.0.join("made"));
    let packages = needed(model, files);
    for (registry, obtain) in [
        (Registry::Python, package::obtain as Obtain),
        (Registry::Npm, npm::obtain),
    ] {
        let own = packages
            .iter()
            .filter(|package| package.registry == registry);
        let own: Vec<Package> = own.map(|package| (*package).clone()).collect();
        if !own.is_empty() {
            told(Event::Packages(&own));
            obtain(&own, &downloaded, settings.hurry)?;
        }
    }
    let mut sources = Vec::new();
    for file in packages.iter().flat_map(|package| &package.files) {
        let path = downloaded.join(&file.path);
        check(&path, file.bytes, &file.sha256)?;
        sources.push((file, path));
    }
    told(Event::Makes { name: &model.name });
    make(model, &sources, &made)?;
    let place = model.place(dir);
    for file in files {
        if let (Some(bytes), Some(sha256)) = (file.bytes, &file.sha256) {
            check(&made.join(&file.path), bytes, sha256)?;
        }
    }
    for file in files {
        let target = place.join(&file.path);
        moved(&made.join(&file.path), &target)?;
        told(Event::Done { path: &target });
    }
    Ok(())
}

/// Brings packages into a folder, unpacked; in a hurry or not.
type Obtain = fn(&[Package], &Path, bool) -> Result<(), Problem>;

/// The packages that have these files, or what they are made of.
fn needed<'a>(model: &'a Model, files: &[&ModelFile]) -> Vec<&'a Package> {
    let is_made = |file: &&ModelFile| !model.packages.iter().any(|package| package.has(file));
    let is_any_made = files.iter().any(is_made);
    let is_needed = |package: &&Package| {
        let has_parts = package.files.iter().any(|own| own.becomes.is_none());
        is_any_made && has_parts || files.iter().any(|file| package.has(file))
    };
    model.packages.iter().filter(is_needed).collect()
}

/// Makes the files of a model in a folder, as far as there is what they are
/// made of.
fn make(model: &Model, sources: &[(&PackageFile, PathBuf)], folder: &Path) -> Result<(), Problem> {
    std::fs::create_dir_all(folder).map_err(|e| Problem::disk(folder, e))?;
    let mut parts = Vec::new();
    for (file, source) in sources {
        match &file.becomes {
            Some(becomes) => moved(source, &folder.join(becomes))?,
            None => parts.push(source.clone()),
        }
    }
    let is_made = |file: &&ModelFile| !model.packages.iter().any(|package| package.has(file));
    for (file, part) in model.files.iter().filter(is_made).zip(&parts) {
        let target = folder.join(&file.path);
        match model.kind {
            Kind::Whisper => whisper::make(&parts, &target)?,
            Kind::Vad => silero::make(&parts, &target)?,
            Kind::Voice => kokoro::make(&parts, &target)?,
            // All its files at once.
            Kind::Encoder => return packed::unpack(part, folder),
        }
    }
    Ok(())
}

fn moved(from: &Path, to: &Path) -> Result<(), Problem> {
    if let Some(folder) = to.parent() {
        std::fs::create_dir_all(folder).map_err(|e| Problem::disk(folder, e))?;
    }
    std::fs::rename(from, to).map_err(|e| Problem::disk(to, e))
}

/// Whether a file is the one in the manifest.
pub(super) fn check(path: &Path, bytes: u64, sha256: &str) -> Result<(), Problem> {
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

#[cfg(test)]
mod tests {
    use super::super::graph::tests::small;
    use super::super::manifest::Manifest;
    use super::*;

    /// A voice whose graph is in two Python packages, and whose voices are in
    /// one of npm.
    fn voice() -> Model {
        let part = |nth: usize| {
            format!(
                "[[model.package]]\nname = \"part-{nth}\"\nversion = \"1\"\n\
                 [[model.package.file]]\npath = \"part_{nth}/part.bin\"\nbytes = 1\nsha256 = \"{}\"\n",
                "0".repeat(64)
            )
        };
        let text = format!(
            "[[model]]\nname = \"mouth\"\nkind = \"voice\"\nlicence = \"MIT\"\nnote = \"\"\n\
             [[model.file]]\npath = \"model.onnx\"\n[[model.file]]\npath = \"voices/a.bin\"\n\
             {}{}[[model.package]]\nname = \"voices\"\nversion = \"1\"\nregistry = \"npm\"\n\
             [[model.package.file]]\npath = \"package/a.bin\"\nbytes = 1\nsha256 = \"{}\"\n\
             becomes = \"voices/a.bin\"\n",
            part(1),
            part(2),
            "0".repeat(64)
        );
        Manifest::parse(&text).unwrap().models.remove(0)
    }

    #[test]
    fn only_packages_that_are_needed_are_asked_for() {
        let model = voice();
        let names = |files: &[&ModelFile]| -> Vec<String> {
            let needed = needed(&model, files);
            needed.iter().map(ToString::to_string).collect()
        };
        let [graph, voice] = &model.files[..] else {
            panic!("two files");
        };
        assert_eq!(names(&[graph]), ["part-1==1", "part-2==1"]);
        assert_eq!(names(&[voice]), ["voices@1"]);
        assert_eq!(names(&[graph, voice]).len(), 3);
    }

    #[test]
    fn parts_are_joined_and_what_is_finished_is_taken() {
        let dir = tempfile::tempdir().unwrap();
        let [published, changed] = small();
        let (first, second) = published.split_at(published.len() / 2);
        let model = voice();
        let files = model.packages.iter().flat_map(|package| &package.files);
        let contents = [first, second, b"a voice"];
        let sources: Vec<_> = files
            .zip(contents)
            .enumerate()
            .map(|(nth, (file, content))| {
                let path = dir.path().join(nth.to_string());
                std::fs::write(&path, content).unwrap();
                (file, path)
            })
            .collect();
        let made = dir.path().join("made");
        make(&model, &sources, &made).unwrap();
        assert_eq!(std::fs::read(made.join("model.onnx")).unwrap(), changed);
        assert_eq!(
            std::fs::read(made.join("voices/a.bin")).unwrap(),
            b"a voice"
        );
        // A voice alone needs no graph.
        std::fs::write(dir.path().join("2"), "a voice").unwrap();
        make(&model, &sources[2..], &dir.path().join("again")).unwrap();
        let error = make(&model, &sources[..1], &made).unwrap_err();
        assert!(error.to_string().contains("做不成模型"), "{error}");
    }
}
