//! A pick-up code brings an answer up on any kiosk.

use super::{Flow, FlowResult, Reply, Session};
use crate::dialogue;
use crate::model::{KioskId, Timestamp};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Wrong codes before a terminal must wait.
const FREE_CODES: usize = 5;
/// How long it must wait.
const WAIT_MS: i64 = 10 * Timestamp::MINUTE;

/// Wrong codes by terminal; a new session at the same terminal changes
/// nothing.
#[derive(Default)]
pub(super) struct WrongCodes(Mutex<HashMap<KioskId, Vec<Timestamp>>>);

impl WrongCodes {
    fn must_wait(&self, kiosk: &KioskId, now: Timestamp) -> bool {
        let mut wrong = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(times) = wrong.get_mut(kiosk) else {
            return false;
        };
        times.retain(|at| now.since(*at) < WAIT_MS);
        times.len() >= FREE_CODES
    }

    fn wrong(&self, kiosk: &KioskId, now: Timestamp) {
        let mut wrong = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        wrong.entry(kiosk.clone()).or_default().push(now);
    }
}

impl Flow {
    /// Shows the escalation of a code. After a few wrong codes the terminal
    /// must wait: a million codes shall not be tried out at a terminal.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(super) async fn pick_up(&self, session: &Session, code: &str) -> FlowResult<Reply> {
        let now = self.clock.now();
        if self.codes.must_wait(&session.kiosk, now) {
            return Ok(Reply::Command(dialogue::TOO_MANY_CODES.to_owned()));
        }
        let Some(found) = self.store.escalation_by_code(code).await? else {
            self.codes.wrong(&session.kiosk, now);
            return Ok(Reply::Command(dialogue::UNKNOWN_CODE.to_owned()));
        };
        let lines = self.store.lines(&found.id).await?;
        let mut news = self.news(found, None).await?;
        news.lines = lines;
        Ok(Reply::Escalation(Box::new(news)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_cannot_be_tried_out_at_a_terminal() {
        let codes = WrongCodes::default();
        let (here, there) = ("here".into(), "there".into());
        let now = Timestamp(1_790_000_000_000);
        for _ in 0..FREE_CODES {
            assert!(!codes.must_wait(&here, now));
            codes.wrong(&here, now);
        }
        assert!(codes.must_wait(&here, now));
        assert!(!codes.must_wait(&there, now));
        assert!(!codes.must_wait(&here, now.plus(WAIT_MS)));
    }
}
