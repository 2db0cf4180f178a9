//! Live turns, replayed: the test page, `linli ask` and `evaluate` call what
//! answers residents, and show what decided.

use crate::harness::Server;
use linli::curation::{Case, Wanted};
use linli::model::Hits;
use std::path::Path;

/// Of the shipped knowledge's cases that stand alone and do not only teach, every
/// so-manieth is asked, and a danger.
const STEP: usize = 120;

#[tokio::test(flavor = "multi_thread")]
async fn what_the_test_page_explains_is_what_decided() {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge");
    let files = linli::app::read_folder(&shipped).unwrap();
    let (_, cases, _) = linli::flow::check_files(&files);
    let server = Server::start_with(|config| {
        config.knowledge_dir = shipped;
        config.demo_place = Some("demo-community".to_owned());
    })
    .await;
    let mut decisions = std::collections::BTreeSet::new();
    let single = |case: &&Case| case.after.is_empty() && !case.only_teaches();
    let danger = |case: &&Case| matches!(case.wanted, Wanted::Emergency(_));
    let questions = cases.iter().filter(single).step_by(STEP);
    for case in questions.chain(cases.iter().find(danger)) {
        let mut terminal = server.terminal().await;
        terminal.ask("t", &case.ask).await;
        let session = terminal.session.as_str().into();
        let turns = server.flow.store.session_turns(&session).await.unwrap();
        let [turn] = turns.as_slice() else {
            panic!("{}: {turns:?}", case.ask)
        };
        let tried = server.flow.try_out(&case.ask, Some(&turn.place));
        assert_eq!(turn.decision, tried.decision.name(), "{}", case.ask);
        let recorded: Vec<Hits> = serde_json::from_str(&turn.explain).unwrap();
        let mut hits = tried.hits;
        hits.ranked.truncate(3);
        assert_eq!(recorded.first().cloned().unwrap_or_default(), hits);
        if let Some(first) = hits.ranked.first() {
            for told in [
                "bm25",
                "sounds_share",
                "class_share",
                "kin",
                "official_words",
            ] {
                let has = first.features.values.iter().any(|(name, _)| name == told);
                assert!(has, "{told}: {first:?}");
            }
        }
        decisions.insert(turn.decision.clone());
    }
    assert!(decisions.len() >= 3, "{decisions:?}");
}
