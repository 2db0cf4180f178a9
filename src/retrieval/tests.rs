use super::classes::{AskedOf, ClassedOf};
use super::{Index, Rankers, Without};
use crate::model::{
    Channel, Edition, Entry, Facet, Hits, Knowledge, Lexicon, Phrasing, PhrasingOrigin, Place,
    PlaceKind, PlaceTree, Source, Timestamp,
};
use crate::text::Analyser;
use std::sync::Arc;

pub(super) fn entry(id: &str, topic: &str, facet: Facet, wordings: &[&str]) -> Entry {
    Entry {
        id: id.into(),
        area: "户籍与身份".to_owned(),
        topic: topic.to_owned(),
        aliases: Vec::new(),
        facet: Some(facet),
        question: wordings[0].to_owned(),
        phrasings: wordings[1..]
            .iter()
            .map(|t| Phrasing {
                text: (*t).to_owned(),
                origin: PhrasingOrigin::Author,
            })
            .collect(),
        text: format!("{topic}的答案"),
        spoken: "答案".to_owned(),
        scope: None,
        source: Source::default(),
        effective: None,
        expires: None,
        related: Vec::new(),
        review: None,
    }
}

fn entries() -> Vec<Entry> {
    vec![
        entry(
            "rp.apply",
            "居住证",
            Facet::How,
            &["居住证怎么办理", "怎么申请居住证", "暂住证在哪办"],
        ),
        entry(
            "rp.materials",
            "居住证",
            Facet::Materials,
            &["办居住证需要什么材料", "居住证要带哪些证件"],
        ),
        entry(
            "id.lost",
            "身份证",
            Facet::Lost,
            &["身份证丢了怎么补办", "身份证遗失补领"],
        ),
        entry(
            "low.apply",
            "低保",
            Facet::How,
            &["低保怎么申请", "家里困难想吃低保怎么办"],
        ),
        entry(
            "hj.school",
            "入学",
            Facet::How,
            &["随迁子女怎么上学", "外地户口的孩子在这儿上小学怎么办"],
        ),
    ]
}

pub(super) fn index(entries: Vec<Entry>, lexicon: Lexicon) -> Index {
    let place = |id: &str, kind, parent: Option<&str>| Place {
        id: id.into(),
        kind,
        name: id.to_owned(),
        parent: parent.map(Into::into),
        variables: std::collections::BTreeMap::new(),
    };
    let knowledge = Knowledge {
        entries: entries.into_iter().map(Arc::new).collect(),
        lexicon: lexicon.clone(),
        places: PlaceTree {
            places: vec![
                place("city", PlaceKind::City, None),
                place("home", PlaceKind::Community, Some("city")),
                place("other", PlaceKind::Community, Some("city")),
            ],
            variables: Vec::new(),
        },
        ..Knowledge::default()
    };
    let edition = Edition {
        number: 1,
        published_at: Timestamp(0),
        knowledge,
    };
    Index::build(
        edition,
        Arc::new(Analyser::new(&lexicon)),
        Arc::new(Rankers::shipped()),
    )
    .unwrap()
}

const NOW: Timestamp = Timestamp(1_790_000_000_000);

fn ask(index: &Index, text: &str, channel: Channel, place: &str) -> Hits {
    index.search(&index.analyser().query(text, channel), &place.into(), NOW)
}

fn first(hits: &Hits) -> &str {
    hits.ranked.first().map_or("", |h| h.entry.as_str())
}

#[test]
fn the_right_entry_comes_first() {
    let index = index(entries(), Lexicon::default());
    for (asked, wanted) in [
        ("居住证怎么办", "rp.apply"),
        ("我想办个居住证", "rp.apply"),
        ("办居住证带啥证件", "rp.materials"),
        ("身份证找不到了咋办", "id.lost"),
        ("申请低保", "low.apply"),
        ("外地孩子上小学", "hj.school"),
        ("請問居住證怎麼辦理", "rp.apply"),
    ] {
        assert_eq!(
            first(&ask(&index, asked, Channel::Typed, "home")),
            wanted,
            "{asked}"
        );
    }
}

#[test]
fn the_plainest_question_means_how() {
    let index = index(entries(), Lexicon::default());
    for asked in ["居住证怎么弄", "我想办居住证", "低保怎么办"] {
        let hits = ask(&index, asked, Channel::Typed, "home");
        assert!(
            hits.ranked[0].confidence >= 0.9,
            "{asked}: {:?}",
            hits.ranked[0]
        );
        assert!(first(&hits).ends_with(".apply"), "{asked}");
        assert!(hits.ranked[1..].iter().all(|h| h.confidence <= 0.5));
    }
}

#[test]
fn sound_proposes_and_never_answers() {
    let index = index(entries(), Lexicon::default());
    let hits = ask(&index, "举主正", Channel::Spoken, "home");
    assert!(hits.by_sound);
    assert!(first(&hits).starts_with("rp."), "{:?}", hits.ranked);
    assert!(hits.ranked[0].features.get("only_by_sound") > 0.5);
    let typed = ask(&index, "居住证怎么办理", Channel::Typed, "home");
    assert!(!typed.by_sound, "a clear question needs no sounds");
}

#[test]
fn another_city_is_not_ours() {
    let index = index(entries(), Lexicon::default());
    let ours = ask(&index, "居住证怎么办理", Channel::Typed, "home").ranked[0].confidence;
    let theirs = ask(&index, "上海居住证怎么办理", Channel::Typed, "home").ranked[0].confidence;
    assert!(theirs < ours * 0.6, "{theirs} {ours}");
}

#[test]
fn colloquial_words_find_official_ones() {
    let alias = crate::model::Alias {
        from: "吃老保".to_owned(),
        to: "低保".to_owned(),
    };
    let lexicon = Lexicon {
        aliases: vec![alias],
        ..Lexicon::default()
    };
    let index = index(entries(), lexicon);
    assert_eq!(
        first(&ask(&index, "吃老保怎么申请", Channel::Typed, "home")),
        "low.apply"
    );
}

#[test]
fn only_what_is_in_force_at_the_place_is_found_and_the_nearest_wins() {
    let mut all = entries();
    let mut local = entry(
        "rp.local",
        "居住证",
        Facet::How,
        &["居住证怎么办理", "本地办居住证"],
    );
    local.scope = Some("home".into());
    all.push(local);
    let mut lapsed = entry("lapsed", "口罩", Facet::How, &["口罩怎么领"]);
    lapsed.expires = Some(jiff::civil::date(2020, 1, 1));
    all.push(lapsed);
    let index = index(all, Lexicon::default());
    assert_eq!(
        first(&ask(&index, "居住证怎么办理", Channel::Typed, "home")),
        "rp.local"
    );
    assert_eq!(
        first(&ask(&index, "居住证怎么办理", Channel::Typed, "other")),
        "rp.apply"
    );
    let hits = ask(&index, "口罩怎么领", Channel::Typed, "home");
    assert!(hits.ranked.iter().all(|h| h.entry.as_str() != "lapsed"));
}

#[test]
fn nothing_is_found_for_nothing() {
    let index = index(entries(), Lexicon::default());
    assert!(
        ask(&index, "。。。", Channel::Typed, "home")
            .ranked
            .is_empty()
    );
    let empty = index_of_nothing();
    assert!(
        ask(&empty, "居住证", Channel::Typed, "home")
            .ranked
            .is_empty()
    );
}

fn index_of_nothing() -> Index {
    index(Vec::new(), Lexicon::default())
}

#[test]
fn a_phrasing_can_be_left_out() {
    let index = index(entries(), Lexicon::default());
    let query = index.analyser().query("暂住证在哪办", Channel::Typed);
    let with = index.search(&query, &"home".into(), NOW);
    let without = index.search_without(
        &query,
        &"home".into(),
        NOW,
        Without::Phrasing("暂住证在哪办"),
    );
    assert_eq!(with.ranked[0].phrasing, "暂住证在哪办");
    assert!(without.ranked.iter().all(|h| h.phrasing != "暂住证在哪办"));
}

#[test]
fn other_communities_do_not_crowd_a_question_out() {
    let mut all = entries();
    for number in 0..200 {
        let mut elsewhere = entry(
            &format!("rp.{number}"),
            "居住证",
            Facet::How,
            &["居住证怎么办理", "怎么办居住证", "居住证怎么办"],
        );
        elsewhere.scope = Some(format!("place{number}").into());
        all.push(elsewhere);
    }
    let index = index(all, Lexicon::default());
    let hits = ask(&index, "居住证怎么办", Channel::Typed, "home");
    assert_eq!(first(&hits), "rp.apply");
    assert!(hits.ranked.iter().all(|h| h.entry.as_str() != "rp.7"));
}

#[test]
fn an_entry_of_a_wider_place_does_not_make_the_nearer_one_doubtful() {
    let alone = index(entries(), Lexicon::default());
    let mut all = entries();
    let mut local = all[0].clone();
    local.id = "rp.local".into();
    local.scope = Some("home".into());
    all.push(local);
    let both = index(all, Lexicon::default());
    let sure =
        |index: &Index| ask(index, "居住证怎么办理", Channel::Typed, "home").ranked[0].confidence;
    assert!((sure(&both) - sure(&alone)).abs() < 0.1);
    let query = both.analyser().query("居住证怎么办理", Channel::Typed);
    let without = Without::Entry(&"rp.local".into());
    let hits = both.search_without(&query, &"home".into(), NOW, without);
    assert_ne!(first(&hits), "rp.local");
}

/// How probable each entry is by all phrasings together.
fn classed(index: &Index, text: &str, elsewhere: &[u32], without: Without) -> Vec<ClassedOf> {
    let query = index.analyser().query(text, Channel::Typed);
    let asked = AskedOf {
        question: &index.questions(&query, without)[0],
        channel: Channel::Typed,
        elsewhere: &Arc::new(elsewhere.iter().copied().collect()),
        without,
    };
    let classed = index.classed(&index.classes, &asked, &[], &|| None);
    (0u32..)
        .zip(index.entries())
        .map(|(n, _)| classed.of(n))
        .collect()
}

#[test]
fn all_phrasings_together_say_what_is_probable() {
    let index = index(entries(), Lexicon::default());
    let of = classed(&index, "我身份证丢了", &[], Without::Nothing);
    assert!((of.iter().map(|o| o.share).sum::<f32>() - 1.0).abs() < 1e-4);
    assert!(of[2].rank == 0 && of[2].share > 0.5, "{of:?}");
    assert!((of[2].margin - of[2].lead).abs() < 1e-4 && of[0].margin < 0.0);
}

#[test]
fn what_holds_elsewhere_is_not_probable() {
    let index = index(entries(), Lexicon::default());
    let of = classed(&index, "我身份证丢了", &[2], Without::Nothing);
    assert!(of[2].share < 1e-6 && of[2].rank > 0, "{of:?}");
    let of = classed(&index, "身份证", &[0, 1, 2, 3, 4], Without::Nothing);
    assert!(of.iter().all(|o| o.share.is_finite()), "{of:?}");
}

#[test]
fn what_is_left_out_makes_nothing_probable() {
    let index = index(entries(), Lexicon::default());
    let left = "家里困难想吃低保怎么办";
    let with = classed(&index, left, &[], Without::Nothing)[3].share;
    let without = classed(&index, left, &[], Without::Phrasing(left))[3].share;
    assert!(without < with - 0.1, "{without} {with}");
    let of = classed(&index, left, &[], Without::Entry(&"low.apply".into()));
    assert!(of[3].share < 1e-6, "{of:?}");
}

#[test]
fn answers_of_many_places_to_one_question_do_not_contradict_each_other() {
    let mut all = entries();
    for number in 0..60 {
        let mut local = all[2].clone();
        local.id = format!("id.lost.{number}").as_str().into();
        local.scope = Some(format!("place{number}").into());
        all.push(local);
    }
    let alone = classed(
        &index(entries(), Lexicon::default()),
        "我身份证丢了",
        &[],
        Without::Nothing,
    );
    let index = index(all, Lexicon::default());
    let elsewhere: Vec<u32> = (5..65).filter(|n| *n != 40).chain([2]).collect();
    let among = classed(&index, "我身份证丢了", &elsewhere, Without::Nothing);
    assert!(among[40].rank == 0, "{:?}", among[40]);
    assert!(among[40].share > alone[2].share - 0.2, "{:?}", among[40]);
}
