//! Turns.

use super::conditions::Conditions;
use super::error::{conflict, found};
use super::value::values;
use super::{Connection, Engine, Record, SqlStore, Value};
use crate::model::{
    Channel, Contest, EntryId, GapId, Outcome, SessionId, Timestamp, Timings, Turn, TurnFact,
    TurnId,
};
use crate::store::{StoreError, StoreResult, TurnFilter, TurnReader, TurnStore};
use async_trait::async_trait;

const INSERT: &str = "insert into turns (id, session, name, kiosk, place, asked_at, channel, \
     text, core, edition, decision, outcome, entry, gap, confidence, contest, thumbs_up, text_us, \
     retrieval_us, dialogue_us, store_us, total_us, explain) \
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, \
     $19, $20, $21, $22, $23)";

fn turn(row: &dyn Record) -> StoreResult<Turn> {
    Ok(Turn {
        id: row.id("id")?,
        session: row.id("session")?,
        name: row.text("name")?,
        kiosk: row.id("kiosk")?,
        place: row.id("place")?,
        at: row.time("asked_at")?,
        channel: row.name("channel", Channel::parse)?,
        text: row.text("text")?,
        core: row.text("core")?,
        edition: row.int("edition")?,
        decision: row.text("decision")?,
        outcome: row.name("outcome", Outcome::parse)?,
        entry: row.maybe_id("entry")?,
        gap: row.maybe_id("gap")?,
        confidence: row.real("confidence")?,
        contest: row.maybe_name("contest", Contest::parse)?,
        thumbs_up: row.flag("thumbs_up")?,
        explain: row.text("explain")?,
        timings: Timings {
            text_us: row.int("text_us")?,
            retrieval_us: row.int("retrieval_us")?,
            dialogue_us: row.int("dialogue_us")?,
            store_us: row.int("store_us")?,
            total_us: row.int("total_us")?,
        },
    })
}

fn fact(row: &dyn Record) -> StoreResult<TurnFact> {
    Ok(TurnFact {
        id: row.id("id")?,
        session: row.id("session")?,
        at: row.time("asked_at")?,
        place: row.id("place")?,
        kiosk: row.id("kiosk")?,
        channel: row.name("channel", Channel::parse)?,
        outcome: row.name("outcome", Outcome::parse)?,
        entry: row.maybe_id("entry")?,
        gap: row.maybe_id("gap")?,
        contest: row.maybe_name("contest", Contest::parse)?,
        took_ms: row.int("total_us")? / 1000,
        text: row.text("text")?,
    })
}

async fn insert(c: &mut dyn Connection, turn: &Turn) -> StoreResult<()> {
    let values = values![
        &turn.id,
        &turn.session,
        &turn.name,
        &turn.kiosk,
        &turn.place,
        turn.at,
        turn.channel.as_str(),
        &turn.text,
        &turn.core,
        turn.edition,
        &turn.decision,
        turn.outcome.as_str(),
        &turn.entry,
        &turn.gap,
        turn.confidence,
        turn.contest.map(Contest::as_str),
        turn.thumbs_up,
        turn.timings.text_us,
        turn.timings.retrieval_us,
        turn.timings.dialogue_us,
        turn.timings.store_us,
        turn.timings.total_us,
        &turn.explain,
    ];
    c.execute(INSERT, values)
        .await
        .map_err(conflict("this turn was recorded before"))?;
    Ok(())
}

async fn advance(
    c: &mut dyn Connection,
    id: &TurnId,
    to: Outcome,
    entry: &Option<EntryId>,
) -> StoreResult<bool> {
    let mut update = Conditions::of("update turns set outcome =");
    update
        .value(to.as_str())
        .then(", entry = coalesce(")
        .value(entry)
        .then(", entry)");
    update.and_value("id =", id);
    let open = Outcome::ALL.into_iter().filter(|from| from.may_become(to));
    update.and_one_of("outcome", open.map(|o| Value::from(o.as_str())));
    let (sql, values) = update.finish();
    if c.execute(sql, &values).await? > 0 {
        return Ok(true);
    }
    c.first("select id from turns where id = $1", values![id], |r| {
        r.text("id")
    })
    .await?
    .map(|_| false)
    .ok_or(StoreError::NotFound("turn"))
}

#[async_trait]
impl<E: Engine> TurnReader for SqlStore<E> {
    async fn turn(&self, id: &TurnId) -> StoreResult<Option<Turn>> {
        let c: &mut dyn Connection = &mut *self.reader().await?;
        c.first("select * from turns where id = $1", values![id], turn)
            .await
    }

    async fn turn_facts(&self, filter: &TurnFilter) -> StoreResult<Vec<TurnFact>> {
        let mut query = Conditions::of(
            "select id, session, asked_at, place, kiosk, channel, outcome, entry, gap, contest, \
             total_us, text from turns",
        );
        query.and_value("asked_at >=", filter.from);
        if filter.until != Timestamp(0) {
            query.and_value("asked_at <", filter.until);
        }
        let questions = Outcome::ALL.into_iter().filter(|o| o.is_question());
        query.and_one_of("outcome", questions.map(|o| Value::from(o.as_str())));
        if let Some(places) = &filter.places {
            query.and_one_of("place", places);
        }
        if let Some(kiosk) = &filter.kiosk {
            query.and_value("kiosk =", kiosk);
        }
        query.then("order by asked_at, id");
        let (sql, values) = query.finish();
        let c: &mut dyn Connection = &mut *self.reader().await?;
        c.all(sql, &values, fact).await
    }

    async fn decided_turns(&self, from: Timestamp, limit: i64) -> StoreResult<Vec<Turn>> {
        let c: &mut dyn Connection = &mut *self.reader().await?;
        c.all(
            "select * from turns where asked_at >= $1 and decision in ('answer', 'choices') \
             order by asked_at desc, id limit $2",
            values![from, limit],
            turn,
        )
        .await
    }

    async fn popular_entries(&self, from: Timestamp, limit: i64) -> StoreResult<Vec<EntryId>> {
        let c: &mut dyn Connection = &mut *self.reader().await?;
        c.all(
            "select entry from turns where asked_at >= $1 and outcome in ('answered', 'chosen') \
             and contest is null and entry is not null \
             group by entry order by count(*) desc, entry limit $2",
            values![from, limit],
            |row| row.id("entry"),
        )
        .await
    }
}

#[async_trait]
impl<E: Engine> TurnStore for SqlStore<E> {
    async fn record_turn(&self, turn: &Turn) -> StoreResult<()> {
        let turn = turn.clone();
        self.write(move |c| Box::pin(async move { insert(c, &turn).await }))
            .await
    }

    async fn advance_outcome(
        &self,
        turn: &TurnId,
        to: Outcome,
        entry: Option<&EntryId>,
    ) -> StoreResult<bool> {
        let (turn, entry) = (turn.clone(), entry.cloned());
        self.write(move |c| Box::pin(async move { advance(c, &turn, to, &entry).await }))
            .await
    }

    async fn contest_turn(&self, turn: &TurnId, why: Contest) -> StoreResult<()> {
        let turn = turn.clone();
        let sql = "update turns set contest = coalesce(contest, $2) where id = $1";
        self.write(move |c| {
            Box::pin(
                async move { found(c.execute(sql, values![&turn, why.as_str()]).await?, "turn") },
            )
        })
        .await
    }

    async fn amend_total(&self, turn: &TurnId, total_us: i64) -> StoreResult<()> {
        let turn = turn.clone();
        let sql = "update turns set total_us = $2 where id = $1";
        self.write(move |c| {
            Box::pin(async move { found(c.execute(sql, values![&turn, total_us]).await?, "turn") })
        })
        .await
    }

    async fn praise_turn(&self, turn: &TurnId) -> StoreResult<()> {
        let turn = turn.clone();
        let sql = "update turns set thumbs_up = 1 where id = $1";
        self.write(move |c| {
            Box::pin(async move { found(c.execute(sql, values![&turn]).await?, "turn") })
        })
        .await
    }

    async fn assign_gap(&self, turn: &TurnId, gap: &GapId) -> StoreResult<()> {
        let (turn, gap) = (turn.clone(), gap.clone());
        let sql = "update turns set gap = $2 where id = $1";
        self.write(move |c| {
            Box::pin(async move { found(c.execute(sql, values![&turn, &gap]).await?, "turn") })
        })
        .await
    }

    async fn session_turns(&self, session: &SessionId) -> StoreResult<Vec<Turn>> {
        let c: &mut dyn Connection = &mut *self.reader().await?;
        c.all(
            "select * from turns where session = $1 order by asked_at, id",
            values![session],
            turn,
        )
        .await
    }
}
