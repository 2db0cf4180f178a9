//! BERT written plainly in `f64`, to compare with.

use super::small::{HEADS, LAYERS, Small, WIDTH};

type Rows = Vec<Vec<f64>>;

/// The last layer's rows of one text.
pub fn forward(small: &Small, ids: &[u32]) -> Rows {
    let mut x: Rows = Vec::new();
    for (position, id) in ids.iter().enumerate() {
        let word = row(small, "embeddings.word_embeddings.weight", *id as usize);
        let place = row(small, "embeddings.position_embeddings.weight", position);
        let segment = row(small, "embeddings.token_type_embeddings.weight", 0);
        x.push(
            (0..WIDTH)
                .map(|i| word[i] + place[i] + segment[i])
                .collect(),
        );
    }
    x = normalised(small, "embeddings.LayerNorm", &x);
    for layer in 0..LAYERS {
        let at = |part: &str| format!("encoder.layer.{layer}.{part}");
        let [q, k, v] = ["query", "key", "value"]
            .map(|p| linear(small, &at(&format!("attention.self.{p}")), &x));
        let mut context = vec![vec![0.0; WIDTH]; x.len()];
        let depth = WIDTH / HEADS;
        for head in 0..HEADS {
            let part = head * depth..(head + 1) * depth;
            for (i, context) in context.iter_mut().enumerate() {
                let score = |j: usize| -> f64 {
                    let product: f64 = part.clone().map(|d| q[i][d] * k[j][d]).sum();
                    (product / (depth as f64).sqrt()).exp()
                };
                let total: f64 = (0..x.len()).map(score).sum();
                for (j, value) in v.iter().enumerate() {
                    for d in part.clone() {
                        context[d] += score(j) / total * value[d];
                    }
                }
            }
        }
        let y = added(&linear(small, &at("attention.output.dense"), &context), &x);
        x = normalised(small, &at("attention.output.LayerNorm"), &y);
        let mut inner = linear(small, &at("intermediate.dense"), &x);
        inner.iter_mut().flatten().for_each(|v| *v = gelu(*v));
        let y = added(&linear(small, &at("output.dense"), &inner), &x);
        x = normalised(small, &at("output.LayerNorm"), &y);
    }
    x
}

fn values(small: &Small, name: &str) -> Vec<f64> {
    small.tensors[name]
        .1
        .iter()
        .map(|v| f64::from(*v))
        .collect()
}

fn row(small: &Small, name: &str, number: usize) -> Vec<f64> {
    values(small, name)[number * WIDTH..][..WIDTH].to_vec()
}

fn linear(small: &Small, name: &str, x: &Rows) -> Rows {
    let weight = values(small, &format!("{name}.weight"));
    let bias = values(small, &format!("{name}.bias"));
    let product = |x: &[f64], w: &[f64]| -> f64 { x.iter().zip(w).map(|(x, w)| x * w).sum() };
    let outputs = |x: &Vec<f64>| {
        let sums = weight.chunks(x.len()).zip(&bias);
        sums.map(|(w, b)| product(x, w) + b).collect()
    };
    x.iter().map(outputs).collect()
}

fn added(a: &Rows, b: &Rows) -> Rows {
    let sum = |(a, b): (&Vec<f64>, &Vec<f64>)| a.iter().zip(b).map(|(a, b)| a + b).collect();
    a.iter().zip(b).map(sum).collect()
}

fn normalised(small: &Small, name: &str, x: &Rows) -> Rows {
    let weight = values(small, &format!("{name}.weight"));
    let bias = values(small, &format!("{name}.bias"));
    let one = |row: &Vec<f64>| {
        let count = row.len() as f64;
        let mean = row.iter().sum::<f64>() / count;
        let variance = row.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / count;
        let scaled = |i: usize| (row[i] - mean) / (variance + 1e-12).sqrt() * weight[i] + bias[i];
        (0..row.len()).map(scaled).collect()
    };
    x.iter().map(one).collect()
}

/// With the error function as an integral, by Simpson's rule.
fn gelu(x: f64) -> f64 {
    let steps = 400;
    let step = x / f64::from(steps);
    let density = |t: f64| (-t * t / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let weight = |i: i32| match i {
        0 => 1.0,
        i if i == steps => 1.0,
        i => f64::from(2 + 2 * (i % 2)),
    };
    let sum: f64 = (0..=steps)
        .map(|i| weight(i) * density(f64::from(i) * step))
        .sum();
    x * (0.5 + sum * step / 3.0)
}
