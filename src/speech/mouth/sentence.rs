//! Sentences: what is marked on the screen while it is spoken, and what live
//! speech is made of.

/// Fewer characters than this are not worth a sound of their own.
const LEAST: usize = 4;
/// About so many characters are made before the first sound is heard: 2 seconds
/// of one core.
const FIRST: usize = 12;

/// Where a voice makes a longer pause.
const ENDS: &[char] = &['。', '！', '？', '；', '：', '…', '!', '?', ';', '\n'];

/// Sentences, each with its end mark.
pub fn sentences(text: &str) -> Vec<&str> {
    split(text, ENDS)
}

fn split<'a>(text: &'a str, ends: &[char]) -> Vec<&'a str> {
    text.split_inclusive(ends)
        .map(str::trim)
        .filter(|s| s.chars().any(char::is_alphanumeric))
        .collect()
}

/// Pieces for speech that is made while somebody waits: sentences, the first of
/// them cut at its commas, so that the first sound comes soon.
pub(super) fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for (at, sentence) in sentences(text).into_iter().enumerate() {
        if at > 0 || sentence.chars().count() <= FIRST {
            pieces.push(sentence.to_owned());
            continue;
        }
        for clause in split(sentence, &['，', ',']) {
            match pieces.last_mut() {
                Some(last) if last.chars().count() < LEAST => last.push_str(clause),
                _ => pieces.push(clause.to_owned()),
            }
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_keep_their_ends() {
        assert_eq!(
            sentences("可以。带身份证；\n多少钱？…不要钱！"),
            ["可以。", "带身份证；", "多少钱？", "不要钱！"]
        );
        assert!(sentences("。。。\n").is_empty());
    }

    #[test]
    fn the_first_piece_is_short_and_nothing_is_lost() {
        let text = "您好，我是社区的王老师，您问的补贴已经发了。请您查一下卡，还没有到就告诉我。";
        let pieces = pieces(text);
        assert_eq!(pieces.concat(), text);
        assert_eq!(
            pieces,
            [
                "您好，我是社区的王老师，",
                "您问的补贴已经发了。",
                "请您查一下卡，还没有到就告诉我。"
            ]
        );
    }
}
