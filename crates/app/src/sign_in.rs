//! Signing in, in three steps, because the middle one is slow and must hold no database: a guess is
//! counted, the password is checked, the session begins.
//!
//! Whatever is wrong (no such user, shut out, wrong password, a code missing, wrong or used) there is
//! one answer, in the same words and after the same work.

use std::net::IpAddr;

use model::finding::Finding;
use model::id::EntryId;
use policy::Viewer;
use store::{Bucket, ShortHash};

use crate::accounts::must_administer;
use crate::error::{AppError, Kind};
use crate::node::Node;
use crate::secrets::{self, NOBODY, NewPassword, Secret};
use crate::sessions::{Caller, refused};
use crate::throttle;

/// A guess that was counted and not yet checked.
pub struct Attempt {
    user: Option<u32>,
    entry: Option<EntryId>,
    hash: String,
    buckets: Vec<Bucket>,
    address: ShortHash,
}

impl std::fmt::Debug for Attempt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Attempt")
    }
}

/// A guess that was checked.
#[derive(Debug)]
pub struct Checked {
    attempt: Attempt,
    is_right: bool,
}

/// Somebody who has just signed in.
#[derive(Debug)]
pub struct SignedIn {
    /// What their browser is to show from now on.
    pub secret: Secret,
    /// Who they are.
    pub caller: Caller,
}

impl Attempt {
    /// Checks the password: about 160 ms and 64 MiB, whether there is such a user or not. Whoever
    /// calls this for strangers lets no more than two run at once.
    pub fn check(self, password: &str) -> Result<Checked, AppError> {
        let is_right = secrets::is_right(password, &self.hash)?;
        Ok(Checked { is_right: is_right && self.user.is_some(), attempt: self })
    }
}

impl Node {
    /// Counts a guess at a user's password. Refused with `sign-in-throttled` and the seconds to wait
    /// where there were too many, for names that nobody has as well.
    pub fn sign_in_begin(&mut self, name: &str, address: IpAddr) -> Result<Attempt, AppError> {
        let users = self.store.ground().accounts()?;
        let user = users.iter().find(|user| user.name == name).map(|user| user.number);
        self.attempt(user, throttle::name_key(name), address)
    }

    /// Begins a session for whoever gave the right password, and the right code where one is needed.
    pub fn sign_in_finish(
        &mut self,
        checked: Checked,
        code: Option<&str>,
    ) -> Result<SignedIn, AppError> {
        let may = self.proven(&checked)?;
        if !self.code_is_right(may, code)? {
            return Err(refused());
        }
        let attempt = checked.attempt;
        let (Some(user), Some(entry)) = (may, attempt.entry) else { return Err(refused()) };
        self.guessed_right(user, &attempt)?;
        let (secret, _hash) = self.begin_session(user, entry)?;
        let caller = self.session_caller(secret.reveal().as_bytes())?;
        Ok(SignedIn { caller: caller.ok_or_else(refused)?, secret })
    }

    /// All three steps at once, where waiting for the middle one harms nobody.
    pub fn sign_in(
        &mut self,
        name: &str,
        password: &str,
        code: Option<&str>,
        address: IpAddr,
    ) -> Result<SignedIn, AppError> {
        let checked = self.sign_in_begin(name, address)?.check(password)?;
        self.sign_in_finish(checked, code)
    }

    /// Counts a guess at the password of somebody who is signed in: a session that was left open is
    /// no way to guess faster.
    pub fn password_begin(
        &mut self,
        caller: &Caller,
        address: IpAddr,
    ) -> Result<Attempt, AppError> {
        let viewer = caller.signed_in()?;
        self.attempt(Some(viewer.user), throttle::name_key(&viewer.name), address)
    }

    /// Changes the caller's own password and ends their other sessions.
    pub fn password_finish(
        &mut self,
        caller: &Caller,
        checked: &Checked,
        new: &NewPassword,
    ) -> Result<(), AppError> {
        let user = self.confirmed(caller, checked)?;
        Ok(self.store.ground().set_credential(user, new.hash(), caller.session())?)
    }

    /// Takes the caller's own one-time codes away.
    pub fn totp_end(&mut self, caller: &Caller, checked: &Checked) -> Result<(), AppError> {
        let user = self.confirmed(caller, checked)?;
        self.store.ground().remove_totp(user)?;
        Ok(())
    }

    /// Gives a user a new password, where the viewer administers: their sessions end, and the guesses
    /// at the old one are forgotten.
    pub fn set_password(
        &mut self,
        viewer: &Viewer,
        name: &str,
        password: &str,
    ) -> Result<(), AppError> {
        must_administer(viewer)?;
        self.user_named(name)?;
        let password = NewPassword::new(password, &mut *self.environment.randomness)?;
        self.set_new_password(viewer, name, &password)
    }

    /// The same, for a password that was hashed before: the slow part needs no database.
    pub fn set_new_password(
        &mut self,
        viewer: &Viewer,
        name: &str,
        password: &NewPassword,
    ) -> Result<(), AppError> {
        must_administer(viewer)?;
        let user = self.user_named(name)?.number;
        self.store.ground().set_credential(user, password.hash(), None)?;
        Ok(self.store.ground().forget_guesses(user)?)
    }

    fn attempt(
        &mut self,
        user: Option<u32>,
        name: ShortHash,
        address: IpAddr,
    ) -> Result<Attempt, AppError> {
        let now = self.environment.clock.now();
        let address = throttle::address_key(address);
        let ground = self.store.ground();
        let is_known = match user {
            Some(user) => ground.knows_address(user, &address, throttle::known_since(now))?,
            None => false,
        };
        let buckets = match user {
            Some(user) if is_known => vec![Bucket::UserKnown(user)],
            Some(user) => vec![Bucket::User(user), Bucket::Address(address)],
            None => vec![Bucket::Name(name), Bucket::Address(address)],
        };
        let judge = |bucket, before| throttle::judge(bucket, before, now);
        if let Some(wait_ms) = ground.count_guess(&buckets, judge)? {
            let seconds = wait_ms.saturating_add(999) / 1_000;
            let finding = Finding::error("sign-in-throttled").with("seconds", seconds);
            return Err(AppError::new(Kind::Unavailable, finding));
        }
        let account = match user {
            Some(user) => ground.account(user)?.filter(|(_, account)| !account.disabled),
            None => None,
        };
        let hash = match &account {
            Some((_, account)) => ground.credential(account.number)?,
            None => None,
        };
        let user = account.as_ref().filter(|_| hash.is_some()).map(|(_, account)| account.number);
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let entry = account.map(|(entry, _)| entry);
        Ok(Attempt { user, entry, hash, buckets, address })
    }

    fn guessed_right(&self, user: u32, attempt: &Attempt) -> Result<(), AppError> {
        let now = self.environment.clock.now();
        self.store.ground().forgive_guess(&attempt.buckets)?;
        Ok(self.store.ground().know_address(user, &attempt.address, now)?)
    }

    /// Whose password was right and still is: checking takes a while, and waiting for it longer.
    fn proven(&self, checked: &Checked) -> Result<Option<u32>, AppError> {
        let Some(user) = checked.attempt.user.filter(|_| checked.is_right) else {
            return Ok(None);
        };
        let now = self.store.ground().credential(user)?;
        Ok((now.as_ref() == Some(&checked.attempt.hash)).then_some(user))
    }

    fn confirmed(&self, caller: &Caller, checked: &Checked) -> Result<u32, AppError> {
        let user = caller.signed_in()?.user;
        if self.proven(checked)? != Some(user) {
            return Err(AppError::invalid(vec![Finding::error("password-wrong")]));
        }
        self.store.ground().forgive_guess(&checked.attempt.buckets)?;
        Ok(user)
    }
}
