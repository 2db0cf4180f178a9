//! Kokoro's graph, joined and changed, and the notice that goes with it.

use super::graph;
use super::problem::Problem;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// What the licence asks to go with a changed file.
const NOTICE: &str = "\
Kokoro-82M v1.0 by hexgrad, Apache License 2.0
https://huggingface.co/hexgrad/Kokoro-82M
Graph in eight bits (kokoro-v1.0.int8.onnx) by kokoro-onnx, MIT License
https://github.com/thewh1teagle/kokoro-onnx

model.onnx was changed by linli: the operator FusedMatMul of the node
/encoder/MatMul/MatmulTransposeFusion/ was replaced by Transpose and MatMul, what
ConvInteger pads is padded by Pad with the zero point, and the operator Greater of
the node /decoder/decoder/generator/Greater was replaced by GreaterOrEqual.
The voices are as published.
";

/// Joins the parts of the graph and writes it as the engine takes it.
pub(super) fn make(parts: &[PathBuf], target: &Path) -> Result<(), Problem> {
    let mut bytes = Vec::new();
    for path in parts {
        File::open(path)
            .and_then(|mut file| file.read_to_end(&mut bytes))
            .map_err(|error| Problem::disk(path, error))?;
    }
    let names: Vec<_> = parts.iter().map(PathBuf::as_path).collect();
    let changed = graph::changed(&bytes).map_err(|what| Problem::unusable(&names, what))?;
    std::fs::write(target, changed).map_err(|error| Problem::disk(target, error))
}

/// Writes the notice into the model's folder.
pub(super) fn notice(folder: &Path) -> Result<(), Problem> {
    let path = folder.join("NOTICE");
    std::fs::write(&path, NOTICE).map_err(|error| Problem::disk(&path, error))
}
