//! Question cases are asked through the live path, each in a session of its
//! own.

use super::{Flow, FlowResult, Reply, Session};
use crate::curation::{Case, Wanted};
use crate::model::{Channel, Choice, PlaceId};
use std::sync::Arc;

/// What came of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// As wanted, at once.
    Right,
    /// The wanted entry is among the choices.
    Offered,
    /// Neither answered nor offered.
    Missed,
    /// Something else was answered: the worst.
    Wrong,
}

/// A case and what came of it.
pub struct Examined {
    /// The case.
    pub case: Case,
    /// How it did.
    pub mark: Mark,
    /// What was shown, in a few words.
    pub shown: String,
}

impl Flow {
    /// Asks every case. Turns are recorded like any other: give it a flow
    /// over a database of its own.
    ///
    /// # Errors
    /// When a wish for a person cannot be recorded.
    pub async fn examine(
        self: &Arc<Self>,
        cases: &[Case],
        place: &PlaceId,
    ) -> FlowResult<Vec<Examined>> {
        let mut examined = Vec::with_capacity(cases.len());
        for case in cases {
            let mut session = Session::new("examination".into(), place.clone());
            for (number, earlier) in case.after.iter().enumerate() {
                let name = format!("after-{number}");
                self.answer(&mut session, &name, earlier, Channel::Typed)
                    .await?;
            }
            let replied = self
                .answer(&mut session, "case", &case.ask, Channel::Typed)
                .await?;
            examined.push(Examined {
                mark: mark(&case.wanted, &replied.reply),
                shown: shown(&replied.reply),
                case: case.clone(),
            });
        }
        self.settle().await;
        Ok(examined)
    }
}

fn mark(wanted: &Wanted, reply: &Reply) -> Mark {
    match (wanted, reply) {
        (Wanted::Entry(ids), Reply::Answer(card)) if ids.contains(&card.entry) => Mark::Right,
        (Wanted::Entry(ids), Reply::Choices(options))
            if options.iter().any(|c| ids.contains(&c.entry)) =>
        {
            Mark::Offered
        }
        (Wanted::Emergency(id), Reply::Emergency(fixed)) if fixed.id == *id => Mark::Right,
        (_, Reply::Answer(_) | Reply::Emergency(_)) => Mark::Wrong,
        (Wanted::None(_), _) => Mark::Right,
        _ => Mark::Missed,
    }
}

fn ids(choices: &[Choice]) -> String {
    choices
        .iter()
        .map(|c| c.entry.as_str())
        .collect::<Vec<_>>()
        .join(" / ")
}

fn shown(reply: &Reply) -> String {
    match reply {
        Reply::Answer(card) => format!("答 {}（{:.2}）", card.entry, card.confidence),
        Reply::Choices(options) => format!("选 {}", ids(options)),
        Reply::NoAnswer { nearest, .. } if nearest.is_empty() => "没有答案".to_owned(),
        Reply::NoAnswer { nearest, .. } => format!("没有答案，相近 {}", ids(nearest)),
        Reply::SmallTalk(fixed) => format!("寒暄 {}", fixed.id),
        Reply::Command(_) => "指令".to_owned(),
        Reply::Emergency(fixed) => format!("紧急 {}", fixed.id),
        Reply::Escalation(_) => "转人工".to_owned(),
    }
}
