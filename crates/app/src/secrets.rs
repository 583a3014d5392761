//! Secrets that browsers and programs hold, and passwords that people do.
//!
//! Of a session's or token's secret only a hash is kept: it is 32 random bytes, so a fast hash
//! suffices. Passwords are guessable, so theirs is argon2id.

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use model::finding::Finding;
use model::limits::{PASSWORD_BYTES_MAX, SECRET_BYTES_MAX};
use model::random::Randomness;
use store::SecretHash;

use crate::error::{AppError, Kind};

/// 64 MiB, three passes: about 160 ms on the small machines this runs on.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
/// A password of fewer characters is worth a warning: on this machine the folder is the credential,
/// over a network a short password is not one.
const PASSWORD_CHARS_GOOD: usize = 12;
/// A hash of no password: what a name that does not exist is checked against, at the same cost.
pub(crate) const NOBODY: &str = "$argon2id$v=19$m=65536,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$\
                                 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// What a secret is for. Its text begins with a word that says so, to be found where it should not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SecretKind {
    Session,
    Token,
    Phone,
}

impl SecretKind {
    const fn prefix(self) -> &'static str {
        match self {
            Self::Session => "casque_session_",
            Self::Token => "casque_token_",
            Self::Phone => "casque_phone_",
        }
    }

    const fn context(self) -> &'static str {
        match self {
            Self::Session => "casque session secret v1",
            Self::Token => "casque token secret v1",
            Self::Phone => "casque phone secret v1",
        }
    }

    /// A new secret as text, and its hash.
    pub(crate) fn draw(self, randomness: &mut dyn Randomness) -> (Secret, SecretHash) {
        let mut bytes = [0; 32];
        randomness.fill(&mut bytes);
        let text = format!("{}{}", self.prefix(), model::id::BlobId::from_bytes(bytes));
        let hash = blake3::derive_key(self.context(), text.as_bytes());
        (Secret(text), hash)
    }

    /// The hash of what somebody presents; nothing where it cannot be such a secret.
    pub(crate) fn hash(self, presented: &[u8]) -> Option<SecretHash> {
        let fits =
            presented.len() <= SECRET_BYTES_MAX && presented.starts_with(self.prefix().as_bytes());
        fits.then(|| blake3::derive_key(self.context(), presented))
    }
}

/// The text of a secret, given out once.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text, to be handed to whoever shall hold it, and to nobody else.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

/// What is worth knowing about a password.
pub fn password_warning(password: &str) -> Option<Finding> {
    let short = password.chars().count() < PASSWORD_CHARS_GOOD;
    short.then(|| Finding::warning("password-short").with("good", PASSWORD_CHARS_GOOD))
}

/// The hash of a new password.
pub struct NewPassword(String);

impl std::fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewPassword")
    }
}

impl NewPassword {
    /// Hashes a password: about 160 ms, and 64 MiB meanwhile.
    pub fn new(password: &str, randomness: &mut dyn Randomness) -> Result<Self, AppError> {
        if password.is_empty() {
            return Err(AppError::invalid(vec![Finding::error("password-empty")]));
        }
        if password.len() > PASSWORD_BYTES_MAX {
            let finding = Finding::error("password-long").with("limit", PASSWORD_BYTES_MAX);
            return Err(AppError::invalid(vec![finding]));
        }
        let mut salt = [0; 16];
        randomness.fill(&mut salt);
        let hash = argon()?.hash_password_with_salt(password.as_bytes(), &salt);
        Ok(Self(hash.map_err(|error| internal(&error))?.to_string()))
    }

    pub(crate) fn hash(&self) -> &str {
        &self.0
    }
}

/// Whether a password has this hash: as slow as making one, whatever the answer.
pub(crate) fn is_right(password: &str, hash: &str) -> Result<bool, AppError> {
    let parsed = argon2::PasswordHash::new(hash).map_err(|error| internal(&error))?;
    Ok(argon()?.verify_password(password.as_bytes(), &parsed).is_ok())
}

fn argon() -> Result<Argon2<'static>, AppError> {
    let parameters = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(|error| internal(&error))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters))
}

fn internal(what: &dyn std::fmt::Display) -> AppError {
    AppError::new(Kind::Internal, Finding::error("internal").with("what", what))
}

#[cfg(test)]
mod tests {
    use testkit::SeededRandomness;

    use super::*;

    #[test]
    fn a_secret_is_found_by_its_hash_and_only_as_what_it_is() {
        let mut randomness = SeededRandomness::new(1);
        let (secret, hash) = SecretKind::Token.draw(&mut randomness);
        let text = secret.reveal().as_bytes();
        assert_eq!(text.len(), "casque_token_".len() + 64);
        assert_eq!(SecretKind::Token.hash(text), Some(hash));
        assert_eq!(SecretKind::Session.hash(text), None);
        let (other, other_hash) = SecretKind::Token.draw(&mut randomness);
        assert!(other != secret && other_hash != hash);
        assert_eq!(SecretKind::Token.hash("casque_token_".repeat(10).as_bytes()), None);
        assert_eq!(format!("{secret:?}"), "Secret");
    }
}
