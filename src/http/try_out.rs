//! `POST /api/try`: the test page.

use super::extract::{Body, SignedIn};
use super::{ApiResult, Http};
use crate::access::Permission;
use crate::model::Decision;
use crate::protocol::Problem;
use crate::protocol::resources::{FeatureView, HitView, TryRequest, TryResult};
use axum::Json;
use axum::extract::State;

/// What the live path makes of a question, and why. Leaves no trace.
#[utoipa::path(
    post, path = "/api/try", request_body = TryRequest,
    responses((status = 200, body = TryResult), (status = 401, body = Problem))
)]
pub async fn try_question(
    State(http): State<Http>,
    who: SignedIn,
    Body(request): Body<TryRequest>,
) -> ApiResult<Json<TryResult>> {
    who.may(Permission::ReadKnowledge)?;
    let place = request.place.map(Into::into);
    let tried = http.0.flow.try_out(&request.question, place.as_ref());
    let text = match (&tried.decision, tried.card) {
        (_, Some(card)) => Some(card.text),
        (Decision::SmallTalk(fixed), None) => Some(fixed.text.clone()),
        (Decision::Emergency(danger), None) => Some(danger.card.text.clone()),
        _ => None,
    };
    let danger = match &tried.decision {
        Decision::Emergency(danger) => Some(danger.probability),
        _ => None,
    };
    Ok(Json(TryResult {
        decision: tried.decision.name().to_owned(),
        text,
        danger,
        words: tried.hits.words,
        read_as: tried.hits.read_as,
        by_sound: tried.hits.by_sound,
        hits: tried
            .hits
            .ranked
            .into_iter()
            .take(8)
            .map(|hit| HitView {
                entry: hit.entry.to_string(),
                question: hit.question,
                phrasing: hit.phrasing,
                score: hit.score,
                confidence: hit.confidence,
                features: hit
                    .features
                    .values
                    .into_iter()
                    .map(|(name, value)| FeatureView {
                        name: name.into_owned(),
                        value,
                    })
                    .collect(),
            })
            .collect(),
    }))
}
