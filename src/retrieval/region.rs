//! Names of provinces and large cities: a question about another place than
//! the entry's is not ours to answer.

/// Provinces, regions and large cities, as people name them.
const NAMES: &[&str] = &[
    "北京",
    "上海",
    "天津",
    "重庆",
    "河北",
    "山西",
    "辽宁",
    "吉林",
    "黑龙江",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "海南",
    "四川",
    "贵州",
    "云南",
    "陕西",
    "甘肃",
    "青海",
    "台湾",
    "内蒙古",
    "广西",
    "西藏",
    "宁夏",
    "新疆",
    "香港",
    "澳门",
    "广州",
    "深圳",
    "杭州",
    "南京",
    "苏州",
    "成都",
    "武汉",
    "西安",
    "郑州",
    "长沙",
    "合肥",
    "济南",
    "青岛",
    "沈阳",
    "大连",
    "哈尔滨",
    "长春",
    "石家庄",
    "太原",
    "南昌",
    "福州",
    "厦门",
    "南宁",
    "海口",
    "贵阳",
    "昆明",
    "兰州",
    "西宁",
    "银川",
    "乌鲁木齐",
    "拉萨",
    "呼和浩特",
    "宁波",
    "无锡",
    "温州",
    "东莞",
    "佛山",
    "珠海",
    "三亚",
    "烟台",
    "泉州",
    "常州",
    "徐州",
    "洛阳",
    "美国",
    "日本",
    "英国",
    "法国",
    "德国",
    "韩国",
    "加拿大",
    "澳大利亚",
];

/// Names that only say where somebody comes from: 我从河南来, 老家在四川.
const ORIGIN: &[&str] = &[
    "从",
    "老家",
    "来自",
    "户口在",
    "户籍在",
    "户籍是",
    "户口是",
    "在",
];

/// Whether this is the name of a place.
pub(super) fn is_place(name: &str) -> bool {
    NAMES.contains(&name)
}

/// The place names in a text that are not somebody's origin.
pub(super) fn named(text: &str) -> Vec<&'static str> {
    NAMES
        .iter()
        .filter(|name| {
            text.find(**name).is_some_and(|at| {
                let before = &text[..at];
                let after = &text[at + name.len()..];
                // 从河南来, 河南人, 河南户口: who somebody is, not where.
                let origin = ORIGIN.iter().take(7).any(|w| before.ends_with(w))
                    || [
                        "来的",
                        "过来",
                        "人",
                        "老家",
                        "户口",
                        "户籍",
                        "那边",
                        "通行证",
                        "居民",
                        "厂",
                        "打工",
                        "上班",
                        "工作",
                        "读书",
                        "交了",
                        "交过",
                    ]
                    .iter()
                    .any(|w| after.starts_with(w));
                !origin
            })
        })
        .copied()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_not_places_asked_about() {
        for (text, wanted) in [
            ("上海的居住证积分怎么算", vec!["上海"]),
            ("我从河南来能办居住证吗", vec![]),
            ("我是四川人想办身份证", vec![]),
            ("深圳公积金提取", vec!["深圳"]),
            ("港澳通行证怎么办", vec![]),
            ("居住证怎么办", vec![]),
        ] {
            assert_eq!(named(text), wanted, "{text}");
        }
    }
}
