//! Reads knowledge files from the disk.

use std::path::Path;

/// Every `.toml` file under `dir`: path relative to `dir`, with `/`, and
/// text; in the order of the paths.
///
/// # Errors
/// In Chinese, which file cannot be read and why.
pub fn read_folder(dir: &Path) -> Result<Vec<(String, String)>, String> {
    let mut files = Vec::new();
    walk(dir, dir, &mut files)?;
    files.sort();
    Ok(files)
}

/// A folder, or one file under its own name.
///
/// # Errors
/// As [`read_folder`].
pub fn read_path(path: &Path) -> Result<Vec<(String, String)>, String> {
    if path.is_dir() {
        return read_folder(path);
    }
    let name = path
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default();
    Ok(vec![(name, read(path)?)])
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|e| match e.kind() {
        std::io::ErrorKind::InvalidData => {
            format!("{} 不是 UTF-8 文本，请另存为 UTF-8 编码。", path.display())
        }
        _ => format!("读不了 {}：{e}", path.display()),
    })
}

fn walk(root: &Path, dir: &Path, files: &mut Vec<(String, String)>) -> Result<(), String> {
    let entries = std::fs::read_dir(dir).map_err(|e| format!("读不了 {}：{e}", dir.display()))?;
    for entry in entries {
        let path = entry
            .map_err(|e| format!("读不了 {}：{e}", dir.display()))?
            .path();
        if path.is_dir() {
            walk(root, &path, files)?;
        } else if path.extension().is_some_and(|e| e == "toml") {
            let relative = path.strip_prefix(root).unwrap_or(&path);
            let name: Vec<_> = relative
                .components()
                .map(|c| c.as_os_str().to_string_lossy())
                .collect();
            files.push((name.join("/"), read(&path)?));
        }
    }
    Ok(())
}
