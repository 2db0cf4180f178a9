//! One file over HTTP: resumed, checked while it comes, named when it is right.

use super::digest;
use super::fetch::Event;
use super::problem::Problem;
use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long one connection may take over a body. Nothing is lost when it is
/// cut: the rest is asked for again. So it need not be as long as a slow line
/// takes for a large model, and one that hangs is noticed.
const BODY: Duration = Duration::from_secs(120);

/// How long the server may take to begin.
const BEGIN: Duration = Duration::from_secs(30);

/// How long the server may take to be found, and how long to be reached. Where a
/// network lets nothing out, this is what the attempt costs.
const REACH: Duration = Duration::from_secs(5);

/// Attempts in a row to reach a server that has not answered yet. What broke may
/// mend, but behind many networks the official place is never there.
const UNREACHED: u32 = 2;

/// How to fetch.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Address of a mirror, asked before the official place.
    pub mirror: Option<String>,
    /// Connections in a row that may bring nothing.
    pub attempts: u32,
    /// Pause after the first of these; doubled after each.
    pub pause: Duration,
    /// Whether something waits that goes on without the model: pip and uv are
    /// told to give an index up soon.
    pub hurry: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            mirror: None,
            attempts: 5,
            pause: Duration::from_secs(1),
            hurry: false,
        }
    }
}

/// What is to be fetched.
pub(super) struct Wanted<'a> {
    pub urls: &'a [String],
    pub bytes: u64,
    pub sha256: &'a str,
    pub target: &'a Path,
}

/// How one connection ended.
enum End {
    /// All bytes are there.
    Whole,
    /// It broke; asking again may help.
    Broken { what: String, answered: bool },
}

impl End {
    /// Broken after it had answered.
    fn broken(what: impl ToString) -> Self {
        Self::Broken {
            what: what.to_string(),
            answered: true,
        }
    }
}

/// A file that is coming in, and what is known of what came.
struct Part {
    path: PathBuf,
    file: File,
    digest: Sha256,
    length: u64,
}

/// Fetches from the first of the places that has it.
///
/// # Errors
/// That of the last place. A file that came whole and wrong is removed; one
/// that did not come whole is kept, to go on with.
pub(super) fn download(
    wanted: &Wanted<'_>,
    settings: &Settings,
    told: &mut dyn FnMut(Event<'_>),
) -> Result<(), Problem> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_resolve(Some(REACH))
        .timeout_connect(Some(REACH))
        .timeout_recv_response(Some(BEGIN))
        .timeout_recv_body(Some(BODY))
        .user_agent(concat!("linli/", env!("CARGO_PKG_VERSION")))
        .build()
        .into();
    let mut part = Part::open(wanted.target)?;
    let mut last = None;
    for url in wanted.urls {
        if let Some(problem) = last.take() {
            told(Event::Again(&problem));
        }
        match from(url, &agent, wanted, settings, &mut part, told) {
            Ok(()) => return part.finish(wanted.target),
            // The next place does not make room.
            Err(problem @ (Problem::Disk { .. } | Problem::DiskFull { .. })) => {
                return Err(problem);
            }
            Err(problem) => last = Some(problem),
        }
    }
    if part.length == 0 {
        // Nothing to go on with.
        let _ = std::fs::remove_file(&part.path);
    }
    Err(last.unwrap_or_else(|| Problem::NoSource {
        name: wanted.target.display().to_string(),
    }))
}

/// Fetches from one place, connecting as often as it brings something.
fn from(
    url: &str,
    agent: &ureq::Agent,
    wanted: &Wanted<'_>,
    settings: &Settings,
    part: &mut Part,
    told: &mut dyn FnMut(Event<'_>),
) -> Result<(), Problem> {
    let (mut failed, mut pause) = (0, settings.pause);
    // Only what was not there before counts as brought: a server that sends the
    // same bytes over and over must not keep us for ever.
    let mut furthest = part.length;
    let mut reached = false;
    // What lies there of an earlier run may be of another file.
    let mut anew = part.length > 0;
    loop {
        let end = match part.length.cmp(&wanted.bytes) {
            std::cmp::Ordering::Equal => End::Whole,
            _ => connection(url, agent, wanted, part, told)?,
        };
        match end {
            End::Whole => {
                let got = digest::hex(part.digest.clone());
                if part.length == wanted.bytes && got == wanted.sha256 {
                    return Ok(());
                }
                let problem = Problem::Damaged {
                    path: wanted.target.to_owned(),
                    what: match part.length == wanted.bytes {
                        true => "SHA-256 与登记的不同".to_owned(),
                        false => format!("长度应为 {} 字节", wanted.bytes),
                    },
                };
                part.restart()?;
                if !std::mem::take(&mut anew) {
                    return Err(problem);
                }
                told(Event::Again(&problem));
            }
            End::Broken { what, answered } => {
                reached |= answered;
                if part.length > furthest {
                    furthest = part.length;
                    (failed, pause) = (0, settings.pause);
                }
                failed += 1;
                let problem = Problem::Network {
                    url: url.to_owned(),
                    what,
                };
                let most = match reached {
                    true => settings.attempts,
                    false => settings.attempts.min(UNREACHED),
                };
                if failed >= most {
                    return Err(problem);
                }
                told(Event::Again(&problem));
                std::thread::sleep(pause);
                pause *= 2;
            }
        }
    }
}

/// Asks once for what is missing, and writes what comes.
fn connection(
    url: &str,
    agent: &ureq::Agent,
    wanted: &Wanted<'_>,
    part: &mut Part,
    told: &mut dyn FnMut(Event<'_>),
) -> Result<End, Problem> {
    if part.length > wanted.bytes {
        part.restart()?;
    }
    let mut request = agent.get(url);
    if part.length > 0 {
        request = request.header("Range", format!("bytes={}-", part.length));
    }
    let response = match request.call() {
        Ok(response) => response,
        Err(error) => {
            return Ok(End::Broken {
                what: error.to_string(),
                answered: false,
            });
        }
    };
    let status = response.status().as_u16();
    if let (200 | 206, Some(length)) = (status, announced(&response))
        && length != wanted.bytes
    {
        return Err(Problem::Damaged {
            path: wanted.target.to_owned(),
            what: format!("{url} 上的长 {length} 字节，应为 {}", wanted.bytes),
        });
    }
    match status {
        206 if begins(&response) == Some(part.length) => {}
        // The whole file, whatever was asked for.
        200 => part.restart()?,
        206 | 416 => {
            part.restart()?;
            return Ok(End::broken("服务器给的不是所要的一段"));
        }
        408 | 425 | 429 | 500.. => {
            return Ok(End::broken(format!("服务器回答 {status}")));
        }
        _ => {
            return Err(Problem::Refused {
                url: url.to_owned(),
                status,
            });
        }
    }
    told(Event::Begins {
        path: wanted.target,
        url,
        done: part.length,
        total: wanted.bytes,
    });
    let mut body = response.into_body().into_reader();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match body.read(&mut buffer) {
            Ok(0) if part.length == wanted.bytes => return Ok(End::Whole),
            Ok(0) => return Ok(End::broken("连接提前结束")),
            Ok(count) => {
                part.write(&buffer[..count])?;
                if part.length > wanted.bytes {
                    return Ok(End::Whole);
                }
                told(Event::Came {
                    done: part.length,
                    total: wanted.bytes,
                });
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Ok(End::broken(error)),
        }
    }
}

/// How long the server says that the whole file is.
fn announced(response: &ureq::http::Response<ureq::Body>) -> Option<u64> {
    let header = |name: &str| response.headers().get(name)?.to_str().ok();
    match response.status().as_u16() {
        206 => header("content-range")?
            .rsplit_once('/')?
            .1
            .trim()
            .parse()
            .ok(),
        _ => header("content-length")?.trim().parse().ok(),
    }
}

/// Where a `206` begins.
fn begins(response: &ureq::http::Response<ureq::Body>) -> Option<u64> {
    let range = response.headers().get("content-range")?.to_str().ok()?;
    let (first, _) = range.strip_prefix("bytes ")?.split_once('-')?;
    first.trim().parse().ok()
}

impl Part {
    /// Opens what an earlier run left, or begins.
    fn open(target: &Path) -> Result<Self, Problem> {
        let mut name = target.as_os_str().to_owned();
        name.push(".part");
        let path = PathBuf::from(name);
        let disk = |error| Problem::disk(&path, error);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(disk)?;
        }
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let mut file = options.open(&path).map_err(disk)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Problem::Busy {
                    path: target.to_owned(),
                });
            }
            // Some file systems have no locks; that must not forbid them.
            Err(TryLockError::Error(error)) => tracing::debug!(%error, "part file not locked"),
        }
        let (digest, length) = digest::of(&mut file).map_err(disk)?;
        Ok(Self {
            path,
            file,
            digest,
            length,
        })
    }

    fn restart(&mut self) -> Result<(), Problem> {
        self.digest = Sha256::new();
        self.length = 0;
        self.file
            .set_len(0)
            .and_then(|()| self.file.seek(SeekFrom::Start(0)).map(drop))
            .map_err(|error| Problem::disk(&self.path, error))
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        if let Err(error) = self.file.write_all(bytes) {
            return Err(Problem::disk(&self.path, error));
        }
        self.digest.update(bytes);
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// On disk first, then under its name.
    fn finish(self, target: &Path) -> Result<(), Problem> {
        self.file
            .sync_all()
            .and_then(|()| std::fs::rename(&self.path, target))
            .map_err(|error| Problem::disk(target, error))
    }
}
