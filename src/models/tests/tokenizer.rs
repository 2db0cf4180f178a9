//! XLM-RoBERTa's tokenizer around a few pieces.

use crate::models::tokenizer::Tokenizer;

const PIECES: [&str; 14] = [
    "<s>", "<pad>", "</s>", "<unk>", "▁", "▁a", "A", "1", "居住", "证", "～", "~", "д", "<mask>",
];

fn pieces() -> Vec<(String, f32)> {
    let scored = |piece: &str| (piece.to_owned(), -1.5 + piece.chars().count() as f32);
    PIECES.into_iter().map(scored).collect()
}

#[test]
fn texts_are_normalised_split_and_ended() {
    let tokenizer = Tokenizer::xlm_roberta(pieces()).unwrap();
    let kept = tokenizer.kept();
    // Without д, so that what comes after it has other ids.
    assert_eq!(kept.len(), PIECES.len() - 1);
    let text = tokenizer.cut(&kept).unwrap();
    let tokenizer = tokenizers::Tokenizer::from_bytes(&text).unwrap();
    let piece = |id: u32| tokenizer.id_to_token(id).unwrap();
    for (text, wanted) in [
        ("居住证", "▁ 居住 证"),
        ("a居住  证", "▁a 居住 ▁ 证"),
        ("a \u{3000}\u{feff}\u{200b}\n\u{2581}证 ", "▁a ▁ 证 ▁"),
        ("居\u{7}住\u{7f}证", "▁ 居住 证"),
        ("Ａ１①Ⓐ㈱", "▁ A 1 1 A <unk>"),
        ("1～1~", "▁ 1 ～ 1 ~"),
        ("1\u{1}～", "▁ 1 ～"),
        ("д<mask>证", "▁ <unk> <mask> ▁ 证"),
        ("", ""),
    ] {
        let ids = tokenizer.encode_fast(text, true).unwrap();
        let got: Vec<String> = ids.get_ids().iter().map(|id| piece(*id)).collect();
        let wanted = format!("<s> {wanted} </s>").replace("  ", " ");
        assert_eq!(got.join(" "), wanted, "{text}");
    }
    let pair = tokenizer.encode(("证", "证"), true).unwrap();
    assert_eq!(pair.get_ids(), [0, 4, 9, 2, 2, 4, 9, 2]);
}

#[test]
fn special_tokens_must_be_where_they_belong() {
    for broken in [0, 3, 13] {
        let mut pieces = pieces();
        pieces[broken].0 = "x".to_owned();
        let error = Tokenizer::xlm_roberta(pieces).err().unwrap();
        assert!(error.contains(PIECES[broken]), "{error}");
    }
    let mut pieces = pieces();
    pieces.swap(1, 2);
    assert!(Tokenizer::xlm_roberta(pieces).is_err());
}
