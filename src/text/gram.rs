//! Runs of one to three characters as numbers.

/// Up to three characters, 21 bits each.
pub type Gram = u64;

/// One run of characters.
pub fn gram(run: &[char]) -> Gram {
    run.iter()
        .fold(0, |gram, c| (gram << 21) | Gram::from(u32::from(*c)))
}

/// The characters that grams are made of.
pub fn letters(text: &str) -> Vec<char> {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Single characters and pairs: what is searched for.
pub fn short(letters: &[char]) -> Vec<Gram> {
    letters
        .windows(1)
        .chain(letters.windows(2))
        .map(gram)
        .collect()
}

/// Pairs: what texts are searched by, where single characters say nothing.
pub fn pairs(letters: &[char]) -> Vec<Gram> {
    letters.windows(2).map(gram).collect()
}

/// Runs of three, for the cosine.
pub fn triples(letters: &[char]) -> Vec<Gram> {
    letters.windows(3).map(gram).collect()
}

/// A gram as a term of the index.
pub fn spelled(gram: Gram) -> String {
    [42, 21, 0]
        .iter()
        .filter_map(|shift| u32::try_from((gram >> shift) & 0x1f_ffff).ok())
        .filter(|code| *code != 0)
        .filter_map(char::from_u32)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_each_length_are_told_apart() {
        let letters = letters("居住 证a");
        let of = |grams: Vec<Gram>| grams.into_iter().map(spelled).collect::<Vec<_>>();
        assert_eq!(
            of(short(&letters)),
            ["居", "住", "证", "a", "居住", "住证", "证a"]
        );
        assert_eq!(of(pairs(&letters)), ["居住", "住证", "证a"]);
        assert_eq!(of(triples(&letters)), ["居住证", "住证a"]);
        assert!(of(triples(&letters[..2])).is_empty());
        assert!(of(short(&[])).is_empty());
    }
}
