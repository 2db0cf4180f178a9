//! A real model against what other implementations make of it: ids of the
//! Python package `tokenizers`, vectors of a forward pass in float64.
//! `LINLI_MODELS_DIR` names the folder of models; without it nothing is tested.

use crate::retrieval::encoder::{Encoder, SentenceEncoder, cosine};
use std::path::Path;

/// A text, its ids with prefix and ends, the first values of its vector.
type Expected = (&'static str, &'static [u32], [f32; 6]);

/// Of multilingual-e5-small, its vocabulary cut to Chinese.
#[rustfmt::skip]
const E5: &[Expected] = &[
    ("居住证怎么办理", &[0, 39, 846, 12, 6, 8583, 5503, 11752, 3549, 2],
        [0.075226, -0.034330, -0.041038, -0.080225, 0.046982, -0.022102]),
    ("请问我妈今年八十了高龄津贴怎么领啊", &[0, 39, 846, 12, 6, 18580, 449, 8905, 3547, 17166, 218, 905, 12005, 7197, 7986, 4297, 5208, 3428, 2],
        [0.059949, -0.016470, -0.022717, -0.059975, 0.078481, -0.023497]),
    ("医保卡丢了怎么补办", &[0, 39, 846, 12, 6, 5498, 3419, 2681, 10879, 218, 4297, 7438, 4932, 2],
        [0.083618, -0.034566, -0.019822, -0.014913, 0.067752, -0.003840]),
    ("小区里有人半夜唱歌吵得睡不着找谁管", &[0, 39, 846, 12, 6, 13364, 1271, 4833, 18408, 16826, 11414, 1177, 5268, 401, 1007, 3741, 5256, 3557, 2],
        [0.095567, -0.009357, -0.043494, -0.049683, 0.101775, 0.001420]),
    ("物业费怎么交？", &[0, 39, 846, 12, 6, 16182, 4612, 4297, 3490, 31, 2],
        [0.051662, -0.020611, -0.053612, -0.052258, 0.052194, -0.020100]),
    ("12345打不通", &[0, 39, 846, 12, 316, 11463, 1560, 401, 2290, 2],
        [0.048537, -0.015603, -0.024536, -0.027661, 0.110890, -0.033235]),
    ("Wi-Fi密码是多少", &[0, 39, 846, 12, 2947, 9, 3430, 14346, 277, 5570, 2],
        [0.058675, -0.008453, -0.046870, -0.041821, 0.065857, -0.062030]),
    ("ＡＢＣ１２３全角", &[0, 39, 846, 12, 56, 5775, 8024, 1519, 4364, 2],
        [0.053373, -0.024364, -0.021852, -0.054576, 0.065815, -0.058842]),
    ("①先去哪儿", &[0, 39, 846, 12, 92, 1804, 1075, 18518, 2],
        [0.074506, -0.030210, -0.023938, -0.002622, 0.125114, 0.009976]),
    ("養老金什麼時候發", &[0, 39, 846, 12, 6, 5375, 2046, 1270, 4956, 8003, 2855, 2],
        [0.073588, -0.008241, -0.031195, -0.039187, 0.025512, -0.063243]),
    ("电梯坏了😀快来", &[0, 39, 846, 12, 6, 19301, 8597, 218, 3, 2756, 1024, 2],
        [0.070147, -0.025847, -0.032559, -0.037680, 0.091801, -0.046675]),
    ("怎么 办 健康证", &[0, 39, 846, 12, 6, 4297, 6, 4932, 6, 3442, 5503, 2],
        [0.060051, -0.022480, -0.032723, -0.067072, 0.064718, -0.042686]),
    ("", &[0, 39, 846, 12, 6, 2],
        [0.050718, 0.017464, -0.077648, -0.060557, 0.079405, 0.005718]),
];

/// The e5 model, or a note that it is not there.
fn e5() -> Option<SentenceEncoder> {
    let Some(models) = std::env::var_os("LINLI_MODELS_DIR") else {
        eprintln!("skipped: LINLI_MODELS_DIR names no folder of models");
        return None;
    };
    let dir = Path::new(&models).join("multilingual-e5-small-zh");
    if !dir.exists() {
        eprintln!("skipped: no multilingual-e5-small-zh in LINLI_MODELS_DIR");
        return None;
    }
    Some(SentenceEncoder::load(&dir).unwrap())
}

#[test]
fn e5_gives_the_vectors_that_it_should() {
    let Some(encoder) = e5() else { return };
    assert_eq!(encoder.name(), "multilingual-e5-small-zh");
    assert_eq!(encoder.dimensions(), 384);
    let texts: Vec<&str> = E5.iter().map(|(text, ..)| *text).collect();
    let vectors = encoder.encode_many(&texts);
    for ((text, ids, first), vector) in E5.iter().zip(&vectors) {
        assert_eq!(encoder.pieces.ids(text), *ids, "{text}");
        assert!((cosine(vector, vector) - 1.0).abs() < 1e-6, "{text}");
        for (got, wanted) in vector.iter().zip(first) {
            assert!((got - wanted).abs() < 1e-4, "{text}: {got}, not {wanted}");
        }
    }
    // Computed together or alone: the same to the last bit.
    assert_eq!(encoder.encode(texts[0]), vectors[0]);
    let [a, b] = ["居住证去哪儿办", "楼上漏水找谁"].map(|text| encoder.encode(text));
    assert!(cosine(&vectors[0], &a) > cosine(&vectors[0], &b) + 0.05);
}
