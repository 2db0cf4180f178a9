//! How text sounds: toneless syllables, and classes of those that speakers
//! and recognisers confuse.

use super::aloud::toneless;
use super::punctuation::is_wide;
use pinyin::{Pinyin, ToPinyin};
use rustc_hash::FxBuildHasher;
use std::collections::HashMap;
use std::hash::BuildHasher;
use std::sync::OnceLock;

/// A word and the syllables of its characters.
type Reading = (&'static str, Vec<&'static str>);

/// Readings that differ from the general table, by first character, longest
/// word first.
static READINGS: OnceLock<HashMap<char, Vec<Reading>>> = OnceLock::new();

fn readings() -> &'static HashMap<char, Vec<Reading>> {
    READINGS.get_or_init(|| {
        let mut table: HashMap<char, Vec<Reading>> = HashMap::new();
        for (word, sounds) in toneless() {
            if let Some(first) = word.chars().next() {
                table.entry(first).or_default().push((word, sounds));
            }
        }
        for words in table.values_mut() {
            words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        }
        table
    })
}

/// One toneless syllable for each Chinese character, every run of Latin
/// letters or digits as one; ü is written v. A character that nobody reads
/// stands for itself. The same text always has the same reading.
pub fn syllables(normal: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = normal;
    while let Some(c) = rest.chars().next() {
        let length = if let Some((word, sounds)) = special(rest, c) {
            out.extend(sounds.iter().map(|s| (*s).to_owned()));
            word.len()
        } else if is_wide(c) || c.is_whitespace() {
            if !c.is_whitespace() {
                out.push(usual(c));
            }
            c.len_utf8()
        } else {
            let run = rest
                .find(|c: char| is_wide(c) || c.is_whitespace())
                .unwrap_or(rest.len());
            out.push(rest[..run].to_owned());
            run
        };
        rest = &rest[length..];
    }
    out
}

fn special(rest: &str, first: char) -> Option<&'static Reading> {
    readings()
        .get(&first)?
        .iter()
        .find(|(word, _)| rest.starts_with(word))
}

fn usual(c: char) -> String {
    c.to_pinyin()
        .map(Pinyin::plain)
        .map_or_else(|| c.to_string(), |s| s.replace('ü', "v"))
}

/// The class of a syllable among those that southern speakers, old speakers
/// and recognisers confuse: zh/z, ch/c, sh/s, n/l, r/l, f/hu, -n/-ng.
///
/// A class is a name, not a syllable. Digits and anything that is not lower
/// case Latin are their own class; Latin words are folded like syllables,
/// which does no harm as long as both sides are.
pub fn sound_class(syllable: &str) -> String {
    if !syllable.bytes().all(|b| b.is_ascii_lowercase()) {
        return syllable.to_owned();
    }
    let nasal = ["ang", "eng", "ing"].iter().any(|f| syllable.ends_with(f));
    let open = if nasal {
        &syllable[..syllable.len() - 1]
    } else {
        syllable
    };
    match open.as_bytes() {
        [b'z' | b'c' | b's', b'h', ..] => format!("{}{}", &open[..1], &open[2..]),
        [b'n' | b'r', _, ..] => format!("l{}", &open[1..]),
        // fei sounds like hui, fen like hun, fu like hu.
        [b'f', ..] => match &open[1..] {
            "ei" => "hui".to_owned(),
            "en" => "hun".to_owned(),
            "u" => "hu".to_owned(),
            last => format!("hu{last}"),
        },
        _ => open.to_owned(),
    }
}

/// What is said in place of what is written: every character as a sign of its sound
/// class, the same for all that sound alike. Only other sounded texts can be compared
/// with it.
pub fn sounded(normal: &str) -> String {
    syllables(normal)
        .iter()
        .map(|s| sign(&sound_class(s)))
        .collect()
}

/// A sign for a class: of Unicode's private ones, so many that two of the four hundred
/// classes hardly ever share one.
fn sign(class: &str) -> char {
    const FIRST: u32 = 0xf_0000;
    const MANY: u64 = 0xfffd;
    let hash = FxBuildHasher.hash_one(class) % MANY;
    u32::try_from(hash)
        .ok()
        .and_then(|place| char::from_u32(FIRST + place))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sounds_alike_is_sounded_alike() {
        for (said, heard) in [
            ("窗户冒烟", "床湖帽言"),
            ("石狮", "四师"),
            ("wifi 3楼", "wifi 3娄"),
        ] {
            assert_eq!(sounded(said), sounded(heard), "{said}");
        }
        assert_ne!(sounded("冒烟"), sounded("冒险"));
        assert_eq!(sounded("居住证").chars().count(), 3);
        assert_eq!(sounded(""), "");
    }

    #[test]
    fn every_character_has_one_syllable() {
        for (word, sounds) in toneless() {
            assert_eq!(word.chars().count(), sounds.len(), "{word}");
        }
    }

    #[test]
    fn syllables_follow_the_word() {
        for (text, wanted) in [
            ("居住证", "ju zhu zheng"),
            ("重庆银行", "chong qing yin hang"),
            ("行长", "hang zhang"),
            ("出行", "chu xing"),
            ("长者饭堂", "zhang zhe fan tang"),
            ("长期护理", "chang qi hu li"),
            ("重残补贴", "zhong can bu tie"),
            ("还款", "huan kuan"),
            ("还有", "hai you"),
            ("参保", "can bao"),
            ("参差", "cen ci"),
            ("单位", "dan wei"),
            ("朝阳区", "chao yang qu"),
            ("都可以", "dou ke yi"),
            ("给我", "gei wo"),
            ("办得了", "ban de le"),
            ("没有", "mei you"),
            ("会不会", "hui bu hui"),
            ("率", "lv"),
            ("女儿", "nv er"),
            ("满60岁wifi", "man 60 sui wifi"),
            ("12345 110", "12345 110"),
            ("7.5%", "7.5%"),
            ("", ""),
        ] {
            assert_eq!(syllables(text).join(" "), wanted, "{text}");
        }
    }

    #[test]
    fn confused_sounds_share_a_class() {
        for (one, other) in [
            ("zhi", "zi"),
            ("chong", "cong"),
            ("shan", "san"),
            ("nan", "lan"),
            ("ren", "len"),
            ("fei", "hui"),
            ("fang", "huan"),
            ("fu", "hu"),
            ("zheng", "zen"),
            ("ying", "yin"),
            ("nv", "lv"),
        ] {
            assert_eq!(sound_class(one), sound_class(other));
        }
        for (one, other) in [
            ("ba", "pa"),
            ("zhi", "chi"),
            ("an", "en"),
            ("he", "fe"),
            ("12345", "110"),
        ] {
            assert_ne!(sound_class(one), sound_class(other));
        }
        for same in ["", "n", "er", "60", "证"] {
            assert_eq!(sound_class(same), same);
        }
    }
}
