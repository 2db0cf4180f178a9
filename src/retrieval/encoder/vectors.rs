//! Vectors that were computed once, kept in a file.
//!
//! One file an encoder, `<fingerprint>.bin`, that is only appended to: eight
//! bytes of magic, version and dimensions as `u32`, then records of the first
//! half of the text's SHA-256 and the vector as float16, all little endian.
//! Nothing in it is precious: a header that does not fit begins the file anew,
//! a record that was cut short or is no unit vector is skipped, and what is
//! missing is computed again.

use super::Encoder;
use super::similarity::dot;
use half::f16;
use half::slice::HalfFloatSliceExt;
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, mpsc};

const MAGIC: &[u8; 8] = b"linlivec";
const VERSION: u32 = 1;
const HEADER: usize = 16;
const KEY: usize = 16;

/// Threads that encode at once.
const WORKERS: usize = 2;

/// Most texts that a worker takes at a time, and that are lost when the
/// process ends meanwhile.
const SHARE: usize = 32;

type Key = [u8; KEY];

/// The vectors of one encoder, in memory and in a file. May be shared between
/// threads; other processes may append to the same file.
pub struct VectorCache {
    path: PathBuf,
    fingerprint: String,
    dimensions: usize,
    file: Mutex<File>,
    vectors: Mutex<HashMap<Key, Box<[f16]>>>,
}

impl VectorCache {
    /// Opens the file of `encoder` in `folder`; makes both when they are not
    /// there.
    ///
    /// # Errors
    /// When the folder or the file cannot be made, read or written.
    pub fn open(folder: &Path, encoder: &dyn Encoder) -> io::Result<Self> {
        let path = folder.join(format!("{}.bin", encoder.fingerprint()));
        let dimensions = encoder.dimensions();
        let opened = std::fs::create_dir_all(folder)
            .and_then(|()| {
                let mut options = OpenOptions::new();
                options.read(true).write(true).create(true).truncate(false);
                options.open(&path)
            })
            .and_then(|mut file| {
                let vectors = locked(&mut file, |file| read(file, dimensions))?;
                Ok((file, vectors))
            });
        let (file, vectors) = opened.map_err(|error| named(&path, &error))?;
        Ok(Self {
            path,
            fingerprint: encoder.fingerprint().to_owned(),
            dimensions,
            file: Mutex::new(file),
            vectors: Mutex::new(vectors),
        })
    }

    /// The unit vector of a text, if it was ever computed.
    pub fn get(&self, text: &str) -> Option<Vec<f32>> {
        self.vectors().get(&key(text)).map(|halves| whole(halves))
    }

    /// The vectors of `texts`, in their order, after computing and keeping
    /// those that are not there yet. All are rounded as the file rounds them,
    /// so that it does not matter when a text was first seen.
    ///
    /// `progress` hears how many texts are computed, out of how many that must
    /// be: first of none, last of all.
    ///
    /// # Errors
    /// When the file cannot be written, or `encoder` is not the one that the
    /// file was opened for. What was computed before is kept.
    pub fn encode_missing(
        &self,
        encoder: &dyn Encoder,
        texts: &[&str],
        progress: &mut dyn FnMut(usize, usize),
    ) -> io::Result<Vec<Vec<f32>>> {
        if encoder.fingerprint() != self.fingerprint || encoder.dimensions() != self.dimensions {
            let what = io::Error::new(io::ErrorKind::InvalidInput, "vectors of another encoder");
            return Err(named(&self.path, &what));
        }
        let missing = self.missing(texts);
        progress(0, missing.len());
        let share = missing.len().div_ceil(WORKERS).clamp(1, SHARE);
        let shares: Vec<&[&str]> = missing.chunks(share).collect();
        let next = AtomicUsize::new(0);
        // Bounded, so that an error of the disk stops the workers soon.
        let (sender, receiver) = mpsc::sync_channel(WORKERS);
        std::thread::scope(|scope| {
            for _ in 0..WORKERS.min(shares.len()) {
                let (sender, shares, next) = (sender.clone(), &shares, &next);
                scope.spawn(move || {
                    while let Some(texts) = shares.get(next.fetch_add(1, Ordering::Relaxed)) {
                        if sender.send((*texts, encoder.encode_many(texts))).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(sender);
            let receiver = receiver;
            let mut done = 0;
            for (texts, vectors) in &receiver {
                self.keep(texts, &vectors)?;
                done += texts.len();
                progress(done, missing.len());
            }
            Ok(())
        })
        .and_then(|()| match missing.is_empty() {
            true => Ok(()),
            false => self.file().sync_data(),
        })
        .map_err(|error| named(&self.path, &error))?;
        // What cannot be encoded is not kept, and is like nothing.
        let zero = || vec![0.0; self.dimensions];
        let kept = texts.iter().map(|text| self.get(text).unwrap_or_else(zero));
        Ok(kept.collect())
    }

    /// The texts without a vector, each once.
    fn missing<'a>(&self, texts: &[&'a str]) -> Vec<&'a str> {
        let vectors = self.vectors();
        let mut seen = HashSet::new();
        let texts = texts.iter().copied();
        texts
            .filter(|text| {
                let key = key(text);
                !vectors.contains_key(&key) && seen.insert(key)
            })
            .collect()
    }

    /// Appends the vectors and remembers them.
    fn keep(&self, texts: &[&str], vectors: &[Vec<f32>]) -> io::Result<()> {
        let mut bytes = Vec::new();
        let mut records = Vec::new();
        for (text, vector) in texts.iter().zip(vectors) {
            let mut halves = vec![f16::ZERO; self.dimensions];
            if vector.len() != halves.len() {
                continue;
            }
            halves.convert_from_f32_slice(vector);
            if is_unit(&halves) {
                let key = key(text);
                bytes.extend(key);
                bytes.extend(halves.iter().flat_map(|half| half.to_le_bytes()));
                records.push((key, halves.into_boxed_slice()));
            }
        }
        let record = record(self.dimensions) as u64;
        locked(&mut self.file(), |file| {
            // A record that a crash cut short would shift all that follow.
            let length = file.metadata()?.len().max(HEADER as u64) - HEADER as u64;
            let end = HEADER as u64 + length / record * record;
            file.set_len(end)?;
            file.seek(SeekFrom::Start(end))?;
            file.write_all(&bytes)
        })?;
        self.vectors().extend(records);
        Ok(())
    }

    fn file(&self) -> MutexGuard<'_, File> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn vectors(&self) -> MutexGuard<'_, HashMap<Key, Box<[f16]>>> {
        self.vectors.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Does something while no other process reads or writes the file.
fn locked<T>(file: &mut File, work: impl FnOnce(&mut File) -> io::Result<T>) -> io::Result<T> {
    file.lock()?;
    let result = work(file);
    file.unlock()?;
    result
}

/// Reads all records; writes the header when there is none that fits.
fn read(file: &mut File, dimensions: usize) -> io::Result<HashMap<Key, Box<[f16]>>> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let header = header(dimensions)?;
    let Some(records) = bytes.strip_prefix(&header) else {
        if !bytes.is_empty() {
            tracing::warn!("vector file without a header that fits: begun anew");
        }
        file.set_len(0)?;
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&header)?;
        return Ok(HashMap::new());
    };
    let mut vectors = HashMap::new();
    for record in records.chunks_exact(record(dimensions)) {
        let Some((key, values)) = record.split_first_chunk::<KEY>() else {
            continue;
        };
        let values = values.as_chunks().0.iter();
        let halves: Box<[f16]> = values.map(|value| f16::from_le_bytes(*value)).collect();
        if is_unit(&halves) {
            vectors.insert(*key, halves);
        }
    }
    Ok(vectors)
}

fn header(dimensions: usize) -> io::Result<[u8; HEADER]> {
    let dimensions = u32::try_from(dimensions).map_err(io::Error::other)?;
    let mut header = [0; HEADER];
    header[..8].copy_from_slice(MAGIC);
    header[8..12].copy_from_slice(&VERSION.to_le_bytes());
    header[12..].copy_from_slice(&dimensions.to_le_bytes());
    Ok(header)
}

/// Bytes of a record.
fn record(dimensions: usize) -> usize {
    KEY + 2 * dimensions
}

fn key(text: &str) -> Key {
    let mut key = [0; KEY];
    key.copy_from_slice(&Sha256::digest(text)[..KEY]);
    key
}

/// Whether the rounded values are still about as long as one, and no noise.
fn is_unit(halves: &[f16]) -> bool {
    let vector = halves.to_f32_vec();
    (dot(&vector, &vector) - 1.0).abs() < 0.01
}

/// The kept values, at length one again.
fn whole(halves: &[f16]) -> Vec<f32> {
    let mut vector = halves.to_f32_vec();
    let length = dot(&vector, &vector).sqrt();
    for value in &mut vector {
        *value /= length;
    }
    vector
}

/// An error with the file that it is about, for admins.
fn named(path: &Path, error: &io::Error) -> io::Error {
    let what = format!(
        "向量文件 {} 读写失败（{error}），请检查磁盘空间和权限；此文件可以删除，会重新生成",
        path.display()
    );
    io::Error::new(error.kind(), what)
}
