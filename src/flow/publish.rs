//! Approved candidates become an edition, and the edition answers.

use super::{Flow, FlowError, FlowResult, Live};
use crate::curation;
use crate::model::{Edition, Event, Gap, Knowledge, Timestamp, UserId};
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
        self.catch_up().await?;
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
        let shared = curation::shared_wordings(&knowledge);
        if !shared.is_empty() {
            let words = shared.join("；");
            return Err(FlowError::Invalid(format!(
                "没有发布：{words}。请先改其中一条候选知识。"
            )));
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
        let next = Live::build(edition, Some(self.live()), Arc::clone(&self.teacher)).await?;
        let number = self.store.publish_edition(&publication).await?;
        self.live.store(Arc::new(next));
        self.refresh_popular().await;
        self.teach_live();
        self.voice_live();
        self.bus.tell(Event::EditionLive(number));
        tracing::info!(edition = number, "edition live");
        self.close_gaps(publication.at);
        Ok(number)
    }

    /// Loads the newest edition when another process published one: the
    /// command line's import, for example. Call under the lock, or from the
    /// clockwork in `app`.
    ///
    /// # Errors
    /// When it cannot be read or built.
    pub(super) async fn catch_up(self: &Arc<Self>) -> FlowResult<()> {
        let newest = self.store.current_edition().await?;
        if newest <= self.live().number() {
            return Ok(());
        }
        if let Some(edition) = self.store.edition(newest).await? {
            let next = Live::build(edition, Some(self.live()), Arc::clone(&self.teacher)).await?;
            self.live.store(Arc::new(next));
            self.refresh_popular().await;
            self.teach_live();
            self.voice_live();
            self.bus.tell(Event::EditionLive(newest));
            tracing::info!(edition = newest, "edition of another process live");
        }
        Ok(())
    }

    /// As [`Flow::catch_up`], on its own; what goes wrong is logged.
    pub async fn follow(self: &Arc<Self>) {
        let _one_at_a_time = self.publishing.lock().await;
        if let Err(error) = self.catch_up().await {
            tracing::warn!(%error, "newest edition not loaded");
        }
    }

    /// Gaps whose question the new edition answers are closed.
    fn close_gaps(self: &Arc<Self>, at: Timestamp) {
        let flow = Arc::clone(self);
        self.background.spawn(async move {
            let open = flow.gaps.lock().await.clone();
            // Thousands of searches: not on the threads that answer.
            let searching = Arc::clone(&flow);
            let found = tokio::task::spawn_blocking(move || {
                let answered = |gap: Gap| searching.answers(&gap.label, at).map(|e| (gap.id, e));
                open.into_iter().filter_map(answered).collect::<Vec<_>>()
            });
            for (gap, entry) in found.await.unwrap_or_default() {
                match flow.store.close_gap(&gap, &entry).await {
                    Ok(()) => flow.gaps.lock().await.retain(|g| g.id != gap),
                    Err(error) => tracing::warn!(gap.id = %gap, %error, "gap not closed"),
                }
            }
        });
    }
}
