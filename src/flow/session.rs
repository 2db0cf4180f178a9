//! What is known of the resident at one kiosk, until they leave.

use crate::dialogue::{OnScreen, State};
use crate::model::{Choice, Command, EntryId, EscalationId, KioskId, PlaceId, SessionId, TurnId};
use std::collections::VecDeque;

/// Turns that can still be chosen from, rated or escalated.
const REMEMBERED: usize = 64;

/// One turn as the session remembers it.
#[derive(Clone, Debug)]
pub(super) struct PastTurn {
    pub name: String,
    pub id: TurnId,
    /// The masked question.
    pub text: String,
    pub core: String,
    /// What was offered and not yet chosen from.
    pub options: Vec<Choice>,
    pub answered: Option<EntryId>,
    pub handed_over: Option<EscalationId>,
}

/// One resident at one kiosk.
pub struct Session {
    /// Unique.
    pub id: SessionId,
    /// The terminal.
    pub kiosk: KioskId,
    /// Where it stands.
    pub place: PlaceId,
    /// What the dialogue remembers.
    pub(super) dialogue: State,
    pub(super) turns: VecDeque<PastTurn>,
}

impl Session {
    /// A fresh session.
    pub fn new(kiosk: KioskId, place: PlaceId) -> Self {
        Self {
            id: SessionId::fresh(),
            kiosk,
            place,
            dialogue: State::default(),
            turns: VecDeque::new(),
        }
    }

    pub(super) fn turn(&self, name: &str) -> Option<&PastTurn> {
        self.turns.iter().rev().find(|t| t.name == name)
    }

    pub(super) fn turn_mut(&mut self, name: &str) -> Option<&mut PastTurn> {
        self.turns.iter_mut().rev().find(|t| t.name == name)
    }

    /// Whether a turn of that name was asked before.
    pub fn knows(&self, name: &str) -> bool {
        self.turn(name).is_some()
    }

    /// The turn of a command: choices that are shown once more are still those of the
    /// question that they were found for.
    pub(super) fn once_more(&self, command: Command, own: PastTurn) -> PastTurn {
        let again =
            command != Command::Back && matches!(self.dialogue.on_screen(), OnScreen::Choices(_));
        let mut turns = self.turns.iter().rev().filter(|_| again);
        match turns.find(|turn| !turn.options.is_empty()) {
            Some(turn) => PastTurn {
                name: own.name,
                ..turn.clone()
            },
            None => own,
        }
    }

    pub(super) fn remember(&mut self, turn: PastTurn) {
        if self.turns.len() == REMEMBERED {
            self.turns.pop_front();
        }
        self.turns.push_back(turn);
    }
}
