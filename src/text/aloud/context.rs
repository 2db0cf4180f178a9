//! Readings that the neighbours decide, where no listed word did.

use super::context_for::serves;
use super::context_verb::{obliged, verb};
use super::lookup::Line;
use super::syllable::Sound;

/// One character of a line, and what stands around it.
#[derive(Clone, Copy)]
pub(super) struct Around<'l> {
    line: &'l Line,
    at: usize,
}

impl<'l> Around<'l> {
    /// The text after it.
    pub(super) fn rest(self) -> String {
        self.line.chars[self.at + 1..].iter().collect()
    }

    fn get(self, at: Option<usize>) -> Option<char> {
        self.line.chars.get(at?).copied()
    }

    /// The character `n` places before.
    pub(super) fn before(self, n: usize) -> Option<char> {
        self.get(self.at.checked_sub(n))
    }

    /// The character `n` places after.
    pub(super) fn after(self, n: usize) -> Option<char> {
        self.get(self.at.checked_add(n))
    }

    /// Whether one of these characters is right before.
    pub(super) fn follows(self, any: &str) -> bool {
        self.before(1).is_some_and(|c| any.contains(c))
    }

    /// Whether one of these characters is right after.
    pub(super) fn precedes(self, any: &str) -> bool {
        self.after(1).is_some_and(|c| any.contains(c))
    }

    /// Whether the text after it begins with one of these words.
    pub(super) fn leads(self, words: &[&str]) -> bool {
        words.iter().any(|word| {
            word.chars()
                .enumerate()
                .all(|(i, c)| self.after(i + 1) == Some(c))
        })
    }

    /// Whether the text before it ends with one of these words.
    pub(super) fn trails(self, words: &[&str]) -> bool {
        words.iter().any(|word| {
            word.chars()
                .rev()
                .enumerate()
                .all(|(i, c)| self.before(i + 1) == Some(c))
        })
    }

    /// Whether it is a word by itself.
    pub(super) fn alone(self) -> bool {
        self.line.words[self.at].len() == 1
    }

    /// Whether the word that it stands in ends with it.
    fn ends_word(self) -> bool {
        self.line.words[self.at].end == self.at + 1
    }

    /// Whether the word that it stands in begins with it.
    pub(super) fn begins_word(self) -> bool {
        self.line.words[self.at].start == self.at
    }

    fn is_last(self) -> bool {
        self.at + 1 == self.line.chars.len()
    }

    /// Whether a number that counts is right before.
    fn counted(self) -> bool {
        !self.line.gaps[self.at]
            && self.follows("一两二三四五六七八九十百千万几这那哪每某半多数")
            && !self.trails(&["统一", "唯一", "万一", "多数"])
    }
}

/// Settles every character that no word did.
pub(super) fn settle(line: &mut Line) {
    for at in 0..line.chars.len() {
        if line.settled[at] {
            continue;
        }
        if let Some(sound) = decide(Around { line, at }).and_then(Sound::parse) {
            line.sounds[at] = Some(sound);
        }
    }
}

/// The reading of a character here, where it is not its usual one.
fn decide(a: Around<'_>) -> Option<&'static str> {
    let c = a.after(0)?;
    match c {
        '得' if a.ends_word() || a.begins_word() => return Some(obliged(a)),
        '了' if a.ends_word() => return can(a).then_some("liao3"),
        '着' if a.is_last() && a.follows("穿") => return Some("zhuo2"),
        '着' if a.ends_word() => return reaches(a).then_some("zhao2"),
        '儿' => return erhua(a).then_some("er5"),
        '子' => return (!a.alone() && a.ends_word()).then_some("zi5"),
        '们' => return Some("men5"),
        // 评为, 列为: words of the dictionary.
        '为' if !a.alone() && a.ends_word() => return Some("wei2"),
        _ => {}
    }
    if !a.alone() {
        return None;
    }
    let (is, other) = match c {
        '还' => (returns(a), "huan2"),
        '长' => (
            a.precedes("大高出虫霉毛草斑疹疮胖痘牙癣") || a.trails(&["护士", "网格"]),
            "zhang3",
        ),
        '重' => (
            a.precedes(AGAIN) || a.precedes("了") && a.follows("现交缴报领填登买叠号名"),
            "chong2",
        ),
        '种' => (plants(a), "zhong4"),
        '地' => (a.trails(ADVERBS) || doubled(a), "de5"),
        '为' => return Some(if serves(a) { "wei4" } else { "wei2" }),
        '只' => (a.counted() && !a.precedes("能有是要需限"), "zhi1"),
        '落' => (
            a.leads(&["在家", "在车", "在窗", "在出租", "在公交"]),
            "la4",
        ),
        '卡' => (stuck(a), "qia3"),
        '数' => (a.precedes("数一清钱完") || a.trails(&["来", "去"]), "shu3"),
        '干' => (dry(a), "gan1"),
        '倒' => (!pours(a), "dao3"),
        '假' => (leave(a), "jia4"),
        '量' => (
            a.precedes("血体身尺一个过了") || a.is_last() && a.follows("来去"),
            "liang2",
        ),
        '空' => (a.precedes("着出了") || a.follows("有没抽"), "kong4"),
        '教' => (
            a.precedes("您你我他她它会人老居用大怎咱一的")
                || a.is_last() && a.follows("对能会人来以给"),
            "jiao1",
        ),
        '看' => (minds(a), "kan1"),
        '背' => (a.precedes("着老人上起下走您她他"), "bei1"),
        '差' => (a.follows("补级") || a.is_last() && a.follows("的"), "cha1"),
        '尽' => return Some("jin4"),
        '吐' => (a.precedes("了奶血得"), "tu4"),
        '系' => (a.precedes("好上紧牢鞋带安") || a.follows("没"), "ji4"),
        '挑' => (a.precedes("开起"), "tiao3"),
        '扎' => (a.precedes("紧好口住"), "za1"),
        '铺' => (a.precedes("路地砖平上了设沥柏开着好床水"), "pu1"),
        '钉' => (a.precedes("上在好牌个着牢"), "ding4"),
        '转' => (a.precedes("动圈悠"), "zhuan4"),
        '应' => (a.is_last() && a.follows("人不声"), "ying4"),
        '处' => (
            a.precedes("罚以置理死刑")
                || a.follows("以并或就者") && a.precedes("一二两三四五六七八九十")
                || a.leads(&["三年", "五年", "十年", "拘"]),
            "chu3",
        ),
        '待' => (
            a.precedes("着在家") || a.is_last() && a.follows("家着"),
            "dai1",
        ),
        '当' => (a.precedes("成作真") || a.follows("上"), "dang4"),
        '露' => (a.precedes("出了头脸"), "lou4"),
        '切' => (a.precedes("断开到伤菜了除"), "qie1"),
        '呛' => (a.precedes("人着") || a.follows("烟"), "qiang4"),
        '觉' => (a.trails(&["睡", "个", "好", "午", "不着"]), "jiao4"),
        '称' => (a.precedes("职心"), "chen4"),
        '发' => (a.follows("头理洗染烫白剪"), "fa4"),
        '缝' => (a.precedes("针合补上了"), "feng2"),
        '结' => (a.precedes("实巴"), "jie1"),
        '难' => (a.follows("灾遇避受逃"), "nan4"),
        '担' => (a.trails(&["重", "扁"]), "dan4"),
        '奔' => (a.precedes("着向"), "ben4"),
        '冲' => (a.precedes("着"), "chong4"),
        '撒' => (a.precedes("上盐灰种"), "sa3"),
        '散' => (a.precedes("装养居酒煤"), "san3"),
        '炸' => (a.precedes("油鸡鱼东丸"), "zha2"),
        '挨' => (a.precedes("打骂饿罚冻批"), "ai2"),
        '中' => (a.precedes("奖毒暑签标"), "zhong4"),
        _ => return None,
    };
    is.then_some(other)
}

/// What is done once more: 重办.
const AGAIN: &str = "办交签填写建做来新装修考补发报算换买盖走打开选拍拆编录提跑刷核印制读复领配设登申查审评定划分排缴测检鉴叠问";

/// Adverbs that end in 地.
const ADVERBS: &[&str] = &[
    "更好", "不断", "主动", "自觉", "认真", "及时", "随意", "无偿", "公平", "大声", "小声", "合理",
    "合法", "积极", "安全", "顺利", "耐心", "仔细", "悄悄", "快速", "有效", "方便", "故意", "无故",
    "任意", "反复", "明确", "真正", "充分", "统一", "逐步", "正确", "完整", "如实", "自愿", "平等",
    "免费", "客观",
];

/// 慢慢地.
fn doubled(a: Around<'_>) -> bool {
    a.before(1).is_some() && a.before(1) == a.before(2)
}

/// 办得了, 来不了: able to; but 得了病.
fn can(a: Around<'_>) -> bool {
    match a.before(1) {
        Some('不') => a.before(2).is_some() && !a.precedes("解"),
        Some('得') => a.before(2).is_some_and(verb) && !a.precedes("病癌奖"),
        _ => false,
    }
}

/// 找不着, 睡着了: reached.
fn reaches(a: Around<'_>) -> bool {
    match a.before(1) {
        Some('不') => a.before(2).is_some_and(verb),
        Some('得') => a.before(2).is_some_and(verb),
        Some('睡' | '逮') => true,
        None => a.precedes("了火"),
        _ => false,
    }
}

/// 这儿, 一点儿: no syllable with a tone of its own.
fn erhua(a: Around<'_>) -> bool {
    a.follows("这那哪点会事块边玩劲味把空活伴圈片下头样份") && !a.precedes("子女童科")
}

/// 还 that gives something back.
fn returns(a: Around<'_>) -> bool {
    let something = a.precedes("钱款贷债账房") && !a.leads(&["房间", "款式"]);
    let whom = a.leads(&[
        "给您",
        "给他",
        "给她",
        "给我",
        "给你",
        "给人家",
        "给房东",
        "给原",
        "给失主",
        "给学校",
    ]);
    let ends = a.is_last() || a.leads(&["吗", "呢", "的钱", "多少钱", "一部分"]) || {
        let next = a.after(2).is_none();
        next && a.precedes("了的吧")
    };
    let whole = a.leads(&["清了", "清贷", "清欠", "清后", "清房", "清所", "清的", "完"]);
    let refused = a.precedes("的") && a.follows("不没未拒拖该");
    refused || something || whom || ends || whole
}

/// 种 that puts something in the earth.
fn plants(a: Around<'_>) -> bool {
    let thing = a.precedes("了菜树花草地田粮庄苗上着");
    thing && !a.follows("各这那哪几两一二三四五六七八九十每某此何多种")
}

/// 干 that is dry.
fn dry(a: Around<'_>) -> bool {
    a.follows("擦晾晒烘吹弄烧抹沥控拧放喝风阴") && !a.precedes("什啥活")
        || a.precedes("粉电冰燥木毛布衣湿货净柴草树枝手抹燥")
        || a.follows("在用找") && a.precedes("的")
}

/// 卡 that is stuck, not 卡 that is a card.
fn stuck(a: Around<'_>) -> bool {
    let place = a.leads(&[
        "在电梯",
        "在门",
        "在栏",
        "在喉",
        "在嗓",
        "在海关",
        "在低保",
        "在缝",
        "在车",
        "在窗",
        "在中间",
        "在里面",
        "在楼",
        "在半",
        "在材料",
        "在审",
        "在公示",
        "在坑",
        "在树",
        "在管",
        "在扶",
        "在座",
        "在洞",
        "在食",
    ]);
    place || a.precedes("住喉嗓") || a.follows("被刺")
}

/// 看 that minds a child.
fn minds(a: Around<'_>) -> bool {
    a.leads(&["孩子", "娃", "小孩", "着孩子", "大门", "家护院"])
        && (a.follows("帮着人给来要管家能会忙") || a.trails(&["带"]))
}

/// 倒 that pours or turns round, not 倒 that falls.
fn pours(a: Around<'_>) -> bool {
    a.precedes("垃水车油污剩掉进入贴出查流灌着背放残是没计厨建大脏饭渣土废茶酒热杯装")
}

/// 假 that is time off.
fn leave(a: Around<'_>) -> bool {
    a.follows("产婚丧年病事休放请儿理陪寒暑薪定天个月的补护育乳几多少长短")
        && !a.precedes("货的冒药钱币证酒烟章人")
        || a.precedes("条")
}
