//! A question handed to people.

use super::{EntryId, EscalationId, KioskId, PlaceId, SessionId, Timestamp, TurnId, UserId};

/// Who said a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Speaker {
    /// The resident at the kiosk.
    Resident,
    /// A worker.
    Worker(UserId),
}

/// One line of an escalation's talk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Counts up in the escalation, from 1.
    pub number: i64,
    /// Who.
    pub speaker: Speaker,
    /// Masked words.
    pub text: String,
    /// When.
    pub at: Timestamp,
}

/// A worker's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// The words shown to the resident.
    pub text: String,
    /// An existing entry that answered it, when one did.
    pub entry: Option<EntryId>,
    /// Whether it should become knowledge.
    pub learn: bool,
}

/// Where an escalation stands. The dates are inside the states, so that an
/// answered escalation without a date cannot be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EscalationState {
    /// Nobody has it yet; the due time binds.
    Waiting,
    /// One worker has it.
    Claimed {
        /// Who.
        by: UserId,
        /// Since when.
        at: Timestamp,
    },
    /// The answer was given.
    Answered {
        /// By whom.
        by: UserId,
        /// When.
        at: Timestamp,
        /// What.
        resolution: Resolution,
    },
    /// It ended without an answer.
    Closed {
        /// By whom.
        by: UserId,
        /// When.
        at: Timestamp,
        /// Why, in words.
        reason: String,
    },
}

impl EscalationState {
    /// The name in the store and on the wire.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Claimed { .. } => "claimed",
            Self::Answered { .. } => "answered",
            Self::Closed { .. } => "closed",
        }
    }
}

/// The states in which somebody still waits.
pub const WAITING_STATES: [&str; 2] = ["waiting", "claimed"];

/// A transition that the state does not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an escalation that is {state} cannot be {verb}")]
pub struct InvalidTransition {
    /// Where it stands.
    pub state: &'static str,
    /// What was tried.
    pub verb: &'static str,
}

/// A question handed to people, live or for later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escalation {
    /// Unique.
    pub id: EscalationId,
    /// Six digits that bring the answer up on any kiosk. Unique among those
    /// not older than 90 days.
    pub code: String,
    /// Whose.
    pub session: SessionId,
    /// The turn it came from.
    pub turn: Option<TurnId>,
    /// Where it was asked.
    pub kiosk: KioskId,
    /// The kiosk's place.
    pub place: PlaceId,
    /// The masked question.
    pub question: String,
    /// What the resident added, masked.
    pub note: Option<String>,
    /// How to reach the resident. Kept as given, since the worker needs it;
    /// masked in every list, never logged.
    pub contact: Option<String>,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it must be answered.
    pub due_at: Timestamp,
    /// Where it stands.
    pub state: EscalationState,
    /// Counts up with every change: what compare-and-set compares.
    pub version: i64,
}

impl Escalation {
    fn refuse(&self, verb: &'static str) -> InvalidTransition {
        InvalidTransition {
            state: self.state.as_str(),
            verb,
        }
    }

    fn into_state(mut self, state: EscalationState) -> Self {
        self.state = state;
        self.version += 1;
        self
    }

    /// Who has it.
    pub fn owner(&self) -> Option<&UserId> {
        match &self.state {
            EscalationState::Waiting => None,
            EscalationState::Claimed { by, .. }
            | EscalationState::Answered { by, .. }
            | EscalationState::Closed { by, .. } => Some(by),
        }
    }

    /// A worker takes it.
    ///
    /// # Errors
    /// When somebody has it already or it is over.
    pub fn claim(self, by: UserId, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self.state {
            EscalationState::Waiting => Ok(self.into_state(EscalationState::Claimed { by, at })),
            _ => Err(self.refuse("claimed")),
        }
    }

    /// The owner gives it back.
    ///
    /// # Errors
    /// When it is not claimed by `by`.
    pub fn release(self, by: &UserId) -> Result<Self, InvalidTransition> {
        match &self.state {
            EscalationState::Claimed { by: owner, .. } if owner == by => {
                Ok(self.into_state(EscalationState::Waiting))
            }
            _ => Err(self.refuse("released")),
        }
    }

    /// An admin gives it back to the queue, whoever has it.
    ///
    /// # Errors
    /// When nobody has it or it is over.
    pub fn take_back(self) -> Result<Self, InvalidTransition> {
        match &self.state {
            EscalationState::Claimed { .. } => Ok(self.into_state(EscalationState::Waiting)),
            _ => Err(self.refuse("taken back")),
        }
    }

    /// The owner answers.
    ///
    /// # Errors
    /// When it is not claimed by `by`.
    pub fn answer(
        self,
        by: UserId,
        at: Timestamp,
        resolution: Resolution,
    ) -> Result<Self, InvalidTransition> {
        match &self.state {
            EscalationState::Claimed { by: owner, .. } if *owner == by => {
                Ok(self.into_state(EscalationState::Answered { by, at, resolution }))
            }
            _ => Err(self.refuse("answered")),
        }
    }

    /// The owner ends it without an answer.
    ///
    /// # Errors
    /// When it is not claimed by `by`.
    pub fn close(
        self,
        by: UserId,
        at: Timestamp,
        reason: String,
    ) -> Result<Self, InvalidTransition> {
        match &self.state {
            EscalationState::Claimed { by: owner, .. } if *owner == by => {
                Ok(self.into_state(EscalationState::Closed { by, at, reason }))
            }
            _ => Err(self.refuse("closed")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting() -> Escalation {
        Escalation {
            id: "e".into(),
            code: "123456".to_owned(),
            session: "s".into(),
            turn: None,
            kiosk: "k".into(),
            place: "p".into(),
            question: "问".to_owned(),
            note: None,
            contact: None,
            opened_at: Timestamp(1),
            due_at: Timestamp(2),
            state: EscalationState::Waiting,
            version: 1,
        }
    }

    #[test]
    fn a_second_claim_is_refused() {
        let claimed = waiting().claim("a".into(), Timestamp(3)).expect("free");
        assert_eq!(claimed.version, 2);
        let refused = claimed.claim("b".into(), Timestamp(4)).expect_err("owned");
        assert_eq!(
            refused.to_string(),
            "an escalation that is claimed cannot be claimed"
        );
    }

    #[test]
    fn only_the_owner_answers_releases_or_closes() {
        let resolution = Resolution {
            text: "答".to_owned(),
            entry: None,
            learn: true,
        };
        let claimed = waiting().claim("a".into(), Timestamp(3)).expect("free");
        assert!(
            claimed
                .clone()
                .answer("b".into(), Timestamp(4), resolution.clone())
                .is_err()
        );
        assert!(claimed.clone().release(&"b".into()).is_err());
        assert!(
            claimed
                .clone()
                .close("b".into(), Timestamp(4), String::new())
                .is_err()
        );
        let answered = claimed
            .answer("a".into(), Timestamp(4), resolution)
            .expect("owner");
        assert_eq!(answered.state.as_str(), "answered");
        assert!(answered.release(&"a".into()).is_err());
    }
}
