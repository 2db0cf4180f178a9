use crate::harness::Server;
use linli::protocol::terminal::{Adjustment, NoticeKind, Pick, TerminalMessage, TerminalRequest};

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_comes_with_its_source_and_the_places_values() {
    let server = Server::start().await;
    let mut terminal = server.terminal().await;
    let answer = terminal.ask("t1", "请问居住证怎么办呀").await;
    let TerminalMessage::Answer {
        entry,
        text,
        spoken,
        source,
        related,
        ..
    } = answer
    else {
        panic!("{answer:?}")
    };
    assert_eq!(entry, "residence-permit.apply");
    assert!(text.contains("电话：0000-1234"), "{text}");
    assert!(!spoken.is_empty());
    assert_eq!(source.title, "居住证暂行条例");
    assert_eq!(source.effective.as_deref(), Some("2016-01-01"));
    assert_eq!(related[0].entry, "residence-permit.materials");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_follow_up_means_the_topic_before_it() {
    let server = Server::start().await;
    let mut terminal = server.terminal().await;
    terminal.ask("t1", "居住证怎么办").await;
    let answer = terminal.ask("t2", "那要带什么材料").await;
    let TerminalMessage::Answer { entry, .. } = answer else {
        panic!("{answer:?}")
    };
    assert_eq!(entry, "residence-permit.materials");
    let again = terminal.ask("t3", "再说一遍").await;
    let TerminalMessage::Answer { entry, turn, .. } = again else {
        panic!("{again:?}")
    };
    assert_eq!(
        (entry.as_str(), turn.as_str()),
        ("residence-permit.materials", "t3")
    );
    // Not heard: the same again, and the terminal does what it was told.
    for (said, wanted) in [
        ("声音太小了", Adjustment::Louder),
        ("你说慢一点", Adjustment::Slower),
        ("字太小看不清", Adjustment::Larger),
    ] {
        let again = terminal.ask(said, said).await;
        let TerminalMessage::Answer { entry, adjust, .. } = again else {
            panic!("{again:?}")
        };
        assert_eq!(
            (entry.as_str(), adjust),
            ("residence-permit.materials", Some(wanted))
        );
    }
    let back = terminal.ask("t4", "返回").await;
    let TerminalMessage::Answer { entry, .. } = back else {
        panic!("{back:?}")
    };
    assert_eq!(entry, "residence-permit.apply");
}

#[tokio::test(flavor = "multi_thread")]
async fn dangers_talk_and_commands_have_notices() {
    let server = Server::start().await;
    let mut terminal = server.terminal().await;
    for (turn, said, wanted, phone_wanted) in [
        ("t1", "我家厨房着火了", NoticeKind::Emergency, Some("119")),
        ("t2", "你好", NoticeKind::SmallTalk, None),
        ("t3", "大声点", NoticeKind::Command, None),
        ("t4", "取件码 000000", NoticeKind::Command, None),
    ] {
        let notice = terminal.ask(turn, said).await;
        let TerminalMessage::Notice { kind, phone, .. } = notice else {
            panic!("{said}: {notice:?}")
        };
        assert_eq!((kind, phone.as_deref()), (wanted, phone_wanted), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dangers_card_is_said_again_louder_and_not_what_was_before() {
    let server = Server::start().await;
    let mut terminal = server.terminal().await;
    terminal.ask("t1", "居住证怎么办").await;
    terminal.ask("t2", "我家厨房着火了").await;
    let again = terminal.ask("t3", "能不能大声点").await;
    let TerminalMessage::Notice { kind, adjust, .. } = again else {
        panic!("{again:?}")
    };
    assert_eq!(
        (kind, adjust),
        (NoticeKind::Emergency, Some(Adjustment::Louder))
    );
    // Who did not hear it is not told about something else.
    let again = terminal.ask("t3a", "没听清").await;
    assert!(
        matches!(&again, TerminalMessage::Notice { kind, .. } if *kind == NoticeKind::Emergency),
        "{again:?}"
    );
    // After talk there is nothing to show again.
    terminal.ask("t4", "你好").await;
    let notice = terminal.ask("t5", "大点声说好不好").await;
    let TerminalMessage::Notice { kind, adjust, .. } = notice else {
        panic!("{notice:?}")
    };
    assert_eq!(
        (kind, adjust),
        (NoticeKind::Command, Some(Adjustment::Louder))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn choices_are_picked_by_number_and_counted_as_chosen() {
    let server = Server::start_with(|config| {
        // Nothing is sure enough: what is found becomes choices.
        config.flow.bands.answer = 1.0;
        config.flow.bands.choices = 0.01;
        config.flow.bands.further = 0.0;
    })
    .await;
    let mut terminal = server.terminal().await;
    let offered = terminal.ask("t1", "居住证").await;
    let TerminalMessage::Choices { options, .. } = offered else {
        panic!("{offered:?}")
    };
    assert!((2..=3).contains(&options.len()));
    terminal
        .send(&TerminalRequest::Choose {
            turn: "t1".to_owned(),
            option: Pick::Number(2),
        })
        .await;
    let answer = terminal.next().await;
    let TerminalMessage::Answer { entry, turn, .. } = answer else {
        panic!("{answer:?}")
    };
    assert_eq!((entry, turn.as_str()), (options[1].entry.clone(), "t1"));

    let admin = server.admin().await;
    let (_, turns) = admin.get("/api/goal/turns?days=1").await;
    assert_eq!(turns[0]["outcome"], "chosen");
    assert_eq!(turns[0]["instant"], false);

    terminal.ask("t2", "居住证").await;
    terminal
        .raw(r#"{"type":"choose","turn":"t2","option":"none"}"#)
        .await;
    let truth = terminal.next().await;
    let TerminalMessage::NoAnswer { reason, .. } = truth else {
        panic!("{truth:?}")
    };
    assert_eq!(reason, "none_of_these");

    // By words it is the same pick, counted on the turn that offered.
    terminal.ask("t3", "居住证").await;
    let answer = terminal.ask("t4", "第一个").await;
    assert!(
        matches!(answer, TerminalMessage::Answer { .. }),
        "{answer:?}"
    );
    let (_, turns) = admin.get("/api/goal/turns?days=1").await;
    let outcomes = |turns: &serde_json::Value| -> Vec<String> {
        let list = turns.as_array().unwrap().iter();
        list.map(|t| t["outcome"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        outcomes(&turns),
        ["chosen", "abandoned", "chosen"],
        "the pick itself is no question"
    );

    // In larger letters they are the same choices, and the pick still counts there.
    terminal.ask("t5", "居住证").await;
    let larger = terminal.ask("t6", "字太小了").await;
    let TerminalMessage::Choices {
        options, adjust, ..
    } = larger
    else {
        panic!("{larger:?}")
    };
    assert_eq!(adjust, Some(Adjustment::Larger));
    terminal
        .send(&TerminalRequest::Choose {
            turn: "t6".to_owned(),
            option: Pick::Number(1),
        })
        .await;
    let answer = terminal.next().await;
    let TerminalMessage::Answer { entry, .. } = answer else {
        panic!("{answer:?}")
    };
    assert_eq!(entry, options[0].entry);
    let (_, turns) = admin.get("/api/goal/turns?days=1").await;
    assert_eq!(
        outcomes(&turns),
        ["chosen", "chosen", "abandoned", "chosen"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thumbs_down_takes_the_answer_out_of_the_number() {
    let server = Server::start().await;
    let admin = server.admin().await;
    let mut terminal = server.terminal().await;
    terminal.ask("t1", "居住证怎么办理").await;
    let (_, before) = admin.get("/api/goal").await;
    assert_eq!(
        (&before["today"]["instant"], &before["today"]["total"]),
        (&1.into(), &1.into())
    );
    terminal
        .send(&TerminalRequest::Feedback {
            turn: "t1".to_owned(),
            helpful: false,
        })
        .await;
    // Feedback has no reply; what follows it in order proves it was taken.
    terminal.ask("t2", "你好").await;
    let (_, after) = admin.get("/api/goal").await;
    assert_eq!(
        (&after["today"]["instant"], &after["today"]["total"]),
        (&0.into(), &1.into())
    );
    let (_, turns) = admin.get("/api/goal/turns?days=1&missed=true").await;
    assert_eq!(turns[0]["why"], "thumbs_down");
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_for_a_person_opens_an_escalation_about_the_last_question() {
    let server = Server::start().await;
    let mut terminal = server.terminal().await;
    terminal.ask("t1", "楼道灯坏了三天了找谁").await;
    let opened = terminal.ask("t2", "转人工").await;
    assert!(
        matches!(opened, TerminalMessage::Escalation { .. }),
        "{opened:?}"
    );
    let worker = server.worker("wang").await;
    let (_, list) = worker.get("/api/escalations").await;
    assert_eq!(list[0]["question"], "楼道灯坏了三天了找谁");
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_that_identify_people_are_stored_masked() {
    let server = Server::start().await;
    let mut terminal = server.terminal().await;
    terminal
        .ask(
            "t1",
            "我的身份证号是11010119900307123X，电话幺三八零零幺三八零零零",
        )
        .await;
    let admin = server.admin().await;
    let (_, turns) = admin.get("/api/goal/turns?days=1").await;
    let text = turns[0]["text"].as_str().unwrap();
    assert!(
        !text.contains("19900307") && !text.contains("零零幺三八"),
        "{text}"
    );
    let data = server.stop().await;
    for file in std::fs::read_dir(data.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let found = bytes.windows(8).any(|w| w == b"19900307");
        assert!(!found, "the number is in the database");
    }
}
