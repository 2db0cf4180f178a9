//! Why one cannot speak to this server, in words.

use super::ggml::{self, Fault};
use super::settings::{EngineChoice, Settings};
use std::path::Path;

/// Why one cannot speak to this server, for residents and for admins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unavailable {
    /// What the terminal shows.
    pub for_residents: String,
    /// What `linli doctor` says and the log: what is wrong and what to do.
    pub for_admins: String,
}

impl Unavailable {
    fn because(for_admins: String) -> Self {
        Self {
            for_residents: "语音提问还没有开通，请打字提问。".to_owned(),
            for_admins,
        }
    }

    /// The engine does not take a file that looked right.
    #[cfg(feature = "whisper")]
    pub(super) fn broken(path: &Path, error: &str) -> Self {
        Self::because(format!(
            "语音模型 {} 装不进来（{error}），文件可能损坏。{}",
            path.display(),
            again(path)
        ))
    }
}

fn name(path: &Path) -> String {
    path.file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn again(path: &Path) -> String {
    let name = name(path);
    format!("请删掉它，运行 linli models fetch {name} 重新下载，再重启服务。")
}

fn says(path: &Path, what: &str, fault: Fault) -> String {
    let shown = path.display();
    match fault {
        Fault::Missing => format!(
            "没有{what} {shown}。请运行 linli models fetch {} 下载，或把这个文件放到那里，再重启服务。",
            name(path)
        ),
        Fault::Unreadable => {
            format!("{what} {shown} 读不了。请检查文件权限，再重启服务。")
        }
        Fault::Foreign => format!(
            "{shown} 不是可用的{what}（需要 ggml 格式）。{}",
            again(path)
        ),
        Fault::Short => format!("{what} {shown} 不完整，可能下载中断了。{}", again(path)),
    }
}

/// Looks at what the settings name, without loading it: takes no time.
///
/// # Errors
/// Why speech cannot be offered.
pub fn check(settings: &Settings) -> Result<(), Unavailable> {
    let checked = match &settings.engine {
        EngineChoice::Off => Err("语音识别没有开启（设置 speech.engine = \"off\"）。".to_owned()),
        // What listens there is seen when it is asked.
        EngineChoice::Endpoint(_) => Ok(()),
        EngineChoice::Whisper { .. } if super::engine().is_none() => Err(
            "本程序编译时没有带语音识别（--no-default-features）。需要语音请用默认方式编译，\
             或用 speech.engine = \"endpoint\" 接别的识别服务。"
                .to_owned(),
        ),
        EngineChoice::Whisper { model } => ggml::check(model)
            .map_err(|fault| says(model, "语音模型", fault))
            .and_then(|()| {
                let voice = &settings.voice_model;
                ggml::check_voice(voice).map_err(|fault| says(voice, "人声检测模型", fault))
            }),
    };
    checked.map_err(Unavailable::because)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn admins_are_told_which_file_and_what_to_do() {
        let dir = tempfile::tempdir().unwrap();
        let model = dir.path().join("ggml-base-q8_0.bin");
        let settings = Settings {
            engine: EngineChoice::Whisper {
                model: model.clone(),
            },
            voice_model: dir.path().join("ggml-silero-v6.2.0.bin"),
            ..Settings::default()
        };
        if super::super::engine().is_some() {
            let missing = check(&settings).unwrap_err().for_admins;
            assert!(missing.contains("没有语音模型"), "{missing}");
            assert!(missing.contains("linli models fetch ggml-base-q8_0.bin"));
            std::fs::write(&model, "<html>404</html>").unwrap();
            let foreign = check(&settings).unwrap_err().for_admins;
            assert!(foreign.contains("不是可用的语音模型"), "{foreign}");
        }
        let off = check(&Settings::default()).unwrap_err();
        assert!(off.for_admins.contains("speech.engine"));
        assert!(off.for_residents.contains("打字"));
    }
}
