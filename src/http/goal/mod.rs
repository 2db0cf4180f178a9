//! The 98%.

pub mod csv;
pub mod show;
pub mod turns;

use crate::flow::{Colour, GoalList, Tally};
use crate::model::{Channel, Names};
use crate::protocol::resources::{GoalColour, RateView, TurnView};

fn rate(tally: Tally) -> RateView {
    let interval = tally.interval();
    RateView {
        instant: tally.instant,
        total: tally.total,
        rate: tally.rate(),
        low: interval.map(|i| i.0),
        high: interval.map(|i| i.1),
    }
}

fn colour(colour: Colour) -> GoalColour {
    match colour {
        Colour::None => GoalColour::None,
        Colour::Blue => GoalColour::Blue,
        Colour::Yellow => GoalColour::Yellow,
        Colour::Red => GoalColour::Red,
    }
}

fn turn_views(list: GoalList, names: &Names) -> Vec<TurnView> {
    list.turns
        .into_iter()
        .map(|(turn, miss)| TurnView {
            id: turn.id.to_string(),
            at: turn.at.0,
            text: turn.text,
            outcome: turn.outcome.as_str().to_owned(),
            entry: turn.entry.map(|e| e.to_string()),
            instant: miss.is_none(),
            why: miss.map(|m| m.as_str().to_owned()),
            took_ms: turn.took_ms,
            channel: match turn.channel {
                Channel::Typed => "typed",
                Channel::Spoken => "spoken",
            }
            .to_owned(),
            kiosk: names.kiosk(turn.kiosk.as_str()),
        })
        .collect()
}
