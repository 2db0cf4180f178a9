//! What is counted: measure words and units.

use super::glyph::{Kind, Place, Spoken};

/// Characters that make an amount of whatever number is before them.
pub(super) const AMOUNT_FIRST: &[char] = &[
    '元', '块', '米', '平', '个', '万', '亿', '千', '百', '岁', '周', '次', '天', '名', '位', '倍',
    '户', '张', '吨', '升', '克', '斤', '度', '%', '‰', '℃', '㎡', '余', '多', '毫', '厘', '公',
    '美', '欧', '港',
];

/// Further beginnings of what is counted; some of them also begin other
/// words, so a hotline comes first.
const COUNTED: &[&str] = &[
    "人", "年", "月", "日", "号", "分", "秒", "小时", "间", "件", "条", "项", "种", "份", "层",
    "栋", "幢", "单元", "室", "路", "级", "页", "章", "节", "班", "套", "台", "辆", "部", "所",
    "家", "片", "本", "亩", "里", "瓦", "伏", "安", "兆", "字", "步", "例", "人次", "厂", "届",
    "款", "场", "座", "栏", "把", "支", "只", "头", "口", "门", "瓶", "盒", "包", "袋", "箱", "桶",
    "滴", "片", "粒", "颗", "根", "棵", "点", "时", "时许", "角", "成", "者", "处", "组", "批",
    "期", "笔",
];

/// Beginnings of what is counted in pairs: 两个, 两年, but 二月, 二号楼.
const PAIRED: &[&str] = &[
    "个", "次", "元", "块", "角", "分", "年", "天", "人", "名", "位", "周", "小时", "钟", "倍",
    "岁", "米", "公里", "千", "百", "万", "亿", "公斤", "公升", "公顷", "份", "张", "套", "户",
    "成", "项", "种", "者", "条", "件", "间", "家", "所", "处", "片", "只", "头", "匹", "辆", "台",
    "部", "本", "册", "页", "字", "句", "步", "门", "口", "扇", "双", "对", "副", "把", "根", "块",
    "颗", "粒", "滴", "瓶", "杯", "碗", "桶", "袋", "包", "箱", "盒", "支", "枝", "幅", "遍", "趟",
    "回", "下", "场", "顿", "餐", "笔", "点", "厘米", "毫", "平", "立方", "亩", "升", "吨", "里",
    "秒", "寸", "代人", "轮", "批", "样", "方", "边", "端", "头", "国", "地", "侧", "栋", "座",
    "棵", "刻", "夜", "晚", "季", "段", "道", "声", "重", "份", "学年", "学期", "辈", "单", "者",
    "眼", "圈", "类人", "kg", "km", "m", "cm",
];

/// Units in Latin letters and symbols, longest first.
const UNITS: &[(&str, &str)] = &[
    ("μg/m³", "微克每立方米"),
    ("mg/m³", "毫克每立方米"),
    ("mmol/L", "毫摩尔每升"),
    ("km/h", "公里每小时"),
    ("mmHg", "毫米汞柱"),
    ("kWh", "千瓦时"),
    ("kwh", "千瓦时"),
    ("kg", "公斤"),
    ("KG", "公斤"),
    ("Kg", "公斤"),
    ("km", "公里"),
    ("KM", "公里"),
    ("cm", "厘米"),
    ("CM", "厘米"),
    ("mm", "毫米"),
    ("mg", "毫克"),
    ("ml", "毫升"),
    ("mL", "毫升"),
    ("kV", "千伏"),
    ("kW", "千瓦"),
    ("kw", "千瓦"),
    ("m²", "平方米"),
    ("m2", "平方米"),
    ("m³", "立方米"),
    ("m3", "立方米"),
    ("dB", "分贝"),
    ("db", "分贝"),
    ("m", "米"),
    ("g", "克"),
    ("L", "升"),
    ("h", "小时"),
    ("V", "伏"),
    ("W", "瓦"),
    ("㎡", "平方米"),
    ("㎥", "立方米"),
    ("㎏", "公斤"),
    ("㎞", "公里"),
    ("㎝", "厘米"),
    ("㎜", "毫米"),
    ("℃", "摄氏度"),
    ("°C", "摄氏度"),
    ("°", "度"),
];

/// Units that a price or a pace is given for: 元/月.
const EACH: &[&str] = &[
    "月",
    "年",
    "人",
    "平方米",
    "平米",
    "㎡",
    "m²",
    "m2",
    "㎥",
    "m³",
    "次",
    "天",
    "日",
    "户",
    "小时",
    "度",
    "吨",
    "立方米",
    "立方",
    "分钟",
    "分",
    "秒",
    "公里",
    "千米",
    "斤",
    "公斤",
    "个",
    "件",
    "张",
    "套",
    "床",
    "间",
    "辆",
    "车",
    "学期",
    "学年",
    "季度",
    "季",
    "周",
    "kg",
    "km",
    "升",
    "千瓦时",
    "例",
    "亩",
    "孩",
    "胎",
    "证",
    "本",
    "份",
    "页",
    "台",
    "班",
    "课时",
    "节",
    "晚",
    "位",
    "生",
    "半年",
    "栋",
    "层",
    "桌",
    "餐",
    "顿",
    "只",
    "条",
    "克",
    "米",
    "具",
    "针",
    "剂",
    "瓶",
    "盒",
];

/// Whether something counted begins here.
pub(super) fn is_counted(after: &str) -> bool {
    let after = after.trim_start();
    after.starts_with(AMOUNT_FIRST)
        || COUNTED.iter().any(|word| after.starts_with(word))
        || unit(after).is_some()
}

/// Whether two of what begins here are 两.
pub(super) fn is_paired(after: &str) -> bool {
    let after = after.trim_start();
    // 2年级 and 2个月 begin alike with 2年 and 2月.
    let name = ["年级", "分之", "分区", "季度", "类", "级"]
        .iter()
        .any(|word| after.starts_with(word));
    !name && PAIRED.iter().any(|word| after.starts_with(word)) || unit(after).is_some()
}

/// The unit that begins here: its length and how it is said.
pub(super) fn unit(after: &str) -> Option<(usize, &'static str)> {
    UNITS
        .iter()
        .find(|(written, _)| {
            after.strip_prefix(written).is_some_and(|rest| {
                let letters = written.ends_with(|c: char| c.is_ascii_alphanumeric());
                !letters || !rest.starts_with(|c: char| c.is_ascii_alphanumeric())
            })
        })
        .map(|(written, said)| (written.len(), *said))
}

/// The slash of 元/月 and the dot of 元/人·月: 每. What follows is read by
/// itself unless it is a symbol.
pub(super) fn each(place: Place<'_>) -> Option<Spoken> {
    let mark = place
        .rest
        .chars()
        .next()
        .filter(|c| matches!(c, '/' | '·' | '.'))?;
    let after = &place.rest[mark.len_utf8()..];
    let clause = place
        .before
        .rfind(['，', '。', '；', '、', '(', ')', '\n'])
        .map_or(0, |at| at + 1);
    let clause = place.before.get(clause..).unwrap_or(place.before);
    let price = if mark == '/' {
        let unit = [
            "元", "块", "角", "分", "次", "天", "人", "米", "㎡", "里", "时", "度", "吨", "升",
            "克", "斤", "件", "户", "个", "套", "间", "月", "日", "周", "年", "m²", "kg", "km",
            "g", "%", "台", "车", "辆", "张",
        ]
        .iter()
        .any(|unit| clause.ends_with(unit));
        let counts = clause
            .contains(|c: char| c.is_ascii_digit() || "一二三四五六七八九十百千万几两".contains(c));
        unit && (counts || clause.ends_with('元') || clause.ends_with('块'))
    } else {
        clause.contains('/')
    };
    let next = EACH
        .iter()
        .filter(|unit| after.starts_with(*unit))
        .max_by_key(|u| u.len())?;
    if !price {
        return None;
    }
    let length = mark.len_utf8();
    let spoken = Spoken::new(length).say(0, "每", Kind::Count);
    Some(match unit(after) {
        Some((symbol, said)) if symbol == next.len() => Spoken {
            length: length + symbol,
            ..spoken.say(length, said, Kind::Count)
        },
        _ => spoken,
    })
}
