//! Plain tantivy: BM25 over words as jieba cuts them for searching.

use super::engine::{Engine, Found, documents, ids};
use jieba_rs::{Jieba, TokenizeMode};
use linli::model::Knowledge;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Searcher, TantivyDocument, Term};

/// Bytes for indexing.
const BUDGET: usize = 50_000_000;

pub(crate) struct Bm25 {
    jieba: Jieba,
    searcher: Searcher,
    words: Field,
    ids: Vec<String>,
    with_answers: bool,
}

fn cut(jieba: &Jieba, text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let tokens = jieba
        .tokenize(&text, TokenizeMode::Search, true)
        .into_iter();
    let words = tokens
        .map(|t| t.word)
        .filter(|w| w.chars().any(char::is_alphanumeric));
    words.map(str::to_owned).collect()
}

impl Bm25 {
    pub(crate) fn new(knowledge: &Knowledge, with_answers: bool) -> Self {
        let jieba = Jieba::new();
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("whitespace")
            .set_index_option(IndexRecordOption::WithFreqs);
        let words = schema.add_text_field(
            "words",
            TextOptions::default().set_indexing_options(indexing),
        );
        let number = schema.add_u64_field("entry", FAST);
        let index = tantivy::Index::create_in_ram(schema.build());
        let mut writer = index
            .writer_with_num_threads::<TantivyDocument>(1, BUDGET)
            .expect("a writer");
        for (entry, text) in documents(knowledge, with_answers) {
            let mut document = TantivyDocument::new();
            document.add_u64(number, entry as u64);
            document.add_text(words, cut(&jieba, text).join(" "));
            writer.add_document(document).expect("added");
        }
        writer.commit().expect("committed");
        Self {
            jieba,
            searcher: index.reader().expect("a reader").searcher(),
            words,
            ids: ids(knowledge),
            with_answers,
        }
    }
}

impl Engine for Bm25 {
    fn name(&self) -> String {
        let what = if self.with_answers {
            ", answers too"
        } else {
            ""
        };
        format!("tantivy, jieba, BM25{what}")
    }

    fn ask(&self, question: &str) -> Found {
        let clause = |word: String| {
            let term = Term::from_field_text(self.words, &word);
            let query: Box<dyn Query> =
                Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
            (Occur::Should, query)
        };
        let clauses = cut(&self.jieba, question).into_iter().map(clause);
        let query = BooleanQuery::new(clauses.collect());
        let best = self
            .searcher
            .search(&query, &TopDocs::with_limit(1).order_by_score());
        let first = best
            .expect("a search")
            .into_iter()
            .next()
            .and_then(|(_, address)| {
                let reader = self.searcher.segment_reader(address.segment_ord);
                let number = reader
                    .fast_fields()
                    .u64("entry")
                    .ok()?
                    .first(address.doc_id)?;
                self.ids.get(usize::try_from(number).ok()?).cloned()
            });
        Found {
            first,
            decision: None,
        }
    }
}
