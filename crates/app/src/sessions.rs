//! Who calls: a person with a session, a program with a token.
//!
//! Looking a caller up is one statement and a viewer from memory: it happens with every request. It
//! reads only; that something was used is written down later, at most once a minute, by
//! [`Node::caller_seen`].

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use model::finding::Finding;
use model::id::EntryId;
use model::time::Timestamp;
use policy::{Action, Viewer};
use store::{SecretHash, Session, SessionLimits};

use crate::error::{AppError, Kind};
use crate::node::Node;
use crate::secrets::{Secret, SecretKind};

const MINUTE_MS: i64 = 60_000;
/// How long a session lives without being used. Use is written down once a minute, so at worst it
/// ends a minute early.
pub const SESSION_IDLE_MS: i64 = 10 * MINUTE_MS;
/// How long a session lives.
pub const SESSION_MS: i64 = 12 * 60 * MINUTE_MS;
/// How old what is written down of the last use may get.
const USE_NOTED_MS: i64 = MINUTE_MS;
/// Sessions that one user has at once; a further one ends the oldest.
const SESSIONS_MAX: u32 = 32;

/// What a credential may be used for, within what its owner may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Filing from a phone: of no token, only of the key in a phone's address.
    Phone,
    /// Reading and taking out.
    Read,
    /// Everything but administering.
    Write,
    /// Everything.
    Admin,
}

impl Scope {
    /// Those a token may have, the narrowest first.
    pub const ALL: [Self; 3] = [Self::Read, Self::Write, Self::Admin];

    /// The word for it in commands and JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Read => "read",
            Self::Write => "write",
            Self::Admin => "admin",
        }
    }

    /// The scope of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.code() == code)
    }

    /// Whether it reaches an action.
    pub const fn allows(self, action: Action) -> bool {
        match self {
            Self::Phone => {
                matches!(action, Action::Read | Action::Create | Action::Edit | Action::Attach)
            }
            Self::Read => matches!(action, Action::Read | Action::Export),
            Self::Write => !matches!(action, Action::Administer),
            Self::Admin => true,
        }
    }

    pub(crate) const fn number(self) -> u8 {
        match self {
            Self::Read => 1,
            Self::Write => 2,
            Self::Admin => 3,
            Self::Phone => 4,
        }
    }

    pub(crate) fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().chain([Self::Phone]).find(|scope| scope.number() == number)
    }
}

/// What a caller showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// A session: a person who signed in.
    Session(SecretHash),
    /// A token, by its id.
    Token(String),
}

/// Somebody who may call.
#[derive(Clone, Debug)]
pub struct Caller {
    /// What they may do, within the scope.
    pub viewer: Arc<Viewer>,
    /// What they showed.
    pub credential: Credential,
    /// What that may be used for.
    pub scope: Scope,
    /// When it ends, however much it is used.
    pub expires: Timestamp,
    /// Whether [`Node::caller_seen`] has something to write down.
    pub due: bool,
}

impl Caller {
    /// The viewer of somebody who signed in; a program with a token is refused what is a person's.
    pub fn signed_in(&self) -> Result<&Viewer, AppError> {
        match self.credential {
            Credential::Session(_) => Ok(&self.viewer),
            Credential::Token(_) => Err(AppError::absent("session-needed", &self.viewer.name)),
        }
    }

    pub(crate) const fn session(&self) -> Option<&SecretHash> {
        match &self.credential {
            Credential::Session(hash) => Some(hash),
            Credential::Token(_) => None,
        }
    }
}

/// Viewers by user and scope, each with the entry that described the user: good while no other does.
#[derive(Debug, Default)]
pub(crate) struct Viewers(Mutex<BTreeMap<(u32, Scope), Remembered>>);

type Remembered = (EntryId, Arc<Viewer>);

impl Node {
    /// Who holds this session's secret; nothing where it is unknown, over or ended.
    pub fn session_caller(&self, secret: &[u8]) -> Result<Option<Caller>, AppError> {
        let Some(hash) = SecretKind::Session.hash(secret) else { return Ok(None) };
        let Some(session) = self.store.ground().session(&hash)? else { return Ok(None) };
        let now = self.environment.clock.now().as_ms();
        let age = now.saturating_sub(session.begun.as_ms());
        let idle = now.saturating_sub(session.used.as_ms());
        // A clock that was set back by more than a minute ends sessions rather than lengthening them.
        if age >= SESSION_MS || !(-USE_NOTED_MS..SESSION_IDLE_MS).contains(&idle) {
            return Ok(None);
        }
        let viewer = self.viewer_now(session.user, session.entry, Scope::Admin)?;
        Ok(viewer.map(|viewer| Caller {
            viewer,
            credential: Credential::Session(hash),
            scope: Scope::Admin,
            expires: Timestamp::from_ms(session.begun.as_ms().saturating_add(SESSION_MS)),
            due: idle >= USE_NOTED_MS,
        }))
    }

    /// Who holds this token's secret; nothing where it is unknown, over or revoked.
    pub fn token_caller(&self, secret: &[u8]) -> Result<Option<Caller>, AppError> {
        self.caller_of(SecretKind::Token, secret)
    }

    /// Who holds a secret of this kind that is kept as tokens are.
    pub(crate) fn caller_of(
        &self,
        kind: SecretKind,
        secret: &[u8],
    ) -> Result<Option<Caller>, AppError> {
        let Some(hash) = kind.hash(secret) else { return Ok(None) };
        let Some((token, entry)) = self.store.ground().token(&hash)? else { return Ok(None) };
        let now = self.environment.clock.now();
        let Some(scope) = Scope::from_number(token.scope) else { return Ok(None) };
        if now >= token.expires {
            return Ok(None);
        }
        let due = token.used.is_none_or(|used| {
            now.as_ms().saturating_sub(used.as_ms()).saturating_abs() >= USE_NOTED_MS
        });
        let viewer = self.viewer_now(token.user, entry, scope)?;
        Ok(viewer.map(|viewer| Caller {
            viewer,
            credential: Credential::Token(token.id),
            scope,
            expires: token.expires,
            due,
        }))
    }

    /// Writes down that a caller was here.
    pub fn caller_seen(&self, caller: &Caller) -> Result<(), AppError> {
        let now = self.environment.clock.now();
        let noted = match &caller.credential {
            Credential::Session(hash) => self.store.ground().session_used(hash, now),
            Credential::Token(id) => self.store.ground().token_used(id, now),
        };
        Ok(noted?)
    }

    /// Ends the caller's session. A token is not ended by it: it is revoked.
    pub fn sign_out(&mut self, caller: &Caller) -> Result<(), AppError> {
        if let Some(hash) = caller.session() {
            self.store.ground().end_session(hash)?;
        }
        Ok(())
    }

    /// Begins a session of a user as an entry describes them.
    pub(crate) fn begin_session(
        &mut self,
        user: u32,
        entry: EntryId,
    ) -> Result<(Secret, SecretHash), AppError> {
        let now = self.environment.clock.now();
        let before = |ms: i64| Timestamp::from_ms(now.as_ms().saturating_sub(ms));
        let (secret, hash) = SecretKind::Session.draw(&mut *self.environment.randomness);
        let session = Session { user, entry, begun: now, used: now };
        let limits = SessionLimits {
            begun_after: before(SESSION_MS),
            used_after: before(SESSION_IDLE_MS),
            per_user: SESSIONS_MAX,
        };
        self.store.ground().begin_session(&hash, &session, limits)?;
        Ok((secret, hash))
    }

    /// The viewer of a user as an entry describes them, cut down to a scope; nothing where they are
    /// shut out.
    fn viewer_now(
        &self,
        user: u32,
        entry: EntryId,
        scope: Scope,
    ) -> Result<Option<Arc<Viewer>>, AppError> {
        let mut viewers = self.viewers.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, viewer)) = viewers.get(&(user, scope))
            && *of == entry
        {
            return Ok(Some(Arc::clone(viewer)));
        }
        let Some((of, account)) = self.store.ground().account(user)? else { return Ok(None) };
        if account.disabled {
            return Ok(None);
        }
        let viewer = Arc::new(self.viewer_of(&account).limited_to(|action| scope.allows(action)));
        viewers.insert((user, scope), (of, Arc::clone(&viewer)));
        Ok(Some(viewer))
    }
}

/// The one answer to everything that is wrong with signing in.
pub(crate) fn refused() -> AppError {
    AppError::new(Kind::DeniedOrAbsent, Finding::error("sign-in-refused"))
}
