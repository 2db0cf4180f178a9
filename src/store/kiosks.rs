//! Paired terminals.

use super::StoreResult;
use crate::model::{Kiosk, KioskId, Timestamp};
use async_trait::async_trait;

/// What may be asked about terminals.
#[async_trait]
pub trait KioskReader {
    /// The terminal of a key's hash, when it was not revoked.
    async fn kiosk_by_key(&self, key_hash: &str) -> StoreResult<Option<Kiosk>>;
    /// All terminals, by name, revoked ones too.
    async fn kiosks(&self) -> StoreResult<Vec<Kiosk>>;
}

/// What may be done with terminals.
#[async_trait]
pub trait KioskStore {
    /// Writes a new terminal; a taken id is a conflict.
    async fn add_kiosk(&self, kiosk: &Kiosk) -> StoreResult<()>;
    /// Withdraws a terminal's key.
    async fn revoke_kiosk(&self, id: &KioskId, at: Timestamp) -> StoreResult<()>;
}
