//! How probable the entry is by all that the phrasings say together.

use super::flag;
use crate::retrieval::classes::ClassedOf;

pub(super) const NAMES: &[&str] = &[
    "class_score",
    "class_share",
    "class_margin",
    "class_lead",
    "class_z",
    "class_rank",
    "class_first",
];

/// The same with the encoder's vector beside the terms.
pub(super) const MEANT: &[&str] = &[
    "meant_score",
    "meant_share",
    "meant_margin",
    "meant_lead",
    "meant_z",
    "meant_rank",
    "meant_first",
];

pub(super) fn push(row: &mut Vec<f32>, of: &ClassedOf) {
    let rank = f32::from(u8::try_from(of.rank.min(20)).unwrap_or(20));
    row.extend([
        of.score.clamp(-10.0, 20.0),
        of.share,
        of.margin.clamp(-20.0, 20.0),
        of.lead.min(20.0),
        of.z.clamp(-3.0, 30.0),
        rank / 20.0,
        flag(of.rank == 0),
    ]);
}
