//! How text is read aloud: clauses of syllables with tones.
//!
//! What a voice says depends on readings that the writing does not show:
//! which of its sounds a character has here (还款, 还有), how a number is
//! said (110 is called, 110 metres are walked), which tone 一 and 不 have.
//! One step a file, in this order:
//!
//! 1. `markup` takes out the readings that an admin wrote in the text.
//! 2. `glyph` writes numbers, letters and symbols as the characters that
//!    people say; `calendar`, `telephone`, `quantity`, `number`, `unit`,
//!    `symbol` and `letter` know how.
//! 3. `lookup` cuts words and reads them by `rule`, `words`, `phrases` and
//!    `common`.
//! 4. `context`, `context_verb` and `context_for` decide what is left by the neighbours.
//! 5. `tone` gives 一 and 不 the tone they have before what follows, and
//!    small words no tone.
//! 6. `clause` cuts where a speaker takes breath.
//!
//! The third tone before a third tone is left as the dictionary has it: voices
//! learnt from dictionary tones and raise it themselves.

#[cfg(test)]
mod always;
mod calendar;
mod choice;
mod clause;
mod common;
mod context;
mod context_for;
mod context_verb;
mod glyph;
mod letter;
mod lookup;
mod markup;
mod number;
mod phrases;
mod quantity;
mod reader;
mod rule;
mod syllable;
mod symbol;
mod telephone;
#[cfg(test)]
mod tests;
mod tone;
mod unit;
mod words;

pub use choice::readings;
pub use clause::{Clause, Pause};
pub use markup::shown;
pub use reader::Reader;
pub use rule::{Rule, RuleError};
pub use syllable::Syllable;
pub(super) use words::toneless;
