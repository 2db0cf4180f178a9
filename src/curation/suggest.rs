//! A worker's answer becomes a proposal.

use super::MAX_SPOKEN;
use crate::model::{Entry, EntryId, Proposal, Resolution, Source};

/// The area of entries that nobody has sorted yet.
const UNSORTED: &str = "社区办事";

/// What is proposed after `question` was answered. When the worker answered
/// with an entry, the question becomes a phrasing of it; else a new entry is
/// drafted, which an admin completes: id, topic and source are first guesses.
pub fn suggest(question: &str, resolution: &Resolution) -> Proposal {
    let question = question.trim();
    match &resolution.entry {
        Some(entry) => Proposal::Phrasing {
            entry: entry.clone(),
            text: question.to_owned(),
        },
        None => Proposal::Entry {
            entry: Box::new(draft(question, &resolution.text)),
        },
    }
}

fn draft(question: &str, text: &str) -> Entry {
    let fresh = EntryId::fresh();
    // The tail of a fresh id is random: short, and no two drafts share it.
    let tail = &fresh.as_str()[fresh.as_str().len().saturating_sub(8)..];
    Entry {
        id: format!("desk.{tail}").into(),
        area: UNSORTED.to_owned(),
        topic: question.chars().take(12).collect(),
        aliases: Vec::new(),
        facet: None,
        question: question.to_owned(),
        phrasings: Vec::new(),
        text: text.trim().to_owned(),
        spoken: spoken(text),
        scope: None,
        source: Source {
            title: "社区工作人员答复".to_owned(),
            ..Source::default()
        },
        effective: None,
        expires: None,
        related: Vec::new(),
        review: None,
    }
}

/// As many whole sentences as can be spoken; a longer first sentence is cut
/// at the last comma that fits.
fn spoken(text: &str) -> String {
    let flat: String = text.split_whitespace().collect::<Vec<_>>().join("，");
    let mut kept = String::new();
    for sentence in flat.split_inclusive(['。', '！', '？', '；']) {
        if kept.chars().count() + sentence.chars().count() > MAX_SPOKEN {
            break;
        }
        kept.push_str(sentence);
    }
    if !kept.is_empty() {
        return kept;
    }
    let cut: String = flat.chars().take(MAX_SPOKEN - 1).collect();
    let end = cut.rfind(['，', '、', ',']).unwrap_or(cut.len());
    format!("{}。", &cut[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spoken_texts_are_whole_sentences_that_fit() {
        let long = "一".repeat(50) + "，" + &"二".repeat(50) + "。";
        for (text, wanted) in [
            (
                "周一到周五开门。周末休息。",
                "周一到周五开门。周末休息。".to_owned(),
            ),
            ("周一到周五\n上午九点", "周一到周五，上午九点".to_owned()),
            (long.as_str(), "一".repeat(50) + "。"),
        ] {
            assert_eq!(spoken(text), wanted);
            assert!(spoken(text).chars().count() <= MAX_SPOKEN);
        }
    }

    #[test]
    fn an_answer_with_an_entry_becomes_a_phrasing() {
        let resolution = Resolution {
            text: "答".to_owned(),
            entry: Some("a.b".into()),
            learn: true,
        };
        let wanted = Proposal::Phrasing {
            entry: "a.b".into(),
            text: "咋办".to_owned(),
        };
        assert_eq!(suggest(" 咋办 ", &resolution), wanted);
    }
}
