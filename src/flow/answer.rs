//! An utterance becomes a turn and a reply.

use super::hear::Understood;
use super::second_look::Again;
use super::session::PastTurn;
use super::{Card, Flow, FlowResult, Live, Replied, Reply, Request, Session};
use crate::dialogue::{self, Interpretation, OnScreen, Searched};
use crate::model::{
    Channel, Choice, Command, Decision, EntryId, Hits, Outcome, PlaceId, Query, Timestamp, Timings,
    Turn, TurnId,
};
use crate::store::StoreError;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long an answer waits for the disk. Then it is given all the same.
const STORE_PATIENCE: Duration = Duration::from_secs(2);

/// What the stages made of an utterance, before anything is written down.
struct Considered {
    query: Query,
    /// What was found.
    searched: Searched,
    decision: Decision,
    timings: Timings,
}

/// An utterance that is to be answered.
pub(super) struct Asked<'a> {
    pub text: &'a str,
    pub channel: Channel,
    /// When it was complete: from here on the resident waits.
    pub begun: Instant,
    /// Of a spoken one, what was heard.
    pub heard: Option<&'a Understood>,
}

fn micros(since: Instant) -> i64 {
    i64::try_from(since.elapsed().as_micros()).unwrap_or(i64::MAX)
}

impl Flow {
    /// Answers one utterance. `name` is the terminal's name for the turn.
    ///
    /// The turn is on disk before this returns. When the store fails, the
    /// resident still gets the answer, since it comes from the index: the
    /// failure is logged and counted as `linli_turns_unrecorded_total`.
    ///
    /// # Errors
    /// When the resident asked for a person and that could not be recorded.
    pub async fn answer(
        self: &Arc<Self>,
        session: &mut Session,
        name: &str,
        utterance: &str,
        channel: Channel,
    ) -> FlowResult<Replied> {
        let asked = Asked {
            text: utterance,
            channel,
            begun: Instant::now(),
            heard: None,
        };
        self.answer_asked(session, name, asked).await
    }

    pub(super) async fn answer_asked(
        self: &Arc<Self>,
        session: &mut Session,
        name: &str,
        asked: Asked<'_>,
    ) -> FlowResult<Replied> {
        let begun = asked.begun;
        let at = self.clock.now();
        let live = self.live();
        let mut considered = consider(self, &live, session, &asked, at).await;

        let id = TurnId::fresh();
        let query = considered.query.clone();
        let shown = match &considered.decision {
            Decision::Answer { entry, .. } => live.index.entry(entry),
            Decision::Choices(options) => options.first().and_then(|c| live.index.entry(&c.entry)),
            _ => None,
        };
        let after = std::mem::take(&mut session.dialogue).after(
            &query,
            &considered.decision,
            &id,
            at,
            shown.as_deref(),
        );
        session.dialogue = after.state;
        considered.timings.total_us = micros(begun);
        let turn = write_down(&considered, session, &live, &id, name, &asked, at);
        let command = match considered.decision {
            Decision::Command(command) => Some(command),
            _ => None,
        };
        let past = PastTurn {
            name: name.to_owned(),
            id: id.clone(),
            text: query.masked.clone(),
            core: query.core.clone(),
            options: match &considered.decision {
                Decision::Choices(options) => options.clone(),
                _ => Vec::new(),
            },
            answered: turn.entry.clone(),
            handed_over: None,
        };
        session.remember(match command {
            Some(command) => session.once_more(command, past),
            None => past,
        });

        let written = Instant::now();
        self.record(&turn).await;
        if let Some((earlier, why)) = after.contests {
            self.contest(&earlier, why).await;
        }
        metrics::histogram!("linli_store_seconds").record(written.elapsed());
        self.amend_when_late(&id, micros(begun)).await;

        let reply = self
            .reply(session, &live, name, considered.decision, at)
            .await?;
        self.after_reply(&turn, &query, begun);
        Ok(Replied {
            turn: id,
            reply,
            command,
            took_us: micros(begun),
        })
    }

    pub(super) async fn record(&self, turn: &Turn) {
        let written = tokio::time::timeout(STORE_PATIENCE, self.store.record_turn(turn)).await;
        let written = written
            .unwrap_or_else(|_| Err(StoreError::Unavailable("no answer in time".to_owned())));
        if let Err(error) = written {
            metrics::counter!("linli_turns_unrecorded_total").increment(1);
            tracing::error!(turn.id = %turn.id, %error, "turn not recorded");
        }
    }

    /// A turn is written before its answer leaves. Where writing itself took
    /// the answer past the deadline, the record must say so: it is not instant.
    async fn amend_when_late(&self, turn: &TurnId, total_us: i64) {
        if total_us / 1000 > self.settings.goal.deadline_ms
            && let Err(error) = self.store.amend_total(turn, total_us).await
        {
            tracing::error!(turn.id = %turn, %error, "late answer not noted");
        }
    }

    pub(super) async fn contest(&self, turn: &TurnId, why: crate::model::Contest) {
        if let Err(error) = self.store.contest_turn(turn, why).await {
            tracing::error!(turn.id = %turn, %error, "contest not recorded");
        }
    }

    async fn reply(
        self: &Arc<Self>,
        session: &mut Session,
        live: &Live,
        name: &str,
        decision: Decision,
        at: Timestamp,
    ) -> FlowResult<Reply> {
        Ok(match decision {
            Decision::Answer { entry, confidence } => {
                self.card_or_truth(live, &entry, confidence, &session.place, at)
            }
            Decision::Choices(options) => Reply::Choices(options),
            Decision::NoAnswer { reason, nearest } => Reply::NoAnswer {
                reason,
                workers_online: self.presence.workers_online(),
                nearest,
            },
            Decision::SmallTalk(fixed) => Reply::SmallTalk(fixed),
            Decision::Emergency(danger) => Reply::Emergency(danger.card),
            Decision::Command(command) => self.command(session, live, command, at),
            Decision::Human => {
                let request = Request {
                    turn: Some(name.to_owned()),
                    ..Request::default()
                };
                Reply::Escalation(Box::new(self.escalate(session, request).await?))
            }
            Decision::PickUp(code) => self.pick_up(session, &code).await?,
            Decision::Pick(number) => self.pick(session, number).await?,
        })
    }

    fn command(&self, session: &Session, live: &Live, command: Command, at: Timestamp) -> Reply {
        let text = || Reply::Command(dialogue::command_text(command).to_owned());
        let last = match command {
            Command::Back => session.dialogue.previous_entry(),
            // What is on the screen once more, or in another way.
            _ => match session.dialogue.on_screen() {
                OnScreen::Answer(entry) => Some(entry.clone()),
                OnScreen::Choices(options) => return Reply::Choices(options.clone()),
                OnScreen::Danger(card) => return Reply::Emergency(card.clone()),
                OnScreen::Nothing => None,
            },
        };
        match last {
            Some(entry) => self.card_or_truth(live, &entry, 1.0, &session.place, at),
            None => text(),
        }
    }

    /// The entry's card; when it lapsed in this very moment, the truth.
    pub(super) fn card_or_truth(
        &self,
        live: &Live,
        entry: &EntryId,
        confidence: f32,
        place: &PlaceId,
        at: Timestamp,
    ) -> Reply {
        match card(live, entry, confidence, place, at) {
            Some(card) => Reply::Answer(Box::new(card)),
            None => Reply::NoAnswer {
                reason: crate::model::NoAnswerReason::Unknown,
                workers_online: self.presence.workers_online(),
                nearest: Vec::new(),
            },
        }
    }

    fn after_reply(self: &Arc<Self>, turn: &Turn, query: &Query, begun: Instant) {
        metrics::counter!("linli_turns_total", "decision" => turn.decision.clone()).increment(1);
        metrics::histogram!("linli_answer_seconds").record(begun.elapsed());
        if turn.decision == "no_answer" {
            self.gather_gap(turn.id.clone(), query.core.clone(), query.masked.clone());
        }
    }
}

async fn consider(
    flow: &Flow,
    live: &Arc<Live>,
    session: &Session,
    asked: &Asked<'_>,
    at: Timestamp,
) -> Considered {
    let mut timings = Timings::default();
    let clock = Instant::now();
    let analyser = live.index.analyser();
    let query = match asked.heard {
        Some(Understood { text, heard, .. }) => analyser.heard(text, &heard.text, &heard.certain),
        None => analyser.query(asked.text, asked.channel),
    };
    timings.text_us = micros(clock);

    let clock = Instant::now();
    let interpretation = dialogue::interpret(
        &live.phrasebook,
        &session.dialogue,
        &query,
        live.index.analyser(),
        at,
    );
    timings.dialogue_us = micros(clock);
    let (own, full, bare, loose, danger) = match interpretation {
        Interpretation::Decided(decision) => {
            return Considered {
                query,
                searched: Searched::default(),
                decision,
                timings,
            };
        }
        Interpretation::Search {
            own,
            full,
            bare,
            loose,
            danger,
        } => (own, full, bare, loose, danger),
    };

    let clock = Instant::now();
    let search = |q: &Query| live.index.search(q, &session.place, at);
    let mut searched = Searched {
        own: search(&own),
        full: full.as_deref().map(search),
        bare,
        loose,
    };
    if !dialogue::is_sure(&flow.settings.bands, &searched) {
        let again = Again {
            own,
            full,
            bare,
            loose,
            place: session.place.clone(),
            at,
        };
        searched = flow.look_again(live, again).await.unwrap_or(searched);
    }
    timings.retrieval_us = micros(clock);

    let clock = Instant::now();
    let decision = dialogue::decide(&flow.settings.bands, &searched);
    let decision = dialogue::heed(decision, danger);
    timings.dialogue_us += micros(clock);
    Considered {
        query,
        searched,
        decision,
        timings,
    }
}

fn write_down(
    considered: &Considered,
    session: &Session,
    live: &Live,
    id: &TurnId,
    name: &str,
    asked: &Asked<'_>,
    at: Timestamp,
) -> Turn {
    let (outcome, entry, confidence) = match &considered.decision {
        Decision::Answer { entry, confidence } => {
            (Outcome::Answered, Some(entry.clone()), *confidence)
        }
        Decision::Choices(_) | Decision::NoAnswer { .. } | Decision::Human => {
            (Outcome::Abandoned, None, 0.0)
        }
        Decision::SmallTalk(_) => (Outcome::SmallTalk, None, 1.0),
        Decision::Command(_) | Decision::PickUp(_) | Decision::Pick(_) => {
            (Outcome::Command, None, 1.0)
        }
        Decision::Emergency(danger) => (Outcome::Emergency, None, danger.probability),
    };
    let hits: Vec<&Hits> = std::iter::once(&considered.searched.own)
        .chain(&considered.searched.full)
        .collect();
    Turn {
        id: id.clone(),
        session: session.id.clone(),
        name: name.to_owned(),
        kiosk: session.kiosk.clone(),
        place: session.place.clone(),
        at,
        channel: asked.channel,
        text: considered.query.masked.clone(),
        core: considered.query.core.clone(),
        edition: live.number(),
        decision: considered.decision.name().to_owned(),
        outcome,
        entry,
        gap: None,
        confidence,
        contest: None,
        thumbs_up: false,
        explain: explain(&hits, asked.heard),
        timings: considered.timings,
    }
}

/// The explain record: the first three candidates of every search; beside
/// them, of a spoken question, what the recogniser wrote.
fn explain(hits: &[&Hits], heard: Option<&Understood>) -> String {
    let short: Vec<Hits> = hits
        .iter()
        .map(|h| Hits {
            ranked: h.ranked.iter().take(3).cloned().collect(),
            ..(*h).clone()
        })
        .collect();
    match heard {
        None => serde_json::to_string(&short),
        Some(heard) => {
            serde_json::to_string(&serde_json::json!({"heard": heard.record(), "searches": short}))
        }
    }
    .unwrap_or_default()
}

/// An entry as a resident at `place` sees it, when it is in force there.
pub(super) fn card(
    live: &Live,
    id: &EntryId,
    confidence: f32,
    place: &PlaceId,
    at: Timestamp,
) -> Option<Card> {
    let entry = live.index.entry(id)?;
    if !entry.in_force(at) || !live.holds_at(&entry, place) {
        return None;
    }
    let (text, spoken) = live.rendered(&entry, place);
    let related = entry
        .related
        .iter()
        .filter_map(|r| live.index.entry(r))
        .filter(|r| r.in_force(at) && live.holds_at(r, place))
        .take(3)
        .map(|r| Choice {
            entry: r.id.clone(),
            question: r.question.clone(),
        })
        .collect();
    Some(Card {
        entry: entry.id.clone(),
        question: entry.question.clone(),
        text,
        spoken,
        source: entry.source.clone(),
        effective: entry.source.effective.or(entry.effective),
        expires: entry.expires.or(entry.source.expires),
        confidence,
        related,
    })
}
