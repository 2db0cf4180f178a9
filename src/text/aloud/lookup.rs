//! Words and their readings.

use super::clause::Draft;
use super::glyph::Kind;
use super::rule::Rule;
use super::syllable::{Sound, sounds};
use super::{common, phrases, words};
use pinyin::{Pinyin, ToPinyin};
use std::ops::Range;

/// The most characters of a listed word.
const LONGEST: usize = 8;

/// A clause that is being read.
pub(super) struct Line {
    pub(super) chars: Vec<char>,
    pub(super) kinds: Vec<Kind>,
    /// None where nothing is said.
    pub(super) sounds: Vec<Option<Sound>>,
    /// Whether a word or a rule said how; else it is the usual reading.
    pub(super) settled: Vec<bool>,
    /// Whether an admin said how: nothing changes it.
    pub(super) fixed: Vec<bool>,
    /// Whether something silent is before a character.
    pub(super) gaps: Vec<bool>,
    /// For each character the word that it stands in.
    pub(super) words: Vec<Range<usize>>,
}

impl Line {
    /// For each character, whether a word begins with it.
    pub(super) fn starts(&self) -> impl Iterator<Item = bool> {
        self.words.iter().enumerate().map(|(i, w)| w.start == i)
    }

    fn settle(&mut self, from: usize, reading: &[Sound]) {
        for (i, sound) in (from..).zip(reading) {
            self.sounds[i] = Some(*sound);
            self.settled[i] = true;
        }
    }
}

/// Reads a clause by words; `notes` are readings by offset.
pub(super) fn read(draft: &Draft, rules: &[Rule], notes: &[(usize, Sound)]) -> Line {
    let count = draft.glyphs.len();
    let mut line = Line {
        chars: draft.glyphs.iter().map(|g| g.c).collect(),
        kinds: draft.glyphs.iter().map(|g| g.kind).collect(),
        sounds: draft.glyphs.iter().map(|g| usual(g.c)).collect(),
        settled: draft
            .glyphs
            .iter()
            .map(|g| g.kind != Kind::Written)
            .collect(),
        fixed: vec![false; count],
        gaps: draft.gaps.clone(),
        words: (0..count).map(|i| i..i + 1).collect(),
    };
    let mut from = 0;
    while from < count {
        let written = |i: usize| line.kinds[i] == Kind::Written;
        let mut to = from + 1;
        if written(from) {
            while to < count && written(to) && !draft.gaps[to] {
                to += 1;
            }
            run(&mut line, from..to, rules);
        } else if let Kind::Known(sound) = line.kinds[from] {
            line.sounds[from] = Some(sound);
        }
        from = to;
    }
    for (i, glyph) in draft.glyphs.iter().enumerate() {
        if let Some((_, sound)) = notes.iter().find(|(at, _)| *at == glyph.at) {
            line.sounds[i] = Some(*sound);
            line.settled[i] = true;
            line.fixed[i] = true;
        }
    }
    line
}

/// Reads characters that stand together: first what is forced, between that
/// the words of the dictionary.
fn run(line: &mut Line, range: Range<usize>, rules: &[Rule]) {
    let text: String = line.chars[range.clone()].iter().collect();
    let mut i = range.start;
    let mut open = i;
    let mut byte = 0;
    let mut open_byte = 0;
    while i < range.end {
        let rest = &text[byte..];
        let rule = rules.iter().find(|rule| rest.starts_with(&rule.word));
        let forced = rule
            .map(|rule| (rule.word.len(), rule.sounds.clone()))
            .or_else(|| phrases::begins(rest));
        let Some((length, reading)) = forced else {
            i += 1;
            byte += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        segment(line, open, &text[open_byte..byte]);
        line.settle(i, &reading);
        let word = i..i + reading.len();
        for j in word.clone() {
            line.words[j] = word.clone();
            line.fixed[j] = rule.is_some();
        }
        i = word.end;
        byte += length;
        (open, open_byte) = (i, byte);
    }
    segment(line, open, &text[open_byte..]);
}

/// Reads text that begins at a character of the line, word by word.
fn segment(line: &mut Line, start: usize, text: &str) {
    if text.is_empty() {
        return;
    }
    let jieba = crate::text::segment::base();
    let tokens: Vec<&str> = jieba.cut(text, false).into_iter().map(|t| t.word).collect();
    let mut from = start;
    let mut byte = 0;
    let mut i = 0;
    while i < tokens.len() {
        let (taken, reading) = listed(&tokens[i..], &text[byte..]);
        let length: usize = tokens[i..i + taken].iter().map(|t| t.len()).sum();
        let word = &text[byte..byte + length];
        let count = word.chars().count();
        for j in from..from + count {
            line.words[j] = from..from + count;
        }
        match reading {
            Some(reading) => line.settle(from, &reading),
            None => parts(line, from, word),
        }
        from += count;
        byte += length;
        i += taken;
    }
}

/// How many tokens make the next listed word, and its reading. Only words
/// listed by hand may reach across tokens.
fn listed(tokens: &[&str], text: &str) -> (usize, Option<Vec<Sound>>) {
    for taken in (1..=tokens.len().min(LONGEST)).rev() {
        let length: usize = tokens[..taken].iter().map(|t| t.len()).sum();
        let word = &text[..length];
        if word.chars().nth(1).is_none() || word.chars().count() > LONGEST {
            continue;
        }
        let reading = words::reading(word).or_else(|| {
            if taken == 1 {
                common::reading(word)
            } else {
                None
            }
        });
        if let Some(reading) = reading.and_then(sounds) {
            return (taken, Some(reading));
        }
    }
    (1, None)
}

/// Reads a word that is not listed by the listed words in it.
fn parts(line: &mut Line, from: usize, word: &str) {
    let starts: Vec<usize> = word
        .char_indices()
        .map(|(i, _)| i)
        .chain([word.len()])
        .collect();
    let count = starts.len() - 1;
    let mut i = 0;
    while i < count {
        let found = (i + 2..=count.min(i + LONGEST)).rev().find_map(|to| {
            let part = &word[starts[i]..starts[to]];
            let reading = words::reading(part).or_else(|| common::reading(part))?;
            sounds(reading).map(|sounds| (to, sounds))
        });
        match found {
            Some((to, reading)) => {
                line.settle(from + i, &reading);
                i = to;
            }
            None => i += 1,
        }
    }
}

/// The reading of a character by itself.
fn usual(c: char) -> Option<Sound> {
    words::usual(c).or_else(|| {
        c.to_pinyin()
            .map(Pinyin::with_tone_num_end)
            .and_then(Sound::parse)
    })
}
