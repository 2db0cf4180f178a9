//! "Something happened", for everybody in this process who wants to know.
//!
//! Events carry ids only. A receiver that falls behind loses events and must
//! read the store anew; nothing is ever known from an event alone.

use crate::model::Event;
use tokio::sync::broadcast;

/// The in-process bus.
#[derive(Clone)]
pub struct Bus {
    sender: broadcast::Sender<Event>,
}

impl Default for Bus {
    fn default() -> Self {
        // Deep enough for a burst while a desk reads the store; a slower
        // receiver reads everything anew.
        Self {
            sender: broadcast::channel(1024).0,
        }
    }
}

impl Bus {
    /// Tells everybody.
    pub fn tell(&self, event: Event) {
        // No receivers is no error.
        let _ = self.sender.send(event);
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<Event> {
        self.sender.subscribe()
    }
}
