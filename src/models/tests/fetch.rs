//! Fetching, against a real server.

use super::server::{Manners, Server};
use crate::models::{Event, FileState, Manifest, Problem, Settings, fetch, verify};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Long enough for several reads.
fn content() -> Vec<u8> {
    (0..300_000u32).flat_map(u32::to_le_bytes).collect()
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect()
}

/// A model `ear` of one file, at this address.
fn manifest(official: &str, sha256: &str) -> Manifest {
    let text = format!(
        "[[model]]\nname = \"ear\"\nkind = \"whisper\"\nlicence = \"MIT\"\nnote = \"\"\n\
         official = \"{official}/official\"\nmirror = \"there\"\n\
         [[model.file]]\npath = \"ear.bin\"\nbytes = {}\nsha256 = \"{sha256}\"\n",
        content().len()
    );
    Manifest::parse(&text).unwrap()
}

fn settings() -> Settings {
    Settings {
        mirror: None,
        attempts: 3,
        pause: Duration::from_millis(1),
        hurry: false,
    }
}

fn silent(_: Event<'_>) {}

fn part(dir: &Path) -> PathBuf {
    dir.join("ear.bin.part")
}

/// Fetches `ear` from this server.
fn run(dir: &Path, server: &Server) -> Result<Vec<PathBuf>, Problem> {
    let manifest = manifest(&server.url(), &sha256(&content()));
    fetch(dir, &manifest, "ear", &settings(), &mut silent)
}

/// Whether the file is there and right, and nothing beside it.
fn is_done(dir: &Path) -> bool {
    let manifest = manifest("http://localhost", &sha256(&content()));
    let found = verify(dir, &manifest.models[0], &mut |_| {}).unwrap();
    found.iter().all(|(_, state)| *state == FileState::Right) && !part(dir).exists()
}

#[test]
fn a_file_comes_and_is_not_asked_for_again() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::new(&[("/official/ear.bin", &content())], Manners::default());
    let into = dir.path().join("made/here");
    let files = run(&into, &server).unwrap();
    assert_eq!(files, [into.join("ear.bin")]);
    assert!(is_done(&into));
    run(&into, &server).unwrap();
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn progress_ends_at_the_whole() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::new(&[("/official/ear.bin", &content())], Manners::default());
    let manifest = manifest(&server.url(), &sha256(&content()));
    let mut last = (0, 0);
    fetch(dir.path(), &manifest, "ear", &settings(), &mut |event| {
        if let Event::Came { done, total } = event {
            assert!(done >= last.0);
            last = (done, total);
        }
    })
    .unwrap();
    let length = content().len() as u64;
    assert_eq!(last, (length, length));
}

#[test]
fn it_goes_on_where_it_stopped() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(part(dir.path()), &content()[..1000]).unwrap();
    let server = Server::new(&[("/official/ear.bin", &content())], Manners::default());
    run(dir.path(), &server).unwrap();
    assert_eq!(server.asked()[0].1.as_deref(), Some("bytes=1000-"));
    assert!(is_done(dir.path()));
}

#[test]
fn a_connection_that_breaks_is_made_again() {
    let dir = tempfile::tempdir().unwrap();
    let manners = Manners {
        breaks_after: Some(200_000),
        ..Manners::default()
    };
    // More often than there are attempts, but each brings something.
    let server = Server::new(&[("/official/ear.bin", &content())], manners);
    run(dir.path(), &server).unwrap();
    assert!(server.asked().len() > 3, "{:?}", server.asked());
    assert!(is_done(dir.path()));
}

#[test]
fn a_busy_server_is_asked_again_but_not_for_ever() {
    let dir = tempfile::tempdir().unwrap();
    let busy = |busy| Manners {
        busy,
        ..Manners::default()
    };
    let files: &[(&str, &[u8])] = &[("/official/ear.bin", &content())];
    let server = Server::new(files, busy(99));
    let error = run(dir.path(), &server).unwrap_err();
    assert!(matches!(error, Problem::Network { .. }), "{error}");
    assert_eq!(server.asked().len(), 3);
    assert!(!part(dir.path()).exists());
    run(dir.path(), &Server::new(files, busy(2))).unwrap();
    assert!(is_done(dir.path()));
}

#[test]
fn a_server_without_ranges_sends_it_all_anew() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(part(dir.path()), &content()[..1000]).unwrap();
    let manners = Manners {
        no_ranges: true,
        ..Manners::default()
    };
    run(
        dir.path(),
        &Server::new(&[("/official/ear.bin", &content())], manners),
    )
    .unwrap();
    assert!(is_done(dir.path()));
}

#[test]
fn what_is_left_of_another_file_does_no_harm() {
    for left in [
        vec![7; 1000],
        vec![7; content().len()],
        vec![7; content().len() + 9],
    ] {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(part(dir.path()), &left).unwrap();
        let server = Server::new(&[("/official/ear.bin", &content())], Manners::default());
        run(dir.path(), &server).unwrap();
        assert!(is_done(dir.path()), "{}", left.len());
    }
}

#[test]
fn a_wrong_file_is_removed_and_never_has_the_name() {
    let short = content().len() - 1;
    let long = [content(), vec![0]].concat();
    let other = vec![1; content().len()];
    for (served, wanted) in [
        (other.as_slice(), "SHA-256"),
        (&long, "长"),
        (&content()[..short], "长"),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let server = Server::new(&[("/official/ear.bin", served)], Manners::default());
        let error = run(dir.path(), &server).unwrap_err().to_string();
        assert!(error.contains(wanted), "{error}");
        assert!(!dir.path().join("ear.bin").exists());
        assert!(!part(dir.path()).exists());
    }
}

#[test]
fn a_server_that_never_gets_further_is_given_up() {
    let dir = tempfile::tempdir().unwrap();
    let manners = Manners {
        no_ranges: true,
        breaks_after: Some(200_000),
        ..Manners::default()
    };
    let server = Server::new(&[("/official/ear.bin", &content())], manners);
    let error = run(dir.path(), &server).unwrap_err();
    assert!(matches!(error, Problem::Network { .. }), "{error}");
    assert!(server.asked().len() < 8, "{}", server.asked().len());
    assert!(!dir.path().join("ear.bin").exists());
    assert!(part(dir.path()).exists(), "to go on with");
}

#[test]
fn a_damaged_file_stays_until_a_right_one_is_there() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("ear.bin"), "old").unwrap();
    let empty = Server::new(&[], Manners::default());
    let error = run(dir.path(), &empty).unwrap_err();
    assert!(
        matches!(error, Problem::Refused { status: 404, .. }),
        "{error}"
    );
    assert!(error.to_string().contains("404"), "{error}");
    assert_eq!(empty.asked().len(), 1, "404 is not asked again");
    assert_eq!(std::fs::read(dir.path().join("ear.bin")).unwrap(), b"old");
    run(
        dir.path(),
        &Server::new(&[("/official/ear.bin", &content())], Manners::default()),
    )
    .unwrap();
    assert!(is_done(dir.path()));
}

#[test]
fn a_mirror_is_asked_first_and_the_official_place_after() {
    let official = Server::new(&[("/official/ear.bin", &content())], Manners::default());
    let manifest = manifest(&official.url(), &sha256(&content()));
    let other = vec![1; content().len()];
    for (mirrored, asked) in [
        (vec![("/hub/there/ear.bin", content())], 0),
        (vec![("/hub/there/ear.bin", other)], 1),
        (vec![], 2),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let files: Vec<_> = mirrored.iter().map(|(p, b)| (*p, b.as_slice())).collect();
        let mirror = Server::new(&files, Manners::default());
        let settings = Settings {
            mirror: Some(format!("{}/hub/", mirror.url())),
            ..settings()
        };
        fetch(dir.path(), &manifest, "ear", &settings, &mut silent).unwrap();
        assert_eq!(mirror.asked().len(), 1);
        assert_eq!(official.asked().len(), asked);
        assert!(is_done(dir.path()));
    }
}

#[test]
fn without_a_network_the_text_says_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    // A port that was free a moment ago.
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let manifest = manifest(&format!("http://{free}"), &sha256(&content()));
    let patient = Settings {
        attempts: 99,
        ..settings()
    };
    let mut again = 0;
    let error = fetch(dir.path(), &manifest, "ear", &patient, &mut |event| {
        again += usize::from(matches!(event, Event::Again(_)));
    })
    .unwrap_err();
    assert!(matches!(error, Problem::Network { .. }), "{error}");
    assert!(error.to_string().contains("--mirror"), "{error}");
    assert_eq!(again, 1, "who never answered is soon given up");
}

#[test]
fn only_one_process_fetches_a_file() {
    let dir = tempfile::tempdir().unwrap();
    let held = File::create(part(dir.path())).unwrap();
    held.lock().unwrap();
    let server = Server::new(&[("/official/ear.bin", &content())], Manners::default());
    let error = run(dir.path(), &server).unwrap_err();
    assert!(matches!(error, Problem::Busy { .. }), "{error}");
    drop(held);
    run(dir.path(), &server).unwrap();
    assert!(is_done(dir.path()));
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    std::fs::write(&file, "").unwrap();
    let server = Server::new(&[("/official/ear.bin", &content())], Manners::default());
    let error = run(&file.join("models"), &server).unwrap_err();
    assert!(matches!(error, Problem::Disk { .. }), "{error}");
    assert!(server.asked().is_empty());
}

/// `/dev/full` is a disk without room.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_named_and_nothing_has_the_name() {
    let dir = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("/dev/full", part(dir.path())).unwrap();
    let error = std::fs::OpenOptions::new()
        .write(true)
        .open(part(dir.path()))
        .and_then(|mut file| std::io::Write::write_all(&mut file, b"x"))
        .unwrap_err();
    let problem = Problem::disk(&part(dir.path()), error);
    assert!(matches!(problem, Problem::DiskFull { .. }), "{problem}");
    assert!(problem.to_string().contains("磁盘满了"), "{problem}");
}

#[test]
fn an_unknown_name_and_a_file_without_hash_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let all = manifest("http://localhost", &sha256(&content()));
    let error = fetch(dir.path(), &all, "eye", &settings(), &mut silent).unwrap_err();
    assert!(error.to_string().contains("可用的有：ear"), "{error}");
    let mut unpinned = all;
    unpinned.models[0].files[0].sha256 = None;
    let error = fetch(dir.path(), &unpinned, "ear", &settings(), &mut silent).unwrap_err();
    assert!(matches!(error, Problem::Unpinned { .. }), "{error}");
    assert!(error.to_string().contains("manifest.toml"), "{error}");
}
