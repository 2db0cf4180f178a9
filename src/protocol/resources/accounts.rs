//! Who is signed in.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A name and a password.
#[derive(Clone, Deserialize, ToSchema)]
pub struct SignInRequest {
    /// The account.
    pub name: String,
    /// Its password.
    pub password: String,
}

/// Roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RoleName {
    /// 社区工作者
    Worker,
    /// 知识管理员
    Admin,
}

/// Who is signed in.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Me {
    /// Unique.
    pub id: String,
    /// The sign-in name.
    pub name: String,
    /// The name residents see.
    pub display_name: String,
    /// What they may do.
    pub role: RoleName,
}

/// A worker by name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WorkerRef {
    /// Unique.
    pub id: String,
    /// The name residents see.
    pub display_name: String,
}
