//! How sure a recogniser was of each character, through all that is done to a text.

/// Longest texts that are laid side by side, in pairs of characters.
const MOST: usize = 1_000_000;

/// How probable each character of `text` is, where `certain` says so of each character
/// of `heard`, 0 to 1: what stands in both in the same order keeps its own, what was put
/// in its place is certain. Empty where `certain` says nothing.
pub fn certainty(heard: &str, certain: &[f32], text: &str) -> Vec<f32> {
    let [heard, text]: [Vec<char>; 2] = [heard, text].map(|t| t.chars().collect());
    if certain.is_empty()
        || heard.len() != certain.len()
        || heard.len().saturating_mul(text.len()) > MOST
    {
        return Vec::new();
    }
    // What both end and begin with belongs together: a follow-up is put behind its
    // topic, whose characters may be the same.
    let pairs = heard.iter().rev().zip(text.iter().rev());
    let end = pairs.take_while(|(a, b)| a == b).count();
    let (heard, text) = (&heard[..heard.len() - end], &text[..text.len() - end]);
    let begin = heard.iter().zip(text).take_while(|(a, b)| a == b).count();
    let last = &certain[certain.len() - end..];
    let (first, certain) = certain[..certain.len() - end].split_at(begin);
    let (heard, text) = (&heard[begin..], &text[begin..]);
    // How many characters the rests of both from here on have in common.
    let wide = text.len() + 1;
    let mut common = vec![0_u16; (heard.len() + 1) * wide];
    for (i, a) in heard.iter().enumerate().rev() {
        for (j, b) in text.iter().enumerate().rev() {
            let at = i * wide + j;
            common[at] = match a == b {
                true => common[at + wide + 1] + 1,
                false => common[at + wide].max(common[at + 1]),
            };
        }
    }
    let mut sure = vec![1.0; text.len()];
    let (mut i, mut j) = (0, 0);
    while i < heard.len() && j < text.len() {
        let at = i * wide + j;
        if heard[i] == text[j] {
            sure[j] = certain[i];
            (i, j) = (i + 1, j + 1);
        } else if common[at + wide] >= common[at + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    [first, &sure, last].concat()
}

#[cfg(test)]
mod tests {
    use super::certainty;

    #[test]
    fn what_stays_keeps_its_own() {
        let certain = [0.9, 0.2, 0.3, 0.8, 0.7];
        for (text, wanted) in [
            ("社区公益岗", vec![0.9, 0.2, 1.0, 1.0, 1.0]),
            ("社区，工艺港", vec![0.9, 0.2, 1.0, 0.3, 0.8, 0.7]),
            ("工艺港", vec![0.3, 0.8, 0.7]),
            ("", vec![]),
        ] {
            assert_eq!(certainty("社区工艺港", &certain, text), wanted, "{text}");
        }
        // The topic of a follow-up is what was said before.
        let full = certainty("证丢了", &[0.3, 0.9, 0.9], "居住证证丢了");
        assert_eq!(full, [1.0, 1.0, 1.0, 0.3, 0.9, 0.9]);
        assert!(certainty("社区", &[], "社区").is_empty());
        assert!(certainty("社区", &[1.0], "社区").is_empty());
    }
}
