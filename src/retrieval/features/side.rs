//! Which side of the topic is asked about, and small words that change it.

use super::{Shown, count, flag};
use crate::retrieval::wording::antonyms;

pub(super) const NAMES: &[&str] = &[
    "kind_agreement",
    "kind_differs",
    "type_agreement",
    "type_differs",
    "type_asked",
    "type_written",
    "topic_named",
    "other_topic_named",
    "other_number",
    "number_asked_only",
    "number_written_only",
    "other_negation",
    "unmet_restriction",
    "extra_restriction",
    "entry_extra_restriction",
    "antonym",
    "other_region",
    "other_letters",
    "official_words",
    "only_by_sound",
    "spoken",
];

pub(super) fn push(row: &mut Vec<f32>, shown: &Shown) {
    let (asked, of, known) = (shown.question, shown.document, shown.known);
    let agreement = asked.kinds.agreement(of.kinds.and(known.entry.facet));
    let named = known
        .names
        .iter()
        .any(|name| shown.topics.contains(&name.as_str()));
    let written: String = of.core.iter().collect();
    row.extend([
        agreement,
        flag(agreement == 0.0),
        asked.types.agreement(of.types),
        flag(asked.types.differ(of.types)),
        flag(asked.types.known()),
        flag(of.types.known()),
        flag(named),
        flag(!named && !shown.topics.is_empty()),
        asked.marks.other_number(&of.marks),
        asked.marks.numbers_only_here(&of.marks),
        of.marks.numbers_only_here(&asked.marks),
        asked.marks.other_negation(&of.marks),
        asked.marks.unmet(&known.marks),
        asked.marks.extra(&of.marks),
        asked.marks.extra(&known.marks),
        count(antonyms(&asked.text, &written)).min(2.0),
        asked.marks.other_region(&known.marks),
        asked.marks.other_letters(&of.marks),
        flag(asked.official),
        flag(shown.candidate.only_by_sound),
        flag(asked.spoken),
    ]);
}
