//! Sessions that can be resumed.

use super::connection::Connection;
use crate::model::{KioskId, SessionId};
use crate::protocol::terminal::AudioParams;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use tokio::sync::mpsc;

/// A connection that wants to go on with a session.
pub(super) struct Attach {
    pub connection: Connection,
    /// The last number the terminal saw.
    pub seq: u64,
    /// How its audio comes.
    pub audio: Option<AudioParams>,
}

struct Slot {
    kiosk: KioskId,
    attach: mpsc::UnboundedSender<Box<Attach>>,
}

/// Every session that lives, connected or not.
#[derive(Default)]
pub(super) struct Registry(Mutex<HashMap<SessionId, Slot>>);

impl Registry {
    /// Makes a session known; returns where resuming connections arrive.
    pub(super) fn enter(
        &self,
        id: SessionId,
        kiosk: KioskId,
    ) -> mpsc::UnboundedReceiver<Box<Attach>> {
        // Only one terminal comes back to a session; a bound would turn away
        // the newest of its connections while an older one waits.
        let (attach, attached) = mpsc::unbounded_channel();
        self.lock().insert(id, Slot { kiosk, attach });
        attached
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
                slot.attach.send(attach).map_err(|refused| refused.0)
            }
            _ => Err(attach),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<SessionId, Slot>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
