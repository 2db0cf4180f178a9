//! What kind of question it is, and the words that turn a question into
//! another one.
//!
//! Near misses share the subject and differ in one of these: 多久 against 多少钱,
//! 内资 against 外资. As hard rules they were measured to lose far more right
//! answers than they catch wrong ones, so they are features.

/// The kinds of questions, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Types(u16);

const SIGNS: &[&[&str]] = &[
    // Why.
    &[
        "为什么",
        "为啥",
        "为何",
        "原因",
        "怎么回事",
        "什么引起",
        "怎么引起",
        "咋回事",
        "病因",
        "凭什么",
        "什么导致",
        "由来",
    ],
    // How.
    &[
        "怎么", "怎样", "如何", "咋", "方法", "流程", "步骤", "办法", "怎办", "教程",
    ],
    // How long.
    &[
        "多久",
        "多长时间",
        "几天",
        "几年",
        "几个月",
        "多少天",
        "多少年",
        "多少个月",
        "几个工作日",
        "多少小时",
        "几小时",
        "何时能",
    ],
    // How much.
    &[
        "多少钱",
        "费用",
        "收费",
        "价格",
        "贵不贵",
        "几块",
        "价钱",
        "什么价",
        "多少元",
        "要钱",
    ],
    // How many, how large.
    &[
        "多少", "几个", "几次", "几种", "多大", "多高", "多重", "几岁", "多远", "比例", "标准",
    ],
    // Where.
    &[
        "哪里",
        "哪儿",
        "在哪",
        "去哪",
        "什么地方",
        "地址",
        "哪个部门",
        "到哪",
        "何处",
        "啥地方",
    ],
    // When.
    &[
        "什么时候",
        "啥时候",
        "何时",
        "哪天",
        "几点",
        "几月",
        "几号",
        "时间是",
    ],
    // Who.
    &["谁", "哪些人", "什么人", "哪位", "何人", "哪个人"],
    // Whether.
    &[
        "吗",
        "么",
        "是否",
        "能不能",
        "可不可以",
        "有没有",
        "会不会",
        "要不要",
        "是不是",
        "行不行",
        "能否",
        "可否",
        "需不需要",
        "算不算",
        "好不好",
    ],
    // What it is.
    &[
        "是什么",
        "什么意思",
        "啥意思",
        "什么叫",
        "是啥",
        "指什么",
        "含义",
        "什么样",
        "定义",
    ],
    // What of several: 哪些, 什么 before a noun.
    &["哪些", "什么", "哪种", "啥", "哪个", "有哪"],
    // What to bring.
    &["材料", "手续", "证件", "带什么", "准备什么", "资料"],
    // What it looks like: symptoms and signs.
    &["症状", "表现", "征兆", "前兆"],
    // What difference.
    &["区别", "不同", "差别", "对比", "哪个好", "比较"],
    // What to eat or take.
    &["吃什么", "吃啥", "用什么药", "吃哪些", "什么药"],
    // Good for, use, effect.
    &[
        "作用", "用处", "有用", "好处", "效果", "影响", "危害", "坏处",
    ],
];

/// Pairs of words of which a question has one and a near miss the other.
const ANTONYMS: &[(&str, &str)] = &[
    ("内资", "外资"),
    ("城镇", "农村"),
    ("城镇", "乡村"),
    ("职工", "居民"),
    ("左", "右"),
    ("男", "女"),
    ("买", "卖"),
    ("结婚", "离婚"),
    ("转入", "转出"),
    ("迁入", "迁出"),
    ("本地", "异地"),
    ("本市", "外地"),
    ("首次", "换领"),
    ("新办", "补办"),
    ("电子", "纸质"),
    ("出租", "承租"),
    ("个人", "单位"),
    ("大人", "小孩"),
    ("成人", "儿童"),
    ("父亲", "母亲"),
    ("老公", "老婆"),
    ("丈夫", "妻子"),
    ("停水", "停电"),
    ("上班", "下班"),
    ("增加", "减少"),
    ("登录", "注册"),
    ("开通", "关闭"),
    ("借", "还"),
    ("早", "晚"),
    ("长", "短"),
    ("高", "低"),
    ("大", "小"),
    ("胖", "瘦"),
    ("前", "后"),
    ("冷", "热"),
    ("国内", "国外"),
    ("苹果", "安卓"),
    ("微信", "支付宝"),
    ("入学", "转学"),
    ("开", "关"),
];

impl Types {
    /// The kinds that the words show.
    pub(super) fn of(core: &str) -> Self {
        let shows = |signs: &&[&str]| signs.iter().any(|s| core.contains(s));
        let bits = SIGNS.iter().enumerate().filter(|(_, signs)| shows(signs));
        Self(bits.fold(0, |set, (at, _)| set | (1 << at)))
    }

    /// Whether any is shown.
    pub(super) fn known(self) -> bool {
        self.0 != 0
    }

    /// Shown by both, of those shown by either; 1 where neither shows any.
    pub(super) fn agreement(self, other: Self) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "at most 16")]
        let count = |bits: u16| bits.count_ones() as f32;
        match count(self.0 | other.0) {
            0.0 => 1.0,
            either => count(self.0 & other.0) / either,
        }
    }

    /// Whether both show some and none in common.
    pub(super) fn differ(self, other: Self) -> bool {
        self.known() && other.known() && self.0 & other.0 == 0
    }
}

/// How many pairs of antonyms the two are on different sides of.
pub(super) fn antonyms(a: &str, b: &str) -> usize {
    let sides = |one: &str, other: &str| {
        a.contains(one) && !a.contains(other) && b.contains(other) && !b.contains(one)
    };
    ANTONYMS
        .iter()
        .filter(|(l, r)| sides(l, r) || sides(r, l))
        .count()
}

/// Words that carry nothing of what is asked about.
const FUNCTION: &[&str] = &[
    "怎么样",
    "怎么办",
    "怎么",
    "怎样",
    "如何",
    "什么",
    "哪些",
    "请问",
    "可以",
    "需要",
    "应该",
    "一下",
    "多少",
    "为什么",
    "是不是",
    "能不能",
    "有没有",
    "会不会",
    "吗",
    "呢",
    "的",
    "了",
    "是",
    "我",
    "要",
    "你",
    "有",
    "会",
    "能",
    "啊",
    "吧",
    "都",
    "就",
    "在",
    "得",
    "个",
    "和",
    "与",
    "想",
    "来",
    "去",
    "给",
    "把",
    "被",
    "这",
    "那",
];

/// A core without function words; the core itself when nothing would be left.
pub(super) fn content(core: &str) -> String {
    let mut left = core.to_owned();
    for word in FUNCTION {
        left = left.replace(word, "");
    }
    if left.is_empty() {
        core.to_owned()
    } else {
        left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_questions_are_told_apart() {
        for (a, b, differ) in [
            ("肺炎为什么会咳嗽", "肺炎的病因", false),
            ("肺炎要治多久", "肺炎怎么治", true),
            ("一针多少钱", "一针多久", true),
            ("肺炎", "肺炎多久好", false),
        ] {
            assert_eq!(Types::of(a).differ(Types::of(b)), differ, "{a} {b}");
        }
        assert!((Types::of("居住证").agreement(Types::of("身份证")) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn antonyms_count_only_on_different_sides() {
        assert_eq!(antonyms("内资企业注册", "外资企业注册"), 1);
        assert_eq!(antonyms("内资和外资企业", "外资企业注册"), 0);
        assert_eq!(antonyms("企业注册", "外资企业注册"), 0);
    }

    #[test]
    fn content_drops_function_words_and_never_everything() {
        assert_eq!(content("口罩应该怎么戴"), "口罩戴");
        assert_eq!(content("怎么办"), "怎么办");
    }
}
