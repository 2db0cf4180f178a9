//! The use cases, one a file: the only place that puts the stages in order.
//!
//! A function here reads as a few named steps. It decides nothing about
//! wording or thresholds, and only it writes to the store.

mod accounts;
mod answer;
mod choose;
mod escalate;
mod evaluate;
mod examine;
mod feedback;
mod hear;
mod import;
mod learn;
mod listen;
mod live;
mod measure;
mod overlap;
mod pick_up;
mod presence;
mod publish;
mod refit;
mod reply;
mod resolve;
mod review;
mod second_look;
mod session;
mod speak;
mod teach;
mod train;
mod try_out;

pub use crate::dialogue::ON_A_DEVICE;
pub use crate::dialogue::aloud;
pub use crate::speech::{
    Clip, Encoding, Key, Line, Mouth, open_sound, sentences as speech_sentences,
};
pub use escalate::{EscalationNews, Request};
pub use evaluate::{Judged, Judgement, evaluate};
pub use examine::{Examined, Mark};
pub use hear::{Understood, Utterance};
pub use import::{FileCounts, ImportReport, Imported, check_files};
pub use listen::{Listening, Progress, Spoken};
pub use live::Live;
pub use measure::{Colour, GoalList, GoalReport, Tally};
pub use overlap::Overlap;
pub use presence::Presence;
pub use refit::{Refit, Step, Verdict};
pub use reply::{Card, Replied, Reply};
pub use resolve::Answer;
pub use session::Session;
pub use speak::{Correction, ReadCharacter};
pub use teach::Teacher;
pub use train::{QuestionSet, lessons, table_for};
pub use try_out::TryOut;

use crate::bus::Bus;
use crate::model::Clock;
use crate::speech::Ear;
use crate::store::{Store, StoreError};
use crate::{desk, dialogue, goal};
use arc_swap::ArcSwap;
use std::sync::Arc;
use tokio_util::task::TaskTracker;

/// What the use cases are told by the configuration.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// When to answer, to offer choices, to hand over.
    pub bands: dialogue::Bands,
    /// Office hours and due times.
    pub desk: desk::Settings,
    /// The definitions of the 98%.
    pub goal: goal::Settings,
}

/// Why a use case was refused.
#[derive(Debug, thiserror::Error)]
pub enum FlowError {
    /// There is no such thing.
    #[error("{0} not found")]
    NotFound(&'static str),
    /// Somebody else was first.
    #[error("conflict: {0}")]
    Conflict(String),
    /// The state does not allow it.
    #[error(transparent)]
    Transition(#[from] crate::model::InvalidTransition),
    /// What was given is not acceptable; the text says why, in Chinese.
    #[error("{0}")]
    Invalid(String),
    /// The store failed.
    #[error(transparent)]
    Store(StoreError),
    /// The index could not be built.
    #[error("index: {0}")]
    Index(String),
}

impl From<StoreError> for FlowError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound(what) => Self::NotFound(what),
            StoreError::Conflict(why) => Self::Conflict(why),
            other => Self::Store(other),
        }
    }
}

/// The result of a use case.
pub type FlowResult<T> = Result<T, FlowError>;

/// What the use cases work with.
pub struct Flow {
    /// What is remembered.
    pub store: Arc<dyn Store>,
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
    /// Who is told.
    pub bus: Bus,
    /// Who is there.
    pub presence: Presence,
    /// How it is configured.
    pub settings: Settings,
    /// The edition that answers.
    live: ArcSwap<Live>,
    /// One publication at a time.
    publishing: tokio::sync::Mutex<()>,
    /// Open gaps, so that two questions at once do not make two gaps of one.
    gaps: tokio::sync::Mutex<Vec<crate::model::Gap>>,
    /// What knows meanings.
    teacher: Arc<Teacher>,
    /// Hears what residents say.
    ear: Arc<Ear>,
    /// Says what they are told.
    mouth: Arc<Mouth>,
    /// One change of readings at a time.
    readings: tokio::sync::Mutex<()>,
    /// How many second looks may be under way.
    second_looks: second_look::Bound,
    /// Wrong pick-up codes.
    codes: pick_up::WrongCodes,
    /// Work that goes on after a reply; awaited when the server stops.
    background: TaskTracker,
}

impl Flow {
    /// Loads the newest edition and gets ready to answer.
    ///
    /// # Errors
    /// When the store cannot be read or the index cannot be built.
    pub async fn start(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        bus: Bus,
        settings: Settings,
        teacher: Arc<Teacher>,
        ear: Arc<Ear>,
        mouth: Arc<Mouth>,
    ) -> FlowResult<Arc<Self>> {
        let number = store.current_edition().await?;
        let edition = store.edition(number).await?;
        let edition = edition.unwrap_or_else(Live::empty_edition);
        let live = Live::build(edition, None, Arc::clone(&teacher)).await?;
        let gaps = store.gaps(true, 10_000).await?;
        let flow = Arc::new(Self {
            store,
            clock,
            bus,
            presence: Presence::default(),
            settings,
            live: ArcSwap::from_pointee(live),
            publishing: tokio::sync::Mutex::new(()),
            gaps: tokio::sync::Mutex::new(gaps),
            teacher,
            ear,
            mouth,
            readings: tokio::sync::Mutex::new(()),
            second_looks: second_look::Bound::default(),
            codes: pick_up::WrongCodes::default(),
            background: TaskTracker::new(),
        });
        flow.refresh_popular().await;
        flow.tune_voice().await?;
        if flow.live().number() > 0 {
            flow.teach_live();
            flow.voice_live();
        }
        Ok(flow)
    }

    /// The edition that answers now. Hold it for one turn only.
    pub fn live(&self) -> Arc<Live> {
        self.live.load_full()
    }

    /// Waits for work that was begun after a reply.
    pub async fn settle(&self) {
        self.background.close();
        self.background.wait().await;
        self.background.reopen();
    }
}
