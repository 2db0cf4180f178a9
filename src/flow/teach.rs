//! The meanings of an edition's phrasings are made, and given to its index.

use super::Flow;
use crate::retrieval::{
    Encoder, Index, Projection, SentenceEncoder, Signals, TEACHER_WORDS, Table, VectorCache,
    fit_table,
};
use crate::text::normalise;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// What knows meanings: the sentence encoder where the operator has one, and
/// a table of its own, at first the one that comes with the program.
#[derive(Default)]
pub struct Teacher {
    pupil: Option<Pupil>,
    table: Mutex<Option<Arc<Table>>>,
    /// Whether nothing may be encoded.
    kept_only: bool,
}

/// An encoder with what it has encoded.
struct Pupil {
    encoder: Arc<SentenceEncoder>,
    vectors: VectorCache,
    /// Where the table is kept.
    table: PathBuf,
}

/// What is being encoded, how many of how many.
pub type Progress<'p> = &'p mut dyn FnMut(&str, usize, usize);

impl Teacher {
    /// A teacher without an encoder.
    pub fn with_table(shipped: Option<Table>) -> Self {
        Self {
            pupil: None,
            table: Mutex::new(shipped.map(Arc::new)),
            kept_only: false,
        }
    }

    /// A teacher with an encoder, whose vectors are kept in `folder`, and a
    /// table: the one that was fitted last, else the shipped one.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn new(
        encoder: SentenceEncoder,
        shipped: Option<Table>,
        folder: &Path,
    ) -> io::Result<Self> {
        let vectors = VectorCache::open(folder, &encoder)?;
        let table = folder.join(format!("table-{}.bin", encoder.fingerprint()));
        let fitted = match std::fs::File::open(&table) {
            Err(_) => None,
            Ok(file) => Table::read(&mut io::BufReader::new(file), &table.display().to_string())
                .inspect_err(|error| tracing::warn!(%error, "fitted table not read"))
                .ok(),
        };
        Ok(Self {
            pupil: Some(Pupil {
                encoder: Arc::new(encoder),
                vectors,
                table,
            }),
            table: Mutex::new(fitted.or(shipped).map(Arc::new)),
            kept_only: false,
        })
    }

    /// A teacher that encodes nothing: what has no vector yet is done without.
    /// For commands that shall not take a minute.
    #[must_use]
    pub fn with_what_is_kept(mut self) -> Self {
        self.kept_only = true;
        self
    }

    /// The encoder's fingerprint, where there is one.
    pub fn fingerprint(&self) -> Option<&str> {
        self.pupil.as_ref().map(|p| p.encoder.fingerprint())
    }

    fn table(&self) -> Option<Arc<Table>> {
        self.table
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Gives an index what is there without encoding anything: milliseconds.
    pub fn prepare(&self, index: &Index) {
        if let Some(table) = self.table() {
            take(index, Signals::Table, table, &index.phrasings());
        }
    }

    /// Gives an index what it needs for these signals: the encoder's vectors,
    /// and a table fitted to its phrasings. Only what is new is encoded. Without
    /// an encoder the table that is there has to do.
    ///
    /// # Errors
    /// When vectors cannot be kept.
    pub fn teach(&self, index: &Index, signals: Signals, progress: Progress) -> io::Result<()> {
        self.prepare(index);
        let (Some(pupil), true) = (&self.pupil, signals != Signals::Lexical) else {
            return Ok(());
        };
        let phrasings = index.phrasings();
        let unknown = |texts: &[String]| texts.iter().any(|t| pupil.vectors.get(t).is_none());
        if self.kept_only && (unknown(&phrasings) || unknown(&index.passages())) {
            return Ok(());
        }
        let vectors = pupil.encode("phrasings", &phrasings, progress)?;
        if signals == Signals::Encoder {
            let passages = pupil.encode("passages", &index.passages(), progress)?;
            let encoder = Arc::clone(&pupil.encoder) as _;
            told_if_unfit(index.take_meanings(Signals::Encoder, encoder, &vectors, &passages));
        }
        let fits = |table: Arc<Table>| table.is_of(pupil.encoder.fingerprint(), &phrasings);
        if !self.kept_only && !self.table().is_some_and(fits) {
            let table = Arc::new(pupil.fit(&phrasings, &vectors, progress)?);
            pupil.keep(&table)?;
            *self.table.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&table));
            take(index, Signals::Table, table, &phrasings);
        }
        Ok(())
    }

    /// Gives an index the table as it is when fitted to `phrasings` only.
    ///
    /// # Errors
    /// When vectors cannot be kept.
    pub(super) fn teach_from(&self, index: &Index, phrasings: &[String]) -> io::Result<()> {
        if let Some(table) = self.fit(phrasings, &mut |_, _, _| ())? {
            take(index, Signals::Table, Arc::new(table), &index.phrasings());
        }
        Ok(())
    }

    /// A table fitted to common words and these phrasings; nothing without an
    /// encoder.
    ///
    /// # Errors
    /// When vectors cannot be kept.
    pub fn fit(&self, phrasings: &[String], progress: Progress) -> io::Result<Option<Table>> {
        let Some(pupil) = &self.pupil else {
            return Ok(None);
        };
        let vectors = pupil.encode("phrasings", phrasings, progress)?;
        pupil.fit(phrasings, &vectors, progress).map(Some)
    }
}

impl Pupil {
    fn encode(
        &self,
        what: &str,
        texts: &[String],
        progress: Progress,
    ) -> io::Result<Vec<Vec<f32>>> {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let mut told = |done, all| progress(what, done, all);
        self.vectors
            .encode_missing(self.encoder.as_ref(), &texts, &mut told)
    }

    fn fit(
        &self,
        phrasings: &[String],
        vectors: &[Vec<f32>],
        progress: Progress,
    ) -> io::Result<Table> {
        let words: Vec<String> = TEACHER_WORDS.lines().map(normalise).collect();
        let word_vectors = self.encode("words", &words, progress)?;
        let projection = Projection::new(&word_vectors);
        let all = word_vectors.iter().chain(vectors);
        let projected: Vec<Vec<f32>> = all.map(|v| projection.project(v)).collect();
        Ok(fit_table(
            self.encoder.fingerprint(),
            &words,
            phrasings,
            &projected,
        ))
    }

    /// Writes the table beside the vectors; a half-written one never has its
    /// name.
    fn keep(&self, table: &Table) -> io::Result<()> {
        let half = self.table.with_extension("half");
        let mut file = io::BufWriter::new(std::fs::File::create(&half)?);
        table.write(&mut file)?;
        file.into_inner()?.sync_data()?;
        std::fs::rename(&half, &self.table)
    }
}

/// Gives an index the vectors of its phrasings by `encoder`.
fn take(index: &Index, signals: Signals, encoder: Arc<dyn Encoder>, phrasings: &[String]) {
    let texts: Vec<&str> = phrasings.iter().map(String::as_str).collect();
    let vectors = encoder.encode_many(&texts);
    told_if_unfit(index.take_meanings(signals, encoder, &vectors, &[]));
}

/// Vectors are made of the same index: that they do not fit it is a bug, after
/// which the index answers without them.
fn told_if_unfit(fits: bool) {
    if !fits {
        tracing::error!("vectors do not fit their index. This is a bug.");
    }
}

impl Flow {
    /// Makes the meanings of the edition that answers, after the fact: until
    /// they are there, it answers without.
    pub(super) fn teach_live(self: &Arc<Self>) {
        let flow = Arc::clone(self);
        let live = self.live();
        self.background.spawn(async move {
            let begun = std::time::Instant::now();
            let teaching = tokio::task::spawn_blocking(move || {
                let mut told = |what: &str, done: usize, all: usize| {
                    if all > 0 && done == 0 {
                        tracing::info!(what, all, "encoding");
                    }
                };
                flow.teacher.teach(&live.index, Signals::Encoder, &mut told)
            });
            match teaching.await {
                Ok(Ok(())) => tracing::debug!(took = ?begun.elapsed(), "meanings made"),
                Ok(Err(error)) => tracing::error!(%error, "meanings not kept"),
                Err(error) => tracing::error!(%error, "meanings not made"),
            }
        });
    }
}
