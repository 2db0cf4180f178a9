//! Small words that change what is asked: numbers, negation, restrictions.

/// What a text says beside its topic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    numbers: Vec<String>,
    negated: bool,
    restrictions: u32,
    regions: Vec<&'static str>,
    /// Words in Latin letters, sorted.
    letters: Vec<String>,
}

/// Whom or what a question is limited to, in groups of the same meaning. An
/// entry about one group does not answer a question about another.
const RESTRICTIONS: &[&[&str]] = &[
    &[
        "小孩",
        "孩子",
        "儿童",
        "小儿",
        "娃",
        "宝宝",
        "婴儿",
        "新生儿",
        "未成年",
        "学生",
    ],
    &["老人", "老年", "老年人", "高龄", "岁以上", "退休"],
    &["残疾", "残障", "视障", "听障"],
    &["外地", "异地", "外省", "跨省", "流动"],
    &["外国", "涉外", "外籍", "港澳", "台湾"],
    &["军人", "退伍", "退役", "复员"],
    &["怀孕", "孕妇", "产妇", "生育"],
    &["企业", "公司", "单位", "职工"],
    &["灵活就业", "自由职业", "个体"],
    &["农村", "农民", "村里"],
    &["去世", "过世", "死亡", "死了", "走了", "身故"],
    &["二手", "过户"],
    &["临时"],
    &["大学", "高校", "毕业生"],
    &["首次", "第1次", "头1次"],
    &["过期", "到期", "换证", "换领", "续签", "续期"],
    &["再婚", "复婚", "离婚"],
    &["二胎", "2胎", "3胎", "二孩", "2孩", "3孩"],
];

const NEGATIONS: &[&str] = &["不", "没", "未", "无法", "拒绝", "别"];
/// Negation that asks: 能不能, 有没有, 要不要.
const ASKING: &[&str] = &[
    "能不能",
    "可不可以",
    "有没有",
    "要不要",
    "是不是",
    "行不行",
    "会不会",
    "用不用",
    "需不需要",
    "不知道",
    "不会",
    "不懂",
    "好不好",
    "得不得",
];

impl Marks {
    pub(super) fn of(text: &str) -> Self {
        let mut numbers: Vec<String> = text
            .split(|c: char| !c.is_ascii_digit())
            .filter(|n| !n.is_empty())
            .map(str::to_owned)
            .collect();
        numbers.sort();
        numbers.dedup();
        let mut letters: Vec<String> = text
            .split(|c: char| !c.is_ascii_alphabetic())
            .filter(|w| !w.is_empty())
            .map(str::to_ascii_lowercase)
            .collect();
        letters.sort();
        letters.dedup();
        let mut plain = text.to_owned();
        for asking in ASKING {
            plain = plain.replace(asking, "");
        }
        Self {
            numbers,
            negated: NEGATIONS.iter().any(|n| plain.contains(n)),
            restrictions: RESTRICTIONS
                .iter()
                .enumerate()
                .filter(|(_, group)| group.iter().any(|w| text.contains(w)))
                .fold(0, |set, (at, _)| set | (1 << at)),
            regions: super::region::named(text),
            letters,
        }
    }

    /// Whether the question has a number that the phrasing lacks, while the
    /// phrasing has another: 1, else 0.
    pub(super) fn other_number(&self, phrasing: &Self) -> f32 {
        let lacks = self.numbers.iter().any(|n| !phrasing.numbers.contains(n));
        f32::from(u8::from(lacks && !phrasing.numbers.is_empty()))
    }

    /// Whether this has a number that the other lacks: 1, else 0.
    pub(super) fn numbers_only_here(&self, other: &Self) -> f32 {
        let lacks = |n| !other.numbers.contains(n);
        f32::from(u8::from(self.numbers.iter().any(lacks)))
    }

    /// Whether either has a word in Latin letters that the other lacks: 1, else
    /// 0.
    pub(super) fn other_letters(&self, other: &Self) -> f32 {
        f32::from(u8::from(self.letters != other.letters))
    }

    /// Whether one is negated and the other is not.
    pub(super) fn other_negation(&self, phrasing: &Self) -> f32 {
        f32::from(u8::from(self.negated != phrasing.negated))
    }

    /// Restrictions of the question that the entry never mentions.
    pub(super) fn unmet(&self, entry: &Self) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "at most 32")]
        let unmet = (self.restrictions & !entry.restrictions).count_ones() as f32;
        unmet.min(2.0)
    }

    /// Restrictions of the phrasing that the question does not have.
    pub(super) fn extra(&self, phrasing: &Self) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "at most 32")]
        let extra = (phrasing.restrictions & !self.restrictions).count_ones() as f32;
        extra.min(2.0)
    }

    /// Whether the question names a place that the entry does not.
    pub(super) fn other_region(&self, entry: &Self) -> f32 {
        f32::from(u8::from(
            self.regions.iter().any(|r| !entry.regions.contains(r)),
        ))
    }

    /// Everything that either says.
    pub(super) fn and(mut self, other: &Self) -> Self {
        self.restrictions |= other.restrictions;
        self.regions.extend(&other.regions);
        self
    }
}
