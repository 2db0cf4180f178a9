//! Reads JSON lines.

use serde::de::DeserializeOwned;
use std::path::Path;

/// Every line of a JSONL file; blank lines are skipped.
pub(super) fn jsonl<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|e| format!("cannot read {}: {e}", path.display()))?;
    (1..)
        .zip(text.trim_start_matches('\u{feff}').lines())
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| {
            serde_json::from_str(line).map_err(|e| format!("{}:{number}: {e}", path.display()))
        })
        .collect()
}
