//! What a session remembers.

use crate::model::{
    Choice, Command, Contest, Decision, Entry, EntryId, Facet, Fixed, Query, Timestamp, TurnId,
};
use crate::text::normalise;
use std::collections::HashSet;

/// How long a follow-up may come after its topic.
const TOPIC_MS: i64 = 5 * Timestamp::MINUTE;
/// A rephrase or a wish for a person within this time contests an answer.
const CONTEST_MS: i64 = 2 * Timestamp::MINUTE;
/// Questions that share at least so many of their character pairs (Dice) ask
/// the same in other words.
const REPHRASED: f32 = 0.5;
/// As [`REPHRASED`], for entries of different sides of a topic.
const SAME_WORDS: f32 = 0.7;
/// What a worker reads when nothing was asked before.
const NO_QUESTION: &str = "居民请求人工帮助（没有留下问题）";

/// An entry that was shown.
#[derive(Clone, Debug)]
pub(super) struct Answered {
    pub(super) entry: EntryId,
    /// The name of the topic that was used: 出生证 and not 生育登记.
    pub(super) subject: String,
    pub(super) topic: String,
    pub(super) aliases: Vec<String>,
    pub(super) facet: Option<Facet>,
    /// The question's core.
    pub(super) core: String,
    pub(super) turn: TurnId,
    pub(super) at: Timestamp,
}

/// The longest of a topic's names that the resident used, else that the
/// standard question uses, else the topic.
fn subject(entry: &Entry, core: &str) -> String {
    let names = || {
        std::iter::once(&entry.topic)
            .chain(&entry.aliases)
            .map(|name| normalise(name))
            .filter(|name| !name.is_empty())
    };
    let question = normalise(&entry.question);
    [core, question.as_str()]
        .into_iter()
        .find_map(|text| names().filter(|n| text.contains(n)).max_by_key(String::len))
        .or_else(|| longest_common(core, &question))
        .unwrap_or_else(|| normalise(&entry.topic))
}

/// The longest run of at least three characters that two texts share.
fn longest_common(a: &str, b: &str) -> Option<String> {
    let chars: Vec<char> = a.chars().collect();
    (3..=chars.len()).rev().find_map(|length| {
        chars
            .windows(length)
            .map(|run| run.iter().collect::<String>())
            .find(|run| b.contains(run.as_str()))
    })
}

impl Answered {
    fn of(entry: &Entry, core: &str, turn: &TurnId, now: Timestamp) -> Self {
        Self {
            entry: entry.id.clone(),
            subject: subject(entry, core),
            topic: entry.topic.clone(),
            aliases: entry.aliases.clone(),
            facet: entry.facet,
            core: core.to_owned(),
            turn: turn.clone(),
            at: now,
        }
    }
}

/// What a resident sees.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OnScreen {
    /// Nothing that could be shown again.
    #[default]
    Nothing,
    /// This entry.
    Answer(EntryId),
    /// These choices.
    Choices(Vec<Choice>),
    /// The card of a danger.
    Danger(Fixed),
}

/// What a session remembers.
#[derive(Clone, Debug, Default)]
pub struct State {
    on_screen: OnScreen,
    last: Option<Answered>,
    /// What a follow-up may mean: the last answer, or the first of the last
    /// choices.
    topic: Option<Answered>,
    previous: Option<EntryId>,
    shown: Vec<Choice>,
    /// Whether the last turn was the answer in `last`.
    just_answered: bool,
    /// Whether `last` was answered at once, and not picked.
    last_counts: bool,
    /// The last question, masked.
    asked: Option<String>,
}

/// A state and what an utterance says about an earlier answer.
#[derive(Debug)]
pub struct After {
    /// What is remembered now.
    pub state: State,
    /// The earlier turn that does not count as right, and why.
    pub contests: Option<(TurnId, Contest)>,
}

fn pairs(core: &str) -> HashSet<(char, char)> {
    let chars: Vec<char> = core.chars().collect();
    chars.windows(2).map(|w| (w[0], w[1])).collect()
}

fn alike(a: &str, b: &str) -> f32 {
    let (a, b) = (pairs(a), pairs(b));
    let both = a.len() + b.len();
    #[expect(clippy::cast_precision_loss, reason = "questions are short")]
    let dice = 2.0 * a.intersection(&b).count() as f32 / both.max(1) as f32;
    dice
}

impl State {
    /// The choices on the screen.
    pub(super) fn shown(&self) -> &[Choice] {
        &self.shown
    }

    /// The topic that a follow-up may mean.
    pub(super) fn recent(&self, now: Timestamp) -> Option<&Answered> {
        self.topic
            .as_ref()
            .filter(|topic| now.since(topic.at) <= TOPIC_MS)
    }

    /// The names of what is being talked about, that which the resident used first.
    pub fn about(&self, now: Timestamp) -> Vec<&str> {
        let Some(last) = self.recent(now) else {
            return Vec::new();
        };
        let mut names: Vec<&str> = vec![&last.topic];
        names.extend(last.aliases.iter().map(String::as_str));
        names.sort_by_key(|name| normalise(name) != last.subject);
        names
    }

    /// What the resident sees, so that it can be shown again in another way.
    pub fn on_screen(&self) -> &OnScreen {
        &self.on_screen
    }

    /// The entry that was shown last.
    fn last_entry(&self) -> Option<EntryId> {
        self.last.as_ref().map(|a| a.entry.clone())
    }

    /// The entry that was shown before the last: for going back.
    pub fn previous_entry(&self) -> Option<EntryId> {
        self.previous.clone()
    }

    /// The state after a decision. `shown` is the entry of an answer, or of the
    /// first choice.
    pub fn after(
        mut self,
        query: &Query,
        decision: &Decision,
        turn: &TurnId,
        now: Timestamp,
        shown: Option<&Entry>,
    ) -> After {
        let contests = self.contests(query, decision, now, shown);
        let just_answered = self.just_answered;
        self.just_answered = false;
        match decision {
            Decision::Answer { .. } => {
                if let Some(entry) = shown {
                    self.show(entry, &query.core, turn, now);
                }
                self.asked = Some(query.masked.clone());
                self.shown.clear();
            }
            Decision::Choices(options) => {
                self.on_screen = OnScreen::Choices(options.clone());
                self.asked = Some(query.masked.clone());
                self.shown.clone_from(options);
                self.topic = shown.map(|entry| Answered::of(entry, &query.core, turn, now));
            }
            Decision::NoAnswer { reason, .. } => {
                if !matches!(reason, crate::model::NoAnswerReason::NoneOfThese) {
                    self.asked = Some(query.masked.clone());
                }
                self.shown.clear();
                self.on_screen = OnScreen::Nothing;
            }
            // Talk and the like leave the screen's question as it was.
            Decision::SmallTalk(_) | Decision::PickUp(_) => {
                self.just_answered = just_answered;
                self.on_screen = OnScreen::Nothing;
            }
            Decision::Command(command) => {
                self.just_answered = just_answered;
                let shown = match (command, &self.on_screen) {
                    (Command::Back, _) => self.previous_entry(),
                    // After talk and the like, what was shown before it.
                    (Command::Repeat, OnScreen::Nothing) => self.last_entry(),
                    _ => None,
                };
                if let Some(entry) = shown {
                    self.on_screen = OnScreen::Answer(entry);
                }
            }
            Decision::Pick(_) => self.just_answered = just_answered,
            Decision::Emergency(danger) => self.on_screen = OnScreen::Danger(danger.card.clone()),
            Decision::Human => self.on_screen = OnScreen::Nothing,
        }
        After {
            state: self,
            contests,
        }
    }

    fn show(&mut self, entry: &Entry, core: &str, turn: &TurnId, now: Timestamp) {
        let shown = Answered::of(entry, core, turn, now);
        self.on_screen = OnScreen::Answer(entry.id.clone());
        self.topic = Some(shown.clone());
        if let Some(before) = self.last.replace(shown)
            && before.entry != entry.id
        {
            self.previous = Some(before.entry);
        }
        self.just_answered = true;
        self.last_counts = true;
    }

    fn contests(
        &self,
        query: &Query,
        decision: &Decision,
        now: Timestamp,
        answered: Option<&Entry>,
    ) -> Option<(TurnId, Contest)> {
        match decision {
            Decision::Human => self.unanswered_wish(now),
            Decision::Answer { .. } => self.rephrased(&query.core, answered, now),
            _ => None,
        }
    }

    fn last_within(&self, now: Timestamp) -> Option<&Answered> {
        self.last
            .as_ref()
            .filter(|last| self.last_counts && now.since(last.at) <= CONTEST_MS)
    }

    /// A person is asked for right after an answer: it did not do.
    pub fn unanswered_wish(&self, now: Timestamp) -> Option<(TurnId, Contest)> {
        let last = self.last_within(now).filter(|_| self.just_answered)?;
        Some((last.turn.clone(), Contest::Human))
    }

    /// Nearly the same was asked again and another entry shown: the first one
    /// was not what was meant. Another side of a topic is another question, so
    /// there the words must be still more alike.
    fn rephrased(
        &self,
        core: &str,
        shown: Option<&Entry>,
        now: Timestamp,
    ) -> Option<(TurnId, Contest)> {
        let last = self.last_within(now)?;
        let shown = shown.filter(|entry| entry.id != last.entry)?;
        let other_side = shown.facet.zip(last.facet).is_some_and(|(a, b)| a != b);
        let enough = if other_side { SAME_WORDS } else { REPHRASED };
        (alike(core, &last.core) >= enough).then(|| (last.turn.clone(), Contest::Rephrased))
    }

    /// The resident picked a choice on the screen, asked with these words.
    /// Returns the earlier answer that this shows to be wrong.
    pub fn chose(
        &mut self,
        entry: &Entry,
        core: &str,
        turn: &TurnId,
        now: Timestamp,
    ) -> Option<(TurnId, Contest)> {
        let contests = self.rephrased(core, Some(entry), now);
        self.shown.clear();
        self.show(entry, core, turn, now);
        // A pick is no instant answer: nothing contests it.
        self.just_answered = false;
        self.last_counts = false;
        contests
    }

    /// None of the choices was right.
    pub fn declined(&mut self) {
        self.on_screen = OnScreen::Nothing;
        self.shown.clear();
    }

    /// What a worker shall answer: the turn's question, else the last one.
    /// A bare wish for a person is no question.
    pub fn question_for_people(&self, turn: Option<&str>) -> String {
        let wish = |text: &str| {
            let normal = crate::text::normalise(text);
            super::human::asked(&normal, &normal)
        };
        turn.filter(|text| !wish(text))
            .map(str::to_owned)
            .or_else(|| self.asked.clone())
            .unwrap_or_else(|| NO_QUESTION.to_owned())
    }
}
