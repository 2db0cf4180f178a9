//! Calls: who may, what is refused, and how.

use crate::harness::{Desk, Server};
use futures_util::StreamExt;
use linli::protocol::terminal::TerminalRequest;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

#[tokio::test(flavor = "multi_thread")]
async fn without_signing_in_nothing_is_shown() {
    let server = Server::start().await;
    let stranger = Desk::new(server.address);
    for path in [
        "/api/session",
        "/api/escalations",
        "/api/candidates",
        "/api/entries",
        "/api/goal",
        "/api/gaps",
    ] {
        let (status, body) = stranger.get(path).await;
        assert_eq!(
            (status, &body["code"]),
            (401, &json!("sign_in_needed")),
            "{path}"
        );
    }
    let (status, body) = stranger.get("/api/nothing").await;
    assert_eq!((status, &body["code"]), (404, &json!("not_found")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_may_answer_but_not_publish() {
    let server = Server::start().await;
    let worker = server.worker("wang").await;
    assert_eq!(worker.get("/api/entries").await.0, 200);
    for (path, body) in [
        ("/api/editions", json!({})),
        ("/api/candidates", json!({"kind": "retire", "target": "x"})),
    ] {
        let (status, refused) = worker.post(path, &body).await;
        assert_eq!(
            (status, &refused["code"]),
            (403, &json!("forbidden")),
            "{path}"
        );
    }
    assert_eq!(worker.get("/api/goal").await.0, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_passwords_are_counted() {
    let server = Server::start().await;
    let desk = Desk::new(server.address);
    for name in ["admin", "nobody"] {
        let (status, body) = desk
            .post(
                "/api/session",
                &json!({"name": name, "password": "wrong-password"}),
            )
            .await;
        assert_eq!((status, &body["code"]), (401, &json!("wrong_password")));
    }
    for _ in 0..4 {
        desk.post(
            "/api/session",
            &json!({"name": "admin", "password": "wrong-password"}),
        )
        .await;
    }
    let right = json!({"name": "admin", "password": server.admin_password});
    let (status, body) = desk.post("/api/session", &right).await;
    assert_eq!((status, &body["code"]), (429, &json!("slow_down")));
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_bodies_are_explained() {
    let server = Server::start().await;
    let admin = server.admin().await;
    let (status, body) = admin.post("/api/try", &json!({"question": 3})).await;
    assert_eq!((status, &body["code"]), (400, &json!("bad_message")));
    let sent = admin
        .client
        .post(server.url("/api/try"))
        .header("content-type", "application/json");
    let response = sent.body("{").send().await.unwrap();
    assert_eq!(response.status(), 400);
    assert_eq!(response.json::<Value>().await.unwrap()["code"], "bad_json");
    let big = json!({"question": "长".repeat(200_000)});
    assert_eq!(admin.post("/api/try", &big).await.0, 413);
    let (status, body) = admin.post("/api/editions", &json!({})).await;
    assert_eq!(status, 400);
    assert!(
        body["message"].as_str().unwrap().contains("没有已通过"),
        "{body}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_test_page_asks_the_live_path_and_leaves_no_trace() {
    let server = Server::start().await;
    let admin = server.admin().await;
    let (_, tried) = admin
        .post("/api/try", &json!({"question": "居住证怎么办"}))
        .await;
    assert_eq!(tried["decision"], "answer");
    assert_eq!(tried["hits"][0]["entry"], "residence-permit.apply");
    assert!(tried["hits"][0]["features"].as_array().unwrap().len() > 20);
    assert!(tried.get("read_as").is_none() && tried.get("danger").is_none());
    let asked = json!({"question": "我家厨房着火了"});
    let (_, tried) = admin.post("/api/try", &asked).await;
    assert_eq!(
        (&tried["decision"], &tried["danger"]),
        (&json!("emergency"), &json!(1.0))
    );
    let asked = json!({"question": "居驻证怎么办"});
    let (_, tried) = admin.post("/api/try", &asked).await;
    assert_eq!(tried["read_as"], "居住证怎么办");
    assert_eq!(tried["hits"][0]["entry"], "residence-permit.apply");
    let (_, goal) = admin.get("/api/goal").await;
    assert_eq!(goal["today"]["total"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_faulty_candidate_is_not_approved() {
    let server = Server::start().await;
    let admin = server.admin().await;
    let entry = json!({
        "id": "a.b", "area": "社区办事", "topic": "借伞", "question": "哪里借伞",
        "phrasings": ["居住证怎么办理"], "text": "到{community.umbrella}借。",
        "spoken": "长".repeat(81), "source": {"title": "社区规定"},
    });
    let (status, body) = admin
        .post("/api/candidates", &json!({"kind": "entry", "entry": entry}))
        .await;
    assert_eq!(status, 400);
    let words = body["message"].as_str().unwrap();
    for part in [
        "已经在条目 residence-permit.apply",
        "没有在 variables.toml 登记",
        "81 个字",
    ] {
        assert!(words.contains(part), "{words}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_is_told_without_asking() {
    let server = Server::start().await;
    let worker = server.worker("wang").await;
    let cookie = sign_in_cookie(&server).await;
    let mut request = format!("ws://{}/ws/desk", server.address)
        .into_client_request()
        .unwrap();
    request
        .headers_mut()
        .insert("cookie", cookie.parse().unwrap());
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
    let mut next = async || loop {
        if let Message::Text(text) = socket.next().await.unwrap().unwrap() {
            let value: Value = serde_json::from_str(&text).unwrap();
            if value["type"] != "presence" {
                return value;
            }
        }
    };
    assert_eq!(next().await["type"], "hello");
    let mut terminal = server.terminal().await;
    terminal.ask("t1", "楼道灯坏了找谁").await;
    terminal
        .send(&TerminalRequest::Escalate {
            turn: Some("t1".to_owned()),
            note: None,
            contact: Some("13800138000".to_owned()),
        })
        .await;
    let told = next().await;
    assert_eq!(told["type"], "escalation");
    assert_eq!(told["escalation"]["contact"], "*******8000");
    let id = told["escalation"]["id"].as_str().unwrap().to_owned();
    let (_, own) = worker
        .post(&format!("/api/escalations/{id}/claim"), &json!({}))
        .await;
    assert_eq!(own["contact"], "13800138000", "its owner needs the number");
    assert_eq!(next().await["escalation"]["state"], "claimed");
}

async fn sign_in_cookie(server: &Server) -> String {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let body = json!({"name": "admin", "password": server.admin_password});
    let response = client
        .post(server.url("/api/session"))
        .json(&body)
        .send()
        .await
        .unwrap();
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
    cookie.split(';').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn health_readiness_and_metrics() {
    let server = Server::start().await;
    let desk = Desk::new(server.address);
    assert_eq!(desk.get("/healthz").await, (200, json!("ok")));
    let (status, ready) = desk.get("/readyz").await;
    assert_eq!(
        (status, &ready["ready"], &ready["edition"]),
        (200, &json!(true), &json!(1))
    );
    // What this server has; the tests' servers have no models.
    assert_eq!(
        (&ready["signals"], &ready["speech"]),
        (&json!("table"), &json!("unavailable"))
    );
    server.terminal().await.ask("t1", "居住证怎么办理").await;
    let (status, metrics) = desk.get("/metrics").await;
    assert_eq!(status, 200);
    assert!(
        metrics.as_str().unwrap().contains("linli_turns_total"),
        "{metrics}"
    );
    let (_, document) = desk.get("/api/openapi.json").await;
    assert!(document["paths"]["/api/goal"].is_object());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_takes_back_what_a_worker_left_lying() {
    let server = Server::start().await;
    let worker = server.worker("wang").await;
    let admin = server.admin().await;
    let mut terminal = server.terminal().await;
    terminal.ask("t1", "楼道灯坏了找谁").await;
    terminal
        .send(&TerminalRequest::Escalate {
            turn: Some("t1".to_owned()),
            note: None,
            contact: None,
        })
        .await;
    terminal.next().await;
    let (_, list) = worker.get("/api/escalations").await;
    let id = list[0]["id"].as_str().unwrap().to_owned();
    worker
        .post(&format!("/api/escalations/{id}/claim"), &json!({}))
        .await;
    let other = server.worker("li").await;
    let seen = json!({"version": 2});
    let (status, _) = other
        .post(&format!("/api/escalations/{id}/release"), &seen)
        .await;
    assert_eq!(status, 409, "a colleague may not");
    let (status, released) = admin
        .post(&format!("/api/escalations/{id}/release"), &seen)
        .await;
    assert_eq!((status, &released["state"]), (200, &json!("waiting")));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_candidates_for_one_question_are_not_published_together() {
    let server = Server::start().await;
    let admin = server.admin().await;
    for id in ["umbrella.one", "umbrella.two"] {
        let entry = json!({
            "id": id, "area": "社区办事", "topic": "借伞", "question": "哪里可以借伞",
            "phrasings": [], "text": "服务台。", "spoken": "服务台。",
            "source": {"title": "社区规定"},
        });
        let body = json!({"kind": "entry", "entry": entry});
        let (_, made) = admin.post("/api/candidates", &body).await;
        let path = format!("/api/candidates/{}/approve", made["id"].as_str().unwrap());
        let (status, _) = admin
            .post(&path, &json!({"version": made["version"]}))
            .await;
        assert_eq!(status, 200);
    }
    let (status, refused) = admin.post("/api/editions", &json!({})).await;
    assert_eq!(status, 400);
    let words = refused["message"].as_str().unwrap();
    assert!(
        words.contains("umbrella.one") && words.contains("umbrella.two"),
        "{words}"
    );
    assert_eq!(
        server.flow.live().number(),
        1,
        "the old edition goes on answering"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_another_origin_cannot_act() {
    let server = Server::start().await;
    let admin = server.admin().await;
    let sent = admin
        .client
        .post(server.url("/api/editions"))
        .header("origin", "http://127.0.0.1:1")
        .json(&json!({}));
    assert_eq!(sent.send().await.unwrap().status(), 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_folder_does_not_empty_the_kiosk() {
    let server = Server::start().await;
    let refused = server.flow.import(&[], false).await.unwrap();
    assert!(matches!(refused, linli::flow::Imported::Refused(_)));
    assert_eq!(server.flow.live().number(), 1);
}
