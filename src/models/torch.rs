//! The storages of a `TorchScript` archive: a zip file whose entries
//! `NAME/data/NUMBER` hold the values of its tensors, not compressed. Nothing of
//! the code in it is run, and what tells shapes and names is not read.

use super::cursor::Cursor;
use std::collections::HashMap;

/// Length of the record at the end of a zip file, without its comment.
const END: usize = 22;

/// Values by the number of their storage.
pub(super) struct Storages<'a>(HashMap<&'a str, &'a [u8]>);

impl<'a> Storages<'a> {
    /// Finds the entries.
    ///
    /// # Errors
    /// When it is no such archive, or not all of it.
    pub fn read(bytes: &'a [u8]) -> Result<Self, String> {
        if !bytes.starts_with(b"PK\x03\x04") {
            return Err("不是 TorchScript 文件".to_owned());
        }
        let cut = || format!("文件不完整，只有 {} 字节", bytes.len());
        let end = bytes
            .windows(END)
            .rposition(|w| w.starts_with(b"PK\x05\x06"));
        let end = end.and_then(|at| bytes.get(at..)).ok_or_else(cut)?;
        entries(bytes, end).map(Self).ok_or_else(cut)
    }

    /// The values of a storage, of so many.
    pub fn singles(&self, number: usize, count: usize) -> Result<&'a [[u8; 4]], String> {
        let bytes = self.0.get(number.to_string().as_str());
        let (values, rest) = bytes
            .ok_or_else(|| format!("缺少 data/{number}"))?
            .as_chunks();
        match values.len() == count && rest.is_empty() {
            true => Ok(values),
            false => Err(format!("data/{number} 不是 {count} 个 float32")),
        }
    }
}

/// The entries that are listed before the record at the end.
fn entries<'a>(bytes: &'a [u8], end: &[u8]) -> Option<HashMap<&'a str, &'a [u8]>> {
    let mut end = Cursor(end);
    end.take(10)?;
    let (count, _bytes, start) = (end.u16()?, end.u32()?, end.u32()?);
    let mut list = Cursor(bytes.get(start..)?);
    let mut entries = HashMap::new();
    for _ in 0..count {
        if list.take(4)? != b"PK\x01\x02" {
            return None;
        }
        list.take(6)?;
        let method = list.u16()?;
        list.take(8)?;
        let (length, _unpacked) = (list.u32()?, list.u32()?);
        let (name, extra, comment) = (list.u16()?, list.u16()?, list.u16()?);
        list.take(8)?;
        let place = list.u32()?;
        let name = std::str::from_utf8(list.take(name)?).ok()?;
        list.take(extra + comment)?;
        if let (0, Some((_, number))) = (method, name.split_once("/data/")) {
            entries.insert(number, content(bytes.get(place..)?, length)?);
        }
    }
    Some(entries)
}

/// What comes after an entry's own head, whose texts may be longer than in the
/// list: torch fills it so that values are aligned.
fn content(entry: &[u8], length: usize) -> Option<&[u8]> {
    let mut entry = Cursor(entry);
    if entry.take(4)? != b"PK\x03\x04" {
        return None;
    }
    entry.take(22)?;
    let (name, extra) = (entry.u16()?, entry.u16()?);
    entry.take(name + extra)?;
    entry.take(length)
}
