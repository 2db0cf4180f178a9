//! The chain of steps that makes texts uniform.

use super::{numeral, punctuation, script, width};

/// Width, letter case, script and numerals made uniform; punctuation gone.
///
/// Kept beside letters and digits are a decimal point, a percent sign after a
/// digit, and one space between two Latin or digit runs. Masked numbers are
/// gone. The result is its own normal form.
pub fn normalise(text: &str) -> String {
    let mut normal = pass(text);
    if normal == text {
        return normal;
    }
    // A step may make what an earlier step would change (a digit that two
    // dropped characters brought together). Real sentences need one pass and
    // one to see it; the bound only keeps hostile text from costing time.
    for _ in 0..8 {
        let again = pass(&normal);
        if again == normal {
            break;
        }
        normal = again;
    }
    normal
}

fn pass(text: &str) -> String {
    numeral::to_digits(&script::simplify(&punctuation::strip(&width::uniform(
        text,
    ))))
}

#[cfg(test)]
mod tests {
    use super::normalise;
    use proptest::prelude::*;

    #[test]
    fn the_chain_makes_questions_uniform() {
        for (text, wanted) in [
            ("请问，居住證怎麼辦理？", "请问居住证怎么办理"),
            ("６０歲以上能不能辦老年卡", "60岁以上能不能办老年卡"),
            ("六十岁以上能不能办老年卡", "60岁以上能不能办老年卡"),
            ("每月3,600元", "每月3600元"),
            ("每月三千六百元", "每月3600元"),
            ("2.5 万", "25000"),
            ("报销百分之八十", "报销80%"),
            ("打 １２３４５ 热线", "打12345热线"),
            ("打一二三四五热线", "打12345热线"),
            ("", ""),
            ("？！", ""),
        ] {
            assert_eq!(normalise(text), wanted, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn any_text_has_one_normal_form(text in any::<String>()) {
            let normal = normalise(&text);
            prop_assert_eq!(normalise(&normal), normal);
        }

        #[test]
        fn numbers_have_one_normal_form(
            text in "[〇零一二两三四五六七八九幺十百千万亿0-9a-bＸ点分之%.,* 年岁个周期第块钱性样后乾证]{0,14}"
        ) {
            let normal = normalise(&text);
            prop_assert_eq!(normalise(&normal), normal);
        }
    }
}
