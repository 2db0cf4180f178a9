//! A small random encoder of XLM-RoBERTa's layout, written by the tests.

use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::Path;

/// Values in a row.
const WIDTH: usize = 32;
const INNER: usize = 64;
const POSITIONS: usize = 64;

/// The pieces, with those of other languages in between.
pub fn pieces() -> Vec<(String, f64)> {
    let mut pieces = ["<s>", "<pad>", "</s>", "<unk>"]
        .map(|p| (p.to_owned(), 0.0))
        .to_vec();
    let words = [
        "▁",
        "▁query",
        ":",
        "д",
        "居住",
        "é",
        "办理",
        "ひ",
        "物业费",
        "г",
        "？",
        "Wi",
        "fi",
    ];
    let signs = "居住证怎么办理高龄津贴领医保卡丢了补物业费交电梯坏找谁楼上漏水小区里有人半夜唱歌吵得睡不着\
                 打通低要什材料孩子学报名老年在哪儿垃圾分类的时间是几点到1234567890-";
    for piece in words
        .into_iter()
        .map(str::to_owned)
        .chain(signs.chars().map(String::from))
    {
        if !pieces.iter().any(|(own, _)| *own == piece) {
            let score = -2.0 - pieces.len() as f64 / 100.0 + piece.chars().count() as f64;
            pieces.push((piece, score));
        }
    }
    pieces.push(("<mask>".to_owned(), 0.0));
    pieces
}

/// Writes the three files.
pub fn write(dir: &Path) {
    let pieces = pieces();
    let config = json!({
        "model_type": "bert", "hidden_act": "gelu", "hidden_size": WIDTH,
        "intermediate_size": INNER, "layer_norm_eps": 1e-12,
        "max_position_embeddings": POSITIONS, "num_attention_heads": 4, "num_hidden_layers": 1,
        "tokenizer_class": "XLMRobertaTokenizer", "torch_dtype": "float32", "type_vocab_size": 2,
        // Published models have more rows than pieces.
        "vocab_size": pieces.len() + 5,
    });
    std::fs::write(dir.join("config.json"), config.to_string()).unwrap();
    std::fs::write(dir.join("tokenizer.json"), tokenizer(&pieces).to_string()).unwrap();
    std::fs::write(dir.join("model.safetensors"), safetensors(pieces.len() + 5)).unwrap();
}

fn tokenizer(pieces: &[(String, f64)]) -> Value {
    let special = [0, 1, 2, 3, pieces.len() - 1].map(|id| {
        json!({
            "id": id, "content": pieces[id].0, "single_word": false, "lstrip": false,
            "rstrip": false, "normalized": false, "special": true,
        })
    });
    // The end of a text is the last piece, so that its id changes.
    let end = &pieces[pieces.len() - 1].0;
    let token = |id: &str, at: usize| json!({"id": id, "ids": [at], "tokens": [id]});
    json!({
        "version": "1.0", "truncation": null, "padding": null, "added_tokens": special,
        "normalizer": null,
        "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "add_prefix_space": true},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [
                {"SpecialToken": {"id": "<s>", "type_id": 0}},
                {"Sequence": {"id": "A", "type_id": 0}},
                {"SpecialToken": {"id": end, "type_id": 0}},
            ],
            "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}],
            "special_tokens": {"<s>": token("<s>", 0), end: token(end, pieces.len() - 1)},
        },
        "decoder": {"type": "Metaspace", "replacement": "▁", "add_prefix_space": true},
        "model": {"type": "Unigram", "unk_id": 3, "vocab": pieces},
    })
}

fn safetensors(rows: usize) -> Vec<u8> {
    let mut tensors: Vec<(String, Vec<usize>)> = vec![
        (
            "embeddings.word_embeddings.weight".into(),
            vec![rows, WIDTH],
        ),
        (
            "embeddings.position_embeddings.weight".into(),
            vec![POSITIONS, WIDTH],
        ),
        (
            "embeddings.token_type_embeddings.weight".into(),
            vec![2, WIDTH],
        ),
        // Is in published files and not computed with.
        ("pooler.dense.weight".into(), vec![WIDTH, WIDTH]),
    ];
    let mut both = |name: String, shape: Vec<usize>| {
        tensors.push((format!("{name}.bias"), vec![shape[0]]));
        tensors.push((format!("{name}.weight"), shape));
    };
    both("embeddings.LayerNorm".into(), vec![WIDTH]);
    for (part, shape) in [
        ("attention.self.query", vec![WIDTH, WIDTH]),
        ("attention.self.key", vec![WIDTH, WIDTH]),
        ("attention.self.value", vec![WIDTH, WIDTH]),
        ("attention.output.dense", vec![WIDTH, WIDTH]),
        ("attention.output.LayerNorm", vec![WIDTH]),
        ("intermediate.dense", vec![INNER, WIDTH]),
        ("output.dense", vec![WIDTH, INNER]),
        ("output.LayerNorm", vec![WIDTH]),
    ] {
        both(format!("encoder.layer.0.{part}"), shape);
    }
    let (mut header, mut data) = (
        String::from("{\"__metadata__\":{\"format\":\"pt\"}"),
        Vec::new(),
    );
    let mut state = 1u32;
    for (name, shape) in tensors {
        let begin = data.len();
        for _ in 0..shape.iter().product::<usize>() {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            // Eight bits, so that float16 loses nothing.
            let value = (state >> 24) as f32 / 128.0 - 1.0;
            data.extend(value.to_le_bytes());
        }
        let offsets = [begin, data.len()];
        let entry = json!({"dtype": "F32", "shape": shape, "data_offsets": offsets});
        write!(header, ",\"{name}\":{entry}").unwrap();
    }
    header.push('}');
    [
        &(header.len() as u64).to_le_bytes()[..],
        header.as_bytes(),
        &data,
    ]
    .concat()
}
