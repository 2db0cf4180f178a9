//! Who is there now: workers at their desks, residents at their terminals.

use crate::model::{SessionId, UserId};
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

/// Counts connections, so that two browser tabs are one worker.
#[derive(Default)]
pub struct Presence {
    workers: Mutex<HashMap<UserId, usize>>,
    sessions: Mutex<HashMap<SessionId, usize>>,
}

fn enter<K: Eq + Hash>(map: &Mutex<HashMap<K, usize>>, key: K) {
    *map.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .entry(key)
        .or_default() += 1;
}

fn leave<K: Eq + Hash>(map: &Mutex<HashMap<K, usize>>, key: &K) {
    let mut map = map.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(count) = map.get_mut(key) {
        *count -= 1;
        if *count == 0 {
            map.remove(key);
        }
    }
}

impl Presence {
    /// A worker's desk was opened.
    pub fn worker_came(&self, user: UserId) {
        enter(&self.workers, user);
    }

    /// A worker's desk was closed.
    pub fn worker_left(&self, user: &UserId) {
        leave(&self.workers, user);
    }

    /// How many workers are at their desks.
    pub fn workers_online(&self) -> u32 {
        let workers = self.workers.lock().unwrap_or_else(PoisonError::into_inner);
        u32::try_from(workers.len()).unwrap_or(u32::MAX)
    }

    /// A resident's session is connected.
    pub fn resident_came(&self, session: SessionId) {
        enter(&self.sessions, session);
    }

    /// A resident's session is connected no more.
    pub fn resident_left(&self, session: &SessionId) {
        leave(&self.sessions, session);
    }

    /// Whether the resident of a session is still at a terminal.
    pub fn resident_present(&self, session: &SessionId) -> bool {
        self.sessions
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .contains_key(session)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_tabs_are_one_worker() {
        let presence = Presence::default();
        presence.worker_came("a".into());
        presence.worker_came("a".into());
        presence.worker_came("b".into());
        assert_eq!(presence.workers_online(), 2);
        presence.worker_left(&"a".into());
        assert_eq!(presence.workers_online(), 2);
        presence.worker_left(&"a".into());
        assert_eq!(presence.workers_online(), 1);
        presence.worker_left(&"nobody".into());
        assert_eq!(presence.workers_online(), 1);
    }
}
