//! Whatever is typed becomes a decision, on the whole path from a text to a
//! reply, with the small knowledge base of the tests.

use super::harness::knowledge_dir;
use cpu_time::ThreadTime;
use linli::config::{Config, Overrides};
use linli::flow::{Flow, Reply, Session};
use linli::model::{Channel, Decision, PlaceId};
use linli::retrieval::Signals;
use proptest::prelude::*;
use std::sync::{Arc, OnceLock};
use tokio::runtime::Runtime;

struct House {
    runtime: Runtime,
    flow: Arc<Flow>,
    place: PlaceId,
    /// Every wording of the knowledge base.
    wordings: Vec<String>,
}

fn house() -> &'static House {
    static HOUSE: OnceLock<House> = OnceLock::new();
    HOUSE.get_or_init(|| {
        let config = Config::load(None, Overrides::default()).unwrap();
        let files = linli::app::read_folder(&knowledge_dir()).unwrap();
        let teacher = linli::app::teacher(&config, Signals::Lexical).unwrap();
        let runtime = Runtime::new().unwrap();
        let flow = linli::app::from_files(&config, &files, Arc::new(teacher));
        let flow = runtime.block_on(flow).unwrap();
        let entries = flow.live().index.entries().to_vec();
        let all = entries.iter().flat_map(|e| e.wordings());
        House {
            wordings: all.map(str::to_owned).collect(),
            place: "test-home".into(),
            runtime,
            flow,
        }
    })
}

impl House {
    /// What the resident gets; what is shown is known and complete.
    fn ask(&self, text: &str, channel: Channel) -> Reply {
        let mut session = Session::new("robust".into(), self.place.clone());
        let answer = self.flow.answer(&mut session, "t", text, channel);
        let reply = self.runtime.block_on(answer).unwrap().reply;
        let live = self.flow.live();
        match &reply {
            Reply::Answer(card) => {
                assert!(live.index.entry(&card.entry).is_some(), "{}", card.entry);
                assert!(!card.text.contains('{'), "{}", card.text);
            }
            Reply::Choices(options) => {
                assert!((1..=3).contains(&options.len()), "{options:?}");
                let known = |id| live.index.entry(id).is_some();
                assert!(options.iter().all(|o| known(&o.entry)), "{options:?}");
            }
            _ => {}
        }
        reply
    }

    /// What is decided, with the entries in their order.
    fn decided(&self, text: &str) -> String {
        let decision = self.flow.try_out(text, Some(&self.place)).decision;
        let entries = match &decision {
            Decision::Answer { entry, .. } => entry.to_string(),
            Decision::Choices(options) => {
                let ids: Vec<&str> = options.iter().map(|o| o.entry.as_str()).collect();
                ids.join(" ")
            }
            _ => String::new(),
        };
        format!("{} {entries}", decision.name())
    }

    /// How many times the work of another one a text takes: by the thread's own clock,
    /// which stands while others work; the least of five each.
    fn times(&self, text: &str, reference: &str) -> f64 {
        let one = |text| {
            let begun = ThreadTime::now();
            std::hint::black_box(self.flow.try_out(text, Some(&self.place)));
            begun.elapsed()
        };
        let both = (0..5).map(|_| (one(text), one(reference)));
        let least = both.reduce(|a, b| (a.0.min(b.0), a.1.min(b.1)));
        least.map_or(0.0, |(a, b)| a.as_secs_f64() / b.as_secs_f64())
    }
}

/// Characters that nobody sees.
const UNSEEN: &[char] = &[
    '\u{ad}',
    '\u{34f}',
    '\u{200b}',
    '\u{200c}',
    '\u{200d}',
    '\u{200e}',
    '\u{202e}',
    '\u{2060}',
    '\u{2066}',
    '\u{2069}',
    '\u{fe0f}',
    '\u{feff}',
    '\u{e0020}',
];

/// What residents, children and strangers type, as classes of characters.
const KINDS: &[(&str, &str)] = &[
    ("Chinese", "[\u{4e00}-\u{9fa5}，。？！]"),
    (
        "emoji",
        "[\u{1f300}-\u{1faff}\u{2600}-\u{27bf}\u{fe0f}\u{200d}]",
    ),
    ("Latin", "[a-zA-Z ,.'?-]"),
    (
        "mixed scripts",
        "[a-z\u{4e00}-\u{4e80}\u{3040}-\u{30ff}\u{ac00}-\u{ad00}\u{600}-\u{6ff}\u{e00}-\u{e5b}\u{400}-\u{4ff} ]",
    ),
    (
        "mostly unseen",
        "[居住证怎么办\u{200b}-\u{200f}\u{2060}-\u{206f}\u{feff}\u{ad}]",
    ),
    ("control", "[\u{0}-\u{1f}\u{7f}-\u{9f}]"),
    (
        "lone marks",
        "[\u{300}-\u{36f}\u{20d0}-\u{20f0}\u{3099}\u{309a}]",
    ),
    ("digits", "[0-9０-９]"),
    ("numerals", "[一二三四五六七八九十百千万亿零两点半分之]"),
    ("stops", "[，。、；：？！…—*%.,()]"),
    ("traditional", "[請問居住證怎麼辦補貼長者飯堂]"),
    (
        "of the knowledge",
        "[居住证高龄津贴残疾人怎么办材料多久钱吗的了我要请问你好]",
    ),
];

/// Runs that cost most where something is looked at again for each character.
const RUNS: &[&str] = &[
    "居住证怎么办理要带什么材料",
    "一",
    "一百",
    "十",
    "万",
    "三点五",
    "百分之",
    "1,",
    "1.",
    "9",
    "*",
    "138*",
    "1一",
    "周一",
    "的",
    "请问",
    "你好师傅",
    "老年补贴",
    "app ",
    "a",
    "👨\u{200d}👩\u{200d}👧",
    "\u{301}",
    "\u{200b}",
    "\u{0}",
    "ﷺ",
    "㍿",
];

fn repeated(run: &str, length: usize) -> String {
    run.chars().cycle().take(length).collect()
}

fn of_a_kind(count: impl Into<proptest::collection::SizeRange> + Clone) -> BoxedStrategy<String> {
    let characters = |class: &str| {
        let one = proptest::string::string_regex(class).unwrap();
        proptest::collection::vec(one, count.clone()).prop_map(|all| all.concat())
    };
    let kinds: Vec<_> = KINDS.iter().map(|(_, class)| characters(class)).collect();
    proptest::strategy::Union::new(kinds).boxed()
}

/// A question, and how many unseen characters to put before each character.
fn padded() -> impl Strategy<Value = (String, String)> {
    let question = proptest::sample::select(&house().wordings);
    let unseen = proptest::collection::vec(proptest::sample::select(UNSEEN), 0..3);
    let gaps = proptest::collection::vec(unseen, 1..40);
    (question, gaps).prop_map(|(question, gaps)| {
        let mut padded = String::new();
        for (c, gap) in question.chars().zip(gaps.iter().cycle()) {
            padded.extend(gap);
            padded.push(c);
        }
        padded.extend(&gaps[0]);
        (question, padded)
    })
}

/// Stops and spaces twice; not those beside a digit, which may be part of a
/// number.
fn doubled(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let digit = |at: Option<usize>| {
        at.and_then(|at| chars.get(at))
            .is_some_and(char::is_ascii_digit)
    };
    let mut out = String::new();
    for (at, c) in chars.iter().enumerate() {
        out.push(*c);
        if !c.is_alphanumeric() && !digit(at.checked_sub(1)) && !digit(Some(at + 1)) {
            out.push(*c);
        }
    }
    out
}

#[test]
fn nothing_and_one_character_are_decided() {
    let house = house();
    assert!(matches!(
        house.ask("", Channel::Typed),
        Reply::NoAnswer { .. }
    ));
    for c in "居a1？ \u{301}\u{200b}\u{0}😀一*%.𠀀\u{10ffff}".chars() {
        for channel in [Channel::Typed, Channel::Spoken] {
            let reply = house.ask(&c.to_string(), channel);
            assert!(!matches!(reply, Reply::Answer(_)), "{c:?}");
        }
    }
}

#[test]
fn what_has_no_words_is_never_answered() {
    let house = house();
    for run in [
        "😀",
        "👨\u{200d}👩\u{200d}👧",
        "\u{301}",
        "\u{200b}",
        "\u{0}\u{7}",
        "，",
        "*",
    ] {
        for length in [1, 30, 300, 10_000] {
            let reply = house.ask(&repeated(run, length), Channel::Typed);
            assert!(matches!(reply, Reply::NoAnswer { .. }), "{run:?}");
        }
    }
}

/// One reference for all: what is decided without a search is so quick that its
/// own tenth says nothing.
#[test]
fn ten_thousand_characters_cost_little_more_than_three_hundred() {
    let house = house();
    let reference = repeated(RUNS[0], 300);
    let mut slow = Vec::new();
    for run in RUNS {
        let text = repeated(run, 10_000);
        house.ask(&text, Channel::Typed);
        let ratio = house.times(&text, &reference);
        println!("{ratio:6.2} times a question of 300 characters: 10,000 of {run:?}");
        if ratio > 12.0 {
            slow.push(format!("{run:?} {ratio:.1}"));
        }
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}

#[test]
fn stops_and_spaces_twice_change_nothing() {
    let house = house();
    for wording in &house.wordings {
        for text in [
            wording.clone(),
            format!("请问，{wording}？"),
            format!(" {wording}！ 谢谢 。"),
            format!("{wording} app 怎么 用？"),
        ] {
            assert_eq!(
                house.decided(&doubled(&text)),
                house.decided(&text),
                "{text}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_is_decided(text in any::<String>(), spoken in any::<bool>()) {
        let channel = if spoken { Channel::Spoken } else { Channel::Typed };
        house().ask(&text, channel);
    }

    #[test]
    fn any_kind_of_text_is_decided(text in of_a_kind(0..60)) {
        house().ask(&text, Channel::Typed);
    }

    #[test]
    fn unseen_characters_change_nothing((question, padded) in padded()) {
        prop_assert_eq!(house().decided(&padded), house().decided(&question));
    }

    #[test]
    fn unseen_characters_change_nothing_in_any_text(text in of_a_kind(1..30), at in any::<prop::sample::Index>(), unseen in prop::sample::select(UNSEEN)) {
        let chars: Vec<char> = text.chars().collect();
        let at = at.index(chars.len() + 1);
        let padded: String = chars[..at].iter().chain([&unseen]).chain(&chars[at..]).collect();
        prop_assert_eq!(house().decided(&padded), house().decided(&text));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_book_of_any_kind_is_decided(text in of_a_kind(10_000)) {
        house().ask(&text, Channel::Typed);
    }
}
