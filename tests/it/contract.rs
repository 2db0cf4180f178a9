//! The generated schemas in `kiosk/src/protocol/` are fresh.
//!
//! `LINLI_REGENERATE=1 cargo test --test it contract` writes them anew.

use std::path::Path;

fn fresh(name: &str, value: &serde_json::Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("kiosk/src/protocol")
        .join(name);
    let wanted = format!("{}\n", serde_json::to_string_pretty(value).unwrap());
    if std::env::var_os("LINLI_REGENERATE").is_some() {
        std::fs::write(&path, &wanted).unwrap();
        return;
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == wanted,
        "{name} is not what the Rust types say. Run `make regenerate` and commit the result."
    );
}

#[test]
fn the_channel_schema_is_fresh() {
    fresh(
        "channels.openapi.json",
        &linli::protocol::schema::components().unwrap(),
    );
    fresh(
        "channels.schema.json",
        &linli::protocol::schema::json_schema().unwrap(),
    );
}

#[test]
fn the_openapi_document_is_fresh() {
    fresh(
        "openapi.json",
        &serde_json::to_value(linli::http::openapi()).unwrap(),
    );
}
