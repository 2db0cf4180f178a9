//! Editions and named values.

use super::candidates::candidate;
use crate::model::{
    Alias, CandidateState, EditionSummary, Emergency, Entry, Facet, Knowledge, Lexicon, Phrasing,
    PhrasingOrigin, Place, PlaceKind, PlaceTree, SmallTalk, Source, Timestamp, Variable,
};
use crate::store::{Publication, Store, StoreError};
use futures_util::future::join_all;
use jiff::civil::date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An entry in which every field holds something.
pub(in crate::store) fn entry(id: &str, question: &str) -> Entry {
    Entry {
        id: id.into(),
        area: "户籍与身份".to_owned(),
        topic: "居住证".to_owned(),
        aliases: vec!["暂住证".to_owned()],
        facet: Some(Facet::How),
        question: question.to_owned(),
        phrasings: vec![Phrasing {
            text: format!("{question}呢"),
            origin: PhrasingOrigin::Resident,
        }],
        text: "请带身份证到 {community.phone} 咨询。".repeat(5),
        spoken: "请带身份证。".to_owned(),
        scope: Some("p1".into()),
        source: Source {
            title: "居住证暂行条例".to_owned(),
            number: Some("国务院令第663号".to_owned()),
            issuer: Some("国务院".to_owned()),
            effective: Some(date(2016, 1, 1)),
            expires: None,
        },
        effective: Some(date(2026, 1, 1)),
        expires: Some(date(2027, 1, 1)),
        related: vec!["e2".into()],
        review: Some("待核".to_owned()),
    }
}

/// A knowledge base with these entries and one of everything else.
pub(in crate::store) fn knowledge(entries: impl IntoIterator<Item = Entry>) -> Knowledge {
    Knowledge {
        popular: vec!["one".into()],
        entries: entries.into_iter().map(Arc::new).collect(),
        calm: vec!["火气大怎么办".to_owned()],
        emergencies: vec![Emergency {
            when: Vec::new(),
            like: vec!["厨房好大烟".to_owned()],
            id: "fire".to_owned(),
            phone: "119".to_owned(),
            text: "快走".to_owned(),
            spoken: "快走".to_owned(),
            any: vec!["着火".to_owned()],
            all: vec![vec!["火".to_owned()], vec!["救".to_owned()]],
            unless: vec!["灭火器".to_owned()],
        }],
        small_talk: vec![SmallTalk {
            id: "thanks".to_owned(),
            phrasings: vec!["谢谢".to_owned()],
            text: "不客气".to_owned(),
            spoken: "不客气".to_owned(),
        }],
        lexicon: Lexicon {
            words: vec!["居住证".to_owned()],
            aliases: vec![Alias {
                from: "老年卡".to_owned(),
                to: "老年人优待证".to_owned(),
            }],
            fillers: vec!["请问".to_owned()],
        },
        places: PlaceTree {
            places: vec![Place {
                id: "p1".into(),
                kind: PlaceKind::Community,
                name: "和平里".to_owned(),
                parent: None,
                variables: BTreeMap::from([("community.phone".to_owned(), "6666".to_owned())]),
            }],
            variables: vec![Variable {
                name: "community.phone".to_owned(),
                label: "电话".to_owned(),
                default: "服务台".to_owned(),
            }],
        },
    }
}

/// A publication without candidates.
pub(in crate::store) fn publication(knowledge: Knowledge, based_on: i64) -> Publication {
    Publication {
        knowledge,
        at: Timestamp(100 + based_on),
        by: (based_on > 0).then(|| "u1".into()),
        note: format!("第{}版", based_on + 1),
        based_on,
        candidates: Vec::new(),
    }
}

pub(super) async fn comes_back_equal(store: Arc<dyn Store>) {
    assert_eq!(store.current_edition().await.expect("read"), 0);
    assert!(store.edition(1).await.expect("read").is_none());
    assert_eq!(store.editions(5).await.expect("read"), []);
    // More than one insert's rows, with two entries of equal content but id.
    let all = knowledge(
        (0..620)
            .rev()
            .map(|n| entry(&format!("e{n}"), "居住证怎么办")),
    );
    let number = store
        .publish_edition(&publication(all.clone(), 0))
        .await
        .expect("written");
    assert_eq!(
        (number, store.current_edition().await.expect("read")),
        (1, 1)
    );
    let edition = store.edition(1).await.expect("read").expect("there");
    assert_eq!((edition.number, edition.published_at), (1, Timestamp(100)));
    assert!(
        edition.knowledge == all,
        "the edition differs from what was published"
    );

    let empty = Knowledge::default();
    store
        .publish_edition(&publication(empty.clone(), 1))
        .await
        .expect("written");
    assert_eq!(
        store
            .edition(2)
            .await
            .expect("read")
            .expect("there")
            .knowledge,
        empty
    );
}

pub(super) async fn keeps_old_editions(store: Arc<dyn Store>) {
    let first = knowledge([entry("e1", "甲"), entry("e2", "乙")]);
    let second = knowledge([entry("e2", "乙"), entry("e3", "丙"), entry("e1", "甲改")]);
    let third = first.clone();
    for (based_on, all) in (0..).zip([&first, &second, &third]) {
        store
            .publish_edition(&publication(all.clone(), based_on))
            .await
            .expect("written");
    }
    for (number, all) in (1..).zip([&first, &second, &third]) {
        let edition = store.edition(number).await.expect("read").expect("there");
        assert_eq!(&edition.knowledge, all, "edition {number}");
    }
    let list = store.editions(2).await.expect("read");
    let wanted = |number: i64, entries| EditionSummary {
        number,
        published_at: Timestamp(99 + number),
        published_by: Some("u1".into()),
        note: format!("第{number}版"),
        entries,
    };
    assert_eq!(list, [wanted(3, 2), wanted(2, 3)]);
    let all = store.editions(9).await.expect("read");
    assert_eq!(all.last().expect("three").published_by, None);
}

pub(super) async fn refuses_a_base_that_is_not_the_newest(store: Arc<dyn Store>) {
    let all = knowledge([entry("e1", "甲")]);
    for based_on in [1, -1] {
        let refused = store
            .publish_edition(&publication(all.clone(), based_on))
            .await;
        assert!(
            matches!(refused, Err(StoreError::Conflict(_))),
            "{refused:?}"
        );
    }
    store
        .publish_edition(&publication(all.clone(), 0))
        .await
        .expect("written");
    let late = store.publish_edition(&publication(all.clone(), 0)).await;
    assert!(matches!(late, Err(StoreError::Conflict(_))), "{late:?}");
    assert_eq!(store.current_edition().await.expect("read"), 1);
    let twice = knowledge([entry("e1", "甲"), entry("e1", "乙")]);
    let refused = store.publish_edition(&publication(twice, 1)).await;
    assert!(
        matches!(refused, Err(StoreError::Conflict(_))),
        "{refused:?}"
    );
    assert_eq!(store.current_edition().await.expect("read"), 1);
}

pub(super) async fn lets_one_of_many_publishers_win(store: Arc<dyn Store>) {
    let published = (0..12).map(|n| {
        let store = store.clone();
        tokio::spawn(async move {
            let all = knowledge((0..30).map(|k| entry(&format!("e{k}"), &format!("问{}", k % 7))));
            let mut publication = publication(all, 0);
            publication.note = n.to_string();
            match store.publish_edition(&publication).await {
                Ok(number) => Some((number, publication.note)),
                Err(StoreError::Conflict(_)) => None,
                Err(error) => panic!("{error}"),
            }
        })
    });
    let results = join_all(published).await;
    let winners: Vec<_> = results
        .into_iter()
        .filter_map(|r| r.expect("no panic"))
        .collect();
    let list = store.editions(9).await.expect("read");
    assert_eq!((winners.len(), list.len()), (1, 1));
    assert_eq!(winners[0], (1, list[0].note.clone()));
}

pub(super) async fn publishes_all_or_nothing(store: Arc<dyn Store>) {
    let approved = |id: &str| {
        candidate(id, 1)
            .approve("u1".into(), Timestamp(2))
            .expect("in review")
    };
    for id in ["c1", "c2"] {
        store
            .add_candidate(&candidate(id, 1))
            .await
            .expect("written");
        store.save_candidate(&approved(id)).await.expect("written");
    }
    let mut publication = publication(knowledge([entry("e1", "甲")]), 0);
    // The second was changed since the publisher read it.
    let edited = approved("c2")
        .edit(candidate("c2", 1).proposal)
        .expect("approved");
    store.save_candidate(&edited).await.expect("written");
    publication.candidates = vec![approved("c1"), approved("c2")];
    let refused = store.publish_edition(&publication).await;
    assert!(
        matches!(refused, Err(StoreError::Conflict(_))),
        "{refused:?}"
    );
    assert_eq!(store.current_edition().await.expect("read"), 0);
    assert!(store.edition(1).await.expect("read").is_none());
    let first = store.candidate(&"c1".into()).await.expect("read");
    assert_eq!(
        first,
        Some(approved("c1")),
        "the first candidate was rolled back"
    );

    publication.candidates = vec![candidate("c1", 1)];
    let refused = store.publish_edition(&publication).await;
    assert!(
        matches!(refused, Err(StoreError::Conflict(_))),
        "not approved: {refused:?}"
    );

    publication.candidates = vec![approved("c1")];
    assert_eq!(
        store.publish_edition(&publication).await.expect("written"),
        1
    );
    let first = store
        .candidate(&"c1".into())
        .await
        .expect("read")
        .expect("there");
    let wanted = CandidateState::Published {
        by: "u1".into(),
        at: publication.at,
        edition: 1,
    };
    assert_eq!((first.state, first.version), (wanted, 3));
}

pub(super) async fn remembers_settings(store: Arc<dyn Store>) {
    assert_eq!(store.setting("files").await.expect("read"), None);
    for value in ["a", "b"] {
        store.set_setting("files", value).await.expect("written");
        assert_eq!(
            store.setting("files").await.expect("read").as_deref(),
            Some(value)
        );
    }
}
