//! Random secrets, kept as hashes only.

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use rand::Rng;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// A fresh secret: its text is shown once, its hash is stored.
pub struct Secret {
    /// What its owner keeps.
    pub text: String,
    /// What the store keeps.
    pub hash: String,
}

impl Secret {
    /// 160 random bits in letters that cannot be mistaken for each other.
    pub fn fresh() -> Self {
        let text = random_text(32);
        Self {
            hash: hash_secret(&text),
            text,
        }
    }

    /// A first password: 60 bits, short enough to type.
    pub fn password() -> String {
        random_text(12)
    }
}

fn random_text(length: usize) -> String {
    // 32 letters and digits without 0 o 1 l i.
    const LETTERS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let mut rng = rand::rng();
    (0..length)
        .map(|_| char::from(LETTERS[rng.random_range(0..LETTERS.len())]))
        .collect()
}

/// SHA-256 in hex. Enough for long random secrets; passwords need argon2.
pub fn hash_secret(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .fold(String::with_capacity(64), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
}

/// Argon2id hash in PHC form, 19 MiB and 2 passes (the crate's defaults, as
/// OWASP recommends). About 30 ms: not for async threads.
///
/// # Errors
/// When the machine gives no randomness.
pub fn hash_password(password: &str) -> Result<String, argon2::password_hash::Error> {
    Ok(Argon2::default()
        .hash_password(password.as_bytes())?
        .to_string())
}

/// Whether the password belongs to the hash. As slow as hashing.
pub fn verify_password(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|h| {
        Argon2::default()
            .verify_password(password.as_bytes(), &h)
            .is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_by_its_hash_only() {
        let hash = hash_password("邻里-2026").unwrap();
        assert!(verify_password("邻里-2026", &hash));
        assert!(!verify_password("邻里-2025", &hash));
        assert!(!verify_password("邻里-2026", "not a hash"));
        assert!(!hash.contains("2026"));
    }

    #[test]
    fn secrets_differ_and_hash_stably() {
        let (a, b) = (Secret::fresh(), Secret::fresh());
        assert_ne!(a.text, b.text);
        assert_eq!(a.hash, hash_secret(&a.text));
        assert_eq!(hash_secret("abc").len(), 64);
    }
}
