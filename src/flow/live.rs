//! The edition that answers, ready to be searched.

use super::{Flow, FlowError, FlowResult, Teacher};
use crate::dialogue::Phrasebook;
use crate::model::{
    Choice, Edition, Entry, EntryId, Facet, Knowledge, PlaceId, PlaceKind, Timestamp,
};
use crate::retrieval::{Index, Rankers, give_back};
use crate::speech::Vocabulary;
use crate::text::Analyser;
use std::collections::HashSet;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

/// How many questions the idle screen shows.
const POPULAR: usize = 6;

/// Everything that a question meets, of one edition.
pub struct Live {
    /// The searchable edition.
    pub index: Index,
    /// Fixed phrases.
    pub phrasebook: Phrasebook,
    /// What the ear is taught.
    pub vocabulary: Vocabulary,
    /// What the recogniser is told to expect, once it was asked for.
    pub(super) prompt: OnceLock<Arc<str>>,
    popular: RwLock<Vec<EntryId>>,
}

impl Live {
    /// An edition without content, for the time before the first.
    pub fn empty_edition() -> Edition {
        Edition {
            number: 0,
            published_at: Timestamp(0),
            knowledge: Knowledge::default(),
        }
    }

    /// Builds the index, off the async threads. The analyser of `before` is
    /// used again when the lexicon did not change.
    pub(super) async fn build(
        edition: Edition,
        before: Option<Arc<Self>>,
        teacher: Arc<Teacher>,
    ) -> FlowResult<Self> {
        let build = move || Self::build_now(edition, before.as_deref(), &teacher);
        tokio::task::spawn_blocking(build)
            .await
            .map_err(|e| FlowError::Index(e.to_string()))?
    }

    fn build_now(edition: Edition, before: Option<&Self>, teacher: &Teacher) -> FlowResult<Self> {
        let lexicon = &edition.knowledge.lexicon;
        let analyser = match before.map(|live| &live.index) {
            Some(index) if index.edition().knowledge.lexicon == *lexicon => {
                Arc::clone(index.analyser())
            }
            _ => Arc::new(Analyser::new(lexicon)),
        };
        let knowledge = edition.knowledge.clone();
        let (index, fixed) = std::thread::scope(|scope| {
            let fixed = scope.spawn(|| {
                let phrasebook = Phrasebook::new(&knowledge, &analyser);
                (
                    phrasebook,
                    Vocabulary::new(&knowledge, Arc::clone(&analyser)),
                )
            });
            let rankers = Arc::new(Rankers::shipped());
            let index = Index::build(edition, Arc::clone(&analyser), rankers);
            (index.inspect(|index| teacher.prepare(index)), fixed.join())
        });
        let index = index.map_err(|e| FlowError::Index(e.to_string()))?;
        let (phrasebook, vocabulary) =
            fixed.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        give_back();
        Ok(Self {
            index,
            phrasebook,
            vocabulary,
            prompt: OnceLock::new(),
            popular: RwLock::default(),
        })
    }

    /// The edition's number.
    pub fn number(&self) -> i64 {
        self.index.edition().number
    }

    /// The place a terminal stands in when none is configured: the first
    /// community, else the first place.
    pub fn first_place(&self) -> PlaceId {
        let places = &self.index.edition().knowledge.places.places;
        places
            .iter()
            .find(|p| p.kind == PlaceKind::Community)
            .or_else(|| places.first())
            .map_or_else(|| PlaceId::from("default"), |p| p.id.clone())
    }

    /// A place's name, its id when it is not in the edition.
    pub fn place_name(&self, place: &PlaceId) -> String {
        let places = &self.index.edition().knowledge.places.places;
        places
            .iter()
            .find(|p| p.id == *place)
            .map_or_else(|| place.to_string(), |p| p.name.clone())
    }

    /// An entry with its text rendered for a place.
    pub fn rendered(&self, entry: &Entry, place: &PlaceId) -> (String, String) {
        let places = &self.index.edition().knowledge.places;
        (
            places.render(&entry.text, place),
            places.render(&entry.spoken, place),
        )
    }

    /// Questions for the idle screen of a terminal at `place`, in force at
    /// `now`: what residents asked most, filled up with what the curators chose,
    /// then with one entry an area.
    pub fn popular(&self, place: &PlaceId, now: Timestamp) -> Vec<Choice> {
        let asked = self
            .popular
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let mut areas = HashSet::new();
        let first_of_area = self
            .index
            .entries()
            .iter()
            .filter(|e| e.facet == Some(Facet::How) && areas.insert(e.area.clone()))
            .map(|e| e.id.clone());
        let mut seen = HashSet::new();
        let chosen = self.index.edition().knowledge.popular.iter().cloned();
        asked
            .into_iter()
            .chain(chosen)
            .chain(first_of_area)
            .filter(|id| seen.insert(id.clone()))
            .filter_map(|id| self.index.entry(&id))
            .filter(|e| e.in_force(now) && self.holds_at(e, place))
            .take(POPULAR)
            .map(|e| Choice {
                entry: e.id.clone(),
                question: e.question.clone(),
            })
            .collect()
    }

    /// Whether an entry's scope reaches `place`.
    pub fn holds_at(&self, entry: &Entry, place: &PlaceId) -> bool {
        self.index
            .edition()
            .knowledge
            .places
            .distance(entry.scope.as_ref(), place)
            .is_some()
    }
}

impl Flow {
    /// Counts anew what residents ask most; what was known stays when the
    /// store does not answer.
    pub async fn refresh_popular(&self) {
        let from = self.clock.now().plus(-28 * Timestamp::DAY);
        match self.store.popular_entries(from, 20).await {
            Ok(entries) => {
                let live = self.live();
                *live.popular.write().unwrap_or_else(PoisonError::into_inner) = entries;
            }
            Err(error) => tracing::warn!(%error, "popular questions not refreshed"),
        }
    }
}
