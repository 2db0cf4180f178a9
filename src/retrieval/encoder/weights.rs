//! Tensors out of a `model.safetensors` file, one at a time.
//!
//! Format: eight bytes of header length (little endian), a JSON object of
//! names to `{dtype, shape, data_offsets}`, then the data that the offsets
//! count from. Read by this module and not mapped: the file is larger than
//! what is kept of it.

use super::error::EncoderError;
use half::f16;
use half::slice::HalfFloatSliceExt;
use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// Longest header that is believed; that of a 12-layer model has 20 kB.
const LONGEST_HEADER: u64 = 16 << 20;

/// What the header says of one tensor.
#[derive(serde::Deserialize)]
struct Described {
    dtype: String,
    shape: Vec<usize>,
    data_offsets: [u64; 2],
}

/// An open weight file.
pub(super) struct Weights {
    path: PathBuf,
    file: File,
    /// Where the data begins.
    start: u64,
    tensors: HashMap<String, Described>,
    /// `bert.` in files of models with a head, else empty.
    prefix: &'static str,
}

impl Weights {
    /// Reads the header; every tensor must lie inside the file.
    ///
    /// # Errors
    /// When the file is missing, unreadable, or cut short, or when its header
    /// is none.
    pub fn open(path: &Path) -> Result<Self, EncoderError> {
        let io = |e| EncoderError::io(path, e);
        let damaged = |what: String| EncoderError::damaged(path, what);
        let mut file = File::open(path).map_err(io)?;
        let length = file.metadata().map_err(io)?.len();
        let mut size = [0; 8];
        file.read_exact(&mut size).map_err(io)?;
        let size = u64::from_le_bytes(size);
        if size > LONGEST_HEADER || size > length - 8 {
            return Err(damaged(format!("文件头长度 {size} 不合理")));
        }
        let mut header = Vec::new();
        Read::by_ref(&mut file)
            .take(size)
            .read_to_end(&mut header)
            .map_err(io)?;
        let entries: HashMap<String, serde_json::Value> =
            serde_json::from_slice(&header).map_err(|e| damaged(e.to_string()))?;
        let start = 8 + size;
        let mut tensors = HashMap::new();
        for (name, value) in entries {
            if name == "__metadata__" {
                continue;
            }
            let tensor: Described =
                serde_json::from_value(value).map_err(|e| damaged(format!("{name}：{e}")))?;
            let [begin, end] = tensor.data_offsets;
            if begin > end || end > length - start {
                return Err(damaged(format!("{name} 超出文件末尾")));
            }
            tensors.insert(name, tensor);
        }
        let prefix = match tensors.contains_key("bert.embeddings.word_embeddings.weight") {
            true => "bert.",
            false => "",
        };
        Ok(Self {
            path: path.to_owned(),
            file,
            start,
            tensors,
            prefix,
        })
    }

    /// The tensor of that name and shape, row by row.
    ///
    /// # Errors
    /// When it is missing, has another shape, is neither float16 nor float32,
    /// or holds a value that is not finite.
    pub fn tensor(&mut self, name: &str, shape: &[usize]) -> Result<Vec<f32>, EncoderError> {
        let values = match self.read(name, shape)? {
            Values::Halves(halves) => halves.to_f32_vec(),
            Values::Singles(singles) => singles,
        };
        self.checked(name, values, |value| value.is_finite())
    }

    /// The same as float16, for what is large and seldom read.
    ///
    /// # Errors
    /// As of [`Self::tensor`]; also when a value is too great for float16.
    pub fn halves(&mut self, name: &str, shape: &[usize]) -> Result<Vec<f16>, EncoderError> {
        let values = match self.read(name, shape)? {
            Values::Halves(halves) => halves,
            Values::Singles(singles) => {
                let mut halves = vec![f16::ZERO; singles.len()];
                halves.convert_from_f32_slice(&singles);
                halves
            }
        };
        self.checked(name, values, |value| value.is_finite())
    }

    fn read(&mut self, name: &str, shape: &[usize]) -> Result<Values, EncoderError> {
        let full = format!("{}{name}", self.prefix);
        let Some(tensor) = self.tensors.get(&full) else {
            return Err(self.damaged(name, "不存在"));
        };
        if tensor.shape != shape {
            let what = format!("的形状是 {:?}，应为 {shape:?}", tensor.shape);
            return Err(self.damaged(name, &what));
        }
        let width: u64 = match tensor.dtype.as_str() {
            "F16" => 2,
            "F32" => 4,
            other => {
                let what = format!("{full} 的数据类型是 {other}");
                return Err(EncoderError::unknown(&self.path, what));
            }
        };
        let [begin, end] = tensor.data_offsets;
        let count = shape.iter().try_fold(1usize, |n, d| n.checked_mul(*d));
        if count.and_then(|n| (n as u64).checked_mul(width)) != Some(end - begin) {
            return Err(self.damaged(name, "的长度与形状不符"));
        }
        // The range lies inside the file, so this is no more than its length.
        let mut bytes = Vec::new();
        self.file
            .seek(SeekFrom::Start(self.start + begin))
            .and_then(|_| {
                Read::by_ref(&mut self.file)
                    .take(end - begin)
                    .read_to_end(&mut bytes)
            })
            .map_err(|e| EncoderError::io(&self.path, e))?;
        if bytes.len() as u64 != end - begin {
            return Err(self.damaged(name, "不完整"));
        }
        Ok(if width == 2 {
            let values = bytes.as_chunks().0.iter().map(|b| f16::from_le_bytes(*b));
            Values::Halves(values.collect())
        } else {
            let values = bytes.as_chunks().0.iter().map(|b| f32::from_le_bytes(*b));
            Values::Singles(values.collect())
        })
    }

    fn checked<T>(
        &self,
        name: &str,
        values: Vec<T>,
        finite: impl Fn(&T) -> bool,
    ) -> Result<Vec<T>, EncoderError> {
        match values.iter().all(finite) {
            true => Ok(values),
            false => Err(self.damaged(name, "含有无效数值")),
        }
    }

    fn damaged(&self, name: &str, what: &str) -> EncoderError {
        EncoderError::damaged(&self.path, format!("{}{name} {what}", self.prefix))
    }
}

/// A tensor's values as they are in the file.
enum Values {
    Halves(Vec<f16>),
    Singles(Vec<f32>),
}
