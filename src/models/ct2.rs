//! The variables of a `CTranslate2` model file.
//!
//! Little endian: version of the format, name of the specification, its
//! revision (`u32`), number of variables; of each its name, rank (`u8`), sizes,
//! type (`u8`), bytes, data. A name is its length (`u16`), its letters and a
//! zero, which the length counts. Aliases follow, which are not needed here.

use super::cursor::Cursor;
use half::f16;
use std::collections::HashMap;

/// The one version there is of files that are in use.
const VERSION: usize = 6;

/// Types, by their number.
const INT8: u8 = 1;
const INT16: u8 = 2;
const INT32: u8 = 3;
const FLOAT16: u8 = 4;

/// Variables by name.
pub(super) struct Variables<'a>(HashMap<&'a str, Variable<'a>>);

struct Variable<'a> {
    shape: Vec<usize>,
    kind: u8,
    bytes: &'a [u8],
}

/// Values of float16, rows one after another.
#[derive(Clone)]
pub(super) struct Halves<'a> {
    /// Sizes, the slowest first.
    pub shape: Vec<usize>,
    bytes: &'a [u8],
}

impl<'a> Variables<'a> {
    /// Reads the names and finds the data.
    ///
    /// # Errors
    /// When the file is of another kind, or ends too soon.
    pub fn read(bytes: &'a [u8]) -> Result<Self, String> {
        let mut at = Cursor(bytes);
        if at.u32() != Some(VERSION) {
            return Err("不是 CTranslate2 第 6 版的模型文件".to_owned());
        }
        let mut variables = HashMap::new();
        let head = name(&mut at).zip(at.u32()).zip(at.u32());
        let (_, count) = head.ok_or_else(|| ends(bytes, &at, "文件头"))?;
        let mut last = "文件头";
        for _ in 0..count {
            let (name, variable) =
                variable(&mut at).ok_or_else(|| ends(bytes, &at, &format!("{last} 之后")))?;
            last = name;
            variables.insert(name, variable);
        }
        Ok(Self(variables))
    }

    /// Whether there is one of that name.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// A variable of float16 and of that many dimensions.
    pub fn halves(&self, name: &str, rank: usize) -> Result<Halves<'a>, String> {
        let variable = self.get(name)?;
        let count = variable
            .shape
            .iter()
            .try_fold(2usize, |n, d| n.checked_mul(*d));
        if variable.kind != FLOAT16 || variable.shape.len() != rank {
            return Err(format!("{name} 不是 {rank} 维的 float16"));
        }
        if count != Some(variable.bytes.len()) {
            return Err(format!("{name} 的长度与形状不符"));
        }
        Ok(Halves {
            shape: variable.shape.clone(),
            bytes: variable.bytes,
        })
    }

    /// A single whole number.
    pub fn number(&self, name: &str) -> Result<usize, String> {
        let variable = self.get(name)?;
        let value = match (variable.kind, variable.bytes) {
            (INT8, [a]) => i8::from_le_bytes([*a]).into(),
            (INT16, [a, b]) => i16::from_le_bytes([*a, *b]).into(),
            (INT32, [a, b, c, d]) => i32::from_le_bytes([*a, *b, *c, *d]),
            _ => -1,
        };
        usize::try_from(value).map_err(|_| format!("{name} 不是一个自然数"))
    }

    fn get(&self, name: &str) -> Result<&Variable<'a>, String> {
        self.0.get(name).ok_or_else(|| format!("缺少 {name}"))
    }
}

fn name<'a>(at: &mut Cursor<'a>) -> Option<&'a str> {
    let length = at.u16()?;
    let (_zero, letters) = at.take(length)?.split_last()?;
    std::str::from_utf8(letters).ok()
}

fn variable<'a>(at: &mut Cursor<'a>) -> Option<(&'a str, Variable<'a>)> {
    let name = name(at)?;
    let [rank] = at.array()?;
    let shape = (0..rank).map(|_| at.u32()).collect::<Option<_>>()?;
    let [kind] = at.array()?;
    let length = at.u32()?;
    let bytes = at.take(length)?;
    Some((name, Variable { shape, kind, bytes }))
}

fn ends(bytes: &[u8], at: &Cursor<'_>, place: &str) -> String {
    format!(
        "文件不完整，只有 {} 字节，读到第 {} 字节（{place}）断了",
        bytes.len(),
        bytes.len() - at.0.len()
    )
}

impl<'a> Halves<'a> {
    /// The values.
    pub fn values(&self) -> impl Iterator<Item = f32> + use<'a> {
        let halves = self.bytes.as_chunks().0.iter();
        halves.map(|bytes| f16::from_le_bytes(*bytes).to_f32())
    }

    /// The `nth` of so many equal parts, each of whole rows.
    pub fn part(&self, nth: usize, parts: usize) -> Option<Self> {
        let mut shape = self.shape.clone();
        let rows = shape.first_mut()?;
        if nth >= parts || !rows.is_multiple_of(parts) {
            return None;
        }
        *rows /= parts;
        let length = self.bytes.len() / parts;
        let bytes = self.bytes.get(nth * length..(nth + 1) * length)?;
        Some(Self { shape, bytes })
    }
}
