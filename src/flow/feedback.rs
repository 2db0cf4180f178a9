//! One tap: was that right?

use super::{Flow, FlowError, FlowResult, Session};
use crate::model::Contest;

impl Flow {
    /// Notes whether the answer of a turn helped.
    ///
    /// # Errors
    /// `NotFound("turn")`, or when it could not be recorded.
    pub async fn feedback(&self, session: &Session, turn: &str, helpful: bool) -> FlowResult<()> {
        let past = session.turn(turn).ok_or(FlowError::NotFound("turn"))?;
        if helpful {
            self.store.praise_turn(&past.id).await?;
        } else {
            self.store
                .contest_turn(&past.id, Contest::ThumbsDown)
                .await?;
        }
        Ok(())
    }
}
