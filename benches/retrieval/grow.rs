//! The shipped knowledge grown to any size, the same in every run.
//!
//! A copy of an entry is the entry with its telling words replaced: each by
//! another word of the shipped knowledge of the same length that about as many
//! entries have. Which one depends on the copy alone, so that the entries of one
//! copy share topics as the shipped ones do. Lists of postings thus keep their
//! shape and grow with the number of entries, and question words and grammar stay
//! in all of them. What would be a wording that there is already gets the
//! copy's topic in front, so that no two entries are asked for in the same words.

use jieba_rs::Jieba;
use linli::model::{Entry, Knowledge, Phrasing};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// Words that more of a hundred entries have tell nothing.
const TELLING: usize = 3;
/// Words that may stand for each other: neighbours in the order of frequency.
const BAND: usize = 32;

/// The shipped knowledge, cut into words.
pub(crate) struct Seed {
    knowledge: Knowledge,
    jieba: Jieba,
    /// Band and place in it of every telling word.
    places: HashMap<String, (usize, usize)>,
    bands: Vec<Vec<String>>,
}

fn telling(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(|c| c as u32 >= 0x2e80)
}

/// A number that differs with both, in no order that shows.
fn mixed(copy: usize, band: usize) -> usize {
    let mut value = (copy as u64) << 32 | band as u64;
    for _ in 0..2 {
        value = (value ^ (value >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    usize::try_from(value >> 33).unwrap_or_default()
}

impl Seed {
    pub(crate) fn new(knowledge: Knowledge) -> Self {
        let mut jieba = Jieba::new();
        let topics = knowledge.entries.iter().map(|e| &e.topic);
        for word in knowledge.lexicon.words.iter().chain(topics) {
            jieba.add_word(word, None, None);
        }
        let mut entries: BTreeMap<String, usize> = BTreeMap::new();
        for entry in &knowledge.entries {
            let words = entry.wordings().flat_map(|w| jieba.cut(w, true));
            let words: HashSet<&str> = words.map(|t| t.word).filter(|w| telling(w)).collect();
            for word in words {
                *entries.entry(word.to_owned()).or_default() += 1;
            }
        }
        let most = knowledge.entries.len() * TELLING / 100;
        let mut ordered: Vec<(usize, usize, String)> = entries
            .into_iter()
            .filter(|(_, count)| *count <= most)
            .map(|(word, count)| (word.chars().count(), usize::MAX - count, word))
            .collect();
        ordered.sort_unstable();
        let (mut bands, mut places) = (Vec::new(), HashMap::new());
        for same_length in ordered.chunk_by(|a, b| a.0 == b.0) {
            for band in same_length.chunks(BAND) {
                let words: Vec<String> = band.iter().map(|(_, _, word)| word.clone()).collect();
                let at = words.iter().enumerate();
                places.extend(at.map(|(place, word)| (word.clone(), (bands.len(), place))));
                bands.push(words);
            }
        }
        Self {
            knowledge,
            jieba,
            places,
            bands,
        }
    }

    /// How many copies so many entries are.
    pub(crate) fn copies(&self, entries: usize) -> usize {
        entries.div_ceil(self.knowledge.entries.len())
    }

    /// A text as that copy says it; copy 0 is the shipped knowledge.
    pub(crate) fn vary(&self, text: &str, copy: usize) -> String {
        if copy == 0 {
            return text.to_owned();
        }
        let words = self.jieba.cut(text, true).into_iter();
        let other = |word: &str| match self.places.get(word) {
            None => word.to_owned(),
            Some((band, place)) => {
                let words = &self.bands[*band];
                let step = 1 + mixed(copy, *band) % (words.len() - 1).max(1);
                words[(place + step) % words.len()].clone()
            }
        };
        words.map(|token| other(token.word)).collect()
    }

    /// So many entries with so many wordings each, the standard question
    /// included.
    pub(crate) fn grow(&self, entries: usize, wordings: usize) -> Knowledge {
        let shipped = &self.knowledge.entries;
        let mut known = HashSet::new();
        let mut one = |number: usize| {
            let entry = &shipped[number % shipped.len()];
            let copy = number / shipped.len();
            Arc::new(self.copy(entry, copy, wordings, &mut known))
        };
        Knowledge {
            entries: (0..entries).map(&mut one).collect(),
            ..self.knowledge.clone()
        }
    }

    fn copy(
        &self,
        entry: &Entry,
        copy: usize,
        wordings: usize,
        known: &mut HashSet<String>,
    ) -> Entry {
        let topic = self.vary(&entry.topic, copy);
        let mut vary = |text: &str| {
            let mut varied = self.vary(text, copy);
            while copy > 0 && known.contains(&varied) {
                varied.insert_str(0, if topic.is_empty() { "再" } else { &topic });
            }
            known.insert(varied.clone());
            varied
        };
        let kept = entry.phrasings.iter().take(wordings.saturating_sub(1));
        Entry {
            id: match copy {
                0 => entry.id.clone(),
                _ => format!("{}~{copy}", entry.id).into(),
            },
            aliases: entry.aliases.iter().map(|a| self.vary(a, copy)).collect(),
            question: vary(&entry.question),
            phrasings: kept
                .map(|p| Phrasing {
                    text: vary(&p.text),
                    origin: p.origin,
                })
                .collect(),
            text: self.vary(&entry.text, copy),
            related: Vec::new(),
            topic,
            ..entry.clone()
        }
    }
}
