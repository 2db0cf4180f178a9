//! 得 after a verb, and 得 that means must.

use super::context::Around;

/// Characters that verbs and adjectives end with which take 得, 不了, 不着.
const VERBS: &str = "办吃走看听说做干写住跑开用花拿买卖来去过管交领报算打吵闹疼痛冷热臭慢快多少高低大小好坏急忙累困吓气等睡坐站\
记认懂弄搞变长病烧漏堵咬摔伤抓喝穿嚼咽修装拆找养生治医退借赔付欠免值舍懒划禁受经信靠合扛顶抬搬骂压挤哭笑乱远近晚早久脏\
紧松空满停摸碰够见动起上下进出到完成保存查证明签改换搜谈处相护救接送讲教学考读录取缴贷租转落离结分怪忍赶追跟放关锁贴挂\
洗擦扫倒冲晒挡遮躲逃防收留待解约补断忘减增缩升降评判穷选派催给决请伸震骑冻淋滑提拖掏排胖瘦贵活老聋瞎磨踩刷哄掉砸皱弯\
跳吐裂翻锈抖背愁流涨泡熏晃噎黑旧细慌响滴调复发烂破碎轮续告要现闷憋咳呛凶聊问答";

/// Those of them that mostly stand before what follows from them, however it
/// begins: 吵得人睡不着.
const DEGREES: &str = "吵打哭吓急累困穷冷热疼痛震熏呛冻漏堵压挡聊骑砸弄写说讲骂闷憋咳挤晃聋臭脏乱满黑旧磨锈愁皱翻哄掉慌细刷流活\
贵低高弯涨瞎摔淋跳抖裂背吐噎滴凶泡泡烂";

/// Whether a word that takes 得 or 不了 ends with it.
pub(super) fn verb(c: char) -> bool {
    VERBS.contains(c)
}

/// What says how or how far something is done: 吵得睡不着.
const COMPLEMENTS: &str = "了不很起着到上下好多太更开住动见清完满快早远这那像出进过来及越比特非跟人厉严高低少大久慢紧近合干痛难\
稳准全浑整直都连满乱细仔死没喘掉回懂重通走差";

/// Words after which 得 of obligation stands, and 的 of degree does not.
const MUST: &[&str] = &[
    "先",
    "去",
    "有",
    "要",
    "看",
    "找",
    "由",
    "经",
    "把",
    "带",
    "自己",
    "再",
    "交",
    "打",
    "在",
    "给",
    "让",
    "按",
    "提",
    "凭",
    "拿",
    "本人",
    "等",
    "另",
    "写",
    "补",
    "办",
    "用",
    "花",
    "重新",
    "重办",
    "重交",
    "重签",
    "重填",
    "重写",
    "重打",
    "重考",
    "赶",
    "马上",
    "到社区",
    "到派",
    "到医",
    "到原",
    "到户",
    "到窗",
    "到当",
    "到民",
    "到场",
    "多少",
    "说清",
    "符合",
    "满",
    "是",
    "买",
    "付",
    "掏",
    "缴",
    "跑",
    "排",
    "签",
    "填",
    "同",
    "通过",
    "走程序",
    "走流程",
    "回户",
    "回老",
    "双方",
    "全家",
    "两",
];

/// Whether what follows a verb with 得 tells how.
fn complement(a: Around<'_>) -> bool {
    let seen = a.leads(&["看不", "看得", "等不", "打不", "去不"]);
    seen || a.precedes(COMPLEMENTS) && !a.leads(MUST)
}

/// 得 that no listed word reads.
pub(super) fn obliged(a: Around<'_>) -> &'static str {
    let after_verb = a.before(1).is_some_and(verb);
    // 得到 and 得了 are words of the dictionary, but 查得到 is not.
    if a.begins_word() && !a.alone() {
        return match a.after(1) {
            _ if a.leads(&["到场", "到社区", "到窗口", "到医院"]) => "dei3",
            _ if after_verb && !a.follows("想要") => "de5",
            _ => "de2",
        };
    }
    if !a.alone() {
        return "de5";
    }
    let must = a.leads(MUST) && !a.leads(&["看不", "看得", "等不", "打不", "去不"]);
    if a.follows("还") {
        let back =
            a.precedes("起上清完好") && !a.leads(&["上医", "上班", "上学", "上报", "上社", "上派"]);
        return if back { "de5" } else { "dei3" };
    }
    if a.before(1).is_none() {
        return if a.precedes("了过") { "de2" } else { "dei3" };
    }
    if !after_verb {
        let illness = (2..=5).any(|n| a.after(n).is_some_and(|c| "病癌症瘤疮".contains(c)));
        let got = a.after(1).is_none() || a.leads(GOT) || illness && !must;
        return if got { "de2" } else { "dei3" };
    }
    let degree = a.precedes("越更很太慌慢快远")
        || a.after(1).is_none()
        || complement(a)
        || !must && a.follows(DEGREES);
    if degree { "de5" } else { "dei3" }
}

/// What one gets: an illness, a prize.
const GOT: &[&str] = &[
    "了",
    "过",
    "的病",
    "病",
    "重病",
    "大病",
    "癌",
    "慢性",
    "慢病",
    "强直",
    "尘肺",
    "抑郁",
    "糖尿",
    "精神",
    "脑",
    "肺",
    "白血",
    "尿毒",
    "艾滋",
    "阿尔",
    "绝症",
    "传染",
    "肿瘤",
    "乙肝",
    "罕见",
    "奖",
    "票",
    "分",
    "多少分",
];
