//! Editions and named values.
//!
//! Every entry is a body of its own, kept by the SHA-256 of its JSON; what
//! else an edition holds is one more body, its frame. An edition is a list of
//! hashes, so that it costs what it changed.

use super::error::{conflict, missing};
use super::value::values;
use super::{Connection, Engine, Record, SqlStore, Value, candidates};
use crate::model::{Candidate, Edition, EditionSummary, EntryId, Knowledge, Timestamp, UserId};
use crate::store::{EditionReader, EditionStore, Publication, StoreError, StoreResult};
use async_trait::async_trait;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use sqlx::AssertSqlSafe;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::sync::Arc;

/// How many rows one insert carries: few statements, and far from the number
/// of values that either database allows.
const ROWS: usize = 250;

/// A publication, ready to be written.
struct Prepared {
    number: i64,
    at: Timestamp,
    by: Option<UserId>,
    note: String,
    frame: String,
    entries: Vec<(EntryId, String)>,
    /// JSON by hash. Ordered, so that two who publish at once wait for each
    /// other's bodies in the same order and cannot block each other.
    bodies: BTreeMap<String, String>,
    candidates: Vec<Candidate>,
}

impl Prepared {
    fn of(publication: &Publication) -> StoreResult<Self> {
        let knowledge = &publication.knowledge;
        let number = publication.based_on + 1;
        let mut bodies = BTreeMap::new();
        let frame = add_body(
            &mut bodies,
            &Knowledge {
                entries: Vec::new(),
                popular: knowledge.popular.clone(),
                emergencies: knowledge.emergencies.clone(),
                calm: knowledge.calm.clone(),
                small_talk: knowledge.small_talk.clone(),
                lexicon: knowledge.lexicon.clone(),
                places: knowledge.places.clone(),
            },
        )?;
        let entries = knowledge
            .entries
            .iter()
            .map(|entry| Ok((entry.id.clone(), add_body(&mut bodies, entry)?)))
            .collect::<StoreResult<_>>()?;
        let candidates = publication
            .candidates
            .iter()
            .map(|candidate| {
                candidate
                    .clone()
                    .publish(publication.at, number)
                    .map_err(|e| StoreError::Conflict(e.to_string()))
            })
            .collect::<StoreResult<_>>()?;
        Ok(Self {
            number,
            at: publication.at,
            by: publication.by.clone(),
            note: publication.note.clone(),
            frame,
            entries,
            bodies,
            candidates,
        })
    }
}

/// Adds a body and returns its hash.
fn add_body(bodies: &mut BTreeMap<String, String>, body: &impl Serialize) -> StoreResult<String> {
    let json =
        serde_json::to_string(body).map_err(|e| StoreError::Corrupt(format!("body: {e}")))?;
    let mut hash = String::with_capacity(64);
    for byte in Sha256::digest(&json) {
        // Writing to a string cannot fail.
        let _ = write!(hash, "{byte:02x}");
    }
    bodies.insert(hash.clone(), json);
    Ok(hash)
}

fn body<T: DeserializeOwned>(row: &dyn Record) -> StoreResult<T> {
    serde_json::from_str(&row.text("json")?).map_err(|e| StoreError::Corrupt(format!("body: {e}")))
}

/// `($1, $2), ($3, $4)`: placeholders of `rows` rows of `columns` values.
fn placeholders(rows: usize, columns: usize) -> String {
    let mut sql = String::with_capacity(rows * columns * 6);
    for value in 0..rows * columns {
        let before = match (value, value % columns) {
            (0, _) => "(",
            (_, 0) => "), (",
            _ => ", ",
        };
        // Writing to a string cannot fail.
        let _ = write!(sql, "{before}${}", value + 1);
    }
    sql.push(')');
    sql
}

/// Writes the bodies that are not there yet.
async fn insert_bodies(c: &mut dyn Connection, publication: &Prepared) -> StoreResult<()> {
    let known = c
        .all(
            "select hash from edition_entries where edition = $1 \
             union select frame_hash from editions where number = $1",
            values![publication.number - 1],
            |r| r.text("hash"),
        )
        .await?;
    let known: HashSet<_> = known.into_iter().collect();
    let fresh: Vec<_> = publication
        .bodies
        .iter()
        .filter(|(hash, _)| !known.contains(*hash))
        .collect();
    for rows in fresh.chunks(ROWS) {
        let sql = format!(
            "insert into bodies (hash, json) values {} on conflict (hash) do nothing",
            placeholders(rows.len(), 2)
        );
        let values: Vec<Value<'_>> = rows
            .iter()
            .flat_map(|(hash, json)| [Value::from(*hash), (*json).into()])
            .collect();
        c.execute(AssertSqlSafe(sql), &values).await?;
    }
    Ok(())
}

async fn insert_entries(c: &mut dyn Connection, publication: &Prepared) -> StoreResult<()> {
    let entries: Vec<_> = (1_i64..).zip(&publication.entries).collect();
    for rows in entries.chunks(ROWS) {
        let sql = format!(
            "insert into edition_entries (edition, position, entry, hash) values {}",
            placeholders(rows.len(), 4)
        );
        let values: Vec<Value<'_>> = rows
            .iter()
            .flat_map(|(position, (entry, hash))| {
                [
                    publication.number.into(),
                    (*position).into(),
                    entry.into(),
                    hash.into(),
                ]
            })
            .collect();
        c.execute(AssertSqlSafe(sql), &values).await?;
    }
    Ok(())
}

async fn publish(c: &mut dyn Connection, publication: &Prepared) -> StoreResult<i64> {
    let based_on = publication.number - 1;
    if newest(c).await? != based_on {
        return Err(StoreError::Conflict(format!(
            "edition {based_on} is not the newest"
        )));
    }
    insert_bodies(c, publication).await?;
    // The number is the key: of two who passed the question above at once,
    // only one gets it.
    c.execute(
        "insert into editions (number, published_at, published_by, note, frame_hash, entries, \
         based_on) values ($1, $2, $3, $4, $5, $6, $7)",
        values![
            publication.number,
            publication.at,
            &publication.by,
            &publication.note,
            &publication.frame,
            i64::try_from(publication.entries.len()).unwrap_or(i64::MAX),
            based_on,
        ],
    )
    .await
    .map_err(conflict("another edition was published at the same time"))?;
    insert_entries(c, publication)
        .await
        .map_err(conflict("an entry is in the edition twice"))?;
    for candidate in &publication.candidates {
        candidates::save(c, candidate).await?;
    }
    Ok(publication.number)
}

async fn newest(c: &mut dyn Connection) -> StoreResult<i64> {
    let sql = "select coalesce(max(number), 0) as newest from editions";
    Ok(c.first(sql, &[], |r| r.int("newest")).await?.unwrap_or(0))
}

fn summary(row: &dyn Record) -> StoreResult<EditionSummary> {
    Ok(EditionSummary {
        number: row.int("number")?,
        published_at: row.time("published_at")?,
        published_by: row.maybe_id("published_by")?,
        note: row.text("note")?,
        entries: row.int("entries")?,
    })
}

#[async_trait]
impl<E: Engine> EditionReader for SqlStore<E> {
    async fn current_edition(&self) -> StoreResult<i64> {
        newest(&mut *self.reader().await?).await
    }

    async fn edition(&self, number: i64) -> StoreResult<Option<Edition>> {
        let c: &mut dyn Connection = &mut *self.reader().await?;
        let frame = c
            .first(
                "select e.published_at, e.entries, b.json from editions e \
                 join bodies b on b.hash = e.frame_hash where e.number = $1",
                values![number],
                |r| {
                    Ok((
                        r.time("published_at")?,
                        r.int("entries")?,
                        body::<Knowledge>(r)?,
                    ))
                },
            )
            .await?;
        let Some((published_at, count, mut knowledge)) = frame else {
            return Ok(None);
        };
        knowledge.entries = c
            .all(
                "select b.json from edition_entries e join bodies b on b.hash = e.hash \
                 where e.edition = $1 order by e.position",
                values![number],
                |r| body(r).map(Arc::new),
            )
            .await?;
        if i64::try_from(knowledge.entries.len()) != Ok(count) {
            return Err(StoreError::Corrupt(format!(
                "edition {number} lacks entries"
            )));
        }
        Ok(Some(Edition {
            number,
            published_at,
            knowledge,
        }))
    }

    async fn editions(&self, limit: i64) -> StoreResult<Vec<EditionSummary>> {
        let c: &mut dyn Connection = &mut *self.reader().await?;
        c.all(
            "select number, published_at, published_by, note, entries from editions \
             order by number desc limit $1",
            values![limit],
            summary,
        )
        .await
    }

    async fn setting(&self, name: &str) -> StoreResult<Option<String>> {
        let c: &mut dyn Connection = &mut *self.reader().await?;
        let sql = "select value from settings where name = $1";
        c.first(sql, values![name], |r| r.text("value")).await
    }
}

#[async_trait]
impl<E: Engine> EditionStore for SqlStore<E> {
    async fn publish_edition(&self, publication: &Publication) -> StoreResult<i64> {
        let prepared = Prepared::of(publication)?;
        self.write(move |c| {
            Box::pin(async move { publish(c, &prepared).await.map_err(missing("body")) })
        })
        .await
    }

    async fn set_setting(&self, name: &str, value: &str) -> StoreResult<()> {
        let (name, value) = (name.to_owned(), value.to_owned());
        let sql = "insert into settings (name, value) values ($1, $2) \
                   on conflict (name) do update set value = excluded.value";
        self.write(move |c| {
            Box::pin(async move { c.execute(sql, values![&name, &value]).await.map(|_| ()) })
        })
        .await
    }
}
