//! A second look at a question that the first one was not sure of, with the
//! sentence encoder.
//!
//! It takes some ten milliseconds of one core: off the threads that answer, and
//! at most a few at once. A question that finds no room goes without, so that a
//! flood of hard questions never delays an easy one.

use super::{Flow, Live};
use crate::dialogue::Searched;
use crate::model::{PlaceId, Query, Timestamp};
use crate::retrieval::Signals;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// Second looks at once.
const AT_ONCE: usize = 2;
/// How long a question waits for room.
const PATIENCE: Duration = Duration::from_millis(150);

/// How many second looks may be under way.
pub(super) struct Bound(Arc<Semaphore>);

impl Default for Bound {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

/// What is looked for again.
pub(super) struct Again {
    /// The words as they are.
    pub(super) own: Query,
    /// The follow-up in full.
    pub(super) full: Option<Box<Query>>,
    /// Whether the words alone ask nothing.
    pub(super) bare: bool,
    /// Whether the words may as well begin another topic.
    pub(super) loose: bool,
    /// Where.
    pub(super) place: PlaceId,
    /// When.
    pub(super) at: Timestamp,
}

impl Flow {
    /// Looks again; nothing without an encoder, and when there is no room.
    pub(super) async fn look_again(&self, live: &Arc<Live>, again: Again) -> Option<Searched> {
        if !live.index.has_signals(Signals::Encoder) {
            return None;
        }
        let waited = Arc::clone(&self.second_looks.0).acquire_owned();
        let Ok(Ok(room)) = tokio::time::timeout(PATIENCE, waited).await else {
            metrics::counter!("linli_second_looks_total", "result" => "no_room").increment(1);
            return None;
        };
        metrics::counter!("linli_second_looks_total", "result" => "looked").increment(1);
        let live = Arc::clone(live);
        let looking = move || {
            let _room = room;
            let search = |query: &Query| live.index.look_again(query, &again.place, again.at);
            Some(Searched {
                own: search(&again.own)?,
                full: match &again.full {
                    Some(full) => Some(search(full)?),
                    None => None,
                },
                bare: again.bare,
                loose: again.loose,
            })
        };
        tokio::task::spawn_blocking(looking).await.ok().flatten()
    }
}
