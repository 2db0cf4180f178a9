//! Which side of a topic a question asks about.

use crate::model::Facet;

/// A set of sides, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Kinds(u16);

const fn bit(facet: Facet) -> u16 {
    1 << facet as u16
}

/// Words that show a side. A question may show several.
const SIGNS: &[(Facet, &[&str])] = &[
    (
        Facet::Lost,
        &[
            "丢",
            "遗失",
            "补办",
            "补领",
            "补发",
            "补换",
            "挂失",
            "找不到了",
            "不见了",
            "弄没了",
        ],
    ),
    (
        Facet::Materials,
        &[
            "材料",
            "手续",
            "带什么",
            "带啥",
            "带哪",
            "带些什么",
            "准备什么",
            "准备哪",
            "准备啥",
            "什么证件",
            "哪些证",
            "啥证",
            "资料",
            "证明文件",
            "交什么",
            "要什么东西",
            "拿什么",
        ],
    ),
    (
        Facet::Where,
        &[
            "在哪",
            "哪里",
            "哪儿",
            "什么地方",
            "啥地方",
            "地址",
            "去哪",
            "到哪",
            "上哪",
            "哪个部门",
            "哪个窗口",
            "找谁",
            "找哪",
            "归谁管",
            "谁管",
            "往哪",
        ],
    ),
    (
        Facet::Duration,
        &[
            "多久",
            "几天",
            "多长时间",
            "多少天",
            "多少个工作日",
            "几个工作日",
            "多长",
            "要等",
            "能下来",
            "能办好",
            "能拿到",
            "办得下来",
        ],
    ),
    (
        Facet::Fee,
        &[
            "收费",
            "费用",
            "要钱",
            "花钱",
            "花多少",
            "工本费",
            "免费",
            "交钱",
            "要不要钱",
            "收多少",
            "收钱",
        ],
    ),
    (
        Facet::Amount,
        &[
            "领多少",
            "发多少",
            "补多少",
            "给多少",
            "多少钱",
            "标准",
            "报多少",
            "报销比例",
            "能报",
            "一个月多少",
            "每月多少",
            "额度",
            "比例",
            "拿多少",
            "涨多少",
            "多少元",
            "几块",
        ],
    ),
    (
        Facet::Proxy,
        &[
            "代办",
            "代领",
            "代替",
            "替",
            "别人",
            "委托",
            "本人到",
            "本人去",
            "亲自",
            "家里人",
            "帮我妈",
            "帮我爸",
            "帮老人",
            "家属",
        ],
    ),
    (
        Facet::Online,
        &[
            "网上",
            "手机",
            "线上",
            "小程序",
            "app",
            "在线",
            "网办",
            "网站",
            "微信",
            "支付宝",
        ],
    ),
    (
        Facet::Condition,
        &[
            "条件",
            "资格",
            "谁能",
            "谁可以",
            "哪些人",
            "什么人",
            "啥人",
            "符合",
            "够不够",
            "要求",
            "能不能申请",
            "能申请吗",
            "可以申请吗",
            "能办吗",
            "可以办吗",
            "能领吗",
            "能享受",
            "算不算",
            "属于",
            "满足",
        ],
    ),
    (
        Facet::When,
        &[
            "什么时候",
            "啥时候",
            "几点",
            "几月",
            "哪天",
            "何时",
            "周末",
            "星期",
            "上班",
            "截止",
            "到期",
            "期限",
            "每年几",
            "时间是",
            "几号",
        ],
    ),
    (
        Facet::Phone,
        &[
            "电话",
            "打几号",
            "号码是",
            "热线",
            "联系方式",
            "打哪个",
            "打什么",
        ],
    ),
    (
        Facet::Query,
        &[
            "怎么查",
            "查询",
            "查一下",
            "在哪查",
            "进度",
            "哪里查",
            "查看",
            "怎么看",
        ],
    ),
    (
        Facet::What,
        &[
            "是什么",
            "什么意思",
            "啥意思",
            "什么叫",
            "是啥",
            "指什么",
            "啥是",
            "有什么用",
        ],
    ),
    (
        Facet::How,
        &["怎么", "如何", "咋", "怎样", "流程", "步骤", "办理", "申请"],
    ),
];

impl Kinds {
    /// The sides that the words show.
    pub(super) fn of(words: &str) -> Self {
        Self(
            SIGNS
                .iter()
                .filter(|(_, signs)| signs.iter().any(|s| words.contains(s)))
                .fold(0, |set, (facet, _)| set | bit(*facet)),
        )
    }

    /// With one more side.
    pub(super) fn and(self, facet: Option<Facet>) -> Self {
        Self(self.0 | facet.map_or(0, bit))
    }

    /// How far two questions ask the same side: 1 the same, 0 different, 0.5
    /// when one of them does not say. 怎么 says little and counts only where
    /// nothing else is said.
    pub(super) fn agreement(self, other: Self) -> f32 {
        let how = bit(Facet::How);
        let (a, b) = (self.0 & !how, other.0 & !how);
        match (a, b) {
            (0, 0) if self.0 & other.0 != 0 || self.0 == other.0 => 1.0,
            (0, 0) => 0.75,
            (0, _) | (_, 0) => 0.5,
            _ if a == b => 1.0,
            _ if a & b != 0 => 0.8,
            _ => 0.0,
        }
    }
}
