//! Identifiers are types of their own, so that one cannot stand for another.

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// A fresh identifier, unique anywhere and ordered by time (UUID v7).
            pub fn fresh() -> Self {
                Self(uuid::Uuid::now_v7().simple().to_string())
            }

            /// The identifier's text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }
    )+};
}

id! {
    /// A knowledge entry, chosen by its author: `residence-permit.apply`.
    EntryId,
    /// One resident at one kiosk until they leave.
    SessionId,
    /// One utterance and its outcome. The terminal's own name for a turn is
    /// only unique in its session; this one is unique everywhere.
    TurnId,
    /// A question handed to people.
    EscalationId,
    /// A proposed entry or phrasing.
    CandidateId,
    /// A cluster of questions that were not answered.
    GapId,
    /// A paired terminal.
    KioskId,
    /// A worker or an admin.
    UserId,
    /// A place: city, district, street, community.
    PlaceId,
}
