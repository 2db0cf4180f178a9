//! Published states of the knowledge base.

pub mod list;
pub mod publish;
