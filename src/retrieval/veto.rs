//! The few hard rules.
//!
//! Rules by pattern were measured to lose far more right answers than they catch
//! wrong ones, so there is only what is policy rather than likelihood: a question
//! that names another province or city than the entry is not ours to answer. What
//! is vetoed may still be offered as a choice. And an entry of which the question has
//! next to no word, character or sound is not even that, unless the sentence encoder
//! has read both: a table is no judge of words that it does not know.

use super::base::Base;
use super::index::Index;
use super::ranker::Signals;
use crate::model::Hit;
use std::borrow::Cow;

/// At most so sure is a vetoed entry.
const VETOED: f32 = 0.3;
/// Less than this share of the question and of the phrasing, in anything, is
/// nothing.
const NOTHING: f32 = 0.15;
/// The same of sounds: any two questions have some syllables in common.
const NO_SOUND: f32 = 0.3;
/// At most so sure is an entry that has nothing of the question: below what is
/// offered as a choice.
const UNRELATED: f32 = 0.04;

impl Index {
    /// Holds vetoed hits down. `hits` are sorted, and stay so.
    pub(super) fn veto(&self, hits: &mut [Hit], signals: Signals) {
        for hit in hits.iter_mut() {
            if hit.features.get("other_region") > 0.5 {
                hit.confidence = hit.confidence.min(VETOED);
                hit.features
                    .values
                    .push((Cow::Borrowed("vetoed_region"), 1.0));
            }
        }
        // Where phrasings are few, a long question shares little with the right one,
        // and its answer says the rest.
        let unread = signals != Signals::Encoder && self.base == Base::Curated;
        for hit in hits.iter_mut().filter(|_| unread) {
            let covers = [
                ("gram_cover", NOTHING),
                ("word_cover", NOTHING),
                ("sound_cover", NO_SOUND),
                ("gram_covered", NOTHING),
                ("word_covered", NOTHING),
                ("sound_covered", NO_SOUND),
            ];
            let less = |(name, than): &(&str, f32)| hit.features.get(name) < *than;
            if covers.iter().all(less) {
                hit.confidence = hit.confidence.min(UNRELATED);
            }
        }
        hits.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    }
}
