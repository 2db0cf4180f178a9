//! The index of answer texts. Terms are cut by us and joined by spaces, so that
//! questions and answers are cut by the same code.

use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

/// The fields.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    /// Number of the entry.
    pub(super) entry: Field,
    /// Pairs of characters of the answer text.
    pub(super) answer: Field,
}

/// The schema and its fields.
pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let terms = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("whitespace")
            .set_index_option(IndexRecordOption::WithFreqs),
    );
    let fields = Fields {
        entry: builder.add_u64_field("entry", FAST),
        answer: builder.add_text_field("answer", terms),
    };
    (builder.build(), fields)
}
