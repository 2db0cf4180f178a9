//! A table as a file.

use super::{DIMENSIONS, Table};
use rustc_hash::FxHashMap;
use std::io::{self, Read, Write};

const MAGIC: &[u8; 8] = b"linlitb1";
/// No table is larger: 2^20 runs are 100 MB.
const MOST: u32 = 1 << 20;

/// Why a table cannot be used. The text is for admins.
#[derive(Debug, thiserror::Error)]
#[error("语义表文件 {name} 不能用：{why}。请删掉它，下次发布会重新生成。")]
pub struct TableError {
    name: String,
    why: String,
}

fn put(out: &mut impl Write, text: &str) -> io::Result<()> {
    let length = u32::try_from(text.len()).unwrap_or(0);
    out.write_all(&length.to_le_bytes())?;
    out.write_all(text.as_bytes())
}

fn take<const N: usize>(from: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn text(from: &mut impl Read) -> io::Result<String> {
    let length = u32::from_le_bytes(take(from)?).min(4096) as usize;
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes)?;
    String::from_utf8(bytes).map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e))
}

impl Table {
    /// Writes it: names, then each run with its scale and its row.
    ///
    /// # Errors
    /// When writing fails.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(MAGIC)?;
        put(out, &self.content)?;
        put(out, &self.fingerprint)?;
        let count = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        out.write_all(&count.to_le_bytes())?;
        let mut runs: Vec<(&u64, &u32)> = self.numbers.iter().collect();
        runs.sort_unstable();
        for (run, number) in runs {
            let at = *number as usize;
            out.write_all(&run.to_le_bytes())?;
            out.write_all(&self.scales[at].to_le_bytes())?;
            let row = &self.rows[at * DIMENSIONS..(at + 1) * DIMENSIONS];
            let bytes: Vec<u8> = row.iter().map(|v| v.cast_unsigned()).collect();
            out.write_all(&bytes)?;
        }
        Ok(())
    }

    /// Reads what [`Table::write`] wrote into a file called `name`.
    ///
    /// # Errors
    /// When it is something else, cut off or damaged.
    pub fn read(from: &mut impl Read, name: &str) -> Result<Self, TableError> {
        let damaged = |why: &str| TableError {
            name: name.to_owned(),
            why: why.to_owned(),
        };
        let cut = |_| damaged("内容不完整");
        if &take::<8>(from).map_err(cut)? != MAGIC {
            return Err(damaged("不是语义表"));
        }
        let (own, fingerprint) = (text(from).map_err(cut)?, text(from).map_err(cut)?);
        let count = u32::from_le_bytes(take(from).map_err(cut)?);
        if count > MOST {
            return Err(damaged("太大了"));
        }
        let mut table = Self {
            content: own,
            fingerprint,
            numbers: FxHashMap::default(),
            rows: Vec::new(),
            scales: Vec::new(),
        };
        for number in 0..count {
            let run = u64::from_le_bytes(take(from).map_err(cut)?);
            let scale = f32::from_le_bytes(take(from).map_err(cut)?);
            if !scale.is_finite() || table.numbers.insert(run, number).is_some() {
                return Err(damaged("内容不对"));
            }
            table.scales.push(scale);
            let row: [u8; DIMENSIONS] = take(from).map_err(cut)?;
            table.rows.extend(row.map(u8::cast_signed));
        }
        Ok(table)
    }
}
