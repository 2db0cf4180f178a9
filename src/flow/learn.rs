//! Questions without an answer are gathered into gaps.

use super::{Flow, FlowResult};
use crate::curation;
use crate::model::{EntryId, Gap, GapId, Timestamp, TurnId};
use std::sync::Arc;

/// Open gaps that are kept. Beyond them a question that fits no gap is only a
/// turn: nobody reads ten thousand, and nonsense must not fill the memory.
const MOST_GAPS: usize = 10_000;

impl Flow {
    /// Puts a turn into the nearest gap, or into a new one. Goes on after the
    /// reply: the resident does not wait for it.
    pub(super) fn gather_gap(self: &Arc<Self>, turn: TurnId, core: String, label: String) {
        if core.is_empty() {
            return;
        }
        let flow = Arc::clone(self);
        self.background.spawn(async move {
            if let Err(error) = flow.put_into_gap(&turn, core, label).await {
                tracing::error!(turn.id = %turn, %error, "gap not recorded");
            }
        });
    }

    async fn put_into_gap(&self, turn: &TurnId, core: String, label: String) -> FlowResult<()> {
        let now = self.clock.now();
        let mut gaps = self.gaps.lock().await;
        let id = match curation::nearest(&gaps, &core) {
            Some(gap) => {
                let id = gap.id.clone();
                self.store.count_gap(&id, now).await?;
                id
            }
            None if gaps.len() >= MOST_GAPS => return Ok(()),
            None => {
                let gap = Gap {
                    id: GapId::fresh(),
                    core,
                    label,
                    first_at: now,
                    last_at: now,
                    count: 1,
                    closed_by: None,
                };
                self.store.add_gap(&gap).await?;
                let id = gap.id.clone();
                gaps.push(gap);
                id
            }
        };
        drop(gaps);
        self.store.assign_gap(turn, &id).await?;
        Ok(())
    }

    /// The entry that the live edition answers a question with.
    pub(super) fn answers(&self, question: &str, at: Timestamp) -> Option<EntryId> {
        let live = self.live();
        let place = live.first_place();
        let (decision, _) = self.decide_without_session(&live, question, &place, at);
        match decision {
            crate::model::Decision::Answer { entry, .. } => Some(entry),
            _ => None,
        }
    }
}
