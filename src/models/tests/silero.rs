//! Silero's file out of an archive that the tests write.

use crate::models::silero::make;
use half::f16;
use std::fs;
use std::path::Path;

/// Values of each storage of the archive, from 0 on.
const COUNTS: [usize; 18] = [
    0, 0, 66_048, 49_536, 128, 24_576, 64, 12_288, 64, 24_576, 128, 65_536, 65_536, 512, 512, 128,
    1, 16_640,
];

/// A zip file whose storages are filled with their number.
fn archive() -> Vec<u8> {
    let (mut bytes, mut list) = (Vec::new(), Vec::new());
    let mut add = |name: &str, data: &[u8], method: u16| {
        let place = bytes.len() as u32;
        let (size, long) = (data.len() as u32, name.len() as u16);
        let head = |to: &mut Vec<u8>| {
            to.extend(method.to_le_bytes());
            // Time, date and sum.
            to.extend([0; 8]);
            to.extend(size.to_le_bytes());
            to.extend(size.to_le_bytes());
            to.extend(long.to_le_bytes());
        };
        bytes.extend(b"PK\x03\x04\0\0\0\0");
        head(&mut bytes);
        // Filled up, which the list is not.
        bytes.extend(5u16.to_le_bytes());
        bytes.extend(name.as_bytes());
        bytes.extend(b"FBZZZ");
        bytes.extend(data);
        list.extend(b"PK\x01\x02\0\0\0\0\0\0");
        head(&mut list);
        list.extend([0; 12]);
        list.extend(place.to_le_bytes());
        list.extend(name.as_bytes());
    };
    add("model/code/vad.py", b"not stored as it is", 8);
    for (number, count) in COUNTS.iter().enumerate() {
        let data: Vec<u8> = (0..*count)
            .flat_map(|_| (number as f32).to_le_bytes())
            .collect();
        add(&format!("model/data/{number}"), &data, 0);
    }
    let (place, length) = (bytes.len() as u32, list.len() as u32);
    let count = COUNTS.len() as u16 + 1;
    bytes.extend(list);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    bytes.extend([length.to_le_bytes(), place.to_le_bytes()].concat());
    bytes.extend(b"\x03\0end");
    bytes
}

fn made(dir: &Path, archive: &[u8]) -> Result<Vec<u8>, String> {
    let (source, target) = (dir.join("silero_vad.jit"), dir.join("ggml.bin"));
    fs::write(&source, archive).unwrap();
    make(&[source], &target).map_err(|problem| problem.to_string())?;
    Ok(fs::read(target).unwrap())
}

#[test]
fn an_archive_becomes_a_file_of_the_official_length() {
    let dir = tempfile::tempdir().unwrap();
    let bytes = made(dir.path(), &archive()).unwrap();
    assert_eq!(bytes.len(), 885_098);
    let head = b"lmgg\x0a\0\0\0silero-16k\x06\0\0\0\x02\0\0\0\0\0\0\0\0\x02\0\0\x40\0\0\0";
    assert!(bytes.starts_with(head));
    let after = |name: &str| {
        let name = name.as_bytes();
        let at = bytes.windows(name.len()).position(|w| w == name).unwrap();
        &bytes[at + name.len()..]
    };
    let first = after("_model.encoder.0.reparam_conv.weight");
    assert_eq!(first[..2], f16::from_f32(3.0).to_le_bytes());
    assert_eq!(
        after("_model.decoder.rnn.bias_hh")[..4],
        14f32.to_le_bytes()
    );
    assert_eq!(
        after("_model.decoder.decoder.2.bias")[..4],
        16f32.to_le_bytes()
    );
    assert!(bytes.ends_with(&f16::from_f32(2.0).to_le_bytes()));
}

#[test]
fn a_damaged_archive_is_named_with_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let whole = archive();
    let with = |from: &[u8], to: &[u8]| {
        let at = whole.windows(from.len()).rposition(|w| w == from).unwrap();
        let mut bytes = whole.clone();
        bytes[at..at + to.len()].copy_from_slice(to);
        bytes
    };
    for (bytes, wanted) in [
        (whole[..whole.len() / 2].to_vec(), "文件不完整"),
        (b"PK\x03\x04".to_vec(), "文件不完整"),
        (Vec::new(), "不是 TorchScript"),
        (b"<html>404</html>".to_vec(), "不是 TorchScript"),
        (with(b"data/7", b"data/x"), "缺少 data/7"),
        (with(b"data/2", b"data/3"), "data/2"),
        (with(b"PK\x01\x02", b"PK\x01\x03"), "文件不完整"),
    ] {
        let error = made(dir.path(), &bytes).unwrap_err();
        assert!(
            error.contains(wanted) && error.contains("silero_vad.jit"),
            "{error}"
        );
        assert!(error.contains("linli models fetch"), "{error}");
    }
}
