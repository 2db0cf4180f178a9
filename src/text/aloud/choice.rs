//! The readings that a character can have.

use pinyin::ToPinyinMulti;

/// All readings of a character, the usual one first, in pinyin with the number of
/// the tone: 重 is `zhong4` or `chong2`. Nothing for what is not Chinese.
pub fn readings(c: char) -> Vec<String> {
    let Some(all) = c.to_pinyin_multi() else {
        return Vec::new();
    };
    let mut readings: Vec<String> = Vec::new();
    for reading in all {
        let mut written = reading.with_tone_num_end().replace('ü', "v");
        if !written.ends_with(|c: char| c.is_ascii_digit()) {
            written.push('5');
        }
        if !readings.contains(&written) {
            readings.push(written);
        }
    }
    readings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_has_all_its_readings() {
        assert_eq!(readings('重')[..2], ["zhong4", "chong2"]);
        assert!(readings('绿').contains(&"lv4".to_owned()));
        assert_eq!(readings('人'), ["ren2"]);
        assert!(readings('A').is_empty());
    }
}
