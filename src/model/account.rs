//! People who sign in, and paired terminals.

use super::{KioskId, PlaceId, Timestamp, UserId};

/// What somebody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// 社区工作者: answers residents.
    Worker,
    /// 知识管理员: edits and publishes, too.
    Admin,
}

impl Role {
    /// The name in the store and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Worker => "worker",
            Self::Admin => "admin",
        }
    }

    /// The role of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Worker, Self::Admin]
            .into_iter()
            .find(|r| r.as_str() == name)
    }
}

/// Somebody who signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Unique.
    pub id: UserId,
    /// The name to sign in with, unique.
    pub name: String,
    /// The name residents see: 王老师.
    pub display_name: String,
    /// What they may do.
    pub role: Role,
    /// Argon2 hash in PHC form.
    pub password_hash: String,
    /// When the account was made.
    pub created_at: Timestamp,
    /// Whether they may still sign in.
    pub active: bool,
}

/// One signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// SHA-256 of the cookie's token, in hex.
    pub token_hash: String,
    /// Who.
    pub user: UserId,
    /// Until when.
    pub expires_at: Timestamp,
}

/// A paired terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kiosk {
    /// Unique.
    pub id: KioskId,
    /// What people call it: 一楼大厅.
    pub name: String,
    /// Where it stands.
    pub place: PlaceId,
    /// SHA-256 of its key, in hex.
    pub key_hash: String,
    /// The demonstration terminal may be used from this machine only.
    pub loopback_only: bool,
    /// When it was paired.
    pub created_at: Timestamp,
    /// When its key was withdrawn.
    pub revoked_at: Option<Timestamp>,
}
