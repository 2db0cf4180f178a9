//! Sessions that can be resumed.

use super::connection::Connection;
use super::manner::Manner;
use crate::model::{KioskId, SessionId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;

/// A connection that wants to go on with a session.
pub(super) struct Attach {
    pub connection: Connection,
    /// The last number the terminal saw.
    pub seq: u64,
    /// How it speaks.
    pub manner: Manner,
}

/// Where a connection waits for its session. There is room for one: a terminal
/// that came again has given up the connection before, which is closed.
#[derive(Default)]
pub(super) struct Door {
    waiting: Mutex<Option<Box<Attach>>>,
    knock: Notify,
}

impl Door {
    fn arrive(&self, attach: Box<Attach>) {
        *self.waiting.lock().unwrap_or_else(PoisonError::into_inner) = Some(attach);
        self.knock.notify_one();
    }

    /// The connection that waits.
    pub(super) fn take(&self) -> Option<Box<Attach>> {
        self.waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }

    /// Waits for one. May be dropped and called again without loss.
    pub(super) async fn next(&self) -> Box<Attach> {
        loop {
            if let Some(attach) = self.take() {
                return attach;
            }
            self.knock.notified().await;
        }
    }
}

struct Slot {
    kiosk: KioskId,
    door: Arc<Door>,
}

/// Every session that lives, connected or not.
#[derive(Default)]
pub(super) struct Registry(Mutex<HashMap<SessionId, Slot>>);

impl Registry {
    /// Makes a session known; returns where resuming connections arrive.
    pub(super) fn enter(&self, id: SessionId, kiosk: KioskId) -> Arc<Door> {
        let door = Arc::<Door>::default();
        let slot = Slot {
            kiosk,
            door: Arc::clone(&door),
        };
        self.lock().insert(id, slot);
        door
    }

    pub(super) fn leave(&self, id: &SessionId) {
        self.lock().remove(id);
    }

    pub(super) fn len(&self) -> usize {
        self.lock().len()
    }

    /// Hands a connection to the session; gives it back when there is no such
    /// session of that terminal.
    pub(super) fn resume(
        &self,
        id: &SessionId,
        kiosk: &KioskId,
        attach: Box<Attach>,
    ) -> Result<(), Box<Attach>> {
        // Under the lock, so that nothing arrives after `leave`.
        match self.lock().get(id) {
            Some(slot) if slot.kiosk == *kiosk => {
                slot.door.arrive(attach);
                Ok(())
            }
            _ => Err(attach),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<SessionId, Slot>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
