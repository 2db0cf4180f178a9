//! Weight files in the safetensors format, tensor by tensor, as float16.
//!
//! Format: eight bytes of header length (little endian), a JSON object of
//! names to `{dtype, shape, data_offsets}`, then the data that the offsets
//! count from. `retrieval` reads these files to compute with them; here they
//! are only copied, so nothing is checked that [`SentenceEncoder`] checks when
//! it loads what was written.
//!
//! [`SentenceEncoder`]: crate::retrieval::SentenceEncoder

use super::json::quoted;
use super::problem::Problem;
use half::f16;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Longest header that is believed.
const LONGEST_HEADER: u64 = 16 << 20;

/// Shape and values of a tensor.
pub(super) struct Tensor {
    pub shape: Vec<usize>,
    pub values: Vec<f16>,
}

/// By name: the order in which they are written.
pub(super) type Tensors = BTreeMap<String, Tensor>;

/// Writes a file, in the bytes that the format's own library writes for
/// float16 tensors.
pub(super) fn write(path: &Path, tensors: &Tensors) -> Result<(), Problem> {
    let mut header = String::from("{\"__metadata__\":{\"format\":\"pt\"}");
    let mut at = 0;
    for (name, tensor) in tensors {
        let shape: Vec<String> = tensor.shape.iter().map(ToString::to_string).collect();
        let end = at + 2 * tensor.values.len();
        // Writing to a string does not fail.
        let _ = write!(
            header,
            ",{}:{{\"dtype\":\"F16\",\"shape\":[{}],\"data_offsets\":[{at},{end}]}}",
            quoted(name),
            shape.join(",")
        );
        at = end;
    }
    header.push('}');
    // So that the data is aligned.
    while !header.len().is_multiple_of(8) {
        header.push(' ');
    }
    let all = || -> io::Result<()> {
        let mut file = BufWriter::new(File::create(path)?);
        file.write_all(&(header.len() as u64).to_le_bytes())?;
        file.write_all(header.as_bytes())?;
        for tensor in tensors.values() {
            for value in &tensor.values {
                file.write_all(&value.to_le_bytes())?;
            }
        }
        file.into_inner()?.sync_all()
    };
    all().map_err(|error| Problem::disk(path, error))
}

/// What the header says of one tensor.
#[derive(serde::Deserialize)]
struct Described {
    dtype: String,
    shape: Vec<usize>,
    data_offsets: [u64; 2],
}

/// An open weight file.
pub(super) struct Source {
    path: PathBuf,
    file: BufReader<File>,
    /// Where the data begins.
    start: u64,
    tensors: BTreeMap<String, Described>,
}

impl Source {
    /// Reads the header.
    pub fn open(path: &Path) -> Result<Self, Problem> {
        let broken = |what: String| Problem::uncuttable(path, what);
        let disk = |error| Problem::disk(path, error);
        let mut file = BufReader::new(File::open(path).map_err(disk)?);
        let mut size = [0; 8];
        file.read_exact(&mut size).map_err(disk)?;
        let size = u64::from_le_bytes(size);
        if size > LONGEST_HEADER {
            return Err(broken("不是 safetensors 文件".to_owned()));
        }
        let mut header = Vec::new();
        (&mut file)
            .take(size)
            .read_to_end(&mut header)
            .map_err(disk)?;
        let entries: BTreeMap<String, serde_json::Value> =
            serde_json::from_slice(&header).map_err(|e| broken(format!("文件头有误，{e}")))?;
        let mut tensors = BTreeMap::new();
        for (name, value) in entries {
            if name != "__metadata__" {
                let described = serde_json::from_value(value)
                    .map_err(|e| broken(format!("文件头有误，{name}，{e}")))?;
                tensors.insert(name, described);
            }
        }
        Ok(Self {
            path: path.to_owned(),
            file,
            start: 8 + size,
            tensors,
        })
    }

    /// Names of the tensors.
    pub fn names(&self) -> Vec<String> {
        self.tensors.keys().cloned().collect()
    }

    /// One tensor; of its rows only those asked for.
    pub fn tensor(&mut self, name: &str, rows: Option<&[usize]>) -> Result<Tensor, Problem> {
        let broken = |what: String| Problem::uncuttable(&self.path, format!("{name} {what}"));
        let Some(described) = self.tensors.get(name) else {
            return Err(broken("不存在".to_owned()));
        };
        let wide = match described.dtype.as_str() {
            "F16" => 2,
            "F32" => 4,
            other => return Err(broken(format!("的数据类型是 {other}"))),
        };
        let mut shape = described.shape.clone();
        let [begin, end] = described.data_offsets;
        let count = shape.iter().try_fold(1usize, |n, d| n.checked_mul(*d));
        let bytes = count.and_then(|n| n.checked_mul(wide));
        if bytes.is_none() || bytes.map(|n| n as u64) != end.checked_sub(begin) {
            return Err(broken("的长度与形状不符".to_owned()));
        }
        let width = shape.iter().skip(1).product::<usize>();
        let height = shape.first().copied().unwrap_or(1);
        let all: Vec<usize>;
        let rows = match rows {
            Some(rows) => rows,
            None => {
                all = (0..height).collect();
                &all
            }
        };
        if rows.iter().any(|row| *row >= height) {
            return Err(broken(format!("只有 {height} 行，分词器的词比这多")));
        }
        if let Some(first) = shape.first_mut() {
            *first = rows.len();
        }
        let mut values = Vec::with_capacity(rows.len() * width);
        let mut buffer = vec![0; width * wide];
        let start = self.start + begin;
        let mut next = None;
        for row in rows {
            if next != Some(*row) {
                let at = start + (row * width * wide) as u64;
                self.file
                    .seek(SeekFrom::Start(at))
                    .map_err(|e| Problem::disk(&self.path, e))?;
            }
            next = Some(row + 1);
            self.file
                .read_exact(&mut buffer)
                .map_err(|e| Problem::disk(&self.path, e))?;
            values.extend(halves(&buffer, wide));
        }
        Ok(Tensor { shape, values })
    }
}

fn halves(bytes: &[u8], wide: usize) -> Vec<f16> {
    match wide {
        2 => bytes
            .as_chunks()
            .0
            .iter()
            .map(|b| f16::from_le_bytes(*b))
            .collect(),
        _ => bytes
            .as_chunks()
            .0
            .iter()
            .map(|b| f16::from_f32(f32::from_le_bytes(*b)))
            .collect(),
    }
}
