//! Sound that was made once, kept in files. A cache: what is lost is made again.

use super::key::Key;
use std::collections::HashSet;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// What no edition has asked for during this time is thrown away: an edition
/// that is taken back within a month still has its sound.
const KEPT: Duration = Duration::from_secs(30 * 24 * 3600);

/// A folder of sounds by their keys.
#[derive(Clone, Debug)]
pub struct Shelf(PathBuf);

impl Shelf {
    /// The folder, which is made when something is put there.
    pub fn new(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    fn path(&self, key: &Key) -> PathBuf {
        let name = key.as_str();
        self.0.join(&name[..2]).join(format!("{name}.opus"))
    }

    /// Whether it is there.
    pub fn has(&self, key: &Key) -> bool {
        self.path(key).is_file()
    }

    /// The file; nothing when it is not there.
    pub fn read(&self, key: &Key) -> Option<Vec<u8>> {
        std::fs::read(self.path(key)).ok()
    }

    /// Keeps a file, whole or not at all.
    ///
    /// # Errors
    /// When the disk is full or may not be written.
    pub fn put(&self, key: &Key, file: &[u8]) -> io::Result<()> {
        let path = self.path(key);
        let folder = path.parent().unwrap_or(&self.0);
        std::fs::create_dir_all(folder)?;
        // Its own name for every writer: a server and a command may make the same.
        let passing = path.with_extension(format!("{}.part", std::process::id()));
        let written = std::fs::File::create(&passing).and_then(|mut f| {
            f.write_all(file)?;
            f.sync_data()?;
            std::fs::rename(&passing, &path)
        });
        if written.is_err() {
            let _ = std::fs::remove_file(&passing);
        }
        written
    }

    /// Throws away what is not `wanted` and old; gives how many.
    pub fn sweep(&self, wanted: &HashSet<Key>, now: SystemTime) -> usize {
        let folders = std::fs::read_dir(&self.0).into_iter().flatten().flatten();
        let files = folders.flat_map(|f| std::fs::read_dir(f.path()).into_iter().flatten());
        let mut thrown = 0;
        for file in files.flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            let key = name.strip_suffix(".opus").and_then(Key::parse);
            if key.is_some_and(|key| wanted.contains(&key)) {
                continue;
            }
            let age = file.metadata().and_then(|m| m.modified()).ok();
            let old = age.and_then(|at| now.duration_since(at).ok()) > Some(KEPT);
            if old && std::fs::remove_file(file.path()).is_ok() {
                thrown += 1;
            }
        }
        thrown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(digit: char) -> Key {
        Key::parse(&String::from(digit).repeat(40)).unwrap()
    }

    #[test]
    fn what_is_kept_is_there_until_nobody_wants_it_for_a_month() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::new(&folder.path().join("voices"));
        assert!(!shelf.has(&key('a')));
        assert_eq!(shelf.read(&key('a')), None);
        for digit in ['a', 'b'] {
            shelf.put(&key(digit), &[1, 2, 3]).unwrap();
        }
        assert_eq!(shelf.read(&key('a')), Some(vec![1, 2, 3]));
        let wanted = HashSet::from([key('a')]);
        let file = std::fs::metadata(shelf.path(&key('a'))).unwrap();
        let now = file.modified().unwrap();
        assert_eq!(shelf.sweep(&wanted, now), 0);
        assert_eq!(shelf.sweep(&wanted, now + KEPT * 2), 1);
        assert!(shelf.has(&key('a')) && !shelf.has(&key('b')));
    }

    #[test]
    fn what_cannot_be_written_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("voices");
        std::fs::write(&file, "no folder").unwrap();
        assert!(Shelf::new(&file).put(&key('a'), &[1]).is_err());
    }
}
