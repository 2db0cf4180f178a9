//! Proposed knowledge.

use super::conditions::Conditions;
use super::error::conflict;
use super::record::unknown;
use super::value::values;
use super::{Connection, Engine, Record, SqlStore, Value};
use crate::model::{Candidate, CandidateId, CandidateState, Timestamp, UserId};
use crate::store::{CandidateReader, CandidateStore, StoreError, StoreResult};
use async_trait::async_trait;

const INSERT: &str = "insert into candidates (id, proposal, escalation, gap, created_at, state, \
     state_by, state_at, reason, edition, version) \
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

const SAVE: &str = "update candidates set proposal = $3, escalation = $4, gap = $5, state = $6, \
     state_by = $7, state_at = $8, reason = $9, edition = $10, version = $11 \
     where id = $1 and version = $2";

/// The columns of a state.
#[derive(Default)]
struct StateColumns<'a> {
    by: Option<&'a str>,
    at: Option<Timestamp>,
    reason: Option<&'a str>,
    edition: Option<i64>,
}

impl<'a> From<&'a CandidateState> for StateColumns<'a> {
    fn from(state: &'a CandidateState) -> Self {
        let decided = |by: &'a UserId, at: &Timestamp| Self {
            by: Some(by.as_str()),
            at: Some(*at),
            ..Self::default()
        };
        match state {
            CandidateState::InReview => Self::default(),
            CandidateState::Approved { by, at } => decided(by, at),
            CandidateState::Rejected { by, at, reason } => Self {
                reason: Some(reason),
                ..decided(by, at)
            },
            CandidateState::Published { by, at, edition } => Self {
                edition: Some(*edition),
                ..decided(by, at)
            },
        }
    }
}

fn state(row: &dyn Record) -> StoreResult<CandidateState> {
    let by = || row.id("state_by");
    let at = || row.time("state_at");
    Ok(match row.text("state")?.as_str() {
        "in_review" => CandidateState::InReview,
        "approved" => CandidateState::Approved {
            by: by()?,
            at: at()?,
        },
        "rejected" => CandidateState::Rejected {
            by: by()?,
            at: at()?,
            reason: row.text("reason")?,
        },
        "published" => CandidateState::Published {
            by: by()?,
            at: at()?,
            edition: row.int("edition")?,
        },
        name => return Err(unknown("state", name)),
    })
}

fn candidate(row: &dyn Record) -> StoreResult<Candidate> {
    Ok(Candidate {
        id: row.id("id")?,
        proposal: serde_json::from_str(&row.text("proposal")?)
            .map_err(|e| StoreError::Corrupt(format!("proposal: {e}")))?,
        escalation: row.maybe_id("escalation")?,
        gap: row.maybe_id("gap")?,
        created_at: row.time("created_at")?,
        state: state(row)?,
        version: row.int("version")?,
    })
}

fn proposal_json(candidate: &Candidate) -> StoreResult<String> {
    serde_json::to_string(&candidate.proposal)
        .map_err(|e| StoreError::Corrupt(format!("proposal: {e}")))
}

async fn insert(c: &mut dyn Connection, candidate: &Candidate) -> StoreResult<()> {
    let proposal = proposal_json(candidate)?;
    let columns = StateColumns::from(&candidate.state);
    let values = values![
        &candidate.id,
        &proposal,
        &candidate.escalation,
        &candidate.gap,
        candidate.created_at,
        candidate.state.as_str(),
        columns.by,
        columns.at,
        columns.reason,
        columns.edition,
        candidate.version,
    ];
    c.execute(INSERT, values)
        .await
        .map_err(conflict("this candidate exists"))?;
    Ok(())
}

/// Compare-and-set by version; publication uses it in its own transaction.
pub(super) async fn save(c: &mut dyn Connection, changed: &Candidate) -> StoreResult<()> {
    let proposal = proposal_json(changed)?;
    let columns = StateColumns::from(&changed.state);
    let values = values![
        &changed.id,
        changed.version - 1,
        &proposal,
        &changed.escalation,
        &changed.gap,
        changed.state.as_str(),
        columns.by,
        columns.at,
        columns.reason,
        columns.edition,
        changed.version,
    ];
    if c.execute(SAVE, values).await? == 0 {
        return Err(StoreError::Conflict(
            "the candidate was changed by another".to_owned(),
        ));
    }
    Ok(())
}

#[async_trait]
impl<E: Engine> CandidateReader for SqlStore<E> {
    async fn candidate(&self, id: &CandidateId) -> StoreResult<Option<Candidate>> {
        let c: &mut dyn Connection = &mut *self.reader().await?;
        c.first(
            "select * from candidates where id = $1",
            values![id],
            candidate,
        )
        .await
    }

    async fn candidates(&self, state: Option<&str>, limit: i64) -> StoreResult<Vec<Candidate>> {
        let mut query = Conditions::of("select * from candidates");
        if let Some(state) = state {
            query.and_value("state =", state);
        }
        query
            .then("order by created_at desc, id desc limit")
            .value(limit);
        let (sql, values) = query.finish();
        let c: &mut dyn Connection = &mut *self.reader().await?;
        c.all(sql, &values, candidate).await
    }
}

#[async_trait]
impl<E: Engine> CandidateStore for SqlStore<E> {
    async fn add_candidate(&self, candidate: &Candidate) -> StoreResult<()> {
        let candidate = candidate.clone();
        self.write(move |c| Box::pin(async move { insert(c, &candidate).await }))
            .await
    }

    async fn save_candidate(&self, changed: &Candidate) -> StoreResult<()> {
        let changed = changed.clone();
        self.write(move |c| Box::pin(async move { save(c, &changed).await }))
            .await
    }
}
