use super::*;
use crate::model::{
    Channel, Choice, Command, Contest, Decision, Emergency, Entry, Features, Hit, Hits, Knowledge,
    Lexicon, NoAnswerReason, SmallTalk, Source, Timestamp,
};
use crate::text::Analyser;

const NOW: Timestamp = Timestamp(1_790_000_000_000);

fn knowledge() -> Knowledge {
    let words = |list: &[&str]| list.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
    let emergency =
        |id: &str, phone: &str, any: &[&str], all: Vec<Vec<String>>, unless: &[&str]| Emergency {
            id: id.to_owned(),
            phone: phone.to_owned(),
            text: "快走".to_owned(),
            spoken: "快走".to_owned(),
            any: words(any),
            all,
            unless: words(unless),
            when: vec![],
            like: vec![],
        };
    Knowledge {
        emergencies: vec![
            emergency(
                "fire",
                "119",
                &["着火了", "起火了"],
                vec![],
                &["怎么预防", "电话是多少"],
            ),
            emergency(
                "gas",
                "119",
                &[],
                vec![words(&["煤气", "燃气"]), words(&["漏", "味儿"])],
                &["怎么交费"],
            ),
        ],
        small_talk: vec![
            SmallTalk {
                id: "hello".to_owned(),
                phrasings: words(&["你好", "早上好", "有人吗"]),
                text: "您好".to_owned(),
                spoken: "您好".to_owned(),
            },
            SmallTalk {
                id: "thanks".to_owned(),
                phrasings: words(&["谢谢", "谢谢你"]),
                text: "不客气".to_owned(),
                spoken: "不客气".to_owned(),
            },
        ],
        ..Knowledge::default()
    }
}

struct House {
    book: Phrasebook,
    analyser: Analyser,
}

fn house() -> House {
    let analyser = Analyser::new(&Lexicon::default());
    House {
        book: Phrasebook::new(&knowledge(), &analyser),
        analyser,
    }
}

impl House {
    fn interpret(&self, state: &State, said: &str) -> Interpretation {
        let query = self.analyser.query(said, Channel::Typed);
        interpret(&self.book, state, &query, &self.analyser, NOW)
    }

    fn name(&self, state: &State, said: &str) -> String {
        match self.interpret(state, said) {
            Interpretation::Decided(Decision::Emergency(d)) => format!("emergency {}", d.card.id),
            Interpretation::Decided(Decision::SmallTalk(f)) => format!("talk {}", f.id),
            Interpretation::Decided(Decision::PickUp(code)) => format!("code {code}"),
            Interpretation::Decided(Decision::Command(Command::Repeat)) => "repeat".to_owned(),
            Interpretation::Decided(Decision::Command(Command::Louder)) => "louder".to_owned(),
            Interpretation::Decided(Decision::Command(Command::Slower)) => "slower".to_owned(),
            Interpretation::Decided(Decision::Command(Command::Larger)) => "larger".to_owned(),
            Interpretation::Decided(Decision::Command(Command::Back)) => "back".to_owned(),
            Interpretation::Decided(Decision::Pick(Some(number))) => format!("picked {number}"),
            Interpretation::Decided(Decision::Pick(None)) => "none of these".to_owned(),
            Interpretation::Decided(Decision::NoAnswer { reason, .. }) => {
                reason.as_str().to_owned()
            }
            Interpretation::Decided(other) => other.name().to_owned(),
            Interpretation::Search { .. } => "search".to_owned(),
        }
    }
}

#[test]
fn words_mean_what_they_mean_by_themselves() {
    let house = house();
    for (said, wanted) in [
        ("着火了！", "emergency fire"),
        ("不好了我家厨房起火了怎么办", "emergency fire"),
        ("厨房有一股煤气味儿", "emergency gas"),
        ("燃气漏了", "emergency gas"),
        ("着火了电话是多少", "search"),
        ("怎么预防起火了", "search"),
        ("燃气费怎么交", "search"),
        ("这家店最近火了", "search"),
        ("转人工", "human"),
        ("我要转人工服务", "human"),
        ("人工", "human"),
        ("找个人跟我说", "human"),
        ("能不能找工作人员帮我", "human"),
        ("叫个人来", "human"),
        ("我不想跟机器说话", "human"),
        ("能叫人来抓野狗吗", "search"),
        ("喊人来修一下路灯", "search"),
        ("喊人来帮帮我", "human"),
        ("人工耳蜗补贴怎么申请", "search"),
        ("人工流产有产假吗", "search"),
        ("工作人员几点上班", "search"),
        ("找人修水管怎么联系", "search"),
        ("再说一遍", "repeat"),
        ("没听清", "repeat"),
        ("请再说一次", "repeat"),
        ("大声点", "louder"),
        ("声音太小了", "louder"),
        ("你讲慢一点", "slower"),
        ("说得太快了", "slower"),
        ("你讲慢一点，我没听清楚", "slower"),
        ("没听清，大声点", "louder"),
        ("字太小了看不清", "larger"),
        ("把字放大一点好吗", "larger"),
        ("能不能大声点", "louder"),
        ("再大点声说好不好", "louder"),
        ("您能说慢一点吗", "slower"),
        ("请再说一遍好吗", "repeat"),
        ("可以", "search"),
        ("大声点，医保怎么办", "search"),
        ("返回", "back"),
        ("上一个", "back"),
        ("返回学校要什么证明", "search"),
        ("我声音太小了影响面试吗", "search"),
        ("123456", "code 123456"),
        ("取件码123456", "code 123456"),
        ("取件码 123 456", "code 123456"),
        ("取件码一二三四五六", "code 123456"),
        ("我的取件码是幺二三四五六", "code 123456"),
        ("12345", "search"),
        ("1234567", "search"),
        ("取件码怎么用", "search"),
        ("你好", "talk hello"),
        ("你好啊", "talk hello"),
        ("谢谢", "talk thanks"),
        ("谢谢你啊", "talk thanks"),
        ("你好居住证怎么办", "search"),
        ("谢谢居住证怎么办", "search"),
        ("居住证怎么办", "search"),
        ("。。。", "unclear"),
        ("都不是", "search"),
        ("第一个", "search"),
    ] {
        assert_eq!(house.name(&State::default(), said), wanted, "{said}");
    }
}

fn choices() -> Vec<Choice> {
    ["甲怎么办", "乙怎么办"]
        .iter()
        .enumerate()
        .map(|(n, q)| Choice {
            entry: format!("e{}", n + 1).into(),
            question: (*q).to_owned(),
        })
        .collect()
}

fn after(
    house: &House,
    state: State,
    said: &str,
    decision: &Decision,
    entry: Option<&Entry>,
    at: Timestamp,
) -> After {
    let query = house.analyser.query(said, Channel::Typed);
    state.after(&query, decision, &said.into(), at, entry)
}

#[test]
fn a_choice_can_be_made_by_words() {
    let house = house();
    let shown = after(
        &house,
        State::default(),
        "怎么办",
        &Decision::Choices(choices()),
        None,
        NOW,
    )
    .state;
    for (said, wanted) in [
        ("第一个", "picked 0"),
        ("选二", "picked 1"),
        ("我选第2个", "picked 1"),
        ("1", "picked 0"),
        ("乙怎么办", "picked 1"),
        ("第三个", "search"),
        ("都不是", "none of these"),
        ("丙怎么办", "search"),
        ("着火了", "emergency fire"),
    ] {
        assert_eq!(house.name(&shown, said), wanted, "{said}");
    }
}

fn entry(id: &str, facet: crate::model::Facet) -> Entry {
    Entry {
        id: id.into(),
        area: String::new(),
        topic: "居住证".to_owned(),
        aliases: Vec::new(),
        facet: Some(facet),
        question: "居住证怎么办".to_owned(),
        phrasings: Vec::new(),
        text: String::new(),
        spoken: String::new(),
        scope: None,
        source: Source::default(),
        effective: None,
        expires: None,
        related: Vec::new(),
        review: None,
    }
}

fn answer(id: &str) -> Decision {
    Decision::Answer {
        entry: id.into(),
        confidence: 0.9,
    }
}

#[test]
fn a_follow_up_is_searched_with_its_topic_while_it_is_fresh() {
    use crate::model::Facet;
    let house = house();
    let e = entry("a", Facet::How);
    let state = after(
        &house,
        State::default(),
        "居住证怎么办",
        &answer("a"),
        Some(&e),
        NOW,
    )
    .state;
    let Interpretation::Search { full, bare, .. } = house.interpret(&state, "那要带什么材料")
    else {
        panic!("must be searched");
    };
    assert_eq!(full.unwrap().normal, "居住证要带什么材料");
    assert!(bare);
    let old = after(
        &house,
        State::default(),
        "居住证怎么办",
        &answer("a"),
        Some(&e),
        NOW.plus(-6 * Timestamp::MINUTE),
    )
    .state;
    let Interpretation::Search { full, .. } = house.interpret(&old, "那要带什么材料") else {
        panic!("must be searched");
    };
    assert!(full.is_none());
}

#[test]
fn what_contests_an_earlier_answer() {
    use crate::model::Facet;
    let house = house();
    let minute = Timestamp::MINUTE;
    for (case, first, second, decision, entry_of_second, wait, wanted) in [
        (
            "same in other words",
            "居住证怎么办理",
            "居住证咋办理",
            answer("b"),
            Some(Facet::How),
            minute,
            Some(Contest::Rephrased),
        ),
        (
            "another side",
            "居住证怎么办理",
            "居住证办理多久",
            answer("b"),
            Some(Facet::Duration),
            minute,
            None,
        ),
        (
            "the same entry",
            "居住证怎么办理",
            "居住证咋办理",
            answer("a"),
            Some(Facet::How),
            minute,
            None,
        ),
        (
            "another topic",
            "居住证怎么办理",
            "低保申请条件",
            answer("b"),
            Some(Facet::How),
            minute,
            None,
        ),
        (
            "too late",
            "居住证怎么办理",
            "居住证咋办理",
            answer("b"),
            Some(Facet::How),
            3 * minute,
            None,
        ),
        (
            "a person",
            "居住证怎么办理",
            "转人工",
            Decision::Human,
            None,
            minute,
            Some(Contest::Human),
        ),
        (
            "a person, later",
            "居住证怎么办理",
            "转人工",
            Decision::Human,
            None,
            3 * minute,
            None,
        ),
    ] {
        let e = entry("a", Facet::How);
        let state = after(&house, State::default(), first, &answer("a"), Some(&e), NOW).state;
        let id = match &decision {
            Decision::Answer { entry, .. } => entry.as_str(),
            _ => "b",
        };
        let e2 = entry_of_second.map(|f| entry(id, f));
        let found = after(
            &house,
            state,
            second,
            &decision,
            e2.as_ref(),
            NOW.plus(wait),
        );
        assert_eq!(found.contests.map(|(_, why)| why), wanted, "{case}");
    }
}

fn hit(id: &str, confidence: f32, sound: f32) -> Hit {
    Hit {
        entry: id.into(),
        question: format!("{id}?"),
        phrasing: String::new(),
        score: confidence,
        confidence,
        features: Features {
            values: vec![("only_by_sound".into(), sound)],
        },
    }
}

fn searched(hits: &[(&str, f32, f32)]) -> Searched {
    let ranked = hits.iter().map(|(id, c, s)| hit(id, *c, *s)).collect();
    Searched {
        own: Hits {
            ranked,
            ..Hits::default()
        },
        ..Searched::default()
    }
}

#[test]
fn three_bands() {
    let bands = Bands {
        answer: 0.7,
        answer_sparse: 0.7,
        margin: 0.1,
        choices: 0.4,
        further: 0.2,
        sure: 0.99,
    };
    for (case, hits, wanted) in [
        ("sure", vec![("a", 0.9, 0.0), ("b", 0.3, 0.0)], "answer a"),
        ("alone", vec![("a", 0.75, 0.0)], "answer a"),
        (
            "a close second",
            vec![("a", 0.9, 0.0), ("b", 0.85, 0.0)],
            "choices a b",
        ),
        ("only by sound", vec![("a", 0.9, 1.0)], "choices a"),
        (
            "middling",
            vec![
                ("a", 0.5, 0.0),
                ("b", 0.3, 0.0),
                ("c", 0.25, 0.0),
                ("d", 0.24, 0.0),
            ],
            "choices a b c",
        ),
        (
            "far seconds",
            vec![("a", 0.5, 0.0), ("b", 0.1, 0.0)],
            "choices a",
        ),
        ("near", vec![("a", 0.3, 0.0), ("b", 0.1, 0.0)], "unsure a"),
        ("far", vec![("a", 0.1, 0.0)], "unknown"),
        ("nothing", vec![], "unknown"),
    ] {
        let ids = |list: &[Choice]| {
            list.iter()
                .map(|c| format!(" {}", c.entry))
                .collect::<String>()
        };
        let found = match decide(&bands, &searched(&hits)) {
            Decision::Answer { entry, .. } => format!("answer {entry}"),
            Decision::Choices(list) => format!("choices{}", ids(&list)),
            Decision::NoAnswer { reason, nearest } => {
                format!("{}{}", reason.as_str(), ids(&nearest))
            }
            other => other.name().to_owned(),
        };
        assert_eq!(found, wanted, "{case}");
    }
}

#[test]
fn a_bare_follow_up_is_decided_in_full() {
    let own = Hits {
        ranked: vec![hit("own", 0.9, 0.0)],
        ..Hits::default()
    };
    let full = Hits {
        ranked: vec![hit("full", 0.5, 0.0)],
        ..Hits::default()
    };
    for (bare, wanted) in [(true, "full"), (false, "own")] {
        let s = Searched {
            own: own.clone(),
            full: Some(full.clone()),
            bare,
            loose: false,
        };
        assert_eq!(s.counting().ranked[0].entry.as_str(), wanted);
    }
}

#[test]
fn words_that_may_go_with_the_topic_or_not_are_proposed_both_ways() {
    let hits = |list: &[(&str, f32)]| Hits {
        ranked: list.iter().map(|(id, c)| hit(id, *c, 0.0)).collect(),
        ..Hits::default()
    };
    let ids = |decision: Decision| match decision {
        Decision::Answer { entry, .. } => vec![format!("answer {entry}")],
        Decision::Choices(list) => list.into_iter().map(|c| c.entry.0).collect(),
        other => vec![other.name().to_owned()],
    };
    let bands = Bands::default();
    for (case, own, full, wanted) in [
        (
            "neither is sure",
            vec![("own", 0.3), ("b", 0.2), ("c", 0.1)],
            vec![("full", 0.6), ("b", 0.3)],
            vec!["own", "full", "b"],
        ),
        (
            "a new topic",
            vec![("own", 0.95)],
            vec![("full", 0.9)],
            vec!["answer own"],
        ),
        (
            "the full one answers nothing",
            vec![],
            vec![("full", 0.99)],
            vec!["full"],
        ),
        ("nothing either way", vec![], vec![], vec!["no_answer"]),
    ] {
        let searched = Searched {
            own: hits(&own),
            full: Some(hits(&full)),
            loose: true,
            ..Searched::default()
        };
        assert_eq!(ids(decide(&bands, &searched)), wanted, "{case}");
    }
}

#[test]
fn people_are_asked_the_question_and_not_the_wish() {
    let house = house();
    let unknown = Decision::NoAnswer {
        reason: NoAnswerReason::Unknown,
        nearest: Vec::new(),
    };
    let state = after(
        &house,
        State::default(),
        "健身房几点开",
        &unknown,
        None,
        NOW,
    )
    .state;
    assert_eq!(state.question_for_people(Some("转人工")), "健身房几点开");
    assert_eq!(state.question_for_people(Some("游泳池呢")), "游泳池呢");
    assert_eq!(
        State::default().question_for_people(Some("转人工")),
        "居民请求人工帮助（没有留下问题）"
    );
}
