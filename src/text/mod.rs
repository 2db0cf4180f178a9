//! Chinese text, pure: from what a resident typed or said to what can be
//! searched. One step a file, in this order:
//!
//! 1. `mask` hides numbers that identify people; nothing unmasked is kept.
//! 2. `width` makes full width, compatibility forms and letter case uniform.
//! 3. `punctuation` takes out everything that is neither letter nor digit.
//! 4. `script` turns traditional characters into simplified ones.
//! 5. `numeral` writes spoken numbers as digits.
//! 6. `filler` takes greetings and hesitations away: the core.
//! 7. `segment` cuts words, `sound` gives syllables.
//!
//! Steps 2 to 5 together are [`normalise`]. Questions and phrasings must go
//! through the same function, so that it matters less whether a form is
//! beautiful than that it is always the same.
//!
//! What a recogniser says of each character goes along beside them (`certain`).
//!
//! What is learned from texts is learned by `classify`, from their runs of characters
//! (`gram`).
//!
//! The other way, `aloud` says how a text is read: syllables with their tones.

mod aloud;
mod analyser;
mod certain;
mod chance;
mod classify;
mod filler;
mod filler_words;
pub mod gram;
mod mask;
#[cfg(test)]
mod mask_recall;
mod mask_run;
mod normal;
mod numeral;
mod numeral_decimal;
mod numeral_value;
mod numeral_words;
mod punctuation;
mod script;
mod segment;
mod sound;
mod width;

pub use aloud::{Clause, Pause, Reader, Rule, RuleError, Syllable, readings, shown};
pub use analyser::Analyser;
pub use certain::certainty;
pub use chance::Chance;
pub use classify::{Classifier, Row, Texts, dot};
pub use mask::mask;
pub use normal::normalise;
pub use script::simplify;
pub use sound::{sound_class, sounded, syllables};
