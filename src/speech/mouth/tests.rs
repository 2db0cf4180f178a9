//! The mouth with an engine that hums.

use super::super::recogniser::Abort;
use super::*;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

/// What the engine was told to say, and how many engines there are.
#[derive(Clone, Default)]
struct Seen {
    said: Arc<Mutex<Vec<String>>>,
    engines: Arc<AtomicUsize>,
    broken: Arc<AtomicBool>,
}

struct Hum(Seen);

impl Drop for Hum {
    fn drop(&mut self) {
        self.0.engines.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Voice for Hum {
    fn speak(&mut self, script: &Saying, _: &Style, _: &Abort) -> Result<Sound, VoiceError> {
        if self.0.broken.load(Ordering::SeqCst) {
            return Err(VoiceError::Failed("broken".to_owned()));
        }
        self.0.said.lock().unwrap().push(script.text.clone());
        let syllables: usize = script.clauses.iter().map(|c| c.syllables.len()).sum();
        let sample = |n: usize| (n as f32 * 0.06).sin() * 0.3;
        Ok(Sound {
            samples: (0..syllables * 4000).map(sample).collect(),
            marks: Vec::new(),
        })
    }
}

fn mouth(folder: &std::path::Path, busy: Busy) -> (Mouth, Seen) {
    let seen = Seen::default();
    let own = seen.clone();
    let maker: VoiceMaker = Arc::new(move || {
        own.engines.fetch_add(1, Ordering::SeqCst);
        Ok(Box::new(Hum(own.clone())))
    });
    let settings = MouthSettings {
        folder: Some(folder.join("voices")),
        idle: Duration::from_millis(200),
        ..MouthSettings::default()
    };
    (Mouth::with_voice(settings, "hum", maker, busy), seen)
}

fn lines(texts: &[&str]) -> Vec<Line> {
    let line = |text: &&str| Line {
        text: (*text).to_owned(),
        published: true,
    };
    texts.iter().map(line).collect()
}

fn wait(what: &str, until: impl Fn() -> bool) {
    for _ in 0..500 {
        if until() {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("{what}: not within 10 s");
}

#[tokio::test]
async fn an_edition_is_made_once_and_then_only_what_changed() {
    let folder = tempfile::tempdir().unwrap();
    let (mouth, seen) = mouth(folder.path(), Arc::new(|| false));
    let now = SystemTime::UNIX_EPOCH;
    let first = lines(&["可以办。带身份证。", "不收费。", "可以办。带身份证。", "……"]);
    let before = mouth.clips(&first[..1]);
    assert_eq!(before[0].sentences[1], (0, "带身份证。".to_owned()));
    // Nothing is there, and nothing else can speak: the page is told so.
    assert!(mouth.sound(&before[0].key).await.is_none());

    mouth.fill(&first, now);
    wait("made", || mouth.progress().left == 0);
    assert_eq!(seen.said.lock().unwrap().len(), 2);
    assert_eq!(mouth.progress().wanted, 2);
    let clips = mouth.clips(&first[..1]);
    assert_eq!(clips[0].key, before[0].key);
    assert!(clips[0].sentences[1].0 > 300, "{clips:?}");
    let (file, lasting) = mouth.sound(&clips[0].key).await.unwrap();
    assert!(lasting);
    let opened = open_sound(&file).unwrap();
    assert!(opened.comments.iter().any(|(name, _)| name == "AIGC"));

    mouth.fill(&lines(&["可以办。带身份证。", "免费。"]), now);
    wait("made", || mouth.progress().left == 0);
    assert_eq!(seen.said.lock().unwrap()[2..], ["免费。".to_owned()]);
    wait("let go", || seen.engines.load(Ordering::SeqCst) == 0);
}

#[tokio::test]
async fn a_workers_words_are_said_at_once_and_never_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (mouth, seen) = mouth(folder.path(), Arc::new(|| false));
    let words = [Line {
        text: "您好，我是王老师，补贴发了。请查一下卡。".to_owned(),
        published: false,
    }];
    let clips = mouth.clips(&words);
    let texts: Vec<_> = clips.iter().map(|c| c.sentences[0].1.as_str()).collect();
    assert_eq!(texts, ["您好，我是王老师，", "补贴发了。", "请查一下卡。"]);
    for clip in &clips {
        let (file, lasting) = mouth.sound(&clip.key).await.unwrap();
        assert!(!lasting && open_sound(&file).is_ok());
    }
    // Asked twice, said once.
    mouth.clips(&words);
    assert_eq!(seen.said.lock().unwrap().len(), 3);
    assert!(!folder.path().join("voices").exists());
}

#[test]
fn it_gives_way_to_who_is_listened_to() {
    let folder = tempfile::tempdir().unwrap();
    let listening = Arc::new(AtomicBool::new(true));
    let busy = Arc::clone(&listening);
    let (mouth, seen) = mouth(folder.path(), Arc::new(move || busy.load(Ordering::SeqCst)));
    mouth.fill(&lines(&["可以。"]), SystemTime::UNIX_EPOCH);
    std::thread::sleep(Duration::from_millis(300));
    assert!(seen.said.lock().unwrap().is_empty());
    listening.store(false, Ordering::SeqCst);
    wait("made", || mouth.progress().left == 0);
}

#[tokio::test]
async fn what_fails_is_told_and_stays_to_be_made() {
    let folder = tempfile::tempdir().unwrap();
    let (mouth, seen) = mouth(folder.path(), Arc::new(|| false));
    seen.broken.store(true, Ordering::SeqCst);
    mouth.fill(&lines(&["可以。"]), SystemTime::UNIX_EPOCH);
    wait("told", || !mouth.progress().failed.is_empty());
    let failed = mouth.progress().failed;
    assert_eq!(failed, [("可以。".to_owned(), "broken".to_owned())]);
    assert_eq!(mouth.progress().left, 1);
    // Left alone, it is not even asked by those who wait.
    let said = mouth.say("不行。", mouth.style()).await;
    assert!(matches!(said, Err(VoiceError::Failed(_))));
}

#[tokio::test]
async fn a_rule_changes_what_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    let (mouth, seen) = mouth(folder.path(), Arc::new(|| false));
    let texts = lines(&["找张朝阳。", "不收费。"]);
    mouth.fill(&texts, SystemTime::UNIX_EPOCH);
    wait("made", || mouth.progress().left == 0);
    let rule = crate::text::Rule::parse("朝阳", "zhao1 yang2").unwrap();
    mouth.set(mouth.style(), vec![rule]);
    mouth.fill(&texts, SystemTime::UNIX_EPOCH);
    wait("made", || mouth.progress().left == 0);
    assert_eq!(seen.said.lock().unwrap()[2..], ["找张朝阳。".to_owned()]);
}

#[test]
fn a_mute_mouth_has_nothing_to_tell() {
    let mouth = Mouth::mute();
    assert!(!mouth.speaks());
    assert!(mouth.clips(&lines(&["可以。"])).is_empty());
    assert_eq!(mouth.label(true), None);
    assert!(
        mouth
            .offer()
            .missing
            .as_ref()
            .unwrap()
            .contains("voice.engine")
    );
}
