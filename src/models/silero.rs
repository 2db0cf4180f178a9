//! Silero's voice detector, out of its own `TorchScript` archive, made into the
//! file that whisper.cpp reads.
//!
//! The archive holds two detectors; the first is the one for 16,000 samples a
//! second. The package's file of safetensors has weights of another training,
//! which the official file is not made of.

use super::ggml::{Form, Writer};
use super::problem::Problem;
use super::torch::Storages;
use std::io;
use std::path::{Path, PathBuf};

/// The version that the archive is of.
const VERSION: [usize; 3] = [6, 2, 0];

/// Samples that it hears at once, and those before them that it still knows.
const SAMPLES: [usize; 2] = [512, 64];

/// Inputs, outputs and width of the convolutions.
const ENCODER: [[usize; 3]; 4] = [[129, 128, 3], [128, 64, 3], [64, 64, 3], [64, 128, 3]];

/// Inputs and outputs of the memory and of the last convolution.
const DECODER: [usize; 4] = [128, 128, 128, 1];

/// Name, number of the storage, sizes, form: in the order of the official file.
const TENSORS: [(&str, usize, &[usize], Form); 15] = [
    (
        "encoder.0.reparam_conv.weight",
        3,
        &[128, 129, 3],
        Form::Half,
    ),
    ("encoder.0.reparam_conv.bias", 4, &[128], Form::Single),
    (
        "encoder.1.reparam_conv.weight",
        5,
        &[64, 128, 3],
        Form::Half,
    ),
    ("encoder.1.reparam_conv.bias", 6, &[64], Form::Single),
    ("encoder.2.reparam_conv.weight", 7, &[64, 64, 3], Form::Half),
    ("encoder.2.reparam_conv.bias", 8, &[64], Form::Single),
    (
        "encoder.3.reparam_conv.weight",
        9,
        &[128, 64, 3],
        Form::Half,
    ),
    ("encoder.3.reparam_conv.bias", 10, &[128], Form::Single),
    ("decoder.rnn.weight_ih", 11, &[512, 128], Form::Single),
    ("decoder.rnn.weight_hh", 12, &[512, 128], Form::Single),
    ("decoder.rnn.bias_ih", 13, &[512], Form::Single),
    ("decoder.rnn.bias_hh", 14, &[512], Form::Single),
    ("decoder.decoder.2.weight", 15, &[128], Form::Half),
    // A single value, which has no sizes.
    ("decoder.decoder.2.bias", 16, &[], Form::Single),
    ("stft.forward_basis_buffer", 2, &[258, 1, 256], Form::Half),
];

/// Writes the model.
pub(super) fn make(sources: &[PathBuf], target: &Path) -> Result<(), Problem> {
    let mut bytes = Vec::new();
    for path in sources {
        bytes = std::fs::read(path).map_err(|error| Problem::disk(path, error))?;
    }
    let names: Vec<_> = sources.iter().map(PathBuf::as_path).collect();
    let broken = |what: String| Problem::unusable(&names, what);
    let storages = Storages::read(&bytes).map_err(broken)?;
    let values: Result<Vec<_>, _> = TENSORS
        .iter()
        .map(|(_, number, shape, _)| storages.singles(*number, shape.iter().product()))
        .collect();
    write(&values.map_err(broken)?, target).map_err(|error| Problem::disk(target, error))
}

fn write(values: &[&[[u8; 4]]], target: &Path) -> io::Result<()> {
    let mut out = Writer::create(target)?;
    out.counted(b"silero-16k")?;
    out.numbers(&VERSION)?;
    out.numbers(&SAMPLES)?;
    out.numbers(&[ENCODER.len()])?;
    out.numbers(ENCODER.as_flattened())?;
    out.numbers(&DECODER)?;
    for ((name, _, shape, form), values) in TENSORS.iter().zip(values) {
        let values = values.iter().map(|bytes| f32::from_le_bytes(*bytes));
        out.tensor(&format!("_model.{name}"), shape, *form, values)?;
    }
    out.finish()
}
