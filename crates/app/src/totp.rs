//! One-time codes: six digits from a secret that the node and a person's telephone share.
//!
//! A code is good for its own step of 30 seconds, the one before and the one after, and once: the
//! last step used is kept. A secret is in force after a first code has shown that the telephone has
//! it. Who has lost theirs asks an administrator to take it away.

use model::finding::Finding;
use model::time::Timestamp;
use policy::Viewer;
use totp_rs::{Builder, Totp};

use crate::accounts::must_administer;
use crate::error::{AppError, Kind};
use crate::node::Node;
use crate::sessions::Caller;

/// Bytes of a secret: what SHA-1 codes can use, and every telephone takes.
const SECRET_BYTES: usize = 20;

/// A secret that is not yet in force, to be carried over to a telephone.
#[derive(Clone)]
pub struct Enrolment {
    /// The secret in base 32, for typing.
    pub secret: String,
    /// The same as an address that telephones read from a picture.
    pub uri: String,
}

impl std::fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Enrolment")
    }
}

impl Node {
    /// Makes a secret for the caller. Refused where one is in force: who has the session is not yet
    /// who has the password, and must not put their own telephone in place of the owner's.
    pub fn totp_begin(&mut self, caller: &Caller) -> Result<Enrolment, AppError> {
        let user = caller.signed_in()?.user;
        if self.store.ground().totp(user)?.active.is_some() {
            return Err(AppError::new(Kind::Conflict, Finding::error("totp-active")));
        }
        let mut secret = vec![0; SECRET_BYTES];
        self.environment.randomness.fill(&mut secret);
        self.store.ground().set_totp_pending(user, &secret)?;
        Ok(self.enrolment(&caller.viewer.name, &secret))
    }

    /// Puts the caller's secret in force, where `code` is one of it.
    pub fn totp_confirm(&mut self, caller: &Caller, code: &str) -> Result<(), AppError> {
        let user = caller.signed_in()?.user;
        let wrong = || AppError::invalid(vec![Finding::error("totp-code-wrong")]);
        let pending = self.store.ground().totp(user)?.pending.ok_or_else(wrong)?;
        let step = step_of(&pending, code, self.environment.clock.now()).ok_or_else(wrong)?;
        let confirmed = self.store.ground().confirm_totp(user, &pending, step)?;
        if confirmed { Ok(()) } else { Err(wrong()) }
    }

    /// Takes a user's secret away, where the viewer administers; whether one was in force.
    pub fn totp_reset(&mut self, viewer: &Viewer, name: &str) -> Result<bool, AppError> {
        must_administer(viewer)?;
        let user = self.user_named(name)?.number;
        Ok(self.store.ground().remove_totp(user)?)
    }

    /// Whether a user signs in with a code.
    pub fn totp_is_active(&self, user: u32) -> Result<bool, AppError> {
        Ok(self.store.ground().totp(user)?.active.is_some())
    }

    /// Whether `code` is what a user must give. It is used up by that. Somebody with no secret need
    /// not give any; the same is reckoned for them, so that it takes as long.
    pub(crate) fn code_is_right(
        &self,
        user: Option<u32>,
        code: Option<&str>,
    ) -> Result<bool, AppError> {
        let ground = self.store.ground();
        let active = match user {
            Some(user) => ground.totp(user)?.active,
            None => None,
        };
        let secret = active.as_deref().unwrap_or(&[0; SECRET_BYTES]);
        let now = self.environment.clock.now();
        let step = step_of(secret, code.unwrap_or_default(), now);
        match (user, &active, step) {
            (Some(user), Some(_), Some(step)) => Ok(ground.use_totp_step(user, step)?),
            (_, active, _) => Ok(active.is_none()),
        }
    }

    fn enrolment(&self, name: &str, secret: &[u8]) -> Enrolment {
        let secret = totp(secret).secret().to_base32();
        // Names of packs and users are lower-case ASCII without what an address would escape.
        let issuer = format!("casque-{}", self.pack().name);
        let uri = format!("otpauth://totp/{issuer}:{name}?secret={secret}&issuer={issuer}");
        Enrolment { secret, uri }
    }
}

fn totp(secret: &[u8]) -> Totp {
    Builder::new().with_secret(secret).build_noncompliant()
}

fn step_of(secret: &[u8], code: &str, now: Timestamp) -> Option<u64> {
    let digits: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
    let seconds = u64::try_from(now.as_ms().div_euclid(1_000)).ok()?;
    totp(secret).check(&digits, seconds)
}
