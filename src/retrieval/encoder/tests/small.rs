//! A small random BERT in the usual layout, written by the tests.

use half::f16;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// Values in a row.
pub const WIDTH: usize = 32;
/// Layers.
pub const LAYERS: usize = 2;
/// Attention heads.
pub const HEADS: usize = 4;
const INNER: usize = 64;
const POSITIONS: usize = 40;

const SPECIAL: [&str; 5] = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
const CHARACTERS: &str = "物业费怎么交居住证办理医保卡丢了去哪补电梯坏了找谁？12ab";

/// A model's files before they are written.
pub struct Small {
    pub config: Value,
    pub tokenizer: Value,
    /// Shape and values of every tensor.
    pub tensors: BTreeMap<String, (Vec<usize>, Vec<f32>)>,
    /// As float16, or as float32.
    pub halves: bool,
}

impl Small {
    /// A model with bge's kind of tokenizer and reproducible noise for weights.
    pub fn new() -> Self {
        let mut vocabulary: Vec<String> = SPECIAL.map(str::to_owned).to_vec();
        for c in CHARACTERS.chars() {
            if !vocabulary.contains(&c.to_string()) {
                vocabulary.push(c.to_string());
            }
        }
        vocabulary.extend(["##b", "##2"].map(str::to_owned));
        let mut small = Self {
            config: json!({
                "architectures": ["BertModel"],
                "model_type": "bert",
                "hidden_act": "gelu",
                "hidden_size": WIDTH,
                "intermediate_size": INNER,
                "layer_norm_eps": 1e-12,
                "max_position_embeddings": POSITIONS,
                "num_attention_heads": HEADS,
                "num_hidden_layers": LAYERS,
                "type_vocab_size": 2,
                "vocab_size": vocabulary.len(),
            }),
            tokenizer: tokenizer(&vocabulary),
            tensors: BTreeMap::new(),
            halves: false,
        };
        let embedding = |name: &str| format!("embeddings.{name}_embeddings.weight");
        small.noise(embedding("word"), &[vocabulary.len(), WIDTH]);
        small.noise(embedding("position"), &[POSITIONS, WIDTH]);
        small.noise(embedding("token_type"), &[2, WIDTH]);
        small.norm("embeddings.LayerNorm");
        for layer in 0..LAYERS {
            let at = |part: &str| format!("encoder.layer.{layer}.{part}");
            for part in ["query", "key", "value"] {
                small.linear(&at(&format!("attention.self.{part}")), WIDTH, WIDTH);
            }
            small.linear(&at("attention.output.dense"), WIDTH, WIDTH);
            small.norm(&at("attention.output.LayerNorm"));
            small.linear(&at("intermediate.dense"), INNER, WIDTH);
            small.linear(&at("output.dense"), WIDTH, INNER);
            small.norm(&at("output.LayerNorm"));
        }
        small
    }

    fn linear(&mut self, name: &str, outputs: usize, inputs: usize) {
        self.noise(format!("{name}.weight"), &[outputs, inputs]);
        self.noise(format!("{name}.bias"), &[outputs]);
    }

    fn norm(&mut self, name: &str) {
        self.noise(format!("{name}.weight"), &[WIDTH]);
        self.noise(format!("{name}.bias"), &[WIDTH]);
    }

    fn noise(&mut self, name: String, shape: &[usize]) {
        let mut state = 1 + self.tensors.len() as u32;
        let next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let value = (state >> 8) as f32 / 8_388_608.0 - 1.0;
            // Representable in either format.
            f16::from_f32(value).to_f32()
        };
        let count = shape.iter().product();
        let values = std::iter::repeat_with(next).take(count).collect();
        self.tensors.insert(name, (shape.to_vec(), values));
    }

    /// The values of a tensor.
    pub fn tensor(&mut self, name: &str) -> &mut (Vec<usize>, Vec<f32>) {
        self.tensors.get_mut(name).unwrap()
    }

    /// Writes the three files.
    pub fn write(&self, dir: &Path) {
        std::fs::write(dir.join("config.json"), self.config.to_string()).unwrap();
        std::fs::write(dir.join("tokenizer.json"), self.tokenizer.to_string()).unwrap();
        std::fs::write(dir.join("model.safetensors"), self.safetensors()).unwrap();
    }

    fn safetensors(&self) -> Vec<u8> {
        let (mut header, mut data) = (serde_json::Map::new(), Vec::new());
        header.insert("__metadata__".into(), json!({"format": "pt"}));
        for (name, (shape, values)) in &self.tensors {
            let begin = data.len();
            for value in values {
                match self.halves {
                    true => data.extend(f16::from_f32(*value).to_le_bytes()),
                    false => data.extend(value.to_le_bytes()),
                }
            }
            let dtype = if self.halves { "F16" } else { "F32" };
            let tensor = json!({
                "dtype": dtype,
                "shape": shape,
                "data_offsets": [begin, data.len()],
            });
            header.insert(name.clone(), tensor);
        }
        let header = Value::Object(header).to_string();
        let mut file = (header.len() as u64).to_le_bytes().to_vec();
        file.extend(header.as_bytes());
        file.extend(data);
        file
    }
}

fn tokenizer(vocabulary: &[String]) -> Value {
    let id = |piece: &str| vocabulary.iter().position(|p| p == piece);
    let special = |piece: &str| json!({"id": piece, "ids": [id(piece)], "tokens": [piece]});
    let added = SPECIAL.map(|piece| {
        json!({
            "id": id(piece), "content": piece, "special": true, "single_word": false,
            "lstrip": false, "rstrip": false, "normalized": false,
        })
    });
    let numbered: BTreeMap<&String, usize> = vocabulary.iter().zip(0..).collect();
    let around = |middle: Value| {
        json!([
            {"SpecialToken": {"id": "[CLS]", "type_id": 0}},
            middle,
            {"SpecialToken": {"id": "[SEP]", "type_id": 0}},
        ])
    };
    json!({
        "version": "1.0",
        // As some published files have them: must not apply here.
        "truncation": {
            "direction": "Right", "max_length": 6, "strategy": "LongestFirst", "stride": 0,
        },
        "padding": {
            "strategy": {"Fixed": 6}, "direction": "Right", "pad_to_multiple_of": null,
            "pad_id": 0, "pad_type_id": 0, "pad_token": "[PAD]",
        },
        "added_tokens": added,
        "normalizer": {
            "type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
            "strip_accents": null, "lowercase": true,
        },
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": around(json!({"Sequence": {"id": "A", "type_id": 0}})),
            "pair": around(json!({"Sequence": {"id": "B", "type_id": 0}})),
            "special_tokens": {"[CLS]": special("[CLS]"), "[SEP]": special("[SEP]")},
        },
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
        "model": {
            "type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100, "vocab": numbered,
        },
    })
}
