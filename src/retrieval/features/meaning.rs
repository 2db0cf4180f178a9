//! How near the question is in meaning, by the edition's encoder.
//!
//! A sentence encoder's cosines live in a narrow band that differs by encoder
//! and knowledge base (unrelated 0.80, the same 0.94 for multilingual-e5), so
//! most of these compare with the other entries.

use super::flag;

pub(super) const NAMES: &[&str] = &[
    "meaning_cosine",
    "meaning_margin",
    "meaning_rank",
    "meaning_mean",
    "meaning_z",
    "meaning_gap",
    "meaning_of_phrasing",
    "meaning_first",
];

/// How one entry is placed by meaning.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::retrieval) struct MeaningOf {
    /// Cosine with its nearest phrasing.
    pub(in crate::retrieval) cosine: f32,
    /// How far that is ahead of the nearest other entry.
    pub(in crate::retrieval) margin: f32,
    /// Place among all entries, from 0.
    pub(in crate::retrieval) rank: u32,
    /// Mean cosine with all its phrasings.
    pub(in crate::retrieval) mean: f32,
    /// Standard deviations above the mean of all entries.
    pub(in crate::retrieval) z: f32,
    /// How far behind the nearest entry.
    pub(in crate::retrieval) gap: f32,
    /// Cosine with the phrasing that is best by its words.
    pub(in crate::retrieval) of_phrasing: f32,
}

pub(super) fn push(row: &mut Vec<f32>, of: &MeaningOf) {
    let rank = u8::try_from(of.rank.min(20)).unwrap_or(20);
    row.extend([
        of.cosine,
        of.margin,
        f32::from(rank) / 20.0,
        of.mean,
        of.z.clamp(-2.0, 10.0),
        of.gap,
        of.of_phrasing,
        flag(of.rank == 0),
    ]);
}
