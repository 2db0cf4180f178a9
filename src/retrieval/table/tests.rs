use super::*;

/// A teacher that knows two subjects and nothing else.
fn vectors(texts: &[String]) -> Vec<Vec<f32>> {
    texts
        .iter()
        .map(|text| {
            let mut vector = vec![0.0; DIMENSIONS];
            vector[usize::from(text.contains("医"))] = 1.0;
            vector
        })
        .collect()
}

fn texts() -> Vec<String> {
    [
        "医保怎么交",
        "医院在哪",
        "医生几点上班",
        "居住证怎么办",
        "居住登记在哪",
        "居住几点办",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn cosine(table: &Table, a: &str, b: &str) -> f32 {
    let (a, b) = (table.encode(a), table.encode(b));
    a.iter().zip(&b).map(|(x, y)| x * y).sum()
}

#[test]
fn what_the_teacher_says_alike_becomes_alike() {
    let table = fit_table("teacher", &[], &texts(), &vectors(&texts()));
    let (near, far) = (
        cosine(&table, "医药费", "医保"),
        cosine(&table, "医药费", "居住证"),
    );
    assert!(near > 0.9 && far < 0.5, "{near} {far}");
    let length: f32 = table.encode("医保").iter().map(|v| v * v).sum();
    assert!((length - 1.0).abs() < 1e-4);
    assert!(table.encode("").iter().all(|v| *v == 0.0));
    assert_eq!(table.fingerprint(), table_fingerprint("teacher"));
}

#[test]
fn a_file_gives_the_same_table_and_a_damaged_one_says_so() {
    let table = fit_table("teacher", &[], &texts(), &vectors(&texts()));
    let mut bytes = Vec::new();
    table.write(&mut bytes).unwrap();
    let read = Table::read(&mut bytes.as_slice(), "t.bin").unwrap();
    assert_eq!(read.encode("医保在哪"), table.encode("医保在哪"));
    assert!(read.is_of("teacher", &texts()) && !read.is_of("teacher", &texts()[1..]));
    for end in [0, 4, 8, 15, 40, bytes.len() - 1] {
        let error = Table::read(&mut &bytes[..end], "t.bin").err().unwrap();
        assert!(error.to_string().contains("t.bin"), "{error}");
    }
    bytes[0] = b'x';
    assert!(Table::read(&mut bytes.as_slice(), "t.bin").is_err());
}

#[test]
fn a_projection_keeps_what_differs() {
    let vectors: Vec<Vec<f32>> = (0..200u8)
        .map(|n| {
            let x = f32::from(n) / 100.0 - 1.0;
            vec![5.0 + x, 3.0, 1.0 - 0.2 * x]
        })
        .collect();
    let projection = Projection::new(&vectors);
    let (a, b) = (
        projection.project(&vectors[0]),
        projection.project(&vectors[199]),
    );
    let cosine: f32 = a.iter().zip(&b).map(|(x, y)| x * y).sum();
    assert_eq!(a.len(), DIMENSIONS);
    assert!(cosine < -0.99, "on opposite sides of the mean: {cosine}");
}
