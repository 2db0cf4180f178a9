//! Whisper's words, out of a list that has a word a line in GPT-2's alphabet.
//!
//! That alphabet has a visible character for each byte, so that a word may be a
//! part of a character: most Chinese ones are made of two or three words.

/// Where the words end and the signs of the model begin, which whisper.cpp
/// names itself.
const END: &str = "<|endoftext|>";

/// The bytes of every word.
pub(super) fn words(list: &str) -> Result<Vec<Vec<u8>>, String> {
    let alphabet = alphabet();
    let mut words = Vec::new();
    for line in list.split('\n') {
        if line == END {
            return Ok(words);
        }
        let word = line.chars().map(|letter| {
            let byte = alphabet.iter().position(|own| *own == letter)?;
            u8::try_from(byte).ok()
        });
        let word = word.collect::<Option<_>>();
        words.push(word.ok_or_else(|| format!("第 {} 行不是词", words.len() + 1))?);
    }
    Err(format!("词表不完整，没有 {END}"))
}

/// The character of each byte: itself where it can be seen, else the next of
/// those that come after all bytes.
fn alphabet() -> [char; 256] {
    let mut free = '\u{100}'..;
    std::array::from_fn(|byte| match byte {
        0x21..=0x7e | 0xa1..=0xac | 0xae..=0xff => char::from(byte as u8),
        _ => free.next().unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_a_character() {
        let list = "!\nĠthe\nä½łå¥½\nĀĊ\nġł\nŃ\nÿ\n<|endoftext|>\n<|zh|>\n";
        let wanted: [&[u8]; 7] = [
            b"!",
            b" the",
            "你好".as_bytes(),
            b"\0\n",
            b"\x7f\xa0",
            b"\xad",
            b"\xff",
        ];
        // 你 is e4 bd a0.
        assert_eq!(words(list).unwrap(), wanted);
        let mut all = alphabet().to_vec();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 256);
    }

    #[test]
    fn a_list_that_is_cut_or_none_is_refused() {
        assert!(words("!\n\"").unwrap_err().contains("不完整"));
        assert!(words("").unwrap_err().contains("不完整"));
        assert!(
            words("a\n你好\n<|endoftext|>")
                .unwrap_err()
                .contains("第 2 行")
        );
    }
}
