//! From what people write and say to knowledge: files and their faults,
//! proposals, gaps. Pure: reading the disk is done elsewhere.

mod apply;
mod cases;
mod check;
mod entry_file;
mod files;
mod gaps;
mod jsonl;
mod merge;
mod problem;
mod suggest;
mod table;
mod write;

pub use apply::{MAX_SPOKEN, apply, check_proposal, shared_wordings, variables};
pub use cases::{Case, Wanted, read_cases};
pub use files::read_files;
pub use gaps::nearest;
pub use jsonl::{read_jsonl, write_jsonl};
pub use merge::{Merged, Remembered, merge};
pub use problem::Problem;
pub use suggest::suggest;
pub use write::write_files;

#[cfg(test)]
mod tests;
