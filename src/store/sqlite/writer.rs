//! Group commit: a sync to disk costs milliseconds, so everything that waits
//! shares one.
//!
//! One task takes the first write that waits and all others behind it, runs
//! each in a savepoint of one transaction, commits once, and only then
//! answers. A write that fails undoes itself alone; a commit that fails, fails
//! all.

use crate::store::sql::{Connection, Work};
use crate::store::{StoreError, StoreResult};
use async_trait::async_trait;
use futures_util::FutureExt as _;
use sqlx::pool::PoolConnection;
use sqlx::{Sqlite, SqliteConnection, SqlitePool};
use std::borrow::Cow;
use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use tokio::sync::{mpsc, oneshot};

/// How many writes may wait; one more is refused at once.
const QUEUE: usize = 4096;

/// How many writes share a commit at most.
const BATCH: usize = 256;

/// The way to the writing task. It ends when this is dropped or closed, after
/// what was accepted before.
pub(super) struct Writer {
    queue: mpsc::Sender<Message>,
}

enum Message {
    Write(Box<dyn Write>),
    Close(oneshot::Sender<()>),
}

impl Writer {
    /// Starts the task that writes through `pool`, which has one connection.
    pub(super) fn start(pool: SqlitePool) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        tokio::spawn(write_all(pool, waiting));
        Self { queue }
    }

    /// Hands in a change and waits until it is on disk. The change happens
    /// even when nobody waits for it any more.
    pub(super) async fn write<T: Send + 'static>(&self, work: Work<T>) -> StoreResult<T> {
        let (reply, answer) = oneshot::channel();
        let write = Pending {
            work: Some(work),
            result: None,
            reply,
        };
        self.queue
            .try_send(Message::Write(Box::new(write)))
            .map_err(|e| {
                StoreError::Unavailable(match e {
                    mpsc::error::TrySendError::Full(_) => "too many writes wait".to_owned(),
                    mpsc::error::TrySendError::Closed(_) => "the store is closed".to_owned(),
                })
            })?;
        answer.await.unwrap_or_else(|_| {
            Err(StoreError::Unavailable(
                "the writer ended before it answered".to_owned(),
            ))
        })
    }

    /// Writes what waits, then ends the task.
    pub(super) async fn close(&self) {
        let (done, ended) = oneshot::channel();
        if self.queue.send(Message::Close(done)).await.is_ok() {
            // Without an answer the task is gone, which is what is wanted.
            let _ = ended.await;
        }
    }
}

/// A write whose result type is nobody's affair but its caller's.
#[async_trait]
trait Write: Send {
    /// Makes the change; an error is kept for the caller, its words returned.
    async fn run(&mut self, connection: &mut SqliteConnection) -> Result<(), String>;
    /// Tells the caller the result, or why the transaction failed.
    fn answer(self: Box<Self>, transaction: Result<(), &str>);
}

struct Pending<T> {
    work: Option<Work<T>>,
    result: Option<StoreResult<T>>,
    reply: oneshot::Sender<StoreResult<T>>,
}

#[async_trait]
impl<T: Send + 'static> Write for Pending<T> {
    async fn run(&mut self, connection: &mut SqliteConnection) -> Result<(), String> {
        let Some(work) = self.work.take() else {
            return Err("the change was made before".to_owned());
        };
        let connection: &mut dyn Connection = connection;
        // A defect in one change must not end the task that all depend on.
        let result = AssertUnwindSafe(async move { work(connection).await })
            .catch_unwind()
            .await
            .unwrap_or_else(|_| {
                tracing::error!("a change to the store panicked and was undone");
                Err(StoreError::Unavailable("the change broke off".to_owned()))
            });
        match self.result.insert(result) {
            Ok(_) => Ok(()),
            Err(StoreError::Unavailable(words)) => Err(words.clone()),
            Err(error) => Err(error.to_string()),
        }
    }

    fn answer(self: Box<Self>, transaction: Result<(), &str>) {
        let result = match (transaction, self.result) {
            (Ok(()), Some(result)) => result,
            // Even a conflict may have been with a change that is undone now.
            (Err(words), _) => Err(StoreError::Unavailable(words.to_owned())),
            (Ok(()), None) => Err(StoreError::Unavailable(
                "the change was not tried".to_owned(),
            )),
        };
        // The caller may have gone; the change stays.
        let _ = self.reply.send(result);
    }
}

type Writes = VecDeque<Box<dyn Write>>;

async fn write_all(pool: SqlitePool, mut waiting: mpsc::Receiver<Message>) {
    let mut messages = Vec::with_capacity(BATCH);
    let mut closing = Vec::new();
    while waiting.recv_many(&mut messages, BATCH).await > 0 {
        let mut writes = Writes::with_capacity(messages.len());
        for message in messages.drain(..) {
            match message {
                Message::Write(write) => writes.push_back(write),
                Message::Close(done) => {
                    waiting.close();
                    closing.push(done);
                }
            }
        }
        while !writes.is_empty() {
            let mut tried = Vec::with_capacity(writes.len());
            let transaction = write_together(&pool, &mut writes, &mut tried).await;
            if let Err(words) = &transaction {
                tracing::error!(error = %words, writes = tried.len(), "a transaction failed");
            }
            for write in tried {
                write.answer(transaction.as_ref().map(|_| ()).map_err(String::as_str));
            }
        }
    }
    for done in closing {
        // Who closed the store may have stopped waiting.
        let _ = done.send(());
    }
}

/// Runs `writes` in one transaction and moves them to `tried`. When it fails,
/// the writes behind the one that broke it are left for another transaction.
async fn write_together(
    pool: &SqlitePool,
    writes: &mut Writes,
    tried: &mut Vec<Box<dyn Write>>,
) -> Result<(), String> {
    let mut connection = match begin(pool).await {
        Ok(connection) => connection,
        Err(error) => {
            tried.extend(writes.drain(..));
            return Err(words(&error));
        }
    };
    let ended = match run_each(&mut connection, writes, tried).await {
        Ok(Fate::Commit) => execute(&mut connection, "commit")
            .await
            .map_err(|error| words(&error)),
        Ok(Fate::Undo) => {
            undo(&mut connection).await;
            return Ok(());
        }
        Err(words) => Err(words),
    };
    if ended.is_err() {
        undo(&mut connection).await;
    }
    ended
}

async fn begin(pool: &SqlitePool) -> sqlx::Result<PoolConnection<Sqlite>> {
    // `immediate` takes the write lock now: a transaction that reads first
    // and asks for it later can be refused without waiting.
    const BEGIN: &str = "begin immediate";
    let mut connection = pool.acquire().await?;
    match execute(&mut connection, BEGIN).await {
        Ok(()) => {}
        // A transaction was left open: its rollback failed, as it may on a
        // full disk.
        Err(error) if code_of(&error).as_deref() == Some("1") => {
            undo(&mut connection).await;
            execute(&mut connection, BEGIN).await?;
        }
        Err(error) => return Err(error),
    }
    Ok(connection)
}

/// What shall become of a transaction.
enum Fate {
    Commit,
    Undo,
}

/// Runs the writes one after the other. An error, in the database's words,
/// means that the transaction is gone, with everything in it.
async fn run_each(
    connection: &mut SqliteConnection,
    writes: &mut Writes,
    tried: &mut Vec<Box<dyn Write>>,
) -> Result<Fate, String> {
    // One write alone needs no savepoint: it and the transaction are one.
    if writes.len() == 1
        && let Some(mut write) = writes.pop_front()
    {
        let made = write.run(connection).await;
        tried.push(write);
        return Ok(if made.is_ok() {
            Fate::Commit
        } else {
            Fate::Undo
        });
    }
    while let Some(mut write) = writes.pop_front() {
        let started = execute(connection, "savepoint one").await;
        let made = match &started {
            Ok(()) => write.run(connection).await,
            Err(_) => Ok(()),
        };
        tried.push(write);
        started.map_err(|error| words(&error))?;
        if let Err(cause) = made {
            // Fails when the database undid the whole transaction by itself,
            // which it does when the disk is full.
            execute(connection, "rollback to one")
                .await
                .map_err(|_| cause)?;
        }
        execute(connection, "release one")
            .await
            .map_err(|error| words(&error))?;
    }
    Ok(Fate::Commit)
}

/// Ends the transaction without a trace. The database may have done so
/// already, hence no error; a connection that is broken is replaced.
async fn undo(connection: &mut PoolConnection<Sqlite>) {
    if let Err(error) = execute(connection, "rollback").await
        && error.as_database_error().is_none()
    {
        connection.close_on_drop();
    }
}

async fn execute(connection: &mut SqliteConnection, sql: &'static str) -> sqlx::Result<()> {
    sqlx::query(sql).execute(connection).await.map(|_| ())
}

fn code_of(error: &sqlx::Error) -> Option<Cow<'_, str>> {
    error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code)
}

/// The database's own words, where it said something.
fn words(error: &sqlx::Error) -> String {
    error
        .as_database_error()
        .map_or_else(|| error.to_string(), |e| e.message().to_owned())
}
