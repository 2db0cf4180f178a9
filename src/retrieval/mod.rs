//! An edition becomes an immutable index; a query becomes hits.
//!
//! Candidates come from tantivy, one document a phrasing; what the decision
//! looks at is computed here, from term sets made when the index is built
//! (see [`features`]).

mod build;
mod candidate;
mod confidence;
mod document;
mod encoder;
mod features;
mod holding;
mod index;
mod kind;
mod marks;
mod plain;
mod rank;
mod region;
mod salience;
mod schema;
mod search;
mod vocabulary;

pub use encoder::{Encoder, EncoderError, SentenceEncoder, VectorCache, cosine};
pub use index::{BuildError, Index};
pub use search::Without;

#[cfg(test)]
mod tests;
