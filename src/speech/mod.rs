//! Audio in, words out. In this version the engine is built in and speech is
//! not yet offered: [`unavailable`] says why, in the resident's words.

use std::path::Path;

/// The engine that is built in and what it uses of this machine; nothing in
/// a build without one.
pub fn engine() -> Option<String> {
    #[cfg(feature = "whisper")]
    {
        // whisper.cpp writes its words into one static string: two threads
        // that ask at once destroy it, so it is asked once.
        static INFO: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
            format!("whisper.cpp ({})", whisper_rs::print_system_info().trim())
        });
        Some(INFO.clone())
    }
    #[cfg(not(feature = "whisper"))]
    {
        None
    }
}

/// Why one cannot speak to this server, for residents and for admins.
pub struct Unavailable {
    /// What the terminal shows.
    pub for_residents: String,
    /// What `linli doctor` says.
    pub for_admins: String,
}

/// Why speech is not available.
pub fn unavailable(models_dir: &Path) -> Unavailable {
    let for_admins = if engine().is_none() {
        "本程序编译时没有带语音识别（--no-default-features）；需要语音请用默认方式编译".to_owned()
    } else {
        format!(
            "语音识别引擎已编入，这个版本还没有开通语音提问（模型目录：{}）",
            models_dir.display()
        )
    };
    Unavailable {
        for_residents: "语音提问还没有开通，请打字提问。".to_owned(),
        for_admins,
    }
}
