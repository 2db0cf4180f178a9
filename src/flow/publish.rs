//! Approved candidates become an edition, and the edition answers.

use super::{Flow, FlowError, FlowResult, Live};
use crate::curation;
use crate::model::{Edition, Event, Knowledge, Timestamp, UserId};
use crate::store::Publication;
use std::sync::Arc;

impl Flow {
    /// Publishes everything that is approved, and answers from it at once.
    ///
    /// # Errors
    /// `Invalid` when nothing is approved; when the edition cannot be built
    /// or written, and then the old one goes on answering.
    pub async fn publish(self: &Arc<Self>, by: &UserId, note: &str) -> FlowResult<i64> {
        let _one_at_a_time = self.publishing.lock().await;
        let approved = self.store.candidates(Some("approved"), 10_000).await?;
        if approved.is_empty() {
            return Err(FlowError::Invalid(
                "没有已通过的候选知识，不需要发布。".to_owned(),
            ));
        }
        let live = self.live();
        let mut knowledge = live.index.edition().knowledge.clone();
        // Oldest first, so that a later change of the same entry wins.
        for candidate in approved.iter().rev() {
            curation::apply(&mut knowledge, &candidate.proposal);
        }
        let note = match note.trim() {
            "" => format!("发布 {} 条候选知识", approved.len()),
            note => note.to_owned(),
        };
        self.go_live(Publication {
            knowledge,
            at: self.clock.now(),
            by: Some(by.clone()),
            note,
            based_on: live.number(),
            candidates: approved,
        })
        .await
    }

    /// Publishes a whole knowledge base that came from files.
    ///
    /// # Errors
    /// As [`Flow::publish`].
    pub async fn publish_knowledge(
        self: &Arc<Self>,
        knowledge: Knowledge,
        note: String,
    ) -> FlowResult<i64> {
        self.go_live(Publication {
            knowledge,
            at: self.clock.now(),
            by: None,
            note,
            based_on: self.live().number(),
            candidates: Vec::new(),
        })
        .await
    }

    /// Builds the index first, so that what cannot be searched is never
    /// written; then writes; then swaps. Queries under way finish on the
    /// edition they began with.
    async fn go_live(self: &Arc<Self>, publication: Publication) -> FlowResult<i64> {
        let edition = Edition {
            number: publication.based_on + 1,
            published_at: publication.at,
            knowledge: publication.knowledge.clone(),
        };
        let next = Live::build(edition, Some(self.live())).await?;
        let number = self.store.publish_edition(&publication).await?;
        self.live.store(Arc::new(next));
        self.refresh_popular().await;
        self.bus.tell(Event::EditionLive(number));
        tracing::info!(edition = number, "edition live");
        self.close_gaps(publication.at);
        Ok(number)
    }

    /// Gaps whose question the new edition answers are closed.
    fn close_gaps(self: &Arc<Self>, at: Timestamp) {
        let flow = Arc::clone(self);
        self.background.spawn(async move {
            let mut gaps = flow.gaps.lock().await;
            let mut open = Vec::with_capacity(gaps.len());
            for gap in gaps.drain(..) {
                match flow.answers(&gap.label, at) {
                    Some(entry) => {
                        if let Err(error) = flow.store.close_gap(&gap.id, &entry).await {
                            tracing::warn!(gap.id = %gap.id, %error, "gap not closed");
                            open.push(gap);
                        }
                    }
                    None => open.push(gap),
                }
            }
            *gaps = open;
        });
    }
}
