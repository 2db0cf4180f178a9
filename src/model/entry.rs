//! A curated answer.

use super::{EntryId, PlaceId, Timestamp};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Which side of a topic a question asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Facet {
    /// 是什么
    What,
    /// 怎么办、流程
    How,
    /// 带什么材料
    Materials,
    /// 在哪里办
    Where,
    /// 多久办好
    Duration,
    /// 收多少钱
    Fee,
    /// 能不能代办
    Proxy,
    /// 能不能网上办
    Online,
    /// 谁能办、什么条件
    Condition,
    /// 什么时候
    When,
    /// 电话
    Phone,
    /// 能领多少、报多少
    Amount,
    /// 怎么查
    Query,
    /// 丢了、补办
    Lost,
}

/// Who first asked in these words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhrasingOrigin {
    /// Whoever wrote the entry.
    Author,
    /// A resident, confirmed by an admin.
    Resident,
    /// What a recogniser makes of it.
    Recogniser,
}

/// One way to ask an entry's question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrasing {
    /// The words.
    pub text: String,
    /// Where they come from.
    pub origin: PhrasingOrigin,
}

/// The document an answer rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// 标题
    pub title: String,
    /// 发文字号
    pub number: Option<String>,
    /// 发文机关
    pub issuer: Option<String>,
    /// First day on which the document is in force.
    pub effective: Option<Date>,
    /// First day on which it is not in force any more.
    pub expires: Option<Date>,
}

/// One curated answer with every way to ask for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Chosen by the author, never changed.
    pub id: EntryId,
    /// One of the twelve areas: 户籍与身份.
    pub area: String,
    /// What it is about: 居住证.
    pub topic: String,
    /// Other names of the topic, for follow-up questions.
    pub aliases: Vec<String>,
    /// Which side of the topic.
    pub facet: Option<Facet>,
    /// The standard question (标准问).
    pub question: String,
    /// Other ways to ask (相似问), without the standard question.
    pub phrasings: Vec<Phrasing>,
    /// The answer for the screen, plain text; `{name}` is a place variable.
    pub text: String,
    /// The answer to be spoken, at most 80 characters.
    pub spoken: String,
    /// Where it holds; nothing means everywhere.
    pub scope: Option<PlaceId>,
    /// What it rests on.
    pub source: Source,
    /// First day on which the answer may be given.
    pub effective: Option<Date>,
    /// First day on which it may not be given any more.
    pub expires: Option<Date>,
    /// Entries that could be meant instead.
    pub related: Vec<EntryId>,
    /// A doubt that somebody should settle.
    pub review: Option<String>,
}

impl Entry {
    /// Whether the answer may be given at this moment. The days are China's;
    /// on the expiry day itself the answer is no longer given, nor when the
    /// document it rests on has lapsed.
    pub fn in_force(&self, now: Timestamp) -> bool {
        let today = now.day_in_china();
        let begun = self.effective.is_none_or(|d| d <= today);
        let ended = [self.expires, self.source.expires]
            .into_iter()
            .flatten()
            .any(|d| d <= today);
        begun && !ended
    }

    /// The standard question followed by every phrasing.
    pub fn wordings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.question.as_str())
            .chain(self.phrasings.iter().map(|p| p.text.as_str()))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use jiff::civil::date;

    /// An entry for tests; everything that is not given is plain.
    pub(crate) fn entry(id: &str, question: &str, phrasings: &[&str]) -> Entry {
        Entry {
            id: id.into(),
            area: "户籍与身份".to_owned(),
            topic: id.split('.').next().unwrap_or(id).to_owned(),
            aliases: Vec::new(),
            facet: None,
            question: question.to_owned(),
            phrasings: phrasings
                .iter()
                .map(|t| Phrasing {
                    text: (*t).to_owned(),
                    origin: PhrasingOrigin::Author,
                })
                .collect(),
            text: format!("{question}的答案。"),
            spoken: format!("{question}的答案。"),
            scope: None,
            source: Source {
                title: "测试文件".to_owned(),
                ..Source::default()
            },
            effective: None,
            expires: None,
            related: Vec::new(),
            review: None,
        }
    }

    #[test]
    fn an_answer_ends_on_its_expiry_day_at_midnight_in_china() {
        let mut e = entry("a", "问", &[]);
        e.effective = Some(date(2026, 1, 1));
        e.expires = Some(date(2026, 12, 31));
        let at = |d: Date, h: i8| Timestamp::from_china(d.at(h, 0, 0, 0));
        assert!(!e.in_force(at(date(2025, 12, 31), 23)));
        assert!(e.in_force(at(date(2026, 1, 1), 0)));
        assert!(e.in_force(at(date(2026, 12, 30), 23)));
        assert!(!e.in_force(at(date(2026, 12, 31), 0)));
        e.expires = None;
        e.source.expires = Some(date(2026, 6, 1));
        assert!(!e.in_force(at(date(2026, 6, 1), 0)));
    }
}
