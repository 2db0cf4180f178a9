//! An edition becomes an immutable index; a query becomes hits.
//!
//! Candidates come from lists of the phrasings that hold each term (`postings`),
//! and by their answer texts from tantivy; what the decision looks at is computed
//! from term sets made when the index is built (see [`features`]).

mod base;
mod build;
mod candidate;
mod classes;
mod contrast;
mod cut;
mod document;
mod encoder;
mod features;
mod fit;
mod forest;
mod holding;
mod index;
mod kind;
mod lesson;
mod look;
mod marks;
mod meaning;
mod memory;
mod mend;
mod mishear;
mod names;
mod order;
mod passage;
mod plain;
mod postings;
mod question;
mod rank;
mod ranker;
mod region;
mod report;
mod salience;
mod schema;
mod search;
mod table;
mod terms;
mod veto;
mod vocabulary;
mod wording;

pub use base::Base;
pub use encoder::{Encoder, EncoderError, SentenceEncoder, VectorCache, cosine};
pub use fit::{Example, Fit, Fitted, HEARD, Lesson, fit};
pub use index::{BuildError, Index};
pub use lesson::{OWN_STEP, Posed};
pub use memory::give_back;
pub use mishear::{Misheard, Mishearing};
pub use ranker::{Ranker, RankerError, Rankers, Signals};
pub use report::Report;
pub use search::Without;
pub use table::{
    DIMENSIONS, Projection, TEACHER_WORDS, Table, TableError, fit_table, table_fingerprint,
};

/// Names of the features that decide with these signals, in their order.
pub fn feature_names(signals: Signals) -> &'static [&'static str] {
    features::names(signals)
}

#[cfg(test)]
mod tests;
