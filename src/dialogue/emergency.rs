//! Dangers: fixed answers, before anything else.

use super::alarm::Alarm;
use super::rules::Rules;
use crate::model::{Channel, Danger, Emergency, Fixed, Knowledge, Query};
use crate::text::sounded;

/// From this probability on words that are like a danger mean it, whatever would
/// answer them.
const SURE: f32 = 0.5;
/// And from this on where nothing answers them. With both, 13 of 3,059 question cases
/// show a card that they do not ask for, half of them rightly.
const LIKELY: f32 = 0.2;

/// The dangers of an edition.
pub(super) struct Dangers {
    cards: Vec<Fixed>,
    rules: Rules,
    /// What dangers are like as they are written.
    written: Option<Alarm>,
    /// And as they sound, for what a recogniser wrote. Of 218 unknown sentences, each
    /// misheard in three ways, rules and what is written alone recognise 85%, the mean
    /// of both 90%; of 4,900 calm questions, misheard likewise, 1.1% ring either way.
    sounding: Option<Alarm>,
}

fn card(emergency: &Emergency) -> Fixed {
    Fixed {
        id: emergency.id.clone(),
        text: emergency.text.trim().to_owned(),
        spoken: emergency.spoken.clone(),
        phone: Some(emergency.phone.clone()),
    }
}

impl Dangers {
    pub(super) fn new(knowledge: &Knowledge) -> Self {
        let rules = Rules::new(&knowledge.emergencies);
        // A question that a rule takes for a danger teaches nothing about calm.
        let calm = |said: &str| rules.first(said).is_none();
        let (written, sounding) = std::thread::scope(|scope| {
            let written = scope.spawn(|| Alarm::learn(knowledge, str::to_owned, calm));
            let sounding = Alarm::learn(knowledge, sounded, calm);
            let written = written.join();
            (
                written.unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
                sounding,
            )
        });
        Self {
            cards: knowledge.emergencies.iter().map(card).collect(),
            rules,
            written,
            sounding,
        }
    }

    /// The danger that the words mean, where that is likely: the first whose rules
    /// say so, or the one that they are like.
    pub(super) fn find(&self, query: &Query) -> Option<Danger> {
        let (number, probability) = match self.rules.first(&query.normal) {
            Some(number) => (number, 1.0),
            None => self.like(query)?,
        };
        let card = self.cards.get(number).filter(|_| probability >= LIKELY);
        card.map(|card| Danger {
            card: card.clone(),
            probability,
        })
    }

    /// The danger that the words are like, by its place, and how probable it is.
    fn like(&self, query: &Query) -> Option<(usize, f32)> {
        let ask = |alarm: &Option<Alarm>, said: &str| alarm.as_ref()?.hear(said);
        let written = ask(&self.written, &query.normal);
        if query.channel == Channel::Typed {
            return written;
        }
        let sounding = ask(&self.sounding, &sounded(&query.normal));
        let (a, b) = (written.unwrap_or_default(), sounding.unwrap_or_default());
        let likelier = if b.1 > a.1 { b.0 } else { a.0 };
        Some((likelier, (a.1 + b.1) / 2.0))
    }
}

/// Whether a danger goes before everything; else see [`super::heed`].
pub(super) fn is_sure(danger: &Danger) -> bool {
    danger.probability >= SURE
}

/// Whether a rule named it.
pub(super) fn is_named(danger: &Danger) -> bool {
    danger.probability >= 1.0
}

#[cfg(test)]
mod tests {
    use super::super::alarm::tests::knowledge;
    use super::*;
    use crate::model::Lexicon;
    use crate::text::Analyser;

    fn asked(said: &str, channel: Channel) -> Query {
        Analyser::new(&Lexicon::default()).query(said, channel)
    }

    #[test]
    fn what_a_recogniser_wrote_is_a_danger_by_its_sound() {
        let dangers = Dangers::new(&knowledge());
        for (said, wanted) in [
            // 喘不上气, 挂在窗户外面, and calm: 的药报销多少.
            ("我妈川部上器了", Some("medical")),
            ("有人瓜在床湖外棉", Some("trapped")),
            ("她的要抱小多少", None),
        ] {
            let find = |channel| dangers.find(&asked(said, channel));
            let id = find(Channel::Spoken).map(|danger| danger.card.id);
            assert_eq!(id.as_deref(), wanted, "{said}");
            let sure = |channel| find(channel).map_or(0.0, |danger| danger.probability);
            let (heard, typed) = (sure(Channel::Spoken), sure(Channel::Typed));
            assert!(
                heard > typed || wanted.is_none(),
                "{said}: {heard}, {typed}"
            );
        }
    }

    #[test]
    fn rules_go_before_what_words_are_like() {
        let mut knowledge = knowledge();
        knowledge.emergencies[1].any = vec!["叫不醒".to_owned()];
        knowledge.emergencies[1].unless = vec!["演练".to_owned()];
        let dangers = Dangers::new(&knowledge);
        for (said, wanted) in [
            // Like the first danger, and named by a rule of the second.
            ("我爸倒地上叫不醒", Some("trapped")),
            // The rule does not hold; what it is like stays.
            ("演练时我爸倒地上叫不醒", Some("medical")),
            ("我妈喘不上气了", Some("medical")),
            ("窗户谁来修", None),
            ("你好", None),
        ] {
            let found = dangers.find(&asked(said, Channel::Typed));
            let id = found.as_ref().map(|danger| danger.card.id.as_str());
            assert_eq!(id, wanted, "{said}");
            let by_rule = found.is_some_and(|danger| danger.probability >= 1.0);
            assert_eq!(by_rule, wanted == Some("trapped"), "{said}");
        }
    }
}
