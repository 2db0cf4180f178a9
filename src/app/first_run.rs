//! What a fresh installation needs: an admin, and a terminal to try it with.

use super::BuildError;
use crate::access::{Secret, hash_password};
use crate::config::Config;
use crate::flow::Flow;
use crate::model::{Kiosk, KioskId, PlaceId, Role, User, UserId};
use crate::store::{Store, StoreError};
use std::path::Path;

/// Where the demonstration terminal's key is kept, in the data directory.
const DEMO_KEY_FILE: &str = "demo-kiosk.key";
const DEMO_KIOSK: &str = "demo";

/// What was set up.
#[derive(Clone, Debug, Default)]
pub struct FirstRun {
    /// The password of `admin`, on the very first run only.
    pub admin_password: Option<String>,
    /// The demonstration terminal's key.
    pub demo_key: Option<String>,
}

fn failed(error: &StoreError) -> BuildError {
    BuildError(format!("first run: {error}"))
}

pub(super) async fn prepare(flow: &Flow, config: &Config) -> Result<FirstRun, BuildError> {
    let store = flow.store.as_ref();
    let mut made = FirstRun::default();
    if store.users().await.map_err(|e| failed(&e))?.is_empty() {
        let password = Secret::password();
        add_user(flow, "admin", "管理员", Role::Admin, &password)
            .await
            .map_err(BuildError)?;
        made.admin_password = Some(password);
    }
    let place = config
        .demo_place
        .clone()
        .map_or_else(|| flow.live().first_place(), PlaceId::from);
    made.demo_key = demo_kiosk(flow, &config.data_dir, place).await?;
    Ok(made)
}

/// Pairs the demonstration terminal on the first run; later finds its key.
async fn demo_kiosk(
    flow: &Flow,
    data_dir: &Path,
    place: PlaceId,
) -> Result<Option<String>, BuildError> {
    let file = data_dir.join(DEMO_KEY_FILE);
    let kiosks = flow.store.kiosks().await.map_err(|e| failed(&e))?;
    if !kiosks.is_empty() {
        let lives = kiosks
            .iter()
            .any(|k| k.id.as_str() == DEMO_KIOSK && k.revoked_at.is_none());
        let key = std::fs::read_to_string(&file)
            .ok()
            .map(|k| k.trim().to_owned());
        return Ok(key.filter(|k| lives && !k.is_empty()));
    }
    let secret = Secret::fresh();
    let kiosk = Kiosk {
        id: DEMO_KIOSK.into(),
        name: "演示终端".to_owned(),
        place,
        key_hash: secret.hash,
        loopback_only: true,
        created_at: flow.clock.now(),
        revoked_at: None,
    };
    flow.store.add_kiosk(&kiosk).await.map_err(|e| failed(&e))?;
    write_private(&file, &secret.text)
        .map_err(|e| BuildError(format!("cannot write {}: {e}", file.display())))?;
    tracing::info!("first run: a demonstration terminal was paired, for this machine only");
    Ok(Some(secret.text))
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    writeln!(options.open(path)?, "{text}")
}

/// Shortest password.
const MIN_PASSWORD: usize = 8;

fn checked_hash(password: &str) -> Result<String, String> {
    if password.chars().count() < MIN_PASSWORD {
        return Err(format!("密码至少要 {MIN_PASSWORD} 个字符。"));
    }
    hash_password(password).map_err(|e| format!("密码无法加密：{e}"))
}

/// Makes an account.
///
/// # Errors
/// In Chinese: the name is taken, the password too short, the store failed.
pub async fn add_user(
    flow: &Flow,
    name: &str,
    display_name: &str,
    role: Role,
    password: &str,
) -> Result<User, String> {
    let name = name.trim();
    if name.is_empty() || name.chars().any(char::is_whitespace) {
        return Err("账号名不能为空，也不能有空格。".to_owned());
    }
    let user = User {
        id: UserId::fresh(),
        name: name.to_owned(),
        display_name: display_name.trim().to_owned(),
        role,
        password_hash: checked_hash(password)?,
        created_at: flow.clock.now(),
        active: true,
    };
    match flow.store.add_user(&user).await {
        Ok(()) => Ok(user),
        Err(StoreError::Conflict(_)) => Err(format!("账号 {name} 已经有了，请换一个名字。")),
        Err(error) => Err(format!("账号没有保存：{error}")),
    }
}

/// Changes a password; ends every sign-in of that account.
///
/// # Errors
/// In Chinese.
pub async fn change_password(store: &dyn Store, name: &str, password: &str) -> Result<(), String> {
    let user = store
        .user_by_name(name)
        .await
        .map_err(|e| format!("读不了账号：{e}"))?
        .ok_or_else(|| format!("没有账号 {name}。用 linli user list 看有哪些。"))?;
    let hash = checked_hash(password)?;
    store
        .set_password(&user.id, &hash)
        .await
        .map_err(|e| format!("密码没有保存：{e}"))
}

/// A terminal that was just paired.
pub struct NewKiosk {
    /// It.
    pub kiosk: Kiosk,
    /// Its key, shown once.
    pub key: String,
}

/// Pairs a terminal.
///
/// # Errors
/// In Chinese: the place is unknown, the id taken, the store failed.
pub async fn add_kiosk(flow: &Flow, id: &str, name: &str, place: &str) -> Result<NewKiosk, String> {
    let live = flow.live();
    let places = &live.index.edition().knowledge.places.places;
    if !places.iter().any(|p| p.id.as_str() == place) {
        let known: Vec<&str> = places.iter().map(|p| p.id.as_str()).collect();
        return Err(format!(
            "没有区域 {place}。已有的区域：{}",
            known.join("、")
        ));
    }
    let secret = Secret::fresh();
    let kiosk = Kiosk {
        id: KioskId::from(id),
        name: name.to_owned(),
        place: place.into(),
        key_hash: secret.hash,
        loopback_only: false,
        created_at: flow.clock.now(),
        revoked_at: None,
    };
    match flow.store.add_kiosk(&kiosk).await {
        Ok(()) => Ok(NewKiosk {
            kiosk,
            key: secret.text,
        }),
        Err(StoreError::Conflict(_)) => Err(format!("终端 {id} 已经有了，请换一个 id。")),
        Err(error) => Err(format!("终端没有保存：{error}")),
    }
}
