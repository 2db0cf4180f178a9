//! Does the resident ask for a person?

/// Said in any sentence, however long.
const CLEAR: &[&str] = &[
    "转人工",
    "人工服务",
    "人工客服",
    "人工坐席",
    "人工座席",
    "接人工",
    "找人工",
    "要人工",
    "叫人工",
    "真人客服",
    "真人服务",
    "转接工作人员",
    "转工作人员",
];

/// Said in a short sentence: in a long one they are part of a question.
const SHORT: &[&str] = &[
    "找工作人员",
    "叫工作人员",
    "喊工作人员",
    "请工作人员",
    "要工作人员",
    "问工作人员",
    "找社区的人",
    "找社区工作人员",
    "找你们工作人员",
    "找个人",
    "找个活人",
    "找活人",
    "找真人",
    "要真人",
    "叫个人",
    "叫人来",
    "喊个人",
    "喊人来",
    "来个人",
    "派个人",
    "有没有人在",
    "有没有人管",
    "跟人说",
    "和人说",
    "跟真人",
    "和真人",
    "人来帮",
    "人帮我问",
    "人工帮忙",
    "不想跟机器说",
    "不跟机器说",
    "不想和机器",
    "找值班的",
    "找网格员帮",
    "叫网格员",
    "找网格员说",
];

/// The whole utterance.
const WHOLE: &[&str] = &[
    "人工",
    "真人",
    "工作人员",
    "客服",
    "活人",
    "找人",
    "叫人",
    "值班人员",
];

/// What shows that the words are part of another question.
const NOT: &[&str] = &[
    "电话是多少",
    "怎么投诉",
    "人工流产",
    "人工授精",
    "人工耳蜗",
    "几点上班",
    "几点下班",
];

/// Someone shall come.
const COMES: &[&str] = &["叫个人", "叫人来", "喊个人", "喊人来", "来个人", "派个人"];

/// What they shall come for: then it is a question about that (小区野猫太多了，能叫人来抓走吗),
/// and there may be an answer.
const WORK: &[&str] = &[
    "抓", "修", "收走", "收掉", "清", "搬", "拖", "扫", "疏通", "换", "装", "拆", "打药", "消毒",
];

/// Longest short sentence, in characters.
const SHORT_LENGTH: usize = 14;

/// Whether the words ask for a person.
pub(super) fn asked(normal: &str, core: &str) -> bool {
    let has = |words: &[&str]| words.iter().any(|w| normal.contains(w));
    if has(NOT) {
        return false;
    }
    if has(COMES) && has(WORK) && !has(CLEAR) {
        return false;
    }
    has(CLEAR)
        || WHOLE.contains(&core)
        || WHOLE.contains(&normal)
        || (normal.chars().count() <= SHORT_LENGTH && has(SHORT))
}
