//! From what was found to what is done: a pure reducer.
//!
//! [`interpret`] looks at the words alone: dangers, wishes for a person,
//! commands, codes, talk; what is left is searched for, follow-up questions
//! with their topic. [`decide`] looks at what was found, in three bands.
//! [`State::after`] remembers.

mod alarm;
pub mod aloud;
mod bands;
mod command;
mod decide;
mod emergency;
mod follow_up;
mod human;
mod interpret;
mod phrasebook;
mod pick;
mod pick_up;
mod refit;
mod rules;
mod sides;
mod state;
mod talk;

pub use bands::Bands;
pub use command::{ON_A_DEVICE, text as command_text, texts as command_texts};
pub use decide::{Searched, decide, heed, is_sure};
pub use interpret::{Interpretation, interpret};
pub use phrasebook::Phrasebook;
pub use pick_up::{TOO_MANY_CODES, UNKNOWN_CODE};
pub use refit::{Evidence, Refit, Step, Verdict, refit};
pub use state::{After, OnScreen, State};

#[cfg(test)]
mod tests;
