//! Numbers messages and keeps the latest for a terminal that comes back.

use crate::protocol::terminal::{ClipRef, Numbered, TerminalMessage};
use std::collections::VecDeque;

/// Messages kept for resuming. A terminal that missed more starts afresh.
const KEPT: usize = 128;

/// The numbered messages of one session.
#[derive(Default)]
pub(super) struct Outbox {
    last: u64,
    kept: VecDeque<Numbered>,
}

impl Outbox {
    /// Gives the message the next number and keeps it.
    pub(super) fn push(&mut self, message: TerminalMessage, audio: Vec<ClipRef>) -> Numbered {
        self.last += 1;
        let numbered = Numbered {
            seq: self.last,
            message,
            audio,
        };
        if self.kept.len() == KEPT {
            self.kept.pop_front();
        }
        self.kept.push_back(numbered.clone());
        numbered
    }

    /// What came after `seq`, in order; nothing when some of it is not kept
    /// any more or `seq` was never given.
    pub(super) fn after(&self, seq: u64) -> Option<Vec<Numbered>> {
        let first_kept = self.kept.front().map_or(self.last + 1, |m| m.seq);
        if seq > self.last || seq + 1 < first_kept {
            return None;
        }
        Some(self.kept.iter().filter(|m| m.seq > seq).cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message() -> TerminalMessage {
        TerminalMessage::Ended {
            reason: "end".to_owned(),
        }
    }

    #[test]
    fn what_was_missed_comes_once_and_in_order() {
        let mut outbox = Outbox::default();
        assert_eq!(outbox.after(0).unwrap().len(), 0);
        for _ in 0..5 {
            outbox.push(message(), Vec::new());
        }
        let seqs = |seq| {
            outbox
                .after(seq)
                .map(|l| l.iter().map(|m| m.seq).collect::<Vec<_>>())
        };
        assert_eq!(seqs(2), Some(vec![3, 4, 5]));
        assert_eq!(seqs(5), Some(vec![]));
        assert_eq!(seqs(6), None, "a number that was never given");
    }

    #[test]
    fn who_missed_too_much_starts_afresh() {
        let mut outbox = Outbox::default();
        for _ in 0..KEPT + 10 {
            outbox.push(message(), Vec::new());
        }
        assert!(outbox.after(9).is_none());
        assert_eq!(outbox.after(10).unwrap().len(), KEPT);
    }
}
