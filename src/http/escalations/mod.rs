//! Questions handed to people.

pub mod answer;
pub mod claim;
pub mod close;
pub mod list;
pub mod release;
pub mod say;
pub mod show;

use super::{ApiResult, Http};
use crate::model::{Escalation, User};
use crate::protocol::escalation_view;
use crate::protocol::resources::EscalationView;
use axum::Json;

/// An escalation as `user` may see it.
async fn view(
    http: &Http,
    user: &User,
    escalation: &Escalation,
) -> ApiResult<Json<EscalationView>> {
    let names = http.0.flow.names().await?;
    let present = http.0.flow.presence.resident_present(&escalation.session);
    let own = escalation.owner() == Some(&user.id);
    Ok(Json(escalation_view(escalation, &names, present, own)))
}
