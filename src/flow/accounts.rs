//! People and terminals are let in.

use super::{Flow, FlowResult};
use crate::model::{Escalation, Kiosk, KioskId, Names, SignIn, Timestamp, User, UserId};
use crate::store::EscalationFilter;

/// How long a sign-in lasts.
const SIGN_IN_MS: i64 = 12 * Timestamp::HOUR;

impl Flow {
    /// Notes that somebody signed in; returns until when, in ms since 1970.
    ///
    /// # Errors
    /// When it could not be recorded.
    pub async fn signed_in(&self, user: &UserId, token_hash: String) -> FlowResult<Timestamp> {
        let expires_at = self.clock.now().plus(SIGN_IN_MS);
        let sign_in = SignIn {
            token_hash,
            user: user.clone(),
            expires_at,
        };
        self.store.add_sign_in(&sign_in).await?;
        Ok(expires_at)
    }

    /// Ends a sign-in.
    ///
    /// # Errors
    /// When it could not be recorded.
    pub async fn signed_out(&self, token_hash: &str) -> FlowResult<()> {
        Ok(self.store.end_sign_in(token_hash).await?)
    }

    /// Who is signed in with a token's hash.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn who(&self, token_hash: &str) -> FlowResult<Option<User>> {
        Ok(self
            .store
            .sign_in(token_hash, self.clock.now())
            .await?
            .map(|(_, user)| user))
    }

    /// The terminal of a key's hash.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn kiosk(&self, key_hash: &str) -> FlowResult<Option<Kiosk>> {
        Ok(self.store.kiosk_by_key(key_hash).await?)
    }

    /// Whether a terminal's key was withdrawn. When the store does not answer,
    /// the terminal goes on.
    pub async fn is_revoked(&self, id: &KioskId) -> bool {
        let kiosks = self.store.kiosks().await.unwrap_or_default();
        kiosks.iter().any(|k| k.id == *id && k.revoked_at.is_some())
    }

    /// Everybody's and everything's name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn names(&self) -> FlowResult<Names> {
        let users = self.store.users().await?;
        let kiosks = self.store.kiosks().await?;
        let live = self.live();
        let places = &live.index.edition().knowledge.places.places;
        Ok(Names {
            users: users
                .into_iter()
                .map(|u| (u.id.0, u.display_name))
                .collect(),
            kiosks: kiosks.into_iter().map(|k| (k.id.0, k.name)).collect(),
            places: places
                .iter()
                .map(|p| (p.id.to_string(), p.name.clone()))
                .collect(),
        })
    }

    /// What waits for people, soonest due first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn open_escalations(&self) -> FlowResult<Vec<Escalation>> {
        let filter = EscalationFilter {
            open: true,
            ..EscalationFilter::default()
        };
        Ok(self.store.escalations(&filter).await?)
    }
}
