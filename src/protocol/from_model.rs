//! Domain values as they are shown: explicit, one function a shape.

use super::resources::{
    CandidateStateName, EditionView, EntryBody, EntryRow, EscalationView, GapView, LineView, Me,
    RoleName, SpeakerName, WorkerRef,
};
use super::terminal::{EntryRef, EscalationStateName, OptionRef, SourceRef};
use crate::model::{
    CandidateState, Choice, EditionSummary, Entry, Escalation, EscalationState, Facet, Gap, Line,
    Names, Phrasing, PhrasingOrigin, Role, Source, Speaker, Timestamp, User,
};

impl From<&Choice> for EntryRef {
    fn from(choice: &Choice) -> Self {
        Self {
            entry: choice.entry.to_string(),
            question: choice.question.clone(),
        }
    }
}

/// Choices with their numbers.
pub fn options(choices: &[Choice]) -> Vec<OptionRef> {
    (1..)
        .zip(choices)
        .map(|(option, c)| OptionRef {
            option,
            entry: c.entry.to_string(),
            question: c.question.clone(),
        })
        .collect()
}

impl From<&Source> for SourceRef {
    fn from(source: &Source) -> Self {
        Self {
            title: source.title.clone(),
            number: source.number.clone(),
            issuer: source.issuer.clone(),
            effective: source.effective.map(|d| d.to_string()),
            expires: source.expires.map(|d| d.to_string()),
        }
    }
}

impl From<Role> for RoleName {
    fn from(role: Role) -> Self {
        match role {
            Role::Worker => Self::Worker,
            Role::Admin => Self::Admin,
        }
    }
}

impl From<&User> for Me {
    fn from(user: &User) -> Self {
        Self {
            id: user.id.to_string(),
            name: user.name.clone(),
            display_name: user.display_name.clone(),
            role: user.role.into(),
        }
    }
}

impl From<&EscalationState> for EscalationStateName {
    fn from(state: &EscalationState) -> Self {
        match state {
            EscalationState::Waiting => Self::Waiting,
            EscalationState::Claimed { .. } => Self::Claimed,
            EscalationState::Answered { .. } => Self::Answered,
            EscalationState::Closed { .. } => Self::Closed,
        }
    }
}

/// Hides the middle of a contact: the list shows that there is one, the owner
/// sees it whole.
fn masked_contact(contact: &str) -> String {
    let letters: Vec<char> = contact.chars().collect();
    match letters.len() {
        0..=4 => "*".repeat(letters.len()),
        n => format!(
            "{}{}",
            "*".repeat(n - 4),
            letters[n - 4..].iter().collect::<String>()
        ),
    }
}

/// An escalation as a desk sees it. `whole_contact` only for its owner.
pub fn escalation_view(
    escalation: &Escalation,
    names: &Names,
    resident_present: bool,
    whole_contact: bool,
) -> EscalationView {
    let contact = escalation.contact.as_deref();
    EscalationView {
        id: escalation.id.to_string(),
        code: escalation.code.clone(),
        question: escalation.question.clone(),
        note: escalation.note.clone(),
        contact: contact.map(|c| {
            if whole_contact {
                c.to_owned()
            } else {
                masked_contact(c)
            }
        }),
        place: names.place(escalation.place.as_str()),
        kiosk: names.kiosk(escalation.kiosk.as_str()),
        resident_present,
        opened_at: escalation.opened_at.0,
        due_at: escalation.due_at.0,
        state: (&escalation.state).into(),
        owner: escalation.owner().map(|id| WorkerRef {
            id: id.to_string(),
            display_name: names.user(id.as_str()),
        }),
        answer: match &escalation.state {
            EscalationState::Answered { resolution, .. } => Some(resolution.text.clone()),
            EscalationState::Closed { reason, .. } => Some(reason.clone()),
            _ => None,
        },
        version: escalation.version,
    }
}

/// A line with its speaker's name.
pub fn line_view(line: &Line, names: &Names) -> LineView {
    let (speaker, worker) = match &line.speaker {
        Speaker::Resident => (SpeakerName::Resident, None),
        Speaker::Worker(id) => (SpeakerName::Worker, Some(names.user(id.as_str()))),
    };
    LineView {
        number: line.number,
        speaker,
        worker,
        text: line.text.clone(),
        at: line.at.0,
    }
}

/// The wire name of a facet.
pub fn facet_name(facet: Facet) -> String {
    serde_json::to_value(facet)
        .ok()
        .and_then(|v| v.as_str().map(str::to_owned))
        .unwrap_or_default()
}

impl From<&Entry> for EntryBody {
    fn from(entry: &Entry) -> Self {
        Self {
            id: entry.id.to_string(),
            area: entry.area.clone(),
            topic: entry.topic.clone(),
            aliases: entry.aliases.clone(),
            facet: entry.facet.map(facet_name),
            question: entry.question.clone(),
            phrasings: entry.phrasings.iter().map(|p| p.text.clone()).collect(),
            text: entry.text.clone(),
            spoken: entry.spoken.clone(),
            scope: entry.scope.as_ref().map(ToString::to_string),
            source: (&entry.source).into(),
            effective: entry.effective.map(|d| d.to_string()),
            expires: entry.expires.map(|d| d.to_string()),
            related: entry.related.iter().map(ToString::to_string).collect(),
            review: entry.review.clone(),
        }
    }
}

fn date(text: Option<&String>, field: &str) -> Result<Option<jiff::civil::Date>, String> {
    match text.map(|t| t.trim()).filter(|t| !t.is_empty()) {
        None => Ok(None),
        Some(text) => text
            .parse()
            .map(Some)
            .map_err(|_| format!("{field}“{text}”不是日期，请写成 2026-01-31 这样")),
    }
}

impl EntryBody {
    /// The entry. Phrasings that are among `known` keep their origin; others
    /// come from an admin.
    ///
    /// # Errors
    /// A date or facet that cannot be understood, in Chinese.
    pub fn to_entry(&self, known: &[Phrasing]) -> Result<Entry, String> {
        let kept = |text: &str| {
            known
                .iter()
                .find(|p| p.text == text)
                .cloned()
                .unwrap_or_else(|| Phrasing {
                    text: text.to_owned(),
                    origin: PhrasingOrigin::Author,
                })
        };
        let facet = match self.facet.as_deref().filter(|f| !f.is_empty()) {
            None => None,
            Some(name) => Some(
                serde_json::from_value::<Facet>(serde_json::Value::from(name))
                    .map_err(|_| format!("不认识的 facet：{name}"))?,
            ),
        };
        let some = |text: &Option<String>| {
            text.as_deref()
                .map(str::trim)
                .filter(|t| !t.is_empty())
                .map(str::to_owned)
        };
        let words = |list: &[String]| {
            list.iter()
                .map(|w| w.trim().to_owned())
                .filter(|w| !w.is_empty())
                .collect::<Vec<_>>()
        };
        Ok(Entry {
            id: self.id.trim().into(),
            area: self.area.trim().to_owned(),
            topic: self.topic.trim().to_owned(),
            aliases: words(&self.aliases),
            facet,
            question: self.question.trim().to_owned(),
            phrasings: words(&self.phrasings).iter().map(|t| kept(t)).collect(),
            text: self.text.trim().to_owned(),
            spoken: self.spoken.trim().to_owned(),
            scope: some(&self.scope).map(Into::into),
            source: Source {
                title: self.source.title.trim().to_owned(),
                number: some(&self.source.number),
                issuer: some(&self.source.issuer),
                effective: date(self.source.effective.as_ref(), "文件生效日期")?,
                expires: date(self.source.expires.as_ref(), "文件失效日期")?,
            },
            effective: date(self.effective.as_ref(), "生效日期")?,
            expires: date(self.expires.as_ref(), "失效日期")?,
            related: words(&self.related).into_iter().map(Into::into).collect(),
            review: some(&self.review),
        })
    }
}

/// A line of the list of entries.
pub fn entry_row(entry: &Entry, now: Timestamp) -> EntryRow {
    EntryRow {
        id: entry.id.to_string(),
        area: entry.area.clone(),
        topic: entry.topic.clone(),
        question: entry.question.clone(),
        phrasings: u32::try_from(entry.phrasings.len()).unwrap_or(u32::MAX),
        source: entry.source.title.clone(),
        expires: entry
            .expires
            .or(entry.source.expires)
            .map(|d| d.to_string()),
        review: entry.review.clone(),
        in_force: entry.in_force(now),
    }
}

impl From<&CandidateState> for CandidateStateName {
    fn from(state: &CandidateState) -> Self {
        match state {
            CandidateState::InReview => Self::InReview,
            CandidateState::Approved { .. } => Self::Approved,
            CandidateState::Rejected { .. } => Self::Rejected,
            CandidateState::Published { .. } => Self::Published,
        }
    }
}

/// An edition with the name of who published it.
pub fn edition_view(edition: &EditionSummary, names: &Names, live: i64) -> EditionView {
    EditionView {
        number: edition.number,
        published_at: edition.published_at.0,
        published_by: edition
            .published_by
            .as_ref()
            .map(|id| names.user(id.as_str())),
        note: edition.note.clone(),
        entries: edition.entries,
        live: edition.number == live,
    }
}

impl From<&Gap> for GapView {
    fn from(gap: &Gap) -> Self {
        Self {
            id: gap.id.to_string(),
            label: gap.label.clone(),
            count: gap.count,
            first_at: gap.first_at.0,
            last_at: gap.last_at.0,
            closed_by: gap.closed_by.as_ref().map(ToString::to_string),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_hidden_but_for_its_end() {
        for (contact, shown) in [
            ("13800138000", "*******8000"),
            ("王", "*"),
            ("", ""),
            ("三楼王奶奶", "*楼王奶奶"),
        ] {
            assert_eq!(masked_contact(contact), shown);
        }
    }

    #[test]
    fn an_entry_survives_the_wire() {
        let body = EntryBody {
            id: "a.b".to_owned(),
            area: "户籍与身份".to_owned(),
            topic: "居住证".to_owned(),
            aliases: vec!["暂住证".to_owned()],
            facet: Some("how".to_owned()),
            question: "怎么办".to_owned(),
            phrasings: vec!["咋办".to_owned()],
            text: "去办".to_owned(),
            spoken: "去办".to_owned(),
            scope: None,
            source: SourceRef {
                title: "条例".to_owned(),
                number: None,
                issuer: None,
                effective: Some("2016-01-01".to_owned()),
                expires: None,
            },
            effective: None,
            expires: Some("2027-01-01".to_owned()),
            related: vec!["a.c".to_owned()],
            review: None,
        };
        let entry = body.to_entry(&[]).unwrap();
        assert_eq!(EntryBody::from(&entry), body);
        let bad = EntryBody {
            expires: Some("明年".to_owned()),
            ..body
        };
        assert!(
            bad.to_entry(&[])
                .unwrap_err()
                .contains("失效日期“明年”不是日期")
        );
    }
}
