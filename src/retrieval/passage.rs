//! The answer of an entry as a text that is searched: whole, and in passages.
//!
//! Where phrasings are few, the answer knows words that nobody wrote into a
//! phrasing. On public policy notices its pairs of characters find the right
//! one in 80%, the titles alone in 42%.

use super::terms::Asked;
use super::vocabulary::Vocabulary;
use crate::text::gram::{Gram, letters, pairs};

/// Passages end at the first stop after so many characters, and at twice as many
/// anyway.
const PASSAGE: usize = 120;
/// Passages are kept of at most so many characters of a text.
const LONGEST: usize = 12_000;

const K1: f32 = 1.5;
const B: f32 = 0.75;

/// Terms with how often each occurs.
#[derive(Debug, Default)]
pub(super) struct Counted {
    /// Numbers, sorted, and counts.
    counts: Vec<(u32, u16)>,
    length: f32,
}

impl Counted {
    fn of(mut numbers: Vec<u32>) -> Self {
        numbers.sort_unstable();
        #[expect(clippy::cast_precision_loss, reason = "texts are far below 2^24")]
        let length = numbers.len() as f32;
        let mut counts: Vec<(u32, u16)> = numbers
            .chunk_by(|a, b| a == b)
            .map(|same| (same[0], u16::try_from(same.len()).unwrap_or(u16::MAX)))
            .collect();
        counts.shrink_to_fit();
        Self { counts, length }
    }

    fn count(&self, number: u32) -> u16 {
        self.counts
            .binary_search_by_key(&number, |(n, _)| *n)
            .map_or(0, |at| self.counts[at].1)
    }

    /// BM25, and the share of the question's weight that occurs at all.
    fn score(&self, asked: &Asked, mean: f32) -> (f32, f32) {
        let norm = K1 * (1.0 - B + B * self.length / mean.max(1.0));
        let (mut score, mut met) = (0.0, 0.0);
        for term in &asked.terms {
            let count = term.number.map_or(0, |n| self.count(n));
            if count > 0 {
                let count = f32::from(count);
                score += term.weight * count * (K1 + 1.0) / (count + norm);
                met += term.weight;
            }
        }
        (score, super::terms::share(met, asked.weight))
    }

    /// Whether a term occurs.
    pub(super) fn has(&self, number: u32) -> bool {
        self.count(number) > 0
    }
}

/// A text as a whole and in passages.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) whole: Counted,
    passages: Vec<Counted>,
    /// Its words.
    pub(super) words: Counted,
}

/// How a text fits a question.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fit {
    /// BM25 of the whole text.
    pub(super) whole: f32,
    /// BM25 of the best passage.
    pub(super) passage: f32,
    /// Share of the question's weight in the whole text.
    pub(super) cover: f32,
    /// Share of the question's weight in the best passage.
    pub(super) passage_cover: f32,
    /// Share of the question's words in the whole text.
    pub(super) word_cover: f32,
}

/// Mean lengths, for BM25.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Means {
    pub(super) whole: f32,
    pub(super) passage: f32,
}

/// Cuts a text into passages at its stops.
pub(super) fn passages(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut begin, mut length) = (0, 0);
    for (at, c) in text.char_indices().take(LONGEST) {
        length += 1;
        let stop = matches!(c, '。' | '；' | '！' | '？' | '\n' | ';' | '!' | '?');
        if (stop && length >= PASSAGE) || length >= 2 * PASSAGE {
            let end = at + c.len_utf8();
            found.push(&text[begin..end]);
            (begin, length) = (end, 0);
        }
    }
    // What is longer than the longest text is cut off with its last passage.
    let end = text
        .char_indices()
        .nth(LONGEST)
        .map_or(text.len(), |(at, _)| at);
    if !text[begin..end].trim().is_empty() {
        found.push(&text[begin..end]);
    }
    found
}

impl Text {
    /// Takes up the answer `text` of the entry numbered `entry`. `normalise`
    /// makes a passage uniform; `words` are those of the text.
    pub(super) fn new(
        text: &str,
        normalise: impl Fn(&str) -> String,
        words: Vec<u32>,
        entry: u32,
        vocabulary: &mut Vocabulary<Gram>,
    ) -> Self {
        let mut all = Vec::new();
        let mut cut = Vec::new();
        for passage in passages(text) {
            let grams = pairs(&letters(&normalise(passage)));
            let numbers: Vec<u32> = grams.iter().map(|g| vocabulary.add(g, entry)).collect();
            all.extend_from_slice(&numbers);
            cut.push(Counted::of(numbers));
        }
        Self {
            whole: Counted::of(all),
            passages: cut,
            words: Counted::of(words),
        }
    }

    /// How it fits a question.
    pub(super) fn fit(&self, pairs: &Asked, words: &Asked, means: Means) -> Fit {
        let (whole, cover) = self.whole.score(pairs, means.whole);
        let mut fit = Fit {
            whole,
            cover,
            word_cover: self.words.score(words, 1.0).1,
            ..Fit::default()
        };
        for passage in &self.passages {
            let (score, cover) = passage.score(pairs, means.passage);
            if score > fit.passage {
                (fit.passage, fit.passage_cover) = (score, cover);
            }
        }
        fit
    }
}

/// The mean lengths of texts and of their passages.
pub(super) fn means<'t>(texts: impl Iterator<Item = &'t Text>) -> Means {
    let (mut wholes, mut passages) = ((0.0, 0.0), (0.0, 0.0));
    for text in texts.filter(|t| t.whole.length > 0.0) {
        wholes = (wholes.0 + text.whole.length, wholes.1 + 1.0);
        for passage in &text.passages {
            passages = (passages.0 + passage.length, passages.1 + 1.0);
        }
    }
    let mean = |(sum, count): (f32, f32)| if count > 0.0 { sum / count } else { 0.0 };
    Means {
        whole: mean(wholes),
        passage: mean(passages),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_stops_and_nothing_is_lost() {
        let text = "一二三四五六七八九十。".repeat(40);
        let cut = passages(&text);
        assert!(cut.len() > 2);
        assert!(cut.iter().all(|p| p.chars().count() <= 2 * PASSAGE));
        assert_eq!(cut.concat(), text);
        assert!(passages("").is_empty());
        assert_eq!(passages("短。"), ["短。"]);
        let endless = "字".repeat(30_000);
        assert!(
            passages(&endless)
                .iter()
                .all(|p| p.chars().count() <= 2 * PASSAGE)
        );
    }

    #[test]
    fn the_passage_that_says_it_fits_best() {
        let mut vocabulary = Vocabulary::default();
        let texts = [
            "本市居民可以申请居住证。",
            "别的事情在这里说，和问题没有关系。",
        ];
        let made: Vec<Text> = (0..)
            .zip(texts)
            .map(|(n, t)| Text::new(t, str::to_owned, Vec::new(), n, &mut vocabulary))
            .collect();
        vocabulary.weigh(2);
        let asked = Asked::new(&vocabulary, pairs(&letters("申请居住证")).into_iter());
        let means = means(made.iter());
        let words = Asked::default();
        let fits: Vec<Fit> = made.iter().map(|t| t.fit(&asked, &words, means)).collect();
        assert!((fits[0].cover - 1.0).abs() < 1e-6);
        assert!(fits[0].whole > 0.0 && fits[0].passage > 0.0);
        assert!(fits[1].whole.abs() < 1e-6 && fits[1].cover.abs() < 1e-6);
    }
}
