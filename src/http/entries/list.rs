//! `GET /api/entries`.

use crate::access::Permission;
use crate::http::extract::SignedIn;
use crate::http::{ApiResult, Http};
use crate::protocol::resources::{EntryPage, EntryParams};
use crate::protocol::{Problem, entry_row};
use axum::Json;
use axum::extract::{Query, State};

/// Entries a page.
const PAGE: usize = 20;

/// Entries whose id, question, topic or phrasings hold the words.
#[utoipa::path(
    get, path = "/api/entries", params(EntryParams),
    responses((status = 200, body = EntryPage), (status = 401, body = Problem))
)]
pub async fn list_entries(
    State(http): State<Http>,
    who: SignedIn,
    Query(params): Query<EntryParams>,
) -> ApiResult<Json<EntryPage>> {
    who.may(Permission::ReadKnowledge)?;
    let flow = &http.0.flow;
    let live = flow.live();
    let now = flow.clock.now();
    let wanted = params.q.unwrap_or_default().trim().to_lowercase();
    let area = params.area.filter(|a| !a.is_empty());
    let mut areas: Vec<String> = Vec::new();
    for entry in live.index.entries() {
        if !areas.contains(&entry.area) {
            areas.push(entry.area.clone());
        }
    }
    let found: Vec<_> = live
        .index
        .entries()
        .iter()
        .filter(|e| area.as_ref().is_none_or(|a| e.area == *a))
        .filter(|e| {
            wanted.is_empty()
                || e.id.as_str().contains(&wanted)
                || e.topic.contains(&wanted)
                || e.wordings().any(|w| w.to_lowercase().contains(&wanted))
        })
        .collect();
    let skip = (params.page.unwrap_or(1).max(1) as usize - 1) * PAGE;
    Ok(Json(EntryPage {
        total: u32::try_from(found.len()).unwrap_or(u32::MAX),
        entries: found
            .iter()
            .skip(skip)
            .take(PAGE)
            .map(|e| entry_row(e, now))
            .collect(),
        areas,
    }))
}
