//! Which words hold a numeral character that is no number, and what is
//! counted: the tables of `numeral`.

/// A word whose numeral characters stay, unless one of the characters in
/// `unless` follows: 一块去 stays, 一块钱 is one yuan.
pub(super) struct Kept {
    pub(super) word: &'static str,
    pub(super) unless: &'static str,
}

const fn kept(word: &'static str) -> Kept {
    Kept { word, unless: "" }
}

/// Longer words before shorter ones that they begin with.
pub(super) const KEPT: &[Kept] = &[
    kept("一次性"),
    kept("一条龙"),
    kept("一口气"),
    kept("一个劲"),
    kept("一分为"),
    kept("一人之下"),
    kept("一网通办"),
    kept("一门通办"),
    kept("一卡通"),
    kept("一站式"),
    kept("一般"),
    kept("一半"),
    kept("一边"),
    kept("一并"),
    kept("一步"),
    kept("一带"),
    kept("一旦"),
    kept("一道"),
    kept("一点"),
    kept("一定"),
    kept("一度"),
    kept("一方"),
    kept("一概"),
    kept("一共"),
    kept("一会"),
    kept("一经"),
    kept("一刻"),
    Kept {
        word: "一块",
        unless: "钱",
    },
    kept("一路"),
    kept("一律"),
    kept("一面"),
    kept("一旁"),
    kept("一起"),
    kept("一切"),
    kept("一如"),
    kept("一生"),
    kept("一时"),
    kept("一手"),
    kept("一同"),
    kept("一味"),
    kept("一下"),
    kept("一线"),
    kept("一向"),
    kept("一些"),
    kept("一心"),
    kept("一样"),
    kept("一再"),
    kept("一早"),
    kept("一直"),
    kept("一致"),
    Kept {
        word: "十分",
        unless: "钟之",
    },
    kept("十字"),
    kept("十足"),
    Kept {
        word: "三角",
        unless: "钱",
    },
    kept("三八妇女"),
    kept("三八红旗"),
    kept("五保"),
    kept("七夕"),
    kept("八成"),
    kept("统一"),
    kept("唯一"),
    kept("单一"),
    kept("同一"),
    kept("逐一"),
    kept("专一"),
    kept("划一"),
    kept("合一"),
    kept("归一"),
    kept("之一"),
    kept("不一"),
    kept("如一"),
    kept("进一"),
    kept("万一"),
];

/// The first characters of [`KEPT`].
const BEGINNINGS: &[char] = &[
    '一', '十', '三', '五', '七', '八', '统', '唯', '单', '同', '逐', '专', '划', '合', '归', '之',
    '不', '如', '进', '万',
];

/// What is counted: a single numeral is a number only before one of these.
/// Longer words need not be here when their first character is.
pub(super) const MEASURES: &[&str] = &[
    "岁",
    "年",
    "月",
    "日",
    "号",
    "天",
    "周",
    "个",
    "次",
    "元",
    "块",
    "毛",
    "角",
    "分",
    "楼",
    "层",
    "栋",
    "幢",
    "室",
    "户",
    "人",
    "口",
    "名",
    "位",
    "孩",
    "胎",
    "级",
    "类",
    "档",
    "折",
    "倍",
    "米",
    "平",
    "斤",
    "吨",
    "秒",
    "期",
    "届",
    "批",
    "份",
    "张",
    "本",
    "项",
    "种",
    "条",
    "路",
    "代",
    "间",
    "套",
    "辆",
    "台",
    "床",
    "点",
    "险",
    "金",
    "居",
    "厅",
    "寸",
    "页",
    "遍",
    "场",
    "瓶",
    "盒",
    "件",
    "只",
    "环",
    "组",
    "小时",
    "季度",
    "单元",
    "星期",
    "公里",
    "公斤",
    "千米",
    "千克",
    "千瓦",
    "厘米",
    "毫米",
    "平方",
    "学期",
    "学年",
    "工作日",
    "刻钟",
    "成",
];

/// After a figure with 点 one of these shows that it is a decimal (三点五倍)
/// and not a time of day (三点五十).
pub(super) const DECIMAL_AFTER: &[char] = &[
    '千', '万', '亿', '元', '块', '倍', '米', '公', '平', '折', '吨', '斤', '个', '%', '小', '岁',
    '厘', '毫', '度', '级', '成',
];

/// Words after which 一点 is one o'clock.
pub(super) const BEFORE_TIME: &[&str] = &["上午", "中午", "下午", "晚上", "凌晨", "早上"];

/// Whether something counted begins `rest`.
pub(super) fn measure(rest: &[char]) -> bool {
    MEASURES.iter().any(|m| begins(rest, m))
}

/// Whether `rest` begins with `word`.
pub(super) fn begins(rest: &[char], word: &str) -> bool {
    let mut rest = rest.iter();
    word.chars().all(|c| rest.next() == Some(&c))
}

/// The kept word at `at`, as its number of characters.
pub(super) fn kept_at(chars: &[char], at: usize) -> Option<usize> {
    let rest = &chars[at..];
    // Most characters begin no such word; this is asked for every one.
    if !rest.first().is_some_and(|c| BEGINNINGS.contains(c)) {
        return None;
    }
    let found = KEPT.iter().find(|k| begins(rest, k.word))?;
    let length = found.word.chars().count();
    let after = rest.get(length);
    if after.is_some_and(|c| found.unless.contains(*c)) {
        return None;
    }
    if found.word == "一点" && one_oclock_or_decimal(chars, at) {
        return None;
    }
    // 三分之一 is a fraction, 其中之一 is none.
    if found.word == "之一" && at > 0 && chars[at - 1] == '分' {
        return None;
    }
    Some(length)
}

fn one_oclock_or_decimal(chars: &[char], at: usize) -> bool {
    let time = BEFORE_TIME
        .iter()
        .any(|w| at >= 2 && begins(&chars[at - 2..], w));
    time || super::numeral_decimal::decimals(chars, at + 1, false).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kept_word_has_a_known_beginning() {
        for kept in KEPT {
            let first = kept.word.chars().next().unwrap();
            assert!(BEGINNINGS.contains(&first), "{}", kept.word);
        }
    }

    #[test]
    fn a_longer_kept_word_comes_first() {
        for (i, earlier) in KEPT.iter().enumerate() {
            for later in &KEPT[i + 1..] {
                assert!(
                    !later.word.starts_with(earlier.word),
                    "{} hides {}",
                    earlier.word,
                    later.word
                );
            }
        }
    }
}
