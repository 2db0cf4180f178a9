//! The sentence encoder alone: the entry of the nearest phrasing.

use super::engine::{Engine, Found, Linli, ids};
use linli::model::Knowledge;
use linli::retrieval::{Encoder, SentenceEncoder, Signals, VectorCache};
use linli::text::normalise;
use std::path::Path;
use std::sync::Arc;

/// An encoder with the vectors that it made in this run and before.
#[derive(Clone)]
pub(crate) struct Encoding {
    encoder: Arc<SentenceEncoder>,
    vectors: Arc<VectorCache>,
}

impl Encoding {
    /// Vectors are kept in `folder`.
    pub(crate) fn new(encoder: SentenceEncoder, folder: &Path) -> Self {
        let vectors = VectorCache::open(folder, &encoder).expect("a folder for vectors");
        Self {
            encoder: Arc::new(encoder),
            vectors: Arc::new(vectors),
        }
    }

    fn encode(&self, texts: &[String]) -> Vec<Vec<f32>> {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let mut told = |done: usize, all: usize| {
            if all > 1_000 && done.is_multiple_of(4_096) {
                eprintln!("encoding {done} of {all}");
            }
        };
        let made = self
            .vectors
            .encode_missing(self.encoder.as_ref(), &texts, &mut told);
        made.expect("vectors are kept")
    }

    /// Gives an index the second look that the kiosk has.
    pub(crate) fn teach(&self, linli: &Linli) {
        let index = &linli.house().index;
        let phrasings = self.encode(&index.phrasings());
        let passages = self.encode(&index.passages());
        let encoder = Arc::clone(&self.encoder) as Arc<dyn Encoder>;
        assert!(index.take_meanings(Signals::Encoder, encoder, &phrasings, &passages));
    }
}

pub(crate) struct Nearest {
    encoding: Encoding,
    vectors: Vec<Vec<f32>>,
    /// The entry of each vector.
    owners: Vec<usize>,
    ids: Vec<String>,
}

impl Nearest {
    pub(crate) fn new(encoding: Encoding, knowledge: &Knowledge) -> Self {
        let (mut owners, mut texts) = (Vec::new(), Vec::new());
        for (number, entry) in knowledge.entries.iter().enumerate() {
            for wording in entry.wordings() {
                owners.push(number);
                texts.push(normalise(wording));
            }
        }
        Self {
            vectors: encoding.encode(&texts),
            owners,
            ids: ids(knowledge),
            encoding,
        }
    }
}

impl Engine for Nearest {
    fn name(&self) -> String {
        "sentence encoder alone".to_owned()
    }

    fn ask(&self, question: &str) -> Found {
        let asked = self.encoding.encoder.encode(&normalise(question));
        let near = |v: &[f32]| asked.iter().zip(v).map(|(a, b)| a * b).sum::<f32>();
        let cosines = self.vectors.iter().map(|v| near(v)).zip(&self.owners);
        let best = cosines.max_by(|a, b| a.0.total_cmp(&b.0));
        Found {
            first: best.and_then(|(_, owner)| self.ids.get(*owner).cloned()),
            decision: None,
        }
    }
}
