//! The JSON Schema of the two live channels.

use super::{desk::DeskMessage, terminal};
use serde_json::{Value, json};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(components(schemas(
    terminal::TerminalRequest,
    terminal::TerminalMessage,
    terminal::Numbered,
    DeskMessage
)))]
struct Channels;

/// The schema of the terminal and desk channels as an OpenAPI document with
/// components only: TypeScript types are generated from this form.
///
/// # Errors
/// Never in practice: the document is made of plain values.
pub fn components() -> serde_json::Result<Value> {
    let mut document = serde_json::to_value(Channels::openapi())?;
    document["info"] = json!({"title": "linli live channels", "version": "1"});
    Ok(document)
}

/// The same as a JSON Schema 2020-12 document: `$defs` holds every message.
///
/// # Errors
/// As [`components`].
pub fn json_schema() -> serde_json::Result<Value> {
    let document = components()?;
    let text = serde_json::to_string(&document["components"]["schemas"])?
        .replace("#/components/schemas/", "#/$defs/");
    Ok(json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:linli:channels:1",
        "title": "linli live channels, version 1",
        "$defs": serde_json::from_str::<Value>(&text)?,
    }))
}
