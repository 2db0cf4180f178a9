//! From a query to hits.

use super::candidate::Elsewhere;
use super::index::Index;
use super::rank::Meant;
use super::ranker::Signals;
use crate::model::{EntryId, Hits, PlaceId, Query, Timestamp};
use std::sync::Arc;

/// What a search leaves out.
#[derive(Clone, Copy, Debug)]
pub enum Without<'w> {
    /// Nothing.
    Nothing,
    /// The phrasing with this text.
    Phrasing(&'w str),
    /// Every phrasing of this entry.
    Entry(&'w EntryId),
}

impl Without<'_> {
    pub(super) fn leaves_out(self, phrasing: &str, entry: &EntryId) -> bool {
        match self {
            Self::Nothing => false,
            Self::Phrasing(text) => text == phrasing,
            Self::Entry(id) => id == entry,
        }
    }
}

impl Index {
    /// Everything that may answer a question asked at `place` now, best
    /// first, one hit an entry. The table of meanings counts where the edition
    /// has one.
    pub fn search(&self, query: &Query, place: &PlaceId, now: Timestamp) -> Hits {
        self.search_without(query, place, now, Without::Nothing)
    }

    /// As [`Index::search`], with something left out: what a knowledge base
    /// would find for a phrasing if nobody had written it, or for the question
    /// of an entry that it does not have.
    pub fn search_without(
        &self,
        query: &Query,
        place: &PlaceId,
        now: Timestamp,
        without: Without,
    ) -> Hits {
        self.search_with(self.quick_signals(), query, place, now, without)
    }

    /// As [`Index::search`], with the sentence encoder: some ten milliseconds,
    /// so not on a thread that others wait for. Nothing where the edition has
    /// no vectors of an encoder that there are weights for.
    pub fn look_again(&self, query: &Query, place: &PlaceId, now: Timestamp) -> Option<Hits> {
        self.has_signals(Signals::Encoder)
            .then(|| self.search_with(Signals::Encoder, query, place, now, Without::Nothing))
    }

    /// Searches with these signals; with fewer where the edition lacks them.
    fn search_with(
        &self,
        signals: Signals,
        query: &Query,
        place: &PlaceId,
        now: Timestamp,
        without: Without,
    ) -> Hits {
        if query.is_empty() || self.documents.is_empty() {
            return Hits {
                edition: self.edition.number,
                words: query.words.clone(),
                ..Hits::default()
            };
        }
        let elsewhere: Elsewhere = Arc::new(self.elsewhere(place, now));
        let mended = self.mended(query);
        let query = mended.as_ref().unwrap_or(query);
        let (ranker, meanings) = self.deciding(signals);
        let meant = meanings.map(|meanings| Meant {
            vector: meanings.encoder().encode(meant_text(query)),
            meanings,
        });
        let considered = self.consider(query, &elsewhere, without, meant.as_ref());
        Hits {
            read_as: mended.as_ref().map(|query| query.normal.clone()),
            ..self.hits(query, considered, ranker)
        }
    }
}

/// What an encoder reads of a question.
pub(super) fn meant_text(query: &Query) -> &str {
    &query.normal
}
