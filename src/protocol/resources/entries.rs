//! Curated answers and editions.

use crate::protocol::terminal::SourceRef;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A whole entry, for reading and editing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EntryBody {
    /// Chosen by the author, never changed.
    pub id: String,
    /// One of the twelve areas.
    pub area: String,
    /// What it is about.
    pub topic: String,
    /// Other names of the topic.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Which side of the topic; see knowledge/README.md.
    #[serde(default)]
    pub facet: Option<String>,
    /// The standard question.
    pub question: String,
    /// Other ways to ask.
    pub phrasings: Vec<String>,
    /// For the screen.
    pub text: String,
    /// To be spoken, at most 80 characters.
    pub spoken: String,
    /// Where it holds.
    #[serde(default)]
    pub scope: Option<String>,
    /// What it rests on.
    pub source: SourceRef,
    /// First day.
    #[serde(default)]
    pub effective: Option<String>,
    /// First day no more.
    #[serde(default)]
    pub expires: Option<String>,
    /// Entries that could be meant instead.
    #[serde(default)]
    pub related: Vec<String>,
    /// A doubt to settle.
    #[serde(default)]
    pub review: Option<String>,
}

/// A line of the list of entries.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct EntryRow {
    /// The entry's id.
    pub id: String,
    /// Its area.
    pub area: String,
    /// Its topic.
    pub topic: String,
    /// Its standard question.
    pub question: String,
    /// How many phrasings.
    pub phrasings: u32,
    /// The document.
    pub source: String,
    /// First day no more.
    pub expires: Option<String>,
    /// A doubt to settle.
    pub review: Option<String>,
    /// Whether it may be given today.
    pub in_force: bool,
}

/// Which entries.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EntryParams {
    /// Words of the question or the id; empty for all.
    pub q: Option<String>,
    /// Only this area.
    pub area: Option<String>,
    /// From 1.
    pub page: Option<u32>,
}

/// A page of entries.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct EntryPage {
    /// All that match.
    pub total: u32,
    /// 20 a page.
    pub entries: Vec<EntryRow>,
    /// The areas there are.
    pub areas: Vec<String>,
}

/// Publishes everything that is approved.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct PublishRequest {
    /// What changed, in a sentence.
    #[serde(default)]
    pub note: String,
}

/// A published state of the knowledge base.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct EditionView {
    /// Counts up from 1.
    pub number: i64,
    /// When.
    pub published_at: i64,
    /// Who; nobody when it came from files.
    pub published_by: Option<String>,
    /// What changed.
    pub note: String,
    /// How many entries.
    pub entries: i64,
    /// Whether it answers now.
    pub live: bool,
}
