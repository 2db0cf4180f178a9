//! The whole loop: a resident asks what nobody knows, a worker answers, an
//! admin makes it knowledge, another resident gets it at once, and the
//! number moves.

use crate::harness::Server;
use linli::protocol::terminal::{EscalationStateName, TerminalMessage, TerminalRequest};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn unanswered_becomes_instant() {
    let server = Server::start().await;
    let worker = server.worker("wang").await;
    let admin = server.admin().await;

    // A resident asks; the machine tells the truth.
    let mut resident = server.terminal().await;
    let asked = resident.ask("t1", "小区健身房几点开门").await;
    let TerminalMessage::NoAnswer { reason, .. } = asked else {
        panic!("{asked:?}")
    };
    assert!(["unknown", "unsure"].contains(&reason.as_str()));

    // They ask for a person and get a code and a due time.
    resident
        .send(&TerminalRequest::Escalate {
            turn: Some("t1".to_owned()),
            note: Some("我电话13800138000".to_owned()),
            contact: None,
        })
        .await;
    let opened = resident.next().await;
    let TerminalMessage::Escalation {
        escalation,
        state,
        code,
        due,
        ..
    } = opened
    else {
        panic!("{opened:?}")
    };
    assert_eq!(state, EscalationStateName::Waiting);
    assert!(code.len() == 6 && due.is_some());

    // The worker sees it, the phone number masked, and takes it.
    let (_, list) = worker.get("/api/escalations?open=true").await;
    assert_eq!(list[0]["id"], json!(escalation));
    assert_eq!(list[0]["question"], "小区健身房几点开门");
    assert_eq!(list[0]["note"], "我电话138****8000");
    assert_eq!(list[0]["resident_present"], true);
    let (status, claimed) = worker
        .post(&format!("/api/escalations/{escalation}/claim"), &json!({}))
        .await;
    assert_eq!((status, &claimed["state"]), (200, &json!("claimed")));
    let told = resident.next().await;
    let TerminalMessage::Escalation {
        state,
        worker: name,
        ..
    } = told
    else {
        panic!("{told:?}")
    };
    assert_eq!(
        (state, name.as_deref()),
        (EscalationStateName::Claimed, Some("王老师"))
    );

    // A second worker is refused.
    let other = server.worker("li").await;
    let (status, refused) = other
        .post(&format!("/api/escalations/{escalation}/claim"), &json!({}))
        .await;
    assert_eq!(
        (status, &refused["code"]),
        (409, &json!("invalid_transition"))
    );

    // The answer shows on the terminal.
    let answer = json!({"text": "健身房每天早上八点到晚上九点开门。", "learn": true});
    let (status, _) = worker
        .post(&format!("/api/escalations/{escalation}/answer"), &answer)
        .await;
    assert_eq!(status, 200);
    let says = resident
        .until(|m| matches!(m, TerminalMessage::WorkerSays { .. }))
        .await;
    let TerminalMessage::WorkerSays { text, .. } = says else {
        unreachable!()
    };
    assert_eq!(text, "健身房每天早上八点到晚上九点开门。");

    // A resident who left brings it up with the code, on another terminal.
    let mut elsewhere = server.terminal().await;
    let found = elsewhere.ask("p1", &format!("取件码 {code}")).await;
    let TerminalMessage::Escalation { state, .. } = found else {
        panic!("{found:?}")
    };
    assert_eq!(state, EscalationStateName::Answered);
    let says = elsewhere.next().await;
    let TerminalMessage::WorkerSays { text, .. } = says else {
        panic!("{says:?}")
    };
    assert!(text.contains("早上八点"));

    // The answer is a candidate; an admin completes, approves and publishes it.
    let (_, candidates) = admin.get("/api/candidates?state=in_review").await;
    assert_eq!(candidates.as_array().map(Vec::len), Some(1));
    let id = candidates[0]["id"].as_str().unwrap().to_owned();
    let mut entry = candidates[0]["entry"].clone();
    assert_eq!(entry["question"], "小区健身房几点开门");
    entry["id"] = json!("gym.hours");
    entry["topic"] = json!("健身房");
    entry["phrasings"] = json!(["健身房什么时候开", "健身房开到几点", "健身房的开放时间"]);
    let edit = json!({"kind": "entry", "entry": entry, "version": candidates[0]["version"]});
    let (status, edited) = admin.put(&format!("/api/candidates/{id}"), &edit).await;
    assert_eq!(status, 200, "{edited}");
    let seen = json!({"version": edited["version"]});
    let (status, _) = admin
        .post(&format!("/api/candidates/{id}/approve"), &seen)
        .await;
    assert_eq!(status, 200);
    let (_, before) = admin.get("/api/goal").await;
    let (status, edition) = admin
        .post("/api/editions", &json!({"note": "健身房"}))
        .await;
    assert_eq!((status, &edition["number"]), (200, &json!(2)));

    // Another resident asks in other words and is answered at once.
    let asked = elsewhere.ask("n1", "请问健身房晚上开到几点啊").await;
    let TerminalMessage::Answer {
        entry,
        text,
        took_ms,
        ..
    } = asked
    else {
        panic!("{asked:?}")
    };
    assert_eq!(entry, "gym.hours");
    assert_eq!(text, "健身房每天早上八点到晚上九点开门。");
    assert!(
        took_ms < 1000.0,
        "instant means within a second: {took_ms} ms"
    );

    // The number moves, and the list behind it says the same.
    let (_, after) = admin.get("/api/goal").await;
    let count = |goal: &Value, key: &str| goal["today"][key].as_u64().unwrap();
    assert_eq!(count(&after, "instant"), count(&before, "instant") + 1);
    assert_eq!(count(&after, "total"), count(&before, "total") + 1);
    let (_, turns) = admin.get("/api/goal/turns?days=1").await;
    let instant = turns
        .as_array()
        .unwrap()
        .iter()
        .filter(|t| t["instant"] == true)
        .count();
    assert_eq!(instant as u64, count(&after, "instant"));
    assert_eq!(
        turns.as_array().unwrap().len() as u64,
        count(&after, "total")
    );

    // The gap is closed by the new entry.
    server.flow.settle().await;
    let (_, gaps) = admin.get("/api/gaps").await;
    assert_eq!(gaps[0]["closed_by"], "gym.hours", "{gaps}");
    server.stop().await;
}
