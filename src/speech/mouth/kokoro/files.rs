//! The files of the engine in the models folder.

use sha2::{Digest, Sha256};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// The graph, changed for `rten`.
const GRAPH: &str = "model.onnx";
/// The folder of the voices, one file each.
const VOICES: &str = "voices";
/// How much of the graph is read to tell it from others. Its weights come after
/// some ten kilobytes of names; reading all 92 MB would make every start wait.
const TOLD: u64 = 1 << 20;

/// Where the engine is.
#[derive(Clone, Debug)]
pub struct Files {
    pub(super) graph: PathBuf,
    pub(super) voices: PathBuf,
}

impl Files {
    /// The files of a folder; nothing when there is no graph.
    pub fn find(folder: &Path) -> Option<Self> {
        let files = Self {
            graph: folder.join(GRAPH),
            voices: folder.join(VOICES),
        };
        files.graph.is_file().then_some(files)
    }

    /// The voices that are there, by name.
    pub fn voices(&self) -> Vec<String> {
        let found = std::fs::read_dir(&self.voices)
            .into_iter()
            .flatten()
            .flatten();
        let mut names: Vec<String> = found
            .filter_map(|file| {
                let name = file.file_name().to_string_lossy().into_owned();
                name.strip_suffix(".bin").map(str::to_owned)
            })
            .collect();
        names.sort();
        names
    }

    /// What tells the engine from others: part of the name of everything it says.
    ///
    /// # Errors
    /// When the graph cannot be read.
    pub fn fingerprint(&self) -> io::Result<String> {
        let mut graph = std::fs::File::open(&self.graph)?;
        let length = graph.metadata()?.len();
        let mut first = Vec::new();
        graph.by_ref().take(TOLD).read_to_end(&mut first)?;
        let mut hash = Sha256::new();
        hash.update(length.to_le_bytes());
        hash.update(&first);
        let digest = hash.finalize();
        let told: String = digest[..6].iter().map(|b| format!("{b:02x}")).collect();
        Ok(format!("kokoro-82m {told}"))
    }
}
