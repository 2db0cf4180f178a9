//! Escalations and their lines.

use crate::model::{Escalation, EscalationState, Line, Resolution, Speaker, Timestamp, UserId};
use crate::store::{EscalationFilter, Store, StoreError};
use futures_util::future::join_all;
use std::sync::Arc;

/// An escalation that waits; its id is its code.
pub(in crate::store) fn waiting(code: &str, opened: i64, due: i64) -> Escalation {
    Escalation {
        id: code.into(),
        code: code.to_owned(),
        session: "s1".into(),
        turn: Some("t1".into()),
        kiosk: "k1".into(),
        place: "p1".into(),
        question: "独生子女费怎么领".to_owned(),
        note: Some("在三楼".to_owned()),
        contact: Some("幺三八".to_owned()),
        opened_at: Timestamp(opened),
        due_at: Timestamp(due),
        state: EscalationState::Waiting,
        version: 1,
    }
}

fn resolution() -> Resolution {
    Resolution {
        text: "带户口本到窗口".to_owned(),
        entry: Some("e1".into()),
        learn: true,
    }
}

async fn read(store: &Arc<dyn Store>, id: &str) -> Escalation {
    store
        .escalation(&id.into())
        .await
        .expect("read")
        .expect("there")
}

pub(super) async fn comes_back_in_every_state(store: Arc<dyn Store>) {
    let opened = waiting("100001", 10, 20);
    store.open_escalation(&opened).await.expect("written");
    assert_eq!(read(&store, "100001").await, opened);
    assert_eq!(
        store.escalation_by_code("100001").await.expect("read"),
        Some(opened.clone())
    );
    assert_eq!(
        store.escalation_by_code("999999").await.expect("read"),
        None
    );
    assert_eq!(store.escalation(&"none".into()).await.expect("read"), None);

    let claimed = opened.claim("u1".into(), Timestamp(11)).expect("waits");
    assert_eq!(
        store.save_escalation(&claimed).await.expect("written"),
        None
    );
    assert_eq!(read(&store, "100001").await, claimed);
    let released = claimed.release(&"u1".into()).expect("owner");
    store.save_escalation(&released).await.expect("written");
    assert_eq!(read(&store, "100001").await, released);
    let claimed = released.claim("u2".into(), Timestamp(12)).expect("waits");
    store.save_escalation(&claimed).await.expect("written");
    let answered = claimed
        .answer("u2".into(), Timestamp(13), resolution())
        .expect("owner");
    store.save_escalation(&answered).await.expect("written");
    assert_eq!(read(&store, "100001").await, answered);

    let mut bare = waiting("100002", 10, 20);
    (bare.turn, bare.note, bare.contact) = (None, None, None);
    store.open_escalation(&bare).await.expect("written");
    let claimed = bare.claim("u1".into(), Timestamp(11)).expect("waits");
    store.save_escalation(&claimed).await.expect("written");
    let reason = "重复".to_owned();
    let closed = claimed
        .close("u1".into(), Timestamp(12), reason)
        .expect("owner");
    store.save_escalation(&closed).await.expect("written");
    assert_eq!(read(&store, "100002").await, closed);
}

pub(super) async fn reserves_its_code_for_ninety_days(store: Arc<dyn Store>) {
    let day = Timestamp::DAY;
    let open = async |id: &str, opened| {
        let mut e = waiting("200001", opened, opened + day);
        e.id = id.into();
        store.open_escalation(&e).await
    };
    open("first", 0).await.expect("free");
    let taken = open("second", 10 * day).await;
    assert!(matches!(taken, Err(StoreError::Conflict(_))), "{taken:?}");
    let waits = open("second", 91 * day).await;
    assert!(
        matches!(waits, Err(StoreError::Conflict(_))),
        "still waits: {waits:?}"
    );

    let claimed = read(&store, "first")
        .await
        .claim("u1".into(), Timestamp(day))
        .expect("waits");
    store.save_escalation(&claimed).await.expect("written");
    let closed = claimed
        .close("u1".into(), Timestamp(day), String::new())
        .expect("owner");
    store.save_escalation(&closed).await.expect("written");
    let early = open("second", 90 * day).await;
    assert!(matches!(early, Err(StoreError::Conflict(_))), "{early:?}");
    open("second", 91 * day).await.expect("free again");
    let found = store
        .escalation_by_code("200001")
        .await
        .expect("read")
        .expect("there");
    assert_eq!(found.id, "second".into());
    assert_eq!(read(&store, "first").await, closed);
}

pub(super) async fn has_one_owner_after_a_hundred_claims(store: Arc<dyn Store>) {
    let opened = waiting("300001", 10, 20);
    store.open_escalation(&opened).await.expect("written");
    let claims = (0..100).map(|n| {
        let (store, opened) = (store.clone(), opened.clone());
        tokio::spawn(async move {
            let by = UserId(format!("u{n}"));
            let claimed = opened.claim(by.clone(), Timestamp(11)).expect("waits");
            match store.save_escalation(&claimed).await {
                Ok(_) => Some(by),
                Err(StoreError::Conflict(_)) => None,
                Err(error) => panic!("{error}"),
            }
        })
    });
    let results = join_all(claims).await;
    let owners: Vec<_> = results
        .into_iter()
        .filter_map(|r| r.expect("no panic"))
        .collect();
    assert_eq!(owners.len(), 1, "{owners:?}");
    let stored = read(&store, "300001").await;
    assert_eq!((stored.owner(), stored.version), (Some(&owners[0]), 2));
}

pub(super) async fn numbers_lines_in_order(store: Arc<dyn Store>) {
    for code in ["400001", "400002"] {
        store
            .open_escalation(&waiting(code, 10, 20))
            .await
            .expect("written");
    }
    let said = (0..60_i64).map(|n| {
        let store = store.clone();
        tokio::spawn(async move {
            let id = if n % 3 == 0 { "400002" } else { "400001" }.into();
            let speaker = if n % 2 == 0 {
                Speaker::Resident
            } else {
                Speaker::Worker("u1".into())
            };
            store
                .add_line(&id, &speaker, &format!("第{n}句"), Timestamp(n))
                .await
        })
    });
    let mut said: Vec<Line> = join_all(said)
        .await
        .into_iter()
        .map(|r| r.expect("no panic").expect("written"))
        .collect();
    let first = store.lines(&"400001".into()).await.expect("read");
    let second = store.lines(&"400002".into()).await.expect("read");
    assert!(first.iter().map(|l| l.number).eq(1..=40), "{first:?}");
    assert!(second.iter().map(|l| l.number).eq(1..=20), "{second:?}");
    let mut stored: Vec<Line> = first.into_iter().chain(second).collect();
    for lines in [&mut said, &mut stored] {
        lines.sort_by_key(|l| l.at);
    }
    assert_eq!(said, stored);
    let nowhere = store
        .add_line(&"none".into(), &Speaker::Resident, "在吗", Timestamp(1))
        .await;
    assert!(
        matches!(nowhere, Err(StoreError::NotFound("escalation"))),
        "{nowhere:?}"
    );
}

pub(super) async fn adds_the_answer_as_a_line(store: Arc<dyn Store>) {
    let id = "500001".into();
    let opened = waiting("500001", 10, 20);
    store.open_escalation(&opened).await.expect("written");
    store
        .add_line(&id, &Speaker::Resident, "在吗", Timestamp(11))
        .await
        .expect("written");
    let claimed = opened.claim("u1".into(), Timestamp(12)).expect("waits");
    store.save_escalation(&claimed).await.expect("written");
    let answered = claimed
        .answer("u1".into(), Timestamp(13), resolution())
        .expect("owner");
    let line = store
        .save_escalation(&answered)
        .await
        .expect("written")
        .expect("a line");
    let wanted = Line {
        number: 2,
        speaker: Speaker::Worker("u1".into()),
        text: "带户口本到窗口".to_owned(),
        at: Timestamp(13),
    };
    assert_eq!(line, wanted);
    let late = store.save_escalation(&answered).await;
    assert!(matches!(late, Err(StoreError::Conflict(_))), "{late:?}");
    let lines = store.lines(&id).await.expect("read");
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[1], wanted);
    let next = store
        .add_line(&id, &Speaker::Resident, "谢谢", Timestamp(14))
        .await;
    assert_eq!(next.expect("written").number, 3);
}

pub(super) async fn lists_what_waits(store: Arc<dyn Store>) {
    for (code, opened, due, place, session) in [
        ("600001", 10, 50, "p1", "s1"),
        ("600002", 20, 30, "p2", "s2"),
        ("600003", 30, 40, "p1", "s1"),
        ("600004", 40, 60, "p3", "s1"),
    ] {
        let mut e = waiting(code, opened, due);
        (e.place, e.session) = (place.into(), session.into());
        store.open_escalation(&e).await.expect("written");
    }
    let claimed = read(&store, "600003")
        .await
        .claim("u1".into(), Timestamp(41))
        .expect("waits");
    store.save_escalation(&claimed).await.expect("written");
    let gone = read(&store, "600004")
        .await
        .claim("u1".into(), Timestamp(41))
        .expect("waits");
    store.save_escalation(&gone).await.expect("written");
    let gone = gone
        .close("u1".into(), Timestamp(42), "好".to_owned())
        .expect("owner");
    store.save_escalation(&gone).await.expect("written");

    let list = async |open, places: Option<&[&str]>, limit| {
        let places = places.map(|p| p.iter().map(|p| (*p).into()).collect());
        let filter = EscalationFilter {
            open,
            places,
            limit,
        };
        let found = store.escalations(&filter).await.expect("read");
        found.into_iter().map(|e| e.code).collect::<Vec<_>>()
    };
    assert_eq!(list(true, None, 0).await, ["600002", "600003", "600001"]);
    assert_eq!(
        list(false, None, 0).await,
        ["600004", "600003", "600002", "600001"]
    );
    assert_eq!(list(false, None, 2).await, ["600004", "600003"]);
    assert_eq!(list(true, Some(&["p1"]), 0).await, ["600003", "600001"]);
    assert_eq!(list(false, Some(&["p2", "p3"]), 1).await, ["600004"]);
    assert_eq!(list(false, Some(&[]), 0).await.len(), 0);

    let mine = store.session_escalations(&"s1".into()).await.expect("read");
    let mine: Vec<_> = mine.iter().map(|e| e.code.as_str()).collect();
    assert_eq!(mine, ["600001", "600003", "600004"]);
    for (at, ahead) in [(10, 0), (11, 1), (30, 2), (100, 3)] {
        assert_eq!(
            store.waiting_before(Timestamp(at)).await.expect("read"),
            ahead,
            "at {at}"
        );
    }
}

pub(super) async fn knows_how_long_answers_took(store: Arc<dyn Store>) {
    for (code, opened, answered) in [("700001", 0, 10), ("700002", 0, 30), ("700003", 15, 20)] {
        let opened = waiting(code, opened, 99);
        store.open_escalation(&opened).await.expect("written");
        let claimed = opened
            .claim("u1".into(), Timestamp(answered - 1))
            .expect("waits");
        store.save_escalation(&claimed).await.expect("written");
        let done = claimed
            .answer("u1".into(), Timestamp(answered), resolution())
            .expect("owner");
        store.save_escalation(&done).await.expect("written");
    }
    store
        .open_escalation(&waiting("700004", 0, 99))
        .await
        .expect("written");
    assert_eq!(
        store.recent_answer_times(9).await.expect("read"),
        [30, 5, 10]
    );
    assert_eq!(store.recent_answer_times(2).await.expect("read"), [30, 5]);
}
