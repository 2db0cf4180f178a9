//! How near the question is in meaning, by the edition's encoder.
//!
//! A sentence encoder's cosines live in a narrow band that differs by encoder
//! and knowledge base (unrelated 0.80, the same 0.94 for multilingual-e5), so
//! most of these compare with the other entries.

use super::{count, flag};

pub(super) const NAMES: &[&str] = &[
    "meaning_cosine",
    "meaning_margin",
    "meaning_rank",
    "meaning_mean",
    "meaning_z",
    "meaning_gap",
    "meaning_of_phrasing",
    "meaning_first",
    "meaning_apart",
    "meaning_middle",
    "kin",
    "kin_margin",
    "kin_rank",
    "kin_z",
    "kin_lead",
    "kin_first",
    "told",
    "told_margin",
    "told_rank",
    "blend",
    "blend_margin",
    "blend_lead",
    "blend_rank",
];

/// What one candidate is in all: kin, likeness by characters and the nearest
/// passage of the answer. A sum is what trees are worst at. The parts are round
/// numbers, tried by hand on the question cases: alone they find 81% of them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Blend {
    value: f32,
    margin: f32,
    lead: f32,
    rank: f32,
}

/// How much the nearest passage counts in the blend.
const TOLD: f32 = 0.5;

/// The blend of each candidate; `cosines` are those of their characters.
pub(super) fn blends(meanings: &[MeaningOf], cosines: &[f32]) -> Vec<Blend> {
    let sum = |(m, cosine): (&MeaningOf, &f32)| m.kin + cosine + TOLD * m.told;
    let values: Vec<f32> = meanings.iter().zip(cosines).map(sum).collect();
    let mut sorted = values.clone();
    sorted.sort_unstable_by(|a, b| b.total_cmp(a));
    let at = |place: usize| sorted.get(place).copied().unwrap_or_default();
    let blend = |value: &f32| Blend {
        value: *value,
        margin: value - if *value < at(0) { at(0) } else { at(1) },
        lead: at(0) - at(1),
        rank: (count(sorted.partition_point(|v| v > value)) / 10.0).min(1.0),
    };
    values.iter().map(blend).collect()
}

/// How one entry is placed by meaning.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::retrieval) struct MeaningOf {
    /// Cosine with its nearest phrasing.
    pub(in crate::retrieval) cosine: f32,
    /// How far that is ahead of the nearest other entry.
    pub(in crate::retrieval) margin: f32,
    /// Place among all entries, from 0.
    pub(in crate::retrieval) rank: usize,
    /// Mean cosine with all its phrasings.
    pub(in crate::retrieval) mean: f32,
    /// Standard deviations above the mean of all entries.
    pub(in crate::retrieval) z: f32,
    /// How far behind the nearest entry.
    pub(in crate::retrieval) gap: f32,
    /// Cosine with the phrasing that is best by its words.
    pub(in crate::retrieval) of_phrasing: f32,
    /// Cosine with its nearest phrasing, seen so that entries are told apart.
    pub(in crate::retrieval) apart: f32,
    /// Cosine with the middle of its phrasings, seen so.
    pub(in crate::retrieval) middle: f32,
    /// The sum of both; how far ahead, in which place, how far above the mean;
    /// and how far the first is ahead of the second.
    pub(in crate::retrieval) kin: f32,
    pub(in crate::retrieval) kin_margin: f32,
    pub(in crate::retrieval) kin_rank: usize,
    pub(in crate::retrieval) kin_z: f32,
    pub(in crate::retrieval) kin_lead: f32,
    /// Cosine with the nearest passage of its answer; how far ahead, and in
    /// which place.
    pub(in crate::retrieval) told: f32,
    pub(in crate::retrieval) told_margin: f32,
    pub(in crate::retrieval) told_rank: usize,
}

fn place(rank: usize) -> f32 {
    f32::from(u8::try_from(rank.min(20)).unwrap_or(20)) / 20.0
}

pub(super) fn push(row: &mut Vec<f32>, of: &MeaningOf, blend: &Blend) {
    row.extend([
        of.cosine,
        of.margin,
        place(of.rank),
        of.mean,
        of.z.clamp(-2.0, 10.0),
        of.gap,
        of.of_phrasing,
        flag(of.rank == 0),
        of.apart,
        of.middle,
        of.kin,
        of.kin_margin,
        place(of.kin_rank),
        of.kin_z.clamp(-2.0, 10.0),
        of.kin_lead,
        flag(of.kin_rank == 0),
        of.told,
        of.told_margin,
        place(of.told_rank),
        blend.value,
        blend.margin,
        blend.lead,
        blend.rank,
    ]);
}
