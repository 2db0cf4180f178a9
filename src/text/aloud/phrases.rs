//! Phrases that are cut and read as they stand here, whatever the dictionary
//! would make of them.
//!
//! Mostly these are places where the dictionary joins two words that only
//! meet (退还 + 是), or where the next word decides.

use super::syllable::{Sound, sounds};
use std::collections::HashMap;
use std::sync::LazyLock;

/// By first character, longest first.
type ByFirst = HashMap<char, Vec<(&'static str, &'static str)>>;

static BY_FIRST: LazyLock<ByFirst> = LazyLock::new(|| {
    let mut table = ByFirst::new();
    for (phrase, reading) in PHRASES {
        if let Some(first) = phrase.chars().next() {
            table.entry(first).or_default().push((phrase, reading));
        }
    }
    for phrases in table.values_mut() {
        phrases.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    }
    table
});

/// The length and the reading of the phrase that `text` begins with.
pub(super) fn begins(text: &str) -> Option<(usize, Vec<Sound>)> {
    let (phrase, reading) = BY_FIRST
        .get(&text.chars().next()?)?
        .iter()
        .find(|(phrase, _)| text.starts_with(phrase))?;
    Some((phrase.len(), sounds(reading)?))
}

const PHRASES: &[(&str, &str)] = &[
    ("没收到", "mei2 shou1 dao4"),
    ("没收入", "mei2 shou1 ru4"),
    ("得不得", "dei3 bu4 dei3"),
    ("还不还", "huan2 bu4 huan2"),
    ("退还是", "tui4 hai2 shi4"),
    ("没交还", "mei2 jiao1 hai2"),
    ("交还是", "jiao1 hai2 shi4"),
    ("交还能", "jiao1 hai2 neng2"),
    ("没退还", "mei2 tui4 huan2"),
    ("多长时间", "duo1 chang2 shi2 jian1"),
    ("更长时间", "geng4 chang2 shi2 jian1"),
    ("长时间", "chang2 shi2 jian1"),
    ("睡不着", "shui4 bu4 zhao2"),
    ("睡得着", "shui4 de5 zhao2"),
    ("找不着", "zhao3 bu4 zhao2"),
    ("找得着", "zhao3 de5 zhao2"),
    ("够不着", "gou4 bu4 zhao2"),
    ("够得着", "gou4 de5 zhao2"),
    ("用不着", "yong4 bu4 zhao2"),
    ("用得着", "yong4 de5 zhao2"),
    ("见不着", "jian4 bu4 zhao2"),
    ("买不着", "mai3 bu4 zhao2"),
    ("摸不着", "mo1 bu4 zhao2"),
    ("犯不着", "fan4 bu4 zhao2"),
    ("管不着", "guan3 bu4 zhao2"),
    ("靠不着", "kao4 bu4 zhao2"),
    ("数一数", "shu3 yi5 shu3"),
    ("睡着了", "shui4 zhao2 le5"),
    ("着了火", "zhao2 le5 huo3"),
    ("着起火", "zhao2 qi3 huo3"),
    ("烧着了", "shao1 zhao2 le5"),
    ("点着了", "dian3 zhao2 le5"),
    ("睡个觉", "shui4 ge4 jiao4"),
    ("睡好觉", "shui4 hao3 jiao4"),
    ("睡不好觉", "shui4 bu4 hao3 jiao4"),
    ("睡大觉", "shui4 da4 jiao4"),
    ("不得不", "bu4 de2 bu4"),
    ("一行字", "yi1 hang2 zi4"),
    ("好好的", "hao3 hao3 de5"),
    ("好好地", "hao3 hao3 de5"),
    ("慢慢地", "man4 man4 de5"),
    ("轻轻地", "qing1 qing1 de5"),
    ("更好地", "geng4 hao3 de5"),
    ("不断地", "bu4 duan4 de5"),
    ("大声地", "da4 sheng1 de5"),
    ("早早地", "zao3 zao3 de5"),
    ("会长期", "hui4 chang2 qi1"),
    ("市长期", "shi4 chang2 qi1"),
    ("区长期", "qu1 chang2 qi1"),
    ("所长期", "suo3 chang2 qi1"),
    ("院长期", "yuan4 chang2 qi1"),
    ("社长期", "she4 chang2 qi1"),
    ("部长期", "bu4 chang2 qi1"),
    ("人长期", "ren2 chang2 qi1"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_has_one_syllable() {
        for (phrase, reading) in PHRASES {
            let count = sounds(reading).map(|s| s.len());
            assert_eq!(count, Some(phrase.chars().count()), "{phrase}");
        }
    }
}
