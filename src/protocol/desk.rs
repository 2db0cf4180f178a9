//! The desk's live channel (`/ws/desk`): the server tells, the desk asks by
//! REST.

use super::resources::{EscalationView, LineView};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What the server tells a desk.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum DeskMessage {
    /// First message: everything that waits.
    Hello {
        /// Open escalations, soonest due first.
        escalations: Vec<EscalationView>,
        /// Workers at their desks.
        workers_online: u32,
        /// The edition that answers.
        edition: i64,
    },
    /// An escalation was opened or changed.
    Escalation {
        /// It, as it is now.
        escalation: EscalationView,
    },
    /// A line was said.
    Line {
        /// Which escalation.
        escalation: String,
        /// The line.
        line: LineView,
    },
    /// A worker came or went.
    Presence {
        /// Workers at their desks.
        workers_online: u32,
    },
    /// A new edition answers.
    Edition {
        /// Its number.
        edition: i64,
    },
    /// Candidates changed.
    Candidates {},
    /// The server goes down.
    Stopping {},
}
