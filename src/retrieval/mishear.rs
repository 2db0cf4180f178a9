//! What a recogniser may make of a question, to learn from.
//!
//! The kinds of wrong characters and their shares are those of Whisper base on 51
//! Mandarin clips (126 wrong characters, with the prompt that asks for simplified
//! ones): the same syllable 64%, a near one 8%, half of it right 19%, far 5%,
//! dropped or added 4%.

use crate::text::{Chance, sound_class, syllables};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Shares of wrong characters by kind, in percent: the rest are dropped.
const SAME: u64 = 64;
const NEAR: u64 = 8;
const HALF: u64 = 19;
const FAR: u64 = 5;
/// How many characters of a hundred are wrong, in a good room, in a usual one and
/// in a bad one.
const WRONG: [u64; 3] = [6, 14, 25];

/// How probable the recogniser takes a character for that it wrote right, and for one
/// that it wrote wrong: one in twenty each, in percent. Of 2,607 right and 530 wrong
/// characters that Whisper base wrote of 200 questions in three kinds of rooms.
const SURE_RIGHT: [u8; 20] = [
    34, 50, 60, 70, 77, 83, 87, 91, 93, 95, 96, 97, 98, 98, 99, 99, 99, 100, 100, 100,
];
const SURE_WRONG: [u8; 20] = [
    13, 18, 25, 27, 32, 35, 38, 41, 45, 49, 52, 55, 60, 65, 67, 72, 78, 84, 91, 96,
];

/// What a recogniser may make of a question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Misheard {
    /// What it writes.
    pub text: String,
    /// How probable it takes each character of it for, 0 to 1.
    pub certain: Vec<f32>,
}

/// Characters, each with how often it is written.
type Often = Vec<(char, u64)>;

/// Characters by how they sound.
#[derive(Default)]
pub struct Mishearing {
    by_syllable: FxHashMap<String, Often>,
    by_class: FxHashMap<String, Often>,
    by_half: FxHashMap<String, Often>,
    all: Often,
}

pub(super) fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// How a character alone is read.
pub(super) fn syllable(c: char) -> String {
    syllables(c.encode_utf8(&mut [0; 4])).concat()
}

/// What a syllable begins with, and what it ends with.
fn halves(syllable: &str) -> [String; 2] {
    let first = |c: char| "aeiouv".contains(c);
    let end = syllable.find(first).unwrap_or(0);
    let (begins, ends) = syllable.split_at(end);
    [format!("{begins}-"), format!("-{ends}")]
}

impl Mishearing {
    /// Of the characters of these texts: a recogniser writes what is often written.
    pub fn new<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        // In the order of characters, so that the same texts are always misheard
        // in the same way.
        let mut often: BTreeMap<char, u64> = BTreeMap::new();
        for c in texts.flat_map(str::chars).filter(|c| is_chinese(*c)) {
            *often.entry(c).or_default() += 1;
        }
        let mut heard = Self::default();
        for (c, times) in often {
            let syllable = syllable(c);
            let class = sound_class(&syllable);
            for half in halves(&syllable) {
                heard.by_half.entry(half).or_default().push((c, times));
            }
            let same = heard.by_syllable.entry(syllable).or_default();
            same.push((c, times));
            heard.by_class.entry(class).or_default().push((c, times));
            heard.all.push((c, times));
        }
        heard
    }

    /// How a question may be written after it was spoken; the same number gives the
    /// same text.
    pub fn hear(&self, said: &str, number: u64) -> Misheard {
        let mut heard = Misheard::default();
        // Of its own, so that how sure it is changes nothing of what is heard.
        let mut doubt = Chance::new(!number);
        for (c, right) in self.write(said, number) {
            let sure = if right { SURE_RIGHT } else { SURE_WRONG };
            let at = usize::try_from(doubt.below(sure.len() as u64)).unwrap_or(0);
            heard.text.push(c);
            heard.certain.push(f32::from(sure[at]) / 100.0);
        }
        heard
    }

    /// What is written, and whether it was said.
    fn write(&self, said: &str, number: u64) -> Vec<(char, bool)> {
        let mut chance = Chance::new(number);
        let room = usize::try_from(chance.below(WRONG.len() as u64)).unwrap_or(0);
        let wrong = WRONG[room];
        let mut heard = Vec::with_capacity(said.len());
        for c in said.chars() {
            if !is_chinese(c) || chance.below(100) >= wrong {
                heard.push((c, true));
            } else if let Some(other) = self.instead(c, &mut chance) {
                heard.push((other, other == c));
            }
        }
        heard
    }

    /// Another character in place of one; none where it is not heard at all.
    fn instead(&self, c: char, chance: &mut Chance) -> Option<char> {
        let sound = syllable(c);
        let drawn = chance.below(100);
        let of = |map: &FxHashMap<String, Often>, key: &str, chance: &mut Chance| {
            map.get(key).and_then(|often| draw(often, c, chance))
        };
        let other = if drawn < SAME {
            of(&self.by_syllable, &sound, chance)
        } else if drawn < SAME + NEAR {
            of(&self.by_class, &sound_class(&sound), chance)
        } else if drawn < SAME + NEAR + HALF {
            let [begins, ends] = halves(&sound);
            let half = if chance.below(2) == 0 { begins } else { ends };
            of(&self.by_half, &half, chance)
        } else if drawn < SAME + NEAR + HALF + FAR {
            draw(&self.all, c, chance)
        } else {
            return None;
        };
        // What sounds like nothing else is heard as it is.
        Some(other.unwrap_or(c))
    }
}

/// One of these, the often written rather; not `c` itself.
fn draw(often: &[(char, u64)], c: char, chance: &mut Chance) -> Option<char> {
    let others = || often.iter().filter(|(other, _)| *other != c);
    let all: u64 = others().map(|(_, times)| times).sum();
    let mut at = if all == 0 { 0 } else { chance.below(all) };
    for (other, times) in others() {
        match at.checked_sub(*times) {
            None => return Some(*other),
            Some(rest) => at = rest,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mishearing() -> Mishearing {
        Mishearing::new(["户口护扣湖狗", "低保地宝", "居住证正政", "怎么办"].into_iter())
    }

    #[test]
    fn most_wrong_characters_sound_as_the_right_ones() {
        let mishearing = mishearing();
        let said = "户口低保居住证";
        let (mut wrong, mut same) = (0, 0);
        for number in 0..500 {
            let heard = mishearing.hear(said, number);
            assert_eq!(heard, mishearing.hear(said, number));
            assert_eq!(heard.text.chars().count(), heard.certain.len());
            if heard.certain.len() == said.chars().count() {
                let heard = heard.text.chars();
                for (a, b) in said.chars().zip(heard).filter(|(a, b)| a != b) {
                    wrong += 1;
                    same += usize::from(syllable(a) == syllable(b));
                }
            }
        }
        assert!((300..900).contains(&wrong), "{wrong}");
        assert!(same * 2 > wrong, "{same} of {wrong}");
    }

    #[test]
    fn other_signs_stay() {
        for said in ["", "wifi 12345", "A4！？"] {
            assert_eq!(mishearing().hear(said, 7).text, said);
        }
        // Nothing else is known.
        let nothing = Mishearing::new(std::iter::empty());
        assert!("怎么办".contains(nothing.hear("怎", 1).text.as_str()));
    }
}
