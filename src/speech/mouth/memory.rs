//! What a mouth remembers: how texts are read, and what may be asked for by name.

use super::clip::Said;
use super::key::Key;
use super::voice::Saying;
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Texts that a terminal may ask for and that are on no shelf: so many, so long. A
/// worker's words are among them.
const PASSING: usize = 512;
const PASSES: Duration = Duration::from_secs(600);

/// What is known of texts and sounds.
#[derive(Default)]
pub(super) struct Memory {
    pub(super) scripts: HashMap<String, (Key, Arc<Saying>)>,
    pub(super) marks: HashMap<Key, Vec<u32>>,
    /// What may be asked for by key and is on no shelf.
    pub(super) passing: HashMap<Key, Passing>,
    /// Their keys, oldest first.
    pub(super) order: VecDeque<Key>,
    pub(super) wanted: HashSet<Key>,
}

impl Memory {
    /// Lets go of what is too old, or too much.
    pub(super) fn forget(&mut self) {
        while let Some(oldest) = self.order.front() {
            let since = self.passing.get(oldest).map(|p| p.since);
            let fresh = since.is_some_and(|since| since.elapsed() < PASSES);
            if fresh && self.order.len() <= PASSING {
                return;
            }
            if let Some(oldest) = self.order.pop_front() {
                self.passing.remove(&oldest);
            }
        }
    }
}

/// A text that is on no shelf.
#[derive(Clone)]
pub(super) struct Passing {
    pub(super) since: Instant,
    pub(super) script: Arc<Saying>,
    /// What the engine makes of it, where it was asked.
    pub(super) sound: Option<Said>,
}
