//! What an installation lacks, for `linli doctor`.

use super::manifest::{Kind, Manifest, Model};
use super::state::{FileState, states};
use std::path::Path;

/// One line for each thing that is absent or plainly damaged, with the command
/// that mends it. `speech`: whether this program can use models of speech.
pub fn missing(dir: &Path, encoder: &str, speech: bool) -> Vec<String> {
    let manifest = match Manifest::load(dir) {
        Ok(manifest) => manifest,
        Err(problem) => return vec![problem.to_string()],
    };
    let mut lines = Vec::new();
    let of_kind = |kind: Kind| manifest.models.iter().filter(move |m| m.kind == kind);
    if speech {
        for (kind, what) in [
            (Kind::Whisper, "语音识别模型"),
            (Kind::Vad, "人声检测模型"),
            (Kind::Voice, "语音合成模型"),
        ] {
            if !of_kind(kind).any(|model| is_there(dir, model))
                && let Some(model) = manifest.recommended(kind)
            {
                lines.push(format!("没有{what}：{}", mend(model)));
            }
        }
    }
    if !dir.join(encoder).is_dir() {
        lines.push(match manifest.model(encoder) {
            Ok(model) => format!("没有语义模型 {encoder}：{}", mend(model)),
            Err(_) => format!(
                "没有语义模型 {encoder}，清单里也没有：请把它的文件夹放到 {}",
                dir.display()
            ),
        });
    }
    for model in &manifest.models {
        let states = states(dir, model);
        let begun = states.iter().any(|(_, state)| *state != FileState::Absent);
        if begun && !states.iter().all(|(_, state)| *state == FileState::There) {
            lines.push(format!("{} 不完整：{}", model.name, mend(model)));
        }
    }
    lines
}

fn is_there(dir: &Path, model: &Model) -> bool {
    // One that is there and damaged has a line of its own.
    let states = states(dir, model);
    states.iter().all(|(_, state)| *state != FileState::Absent)
}

fn mend(model: &Model) -> String {
    format!(
        "请运行 linli models fetch {}（{} MB）",
        model.name,
        model.bytes().div_ceil(1_000_000)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lack_comes_with_its_command() {
        let dir = tempfile::tempdir().unwrap();
        let encoder = "multilingual-e5-small-zh";
        let lines = missing(dir.path(), encoder, true).join("\n");
        for name in [
            "whisper-base-q8_0",
            "silero-v6.2.0",
            "kokoro-82m-zh",
            encoder,
        ] {
            assert!(
                lines.contains(&format!("linli models fetch {name}")),
                "{lines}"
            );
        }
        assert_eq!(missing(dir.path(), encoder, false).len(), 1);
        assert!(missing(dir.path(), "own", false)[0].contains("own"));

        std::fs::create_dir(dir.path().join(encoder)).unwrap();
        assert_eq!(missing(dir.path(), encoder, false), Vec::<String>::new());
        std::fs::write(dir.path().join(encoder).join("config.json"), "{}").unwrap();
        let lines = missing(dir.path(), encoder, false).join("\n");
        assert!(lines.contains("不完整"), "{lines}");
    }
}
