//! A knowledge base that answers, without a server and without a database.

use linli::config::{Config, Overrides};
use linli::curation::{Case, Wanted};
use linli::dialogue::{self, Bands, Interpretation, Phrasebook, Searched, State};
use linli::flow::Teacher;
use linli::model::{
    Channel, Clock, Decision, Edition, Hits, Knowledge, PlaceId, SystemClock, Timestamp,
};
use linli::retrieval::{Index, Rankers, Signals};
use linli::text::Analyser;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The knowledge files of this repository, and the question cases that judge.
pub(crate) fn shipped() -> (Knowledge, Vec<Case>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge");
    let files = linli::app::read_folder(&folder).expect("knowledge files");
    let (knowledge, _) = linli::curation::read_files(&files);
    let (_, cases, _) = linli::flow::check_files(&files);
    // Those without a session before them: others know no follow-ups. Dangers
    // are not searched for.
    let alone = |case: &Case| case.after.is_empty() && !matches!(case.wanted, Wanted::Emergency(_));
    let cases = cases.into_iter().filter(|c| c.judges() && alone(c));
    (knowledge, cases.collect())
}

/// Settings with the folder of models that the environment names, and vectors
/// kept between runs.
pub(crate) fn config() -> Config {
    let overrides = Overrides {
        models_dir: std::env::var_os("LINLI_MODELS_DIR").map(PathBuf::from),
        data_dir: Some(Path::new(env!("CARGO_TARGET_TMPDIR")).join("retrieval")),
        ..Overrides::default()
    };
    Config::load(None, overrides).expect("defaults")
}

/// What knows the shipped table and no encoder.
pub(crate) fn table_teacher(config: &Config) -> Teacher {
    linli::app::teacher(config, Signals::Lexical).expect("the shipped table")
}

/// An index with what belongs to it.
pub(crate) struct House {
    pub(crate) index: Index,
    phrasebook: Phrasebook,
    bands: Bands,
    place: PlaceId,
    now: Timestamp,
}

/// How long the stages of a decision took.
#[derive(Clone, Copy)]
pub(crate) struct Stages {
    pub(crate) text: Duration,
    pub(crate) search: Duration,
    pub(crate) whole: Duration,
}

impl House {
    pub(crate) fn build(knowledge: Knowledge, bands: Bands) -> Self {
        let analyser = Arc::new(Analyser::new(&knowledge.lexicon));
        let phrasebook = Phrasebook::new(&knowledge, &analyser);
        let now = SystemClock.now();
        let edition = Edition {
            number: 1,
            published_at: now,
            knowledge,
        };
        let index = Index::build(edition, analyser, Arc::new(Rankers::shipped()));
        Self {
            index: index.expect("an index"),
            phrasebook,
            bands,
            place: "demo-community".into(),
            now,
        }
    }

    /// What a resident without a session before gets: as the live path decides,
    /// without writing it down.
    pub(crate) fn ask(&self, question: &str) -> (Decision, Hits, Stages) {
        let begun = Instant::now();
        let analyser = self.index.analyser();
        let query = analyser.query(question, Channel::Typed);
        let text = begun.elapsed();
        let state = State::default();
        let read = dialogue::interpret(&self.phrasebook, &state, &query, analyser, self.now);
        let mut stages = Stages {
            text,
            search: Duration::ZERO,
            whole: Duration::ZERO,
        };
        let (decision, hits) = match read {
            Interpretation::Decided(decision) => (decision, Hits::default()),
            Interpretation::Search { own, bare, .. } => {
                let searching = Instant::now();
                let own_hits = self.index.search(&own, &self.place, self.now);
                let mut searched = Searched {
                    own: own_hits,
                    full: None,
                    bare,
                    loose: false,
                };
                if !dialogue::is_sure(&self.bands, &searched)
                    && let Some(hits) = self.index.look_again(&own, &self.place, self.now)
                {
                    searched.own = hits;
                }
                stages.search = searching.elapsed();
                (dialogue::decide(&self.bands, &searched), searched.own)
            }
        };
        stages.whole = begun.elapsed();
        (decision, hits, stages)
    }
}
