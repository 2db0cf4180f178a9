//! The fields of a document. Terms are cut by us and joined by spaces, so
//! that questions and phrasings are cut by the same code.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions,
};

/// The fields.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    /// Number of the phrasing (or, for an answer, of its entry).
    pub(super) number: Field,
    /// Number of the entry.
    pub(super) entry: Field,
    /// Characters and pairs of characters.
    pub(super) grams: Field,
    /// Search words.
    pub(super) words: Field,
    /// Sound classes and pairs of them.
    pub(super) sounds: Field,
    /// Pairs of characters of the answer text, in documents of their own.
    pub(super) answer: Field,
}

/// The schema and its fields.
pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let terms = || {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer("whitespace")
                .set_index_option(IndexRecordOption::WithFreqs),
        )
    };
    let fields = Fields {
        number: builder.add_u64_field("number", FAST | INDEXED),
        entry: builder.add_u64_field("entry", FAST),
        grams: builder.add_text_field("grams", terms()),
        words: builder.add_text_field("words", terms()),
        sounds: builder.add_text_field("sounds", terms()),
        answer: builder.add_text_field("answer", terms()),
    };
    (builder.build(), fields)
}
