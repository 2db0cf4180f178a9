//! A pick-up code brings an answer up on any kiosk.

use super::{Flow, FlowResult, Reply, Session};
use crate::dialogue;

impl Flow {
    /// Shows the escalation of a code. After a few wrong codes the session
    /// must wait: a million codes shall not be tried out at a terminal.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(super) async fn pick_up(&self, session: &mut Session, code: &str) -> FlowResult<Reply> {
        let now = self.clock.now();
        if session.dialogue.too_many_wrong_codes(now) {
            return Ok(Reply::Command(dialogue::TOO_MANY_CODES.to_owned()));
        }
        let Some(found) = self.store.escalation_by_code(code).await? else {
            session.dialogue.wrong_code(now);
            return Ok(Reply::Command(dialogue::UNKNOWN_CODE.to_owned()));
        };
        let lines = self.store.lines(&found.id).await?;
        let mut news = self.news(found, None).await?;
        news.lines = lines;
        Ok(Reply::Escalation(Box::new(news)))
    }
}
