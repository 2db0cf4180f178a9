//! People who sign in.

use super::StoreResult;
use crate::model::{SignIn, Timestamp, User, UserId};
use async_trait::async_trait;

/// What may be asked about accounts.
#[async_trait]
pub trait AccountReader {
    /// The account of that sign-in name.
    async fn user_by_name(&self, name: &str) -> StoreResult<Option<User>>;
    /// One account.
    async fn user(&self, id: &UserId) -> StoreResult<Option<User>>;
    /// All accounts, by name.
    async fn users(&self) -> StoreResult<Vec<User>>;
    /// The sign-in of a token's hash, when it has not expired at `now`, with
    /// its (active) account.
    async fn sign_in(
        &self,
        token_hash: &str,
        now: Timestamp,
    ) -> StoreResult<Option<(SignIn, User)>>;
}

/// What may be done with accounts.
#[async_trait]
pub trait AccountStore {
    /// Writes a new account; a taken name is a conflict.
    async fn add_user(&self, user: &User) -> StoreResult<()>;
    /// Changes the password hash and ends every sign-in of that account.
    async fn set_password(&self, id: &UserId, password_hash: &str) -> StoreResult<()>;
    /// Notes a sign-in; the account must exist.
    async fn add_sign_in(&self, sign_in: &SignIn) -> StoreResult<()>;
    /// Ends a sign-in; nothing happens when there is none.
    async fn end_sign_in(&self, token_hash: &str) -> StoreResult<()>;
}
