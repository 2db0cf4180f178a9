use super::*;

#[test]
fn tags_are_not_words() {
    for (text, wanted) in [
        ("居住证怎么办", "居住证怎么办"),
        ("<|zh|><|NEUTRAL|><|Speech|> 居住证怎么办", "居住证怎么办"),
        ("<|zh|>居住证<|x", "居住证"),
        ("", ""),
    ] {
        assert_eq!(without_tags(text), wanted);
    }
}
