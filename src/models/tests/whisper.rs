//! Whisper's file out of a small `CTranslate2` one that the tests write.

use crate::models::Problem;
use crate::models::ct2::Variables;
use crate::models::mel;
use crate::models::whisper::make;
use half::f16;
use std::fs;
use std::path::{Path, PathBuf};

/// Values in a row.
const WIDTH: u32 = 32;

const VOCABULARY: &str = "!\nä½\nĠa\n<|endoftext|>\n<|zh|>\n";

/// Variables of a file.
#[derive(Default)]
struct File {
    count: u32,
    bytes: Vec<u8>,
}

impl File {
    fn name(&mut self, name: &str) {
        self.bytes.extend((name.len() as u16 + 1).to_le_bytes());
        self.bytes.extend(name.as_bytes());
        self.bytes.push(0);
    }

    fn head(&mut self, name: &str, shape: &[u32], kind: u8, bytes: u32) {
        self.count += 1;
        self.name(name);
        self.bytes.push(shape.len() as u8);
        self.bytes
            .extend(shape.iter().flat_map(|size| size.to_le_bytes()));
        self.bytes.push(kind);
        self.bytes.extend(bytes.to_le_bytes());
    }

    /// Each row has the value of its number, up to its last, which has 127.
    fn rows(&mut self, name: &str, shape: &[u32], first: f32) {
        let width = match shape {
            [_] => 1,
            [_, rest @ ..] => rest.iter().product(),
            [] => unreachable!(),
        };
        let count = shape.iter().product::<u32>();
        self.head(name, shape, 4, 2 * count);
        for at in 0..count {
            let last = width > 1 && at % width == width - 1;
            let value = if last {
                127.0
            } else {
                first + (at / width) as f32
            };
            self.bytes.extend(f16::from_f32(value).to_le_bytes());
        }
    }

    fn number(&mut self, name: &str, number: i16) {
        self.head(name, &[], 2, 2);
        self.bytes.extend(number.to_le_bytes());
    }

    fn linear(&mut self, name: &str, outputs: u32, inputs: u32) {
        self.rows(&format!("{name}/weight"), &[outputs, inputs], 0.0);
        self.rows(&format!("{name}/bias"), &[outputs], 1.0);
    }

    /// With a bias of zero where the key is.
    fn attention(&mut self, name: &str, linears: &[u32]) {
        for (nth, parts) in linears.iter().enumerate() {
            let outputs = parts * WIDTH;
            let linear = format!("{name}/linear_{nth}");
            self.rows(&format!("{linear}/weight"), &[outputs, WIDTH], 0.0);
            self.head(&format!("{linear}/bias"), &[outputs], 4, 2 * outputs);
            let key = match parts {
                3 => WIDTH..2 * WIDTH,
                2 => 0..WIDTH,
                _ => 0..0,
            };
            for at in 0..outputs {
                let value = if key.contains(&at) { 0.0 } else { 1.0 };
                self.bytes.extend(f16::from_f32(value).to_le_bytes());
            }
        }
    }

    fn norm(&mut self, name: &str) {
        self.rows(&format!("{name}/gamma"), &[WIDTH], 0.0);
        self.rows(&format!("{name}/beta"), &[WIDTH], 0.0);
    }

    fn finished(mut self) -> Vec<u8> {
        let variables = std::mem::take(&mut self.bytes);
        self.bytes.extend(6u32.to_le_bytes());
        self.name("WhisperSpec");
        self.bytes.extend(3u32.to_le_bytes());
        self.bytes.extend(self.count.to_le_bytes());
        self.bytes.extend(variables);
        // An alias.
        self.bytes.extend(1u32.to_le_bytes());
        self.name("decoder/projection/weight");
        self.name("decoder/embeddings/weight");
        self.bytes
    }
}

/// A model of one layer a half, two positions and two filters.
fn model() -> Vec<u8> {
    let mut file = File::default();
    for side in ["decoder", "encoder"] {
        file.number(&format!("{side}/num_heads"), 4);
        file.rows(
            &format!("{side}/position_encodings/encodings"),
            &[2, WIDTH],
            0.5,
        );
        file.norm(&format!("{side}/layer_norm"));
        let layer = format!("{side}/layer_0");
        file.norm(&format!("{layer}/ffn/layer_norm"));
        file.linear(&format!("{layer}/ffn/linear_0"), 2 * WIDTH, WIDTH);
        file.linear(&format!("{layer}/ffn/linear_1"), WIDTH, 2 * WIDTH);
        file.norm(&format!("{layer}/self_attention/layer_norm"));
        file.attention(&format!("{layer}/self_attention"), &[3, 1]);
    }
    file.norm("decoder/layer_0/attention/layer_norm");
    file.attention("decoder/layer_0/attention", &[1, 2, 1]);
    file.rows("decoder/embeddings/weight", &[5, WIDTH], 0.0);
    for (conv, inputs) in [("conv1", 2), ("conv2", WIDTH)] {
        file.rows(&format!("encoder/{conv}/weight"), &[WIDTH, inputs, 3], 0.0);
        file.rows(&format!("encoder/{conv}/bias"), &[WIDTH], 1.0);
    }
    file.finished()
}

/// Writes the parts and makes the model.
fn made(dir: &Path, model: &[u8], words: &str) -> Result<Vec<u8>, Problem> {
    let (first, second) = model.split_at(model.len() / 2);
    let write = |name: &str, bytes: &[u8]| -> PathBuf {
        let path = dir.join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let sources = [
        write("model.bin.part1", first),
        write("vocabulary.txt", words.as_bytes()),
        write("model.bin.part2", second),
    ];
    let target = dir.join("ggml.bin");
    make(&sources, &target)?;
    Ok(fs::read(target).unwrap())
}

/// What was written of one tensor.
struct Tensor {
    name: String,
    kind: u32,
    sizes: Vec<u32>,
    data: Vec<u8>,
}

fn tensors(mut bytes: &[u8]) -> Vec<Tensor> {
    fn number(bytes: &mut &[u8]) -> u32 {
        let (number, rest) = bytes.split_first_chunk().unwrap();
        *bytes = rest;
        u32::from_le_bytes(*number)
    }
    let mut tensors = Vec::new();
    while !bytes.is_empty() {
        let [rank, length, kind] = [(); 3].map(|()| number(&mut bytes));
        let sizes: Vec<u32> = (0..rank).map(|_| number(&mut bytes)).collect();
        let (name, rest) = bytes.split_at(length as usize);
        let count = sizes.iter().product::<u32>() as usize;
        let size = match kind {
            0 => 4 * count,
            1 => 2 * count,
            8 => count / 32 * 34,
            _ => panic!("{kind}"),
        };
        let (data, rest) = rest.split_at(size);
        tensors.push(Tensor {
            name: String::from_utf8(name.to_vec()).unwrap(),
            kind,
            sizes,
            data: data.to_vec(),
        });
        bytes = rest;
    }
    tensors
}

#[test]
fn a_model_gets_its_names_sizes_and_forms() {
    let dir = tempfile::tempdir().unwrap();
    let bytes = made(dir.path(), &model(), VOCABULARY).unwrap();
    let head: Vec<u32> = bytes.as_chunks().0[..14]
        .iter()
        .map(|number| u32::from_le_bytes(*number))
        .collect();
    assert_eq!(
        head,
        [
            0x6767_6d6c,
            5,
            2,
            32,
            4,
            1,
            2,
            32,
            4,
            1,
            2,
            2007,
            2,
            mel::BINS as u32
        ]
    );
    let words = 56 + 4 * 2 * mel::BINS;
    let wanted = b"\x03\0\0\0\x01\0\0\0!\x02\0\0\0\xe4\xbd\x02\0\0\0 a";
    assert_eq!(&bytes[words..words + wanted.len()], wanted);

    let tensors = tensors(&bytes[words + wanted.len()..]);
    let found = |name: &str| tensors.iter().find(|t| t.name == name).expect(name);
    assert_eq!(tensors.len(), 3 + 24 + 2 + 4 + 15 + 2);
    assert_eq!(tensors[0].name, "decoder.positional_embedding");
    assert_eq!(tensors[1].name, "encoder.positional_embedding");
    for (name, kind, sizes) in [
        ("encoder.positional_embedding", 0, &[32, 2][..]),
        ("decoder.token_embedding.weight", 8, &[32, 5]),
        ("decoder.blocks.0.mlp.2.weight", 8, &[64, 32]),
        ("decoder.blocks.0.mlp.2.bias", 0, &[32]),
        ("decoder.blocks.0.cross_attn_ln.weight", 0, &[32]),
        ("encoder.conv1.weight", 1, &[3, 2, 32]),
        ("encoder.conv2.bias", 0, &[1, 32]),
        ("encoder.ln_post.bias", 0, &[32]),
    ] {
        let tensor = found(name);
        assert_eq!(
            (tensor.kind, tensor.sizes.as_slice()),
            (kind, sizes),
            "{name}"
        );
    }
    assert!(!tensors.iter().any(|t| t.name.contains("key.bias")));
    // Scale 1 and the number of the row: which row of those that stood one under
    // the other is it?
    for (name, row) in [
        ("encoder.blocks.0.attn.query.weight", 0),
        ("encoder.blocks.0.attn.key.weight", 32),
        ("encoder.blocks.0.attn.value.weight", 64),
        ("decoder.blocks.0.cross_attn.query.weight", 0),
        ("decoder.blocks.0.cross_attn.key.weight", 0),
        ("decoder.blocks.0.cross_attn.value.weight", 32),
    ] {
        assert_eq!(found(name).data[..4], [0x00, 0x3c, row, row], "{name}");
    }
    let zero = found("decoder.positional_embedding").data[..4].to_vec();
    assert_eq!(zero, 0.5f32.to_le_bytes());
}

#[test]
fn a_damaged_one_is_named_with_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let whole = model();
    let mut other = whole.clone();
    other[0] = 5;
    let renamed = String::from_utf8_lossy(b"encoder/conv1/weight").into_owned();
    let at = whole
        .windows(renamed.len())
        .position(|w| w == renamed.as_bytes())
        .unwrap();
    let mut nameless = whole.clone();
    nameless[at] = b'x';
    // Without half of its data, but for the alias all that comes after it.
    let short = &whole[..whole.len() / 2];
    for (bytes, wanted) in [
        (short, "文件不完整"),
        (&whole[..whole.len() - 200], "文件不完整"),
        (&whole[..20], "文件不完整"),
        (&whole[..3], "不是 CTranslate2"),
        (b"<html>404 not found</html>", "不是 CTranslate2"),
        (&other, "不是 CTranslate2"),
        (&nameless, "缺少 encoder/conv1/weight"),
    ] {
        let error = made(dir.path(), bytes, VOCABULARY).unwrap_err().to_string();
        assert!(error.contains(wanted), "{error}");
        assert!(
            error.contains("model.bin.part1、model.bin.part2"),
            "{error}"
        );
        assert!(error.contains("linli models fetch"), "{error}");
        assert!(!dir.path().join("ggml.bin").exists());
    }
    let error = made(dir.path(), &whole, "!\n").unwrap_err().to_string();
    assert!(
        error.contains("vocabulary.txt") && error.contains("不完整"),
        "{error}"
    );
}

#[test]
fn a_variable_of_another_kind_is_refused() {
    let mut file = File::default();
    file.rows("a", &[3, 4], 0.0);
    file.number("b", -1);
    file.head("c", &[4], 4, 2);
    file.bytes.extend([0; 2]);
    let bytes = file.finished();
    let variables = Variables::read(&bytes).unwrap();
    let error = |name, rank| variables.halves(name, rank).err().unwrap();
    assert_eq!(variables.halves("a", 2).unwrap().shape, [3, 4]);
    assert!(variables.halves("a", 2).unwrap().part(0, 2).is_none());
    assert!(error("a", 1).contains("1 维"));
    assert!(error("b", 0).contains("float16"));
    assert!(error("c", 1).contains("形状"));
    assert!(error("d", 1).contains("缺少 d"));
    assert!(variables.number("b").is_err() && variables.number("a").is_err());
}
