//! Turns.

use crate::model::{Channel, Contest, Outcome, Timestamp, Timings, Turn};
use crate::store::{Store, StoreError, TurnFilter};
use std::sync::Arc;

/// A turn for tests; everything that is not given is plain.
pub(in crate::store) fn turn(id: &str, at: i64, outcome: Outcome, entry: Option<&str>) -> Turn {
    Turn {
        id: id.into(),
        session: "s1".into(),
        name: "1".to_owned(),
        kiosk: "k1".into(),
        place: "p1".into(),
        at: Timestamp(at),
        channel: Channel::Typed,
        text: "居住证怎么办？".to_owned(),
        core: "居住证怎么办".to_owned(),
        edition: 3,
        decision: "answer".to_owned(),
        outcome,
        entry: entry.map(Into::into),
        gap: None,
        confidence: 0.8,
        contest: None,
        thumbs_up: false,
        explain: r#"{"hits":[]}"#.to_owned(),
        timings: Timings {
            text_us: 1,
            retrieval_us: 2,
            dialogue_us: 3,
            store_us: 4,
            total_us: 12_345,
        },
    }
}

pub(super) async fn comes_back_as_it_was(store: Arc<dyn Store>) {
    let mut full = turn("t2", 20, Outcome::Abandoned, Some("e1"));
    full.channel = Channel::Spoken;
    full.gap = Some("g1".into());
    full.contest = Some(Contest::Rephrased);
    full.thumbs_up = true;
    full.confidence = f32::from_bits(0x3f4c_cccd);
    full.text = "老人𠮷宅，'引号' \"双\" 换行\n%_".to_owned();
    let plain = turn("t1", 10, Outcome::Answered, None);
    for t in [&full, &plain] {
        store.record_turn(t).await.expect("written");
    }
    assert_eq!(
        store.turn(&"t2".into()).await.expect("read"),
        Some(full.clone())
    );
    assert_eq!(store.turn(&"t9".into()).await.expect("read"), None);
    let session = store.session_turns(&"s1".into()).await.expect("read");
    assert_eq!(session, [plain, full]);
    assert_eq!(store.session_turns(&"s2".into()).await.expect("read"), []);

    let mut nul = turn("t3", 30, Outcome::Answered, None);
    nul.text = "a\0b".to_owned();
    store.record_turn(&nul).await.expect("written");
    let read = store
        .turn(&"t3".into())
        .await
        .expect("read")
        .expect("there");
    assert_eq!(read.text, "ab");
}

pub(super) async fn is_written_once(store: Arc<dyn Store>) {
    let first = turn("t1", 10, Outcome::Answered, None);
    store.record_turn(&first).await.expect("written");
    let again = store
        .record_turn(&turn("t1", 11, Outcome::Failed, None))
        .await;
    assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
    assert_eq!(store.turn(&"t1".into()).await.expect("read"), Some(first));
}

pub(super) async fn moves_on_only_while_open(store: Arc<dyn Store>) {
    store
        .record_turn(&turn("open", 1, Outcome::Abandoned, None))
        .await
        .expect("written");
    store
        .record_turn(&turn("kept", 2, Outcome::Abandoned, Some("e1")))
        .await
        .expect("written");
    store
        .record_turn(&turn("shut", 3, Outcome::Answered, Some("e1")))
        .await
        .expect("written");
    let advance = async |id: &str, to, entry: Option<&str>| {
        let entry = entry.map(Into::into);
        store.advance_outcome(&id.into(), to, entry.as_ref()).await
    };
    assert!(
        advance("open", Outcome::Chosen, Some("e2"))
            .await
            .expect("written")
    );
    assert!(
        !advance("open", Outcome::Escalated, None)
            .await
            .expect("written")
    );
    assert!(
        advance("kept", Outcome::Escalated, None)
            .await
            .expect("written")
    );
    assert!(
        !advance("shut", Outcome::Escalated, None)
            .await
            .expect("written")
    );
    assert!(
        !advance("open", Outcome::Abandoned, None)
            .await
            .expect("written")
    );
    let missing = advance("none", Outcome::Chosen, None).await;
    assert!(
        matches!(missing, Err(StoreError::NotFound("turn"))),
        "{missing:?}"
    );
    for (id, outcome, entry) in [
        ("open", Outcome::Chosen, "e2"),
        ("kept", Outcome::Escalated, "e1"),
        ("shut", Outcome::Answered, "e1"),
    ] {
        let t = store.turn(&id.into()).await.expect("read").expect("there");
        assert_eq!((t.outcome, t.entry), (outcome, Some(entry.into())), "{id}");
    }
}

pub(super) async fn keeps_the_first_contest(store: Arc<dyn Store>) {
    let id = "t1".into();
    store
        .record_turn(&turn("t1", 1, Outcome::Answered, Some("e1")))
        .await
        .expect("written");
    store
        .contest_turn(&id, Contest::Human)
        .await
        .expect("written");
    store
        .contest_turn(&id, Contest::ThumbsDown)
        .await
        .expect("written");
    store.praise_turn(&id).await.expect("written");
    store.assign_gap(&id, &"g1".into()).await.expect("written");
    let t = store.turn(&id).await.expect("read").expect("there");
    assert_eq!(t.contest, Some(Contest::Human));
    assert!(t.thumbs_up);
    store.amend_total(&id, 1_234_000).await.expect("written");
    let amended = store.turn(&id).await.expect("read").expect("there");
    assert_eq!(amended.timings.total_us, 1_234_000);
    assert_eq!(t.gap, Some("g1".into()));
    let none = "none".into();
    assert!(store.contest_turn(&none, Contest::Human).await.is_err());
    assert!(store.praise_turn(&none).await.is_err());
    assert!(store.assign_gap(&none, &"g1".into()).await.is_err());
}

pub(super) async fn gives_facts_of_questions_only(store: Arc<dyn Store>) {
    for (at, outcome) in (100_i64..).step_by(100).zip(Outcome::ALL) {
        let mut t = turn(outcome.as_str(), at, outcome, Some("e1"));
        if at >= 500 {
            t.place = "p2".into();
            t.kiosk = "k2".into();
        }
        store.record_turn(&t).await.expect("written");
    }
    let ids = async |filter: TurnFilter| {
        let facts = store.turn_facts(&filter).await.expect("read");
        facts.into_iter().map(|f| f.id.0).collect::<Vec<_>>()
    };
    let all = ids(TurnFilter::default()).await;
    assert_eq!(
        all,
        [
            "answered",
            "chosen",
            "escalated",
            "abandoned",
            "busy",
            "failed"
        ]
    );
    let some = TurnFilter {
        from: Timestamp(200),
        until: Timestamp(900),
        ..TurnFilter::default()
    };
    assert_eq!(ids(some).await, ["chosen", "escalated", "abandoned"]);
    let places = |p: &[&str]| TurnFilter {
        places: Some(p.iter().map(|p| (*p).into()).collect()),
        ..TurnFilter::default()
    };
    assert_eq!(ids(places(&["p2", "p9"])).await, ["busy", "failed"]);
    assert_eq!(ids(places(&["p1", "p2"])).await.len(), 6);
    assert_eq!(ids(places(&[])).await.len(), 0);
    let kiosk = TurnFilter {
        kiosk: Some("k1".into()),
        ..TurnFilter::default()
    };
    assert_eq!(ids(kiosk).await.len(), 4);

    let facts = store
        .turn_facts(&TurnFilter::default())
        .await
        .expect("read");
    let t = store
        .turn(&"answered".into())
        .await
        .expect("read")
        .expect("there");
    let f = &facts[0];
    assert_eq!(f.took_ms, 12);
    assert_eq!(
        (&f.session, f.at, &f.place, &f.kiosk),
        (&t.session, t.at, &t.place, &t.kiosk)
    );
    assert_eq!(
        (f.channel, f.outcome, f.contest),
        (t.channel, t.outcome, t.contest)
    );
    assert_eq!((&f.entry, &f.gap, &f.text), (&t.entry, &t.gap, &t.text));
}

pub(super) async fn counts_popular_entries(store: Arc<dyn Store>) {
    let asked = [
        ("often", 10, Outcome::Answered, None),
        ("often", 11, Outcome::Answered, None),
        ("often", 12, Outcome::Chosen, None),
        ("twice", 13, Outcome::Answered, None),
        ("twice", 14, Outcome::Answered, None),
        ("twice", 15, Outcome::Answered, Some(Contest::ThumbsDown)),
        ("twice", 16, Outcome::Escalated, None),
        ("twice", 1, Outcome::Answered, None),
        ("Once", 17, Outcome::Answered, None),
        ("again", 18, Outcome::Answered, None),
        ("never", 19, Outcome::Abandoned, None),
    ];
    for (n, (entry, at, outcome, contest)) in asked.into_iter().enumerate() {
        let mut t = turn(&format!("t{n}"), at, outcome, Some(entry));
        t.contest = contest;
        store.record_turn(&t).await.expect("written");
    }
    store
        .record_turn(&turn("bare", 20, Outcome::Answered, None))
        .await
        .expect("written");
    let popular = store.popular_entries(Timestamp(10), 9).await.expect("read");
    let popular: Vec<_> = popular.iter().map(|e| e.as_str()).collect();
    assert_eq!(popular, ["often", "twice", "Once", "again"]);
    let first = store.popular_entries(Timestamp(10), 1).await.expect("read");
    assert_eq!(first, ["often".into()]);
}

pub(super) async fn gives_decided_turns(store: Arc<dyn Store>) {
    let decided = [
        ("early", 9, "answer"),
        ("answered", 10, "answer"),
        ("nothing", 11, "no_answer"),
        ("offered", 12, "choices"),
        ("talk", 13, "small_talk"),
        ("again", 14, "answer"),
    ];
    for (id, at, decision) in decided {
        let mut t = turn(id, at, Outcome::Answered, None);
        t.decision = decision.to_owned();
        store.record_turn(&t).await.expect("written");
    }
    let ids = async |limit| {
        let turns = store.decided_turns(Timestamp(10), limit).await;
        let turns = turns.expect("read").into_iter();
        turns.map(|t| t.id.0).collect::<Vec<_>>()
    };
    assert_eq!(ids(9).await, ["again", "offered", "answered"]);
    assert_eq!(ids(2).await, ["again", "offered"]);
}
