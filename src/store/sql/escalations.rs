//! Escalations and their lines.

use super::conditions::Conditions;
use super::error::{conflict, missing};
use super::record::unknown;
use super::value::values;
use super::{Connection, Engine, Record, SqlStore, Value};
use crate::model::{
    Escalation, EscalationId, EscalationState, Line, Resolution, SessionId, Speaker, Timestamp,
    UserId, WAITING_STATES,
};
use crate::store::{EscalationFilter, EscalationReader, EscalationStore, StoreError, StoreResult};
use async_trait::async_trait;

/// How long a pick-up code stays reserved.
const CODE_KEPT_MS: i64 = 90 * Timestamp::DAY;

/// How many escalations a list without a limit holds.
const LIST: i64 = 500;

const INSERT: &str = "insert into escalations (id, code, code_in_use, session, turn, kiosk, \
     place, question, note, contact, opened_at, due_at, state, state_by, state_at, answer, \
     answer_entry, learn, reason, version) \
     values ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, \
     $18, $19)";

const SAVE: &str = "update escalations set note = $3, contact = $4, due_at = $5, state = $6, \
     state_by = $7, state_at = $8, answer = $9, answer_entry = $10, learn = $11, reason = $12, \
     last_line = last_line + $13, version = $14 \
     where id = $1 and version = $2 returning last_line";

/// The columns of a state.
#[derive(Default)]
struct StateColumns<'a> {
    by: Option<&'a str>,
    at: Option<Timestamp>,
    answer: Option<&'a str>,
    entry: Option<&'a str>,
    learn: bool,
    reason: Option<&'a str>,
}

impl<'a> From<&'a EscalationState> for StateColumns<'a> {
    fn from(state: &'a EscalationState) -> Self {
        let taken = |by: &'a UserId, at: &Timestamp| Self {
            by: Some(by.as_str()),
            at: Some(*at),
            ..Self::default()
        };
        match state {
            EscalationState::Waiting => Self::default(),
            EscalationState::Claimed { by, at } => taken(by, at),
            EscalationState::Answered { by, at, resolution } => Self {
                answer: Some(&resolution.text),
                entry: resolution.entry.as_ref().map(|e| e.as_str()),
                learn: resolution.learn,
                ..taken(by, at)
            },
            EscalationState::Closed { by, at, reason } => Self {
                reason: Some(reason),
                ..taken(by, at)
            },
        }
    }
}

fn state(row: &dyn Record) -> StoreResult<EscalationState> {
    let by = || row.id("state_by");
    let at = || row.time("state_at");
    Ok(match row.text("state")?.as_str() {
        "waiting" => EscalationState::Waiting,
        "claimed" => EscalationState::Claimed {
            by: by()?,
            at: at()?,
        },
        "answered" => EscalationState::Answered {
            by: by()?,
            at: at()?,
            resolution: Resolution {
                text: row.text("answer")?,
                entry: row.maybe_id("answer_entry")?,
                learn: row.flag("learn")?,
            },
        },
        "closed" => EscalationState::Closed {
            by: by()?,
            at: at()?,
            reason: row.text("reason")?,
        },
        name => return Err(unknown("state", name)),
    })
}

fn escalation(row: &dyn Record) -> StoreResult<Escalation> {
    Ok(Escalation {
        id: row.id("id")?,
        code: row.text("code")?,
        session: row.id("session")?,
        turn: row.maybe_id("turn")?,
        kiosk: row.id("kiosk")?,
        place: row.id("place")?,
        question: row.text("question")?,
        note: row.maybe_text("note")?,
        contact: row.maybe_text("contact")?,
        opened_at: row.time("opened_at")?,
        due_at: row.time("due_at")?,
        state: state(row)?,
        version: row.int("version")?,
    })
}

fn line(row: &dyn Record) -> StoreResult<Line> {
    Ok(Line {
        number: row.int("number")?,
        speaker: row
            .maybe_id("worker")?
            .map_or(Speaker::Resident, Speaker::Worker),
        text: row.text("text")?,
        at: row.time("said_at")?,
    })
}

async fn open(c: &mut dyn Connection, opened: &Escalation) -> StoreResult<()> {
    // Six digits would run out: an old case that nobody waits for any more
    // gives its code back.
    let mut release = Conditions::of("update escalations set code_in_use = null");
    release.and_value("code_in_use =", &opened.code);
    release.and_value("opened_at <", opened.opened_at.plus(-CODE_KEPT_MS));
    release.and("state in ('answered', 'closed')");
    let (sql, values) = release.finish();
    c.execute(sql, &values).await?;

    let columns = StateColumns::from(&opened.state);
    let values = values![
        &opened.id,
        &opened.code,
        &opened.session,
        &opened.turn,
        &opened.kiosk,
        &opened.place,
        &opened.question,
        &opened.note,
        &opened.contact,
        opened.opened_at,
        opened.due_at,
        opened.state.as_str(),
        columns.by,
        columns.at,
        columns.answer,
        columns.entry,
        columns.learn,
        columns.reason,
        opened.version,
    ];
    c.execute(INSERT, values)
        .await
        .map_err(conflict("the pick-up code is in use"))?;
    Ok(())
}

async fn save(c: &mut dyn Connection, changed: &Escalation) -> StoreResult<Option<Line>> {
    let columns = StateColumns::from(&changed.state);
    let values = values![
        &changed.id,
        changed.version - 1,
        &changed.note,
        &changed.contact,
        changed.due_at,
        changed.state.as_str(),
        columns.by,
        columns.at,
        columns.answer,
        columns.entry,
        columns.learn,
        columns.reason,
        columns.answer.is_some(),
        changed.version,
    ];
    let number = c
        .first(SAVE, values, |r| r.int("last_line"))
        .await?
        .ok_or_else(|| StoreError::Conflict("the escalation was changed by another".to_owned()))?;
    let EscalationState::Answered { by, at, resolution } = &changed.state else {
        return Ok(None);
    };
    let line = Line {
        number,
        speaker: Speaker::Worker(by.clone()),
        text: resolution.text.clone(),
        at: *at,
    };
    insert_line(c, &changed.id, &line).await?;
    Ok(Some(line))
}

/// Adds a line. Its number comes from a counter in the escalation's row,
/// whose update makes those who speak at once wait for each other.
async fn say(
    c: &mut dyn Connection,
    id: &EscalationId,
    speaker: Speaker,
    text: String,
    at: Timestamp,
) -> StoreResult<Line> {
    let number = c
        .first(
            "update escalations set last_line = last_line + 1 where id = $1 returning last_line",
            values![id],
            |r| r.int("last_line"),
        )
        .await?
        .ok_or(StoreError::NotFound("escalation"))?;
    let line = Line {
        number,
        speaker,
        text,
        at,
    };
    insert_line(c, id, &line).await?;
    Ok(line)
}

async fn insert_line(c: &mut dyn Connection, id: &EscalationId, line: &Line) -> StoreResult<()> {
    let worker = match &line.speaker {
        Speaker::Resident => None,
        Speaker::Worker(user) => Some(user.as_str()),
    };
    c.execute(
        "insert into lines (escalation, number, worker, text, said_at) \
         values ($1, $2, $3, $4, $5)",
        values![id, line.number, worker, &line.text, line.at],
    )
    .await
    .map_err(missing("escalation"))?;
    Ok(())
}

#[async_trait]
impl<E: Engine> EscalationReader for SqlStore<E> {
    async fn escalation(&self, id: &EscalationId) -> StoreResult<Option<Escalation>> {
        let c: &mut dyn Connection = &mut *self.reader().await?;
        c.first(
            "select * from escalations where id = $1",
            values![id],
            escalation,
        )
        .await
    }

    async fn escalation_by_code(&self, code: &str) -> StoreResult<Option<Escalation>> {
        let c: &mut dyn Connection = &mut *self.reader().await?;
        let sql = "select * from escalations where code_in_use = $1";
        c.first(sql, values![code], escalation).await
    }

    async fn escalations(&self, filter: &EscalationFilter) -> StoreResult<Vec<Escalation>> {
        let mut query = Conditions::of("select * from escalations");
        if filter.open {
            query.and_one_of("state", WAITING_STATES);
        }
        if let Some(places) = &filter.places {
            query.and_one_of("place", places);
        }
        query.then(if filter.open {
            "order by due_at, id limit"
        } else {
            "order by opened_at desc, id desc limit"
        });
        query.value(if filter.limit > 0 { filter.limit } else { LIST });
        let (sql, values) = query.finish();
        let c: &mut dyn Connection = &mut *self.reader().await?;
        c.all(sql, &values, escalation).await
    }

    async fn session_escalations(&self, session: &SessionId) -> StoreResult<Vec<Escalation>> {
        let c: &mut dyn Connection = &mut *self.reader().await?;
        let sql = "select * from escalations where session = $1 order by opened_at, id";
        c.all(sql, values![session], escalation).await
    }

    async fn lines(&self, id: &EscalationId) -> StoreResult<Vec<Line>> {
        let c: &mut dyn Connection = &mut *self.reader().await?;
        let sql = "select number, worker, text, said_at from lines \
                   where escalation = $1 order by number";
        c.all(sql, values![id], line).await
    }

    async fn waiting_before(&self, at: Timestamp) -> StoreResult<i64> {
        let mut query = Conditions::of("select count(*) as waiting from escalations");
        query.and_one_of("state", WAITING_STATES);
        query.and_value("opened_at <", at);
        let (sql, values) = query.finish();
        let c: &mut dyn Connection = &mut *self.reader().await?;
        let count = c.first(sql, &values, |r| r.int("waiting")).await?;
        Ok(count.unwrap_or(0))
    }

    async fn recent_answer_times(&self, limit: i64) -> StoreResult<Vec<i64>> {
        let c: &mut dyn Connection = &mut *self.reader().await?;
        c.all(
            "select state_at - opened_at as took from escalations \
             where state = 'answered' order by state_at desc, id desc limit $1",
            values![limit],
            |r| r.int("took"),
        )
        .await
    }
}

#[async_trait]
impl<E: Engine> EscalationStore for SqlStore<E> {
    async fn open_escalation(&self, escalation: &Escalation) -> StoreResult<()> {
        let opened = escalation.clone();
        self.write(move |c| Box::pin(async move { open(c, &opened).await }))
            .await
    }

    async fn save_escalation(&self, changed: &Escalation) -> StoreResult<Option<Line>> {
        let changed = changed.clone();
        self.write(move |c| Box::pin(async move { save(c, &changed).await }))
            .await
    }

    async fn add_line(
        &self,
        id: &EscalationId,
        speaker: &Speaker,
        text: &str,
        at: Timestamp,
    ) -> StoreResult<Line> {
        let (id, speaker, text) = (id.clone(), speaker.clone(), text.to_owned());
        self.write(move |c| Box::pin(async move { say(c, &id, speaker, text, at).await }))
            .await
    }
}
