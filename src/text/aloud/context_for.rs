//! 为 that does something for somebody, and 为 that is something.

use super::context::Around;

/// Who does something for others.
const GIVERS: &[&str] = &[
    "派出所",
    "妇联",
    "残联",
    "社区",
    "街道",
    "政府",
    "部门",
    "工会",
    "国家",
    "医院",
    "学校",
    "机构",
    "银行",
    "物业",
    "法院",
    "志愿者",
    "网格员",
    "居委会",
    "要",
    "能",
    "可以",
    "会",
    "免费",
    "专门",
    "上门",
    "愿意",
];

/// 为 that does something for somebody, not 为 that is something.
pub(super) fn serves(a: Around<'_>) -> bool {
    if a.leads(&[
        "您",
        "你",
        "我",
        "他",
        "她",
        "咱",
        "大家",
        "群众",
        "居民",
        "老百姓",
        "自己",
        "本人",
        "家人",
        "孩子",
        "父母",
        "其提供",
        "何",
        "此",
        "什么",
        "啥",
        "了",
        "着",
        "全体",
        "妇女",
        "老年人",
        "会员",
        "职工",
        "企业",
        "村民",
        "业主",
        "社区",
        "民",
    ]) {
        return !a.trails(&[
            "应", "视", "作", "定", "称", "成", "变", "更", "改", "人", "均", "须", "必须",
        ]);
    }
    if a.trails(GIVERS) && !a.precedes("准主限") {
        return true;
    }
    // At the head of a clause it is for somebody, unless a measure follows.
    a.before(1).is_none()
        && !a.precedes("主准限期止由零一二三四五六七八九十百千万两本")
        && SERVICES.iter().any(|word| a.rest().contains(word))
}

/// What is done for somebody.
const SERVICES: &[&str] = &[
    "提供", "办理", "服务", "缴", "参保", "购买", "申请", "安排", "建立", "发放", "开展", "配",
    "代办", "保障", "解决", "避免", "防止", "方便", "保护", "保证", "办", "做",
];
