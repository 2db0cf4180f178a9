//! Who may do what: keys and tokens as hashes, and one table of permissions.
//! Pure but for randomness.

mod cookie;
mod local;
mod permission;
mod secret;

pub use cookie::{DESK_COOKIE, KIOSK_COOKIE, bearer, cookie};
pub use local::{is_local, same_origin};
pub use permission::{Permission, allows};
pub use secret::{Secret, hash_password, hash_secret, verify_password};
