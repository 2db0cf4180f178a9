//! Syllables as the sounds that Kokoro v1.0 was trained on.
//!
//! The Chinese voices learnt misaki's older mapping: the international
//! phonetic alphabet, one letter for an affricate, and an arrow right after the
//! nucleus for the tone. Facts of misaki 0.9.4 (`ZHG2P` without a version, which
//! is MIT); all 426 syllables of pypinyin in five tones come out the same.

/// Letters of the initials; the longest that fits is meant.
const INITIALS: &[(&str, &str)] = &[
    ("zh", "\u{ab67}"),
    ("ch", "\u{ab67}ʰ"),
    ("sh", "ʂ"),
    ("b", "p"),
    ("p", "pʰ"),
    ("m", "m"),
    ("f", "f"),
    ("d", "t"),
    ("t", "tʰ"),
    ("n", "n"),
    ("l", "l"),
    ("g", "k"),
    ("k", "kʰ"),
    ("h", "x"),
    ("j", "ʨ"),
    ("q", "ʨʰ"),
    ("x", "ɕ"),
    ("r", "ɻ"),
    ("z", "ʦ"),
    ("c", "ʦʰ"),
    ("s", "s"),
];

/// Finals as they are spoken, without the spelling rules: what comes before the
/// tone, and what after it.
const FINALS: &[(&str, &str, &str)] = &[
    ("a", "a", ""),
    ("ai", "ai", ""),
    ("an", "a", "n"),
    ("ang", "a", "ŋ"),
    ("ao", "au", ""),
    ("e", "ɤ", ""),
    ("ei", "ei", ""),
    ("en", "ə", "n"),
    ("eng", "ə", "ŋ"),
    ("i", "i", ""),
    ("ia", "ja", ""),
    ("ian", "jɛ", "n"),
    ("iang", "ja", "ŋ"),
    ("iao", "jau", ""),
    ("ie", "je", ""),
    ("in", "i", "n"),
    ("ing", "i", "ŋ"),
    ("iong", "jʊ", "ŋ"),
    ("iou", "jou", ""),
    ("o", "wo", ""),
    ("ong", "ʊ", "ŋ"),
    ("ou", "ou", ""),
    ("u", "u", ""),
    ("ua", "wa", ""),
    ("uai", "wai", ""),
    ("uan", "wa", "n"),
    ("uang", "wa", "ŋ"),
    ("uei", "wei", ""),
    ("uen", "wə", "n"),
    ("ueng", "wə", "ŋ"),
    ("uo", "wo", ""),
    ("v", "y", ""),
    ("van", "ɥɛ", "n"),
    ("ve", "ɥe", ""),
    ("vn", "y", "n"),
];

/// Syllables that are not an initial and a final.
const WHOLE: &[(&str, &str)] = &[
    ("er", "ɚ"),
    ("ê", "ɛ"),
    ("o", "ɔ"),
    ("m", "m"),
    ("n", "n"),
    ("ng", "ŋ"),
    ("hm", "hm"),
    ("hng", "hŋ"),
];

/// The sounds of one syllable: `chong` and 2 give `ꭧʰʊ↗ŋ`. The base has `v` for
/// ü; tones are 1 to 4, and 5 for a light syllable. Nothing for what is no
/// syllable of Mandarin.
pub fn phonemes(base: &str, tone: u8) -> Option<String> {
    let arrow = match tone {
        1 => "→",
        2 => "↗",
        3 => "↓",
        4 => "↘",
        5 => "",
        _ => return None,
    };
    if let Some((_, whole)) = WHOLE.iter().find(|(own, _)| *own == base) {
        return Some(format!("{whole}{arrow}"));
    }
    let (initial, sound, rest) = INITIALS
        .iter()
        .find_map(|(letters, sound)| Some((*letters, *sound, base.strip_prefix(letters)?)))
        .unwrap_or(("", "", base));
    let (before, after) = match (initial, rest) {
        ("zh" | "ch" | "sh" | "r" | "z" | "c" | "s", "i") => ("ɨ", ""),
        _ => {
            let spoken = spoken(initial, rest)?;
            FINALS
                .iter()
                .find_map(|(own, before, after)| (*own == spoken).then_some((*before, *after)))?
        }
    };
    Some(format!("{sound}{before}{arrow}{after}"))
}

/// Undoes the spelling rules: y and w where there is no initial, u for ü after
/// j, q and x, and the finals that are written short.
fn spoken<'a>(initial: &str, rest: &'a str) -> Option<&'a str> {
    let spoken = match (initial, rest) {
        ("", _) if rest.starts_with(['y', 'w']) => match rest {
            "yi" => "i",
            "ya" => "ia",
            "yan" => "ian",
            "yang" => "iang",
            "yao" => "iao",
            "ye" => "ie",
            "yin" => "in",
            "ying" => "ing",
            // The one syllable that misaki reads as if it were written so.
            "yo" => "o",
            "yong" => "iong",
            "you" => "iou",
            "yu" => "v",
            "yuan" => "van",
            "yue" => "ve",
            "yun" => "vn",
            "wu" => "u",
            "wa" => "ua",
            "wai" => "uai",
            "wan" => "uan",
            "wang" => "uang",
            "wei" => "uei",
            "wen" => "uen",
            "weng" => "ueng",
            "wo" => "uo",
            "wong" => "ong",
            _ => return None,
        },
        // No syllable begins with these.
        ("", _) if rest.starts_with(['i', 'u', 'v']) => return None,
        ("j" | "q" | "x", "u") => "v",
        ("j" | "q" | "x", "uan") => "van",
        ("j" | "q" | "x" | "l" | "n", "ue") => "ve",
        ("j" | "q" | "x", "un") => "vn",
        (_, "iu") => "iou",
        (_, "ui") => "uei",
        (_, "un") => "uen",
        _ => rest,
    };
    Some(spoken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_sound_as_the_voices_learnt_them() {
        for (base, tone, wanted) in [
            ("chong", 2, "ꭧʰʊ↗ŋ"),
            ("ban", 4, "pa↘n"),
            ("shi", 4, "ʂɨ↘"),
            ("zi", 5, "ʦɨ"),
            ("jiu", 3, "ʨjou↓"),
            ("xue", 2, "ɕɥe↗"),
            ("lv", 4, "ly↘"),
            ("yu", 3, "y↓"),
            ("wo", 3, "wo↓"),
            ("bo", 1, "pwo→"),
            ("er", 2, "ɚ↗"),
            ("o", 2, "ɔ↗"),
            ("hng", 1, "hŋ→"),
        ] {
            assert_eq!(phonemes(base, tone).as_deref(), Some(wanted), "{base}");
        }
    }

    #[test]
    fn what_is_no_syllable_has_no_sound() {
        for base in ["", "x", "abc", "iang", "v", "yyi", "Ban", "ban4", "办"] {
            assert_eq!(phonemes(base, 1), None, "{base}");
        }
        assert_eq!(phonemes("ban", 0), None);
        assert_eq!(phonemes("ban", 6), None);
    }

    /// Every syllable of pypinyin 0.55, as misaki 0.9.4 wrote it.
    #[test]
    fn every_syllable_is_as_in_the_training() {
        let mut seen = 0;
        for line in include_str!("phonemes.tsv").lines() {
            let (base, third) = line.split_once('\t').unwrap();
            for (tone, arrow) in [(1, "→"), (2, "↗"), (3, "↓"), (4, "↘"), (5, "")] {
                let wanted = third.replace('↓', arrow);
                assert_eq!(phonemes(base, tone), Some(wanted), "{base}{tone}");
                seen += 1;
            }
        }
        assert_eq!(seen, 5 * 426);
    }
}
