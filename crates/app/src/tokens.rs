//! Tokens: secrets of programs, each with a scope and an end. They act as their owner, never as more.

use model::finding::Finding;
use model::limits::{TOKEN_DAYS_MAX, TOKEN_NAME_CHARS_MAX, TOKENS_MAX};
use model::time::Timestamp;
use policy::Viewer;
use serde_json::{Value as Json, json};

use crate::error::{AppError, Kind};
use crate::node::Node;
use crate::secrets::{Secret, SecretKind};
use crate::sessions::Scope;

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// How long a token that has ended is still listed: thirty days.
const LISTED_MS: i64 = 30 * DAY_MS;

/// A token as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenView {
    /// What it is named by: 16 hexadecimal digits.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// What it may be used for.
    pub scope: Scope,
    /// When it was made.
    pub created: Timestamp,
    /// When it ends.
    pub expires: Timestamp,
    /// When it was last used, to within a minute.
    pub last_used: Option<Timestamp>,
}

impl TokenView {
    /// It as a document, without its secret.
    pub fn json(&self) -> Json {
        json!({
            "id": self.id,
            "name": self.name,
            "scope": self.scope.code(),
            "created": self.created.to_string(),
            "expires": self.expires.to_string(),
            "last_used": self.last_used.map(|at| at.to_string()),
        })
    }
}

impl Node {
    /// Makes a token of the viewer's that lives for some days, 1 to [`TOKEN_DAYS_MAX`].
    pub fn token_create(
        &mut self,
        viewer: &Viewer,
        name: &str,
        scope: Scope,
        days: u32,
    ) -> Result<(TokenView, Secret), AppError> {
        let findings = wrong(name, days);
        if !findings.is_empty() {
            return Err(AppError::invalid(findings));
        }
        let now = self.environment.clock.now();
        let ended = Timestamp::from_ms(now.as_ms().saturating_sub(LISTED_MS));
        self.store.ground().remove_tokens_ended(ended)?;
        if self.tokens(viewer)?.len() >= TOKENS_MAX {
            let finding = Finding::error("token-too-many").with("limit", TOKENS_MAX);
            return Err(AppError::new(Kind::Conflict, finding));
        }
        let (secret, hash) = SecretKind::Token.draw(&mut *self.environment.randomness);
        let token = self.new_token(viewer, name, scope, days);
        self.store.ground().add_token(&hash, &token)?;
        Ok((view(token, scope), secret))
    }

    /// A token of the viewer's from now on, with an id of its own.
    pub(crate) fn new_token(
        &mut self,
        viewer: &Viewer,
        name: &str,
        scope: Scope,
        days: u32,
    ) -> store::Token {
        let mut id = [0; 8];
        self.environment.randomness.fill(&mut id);
        let created = self.environment.clock.now();
        let lives = i64::from(days).saturating_mul(DAY_MS);
        store::Token {
            id: format!("{:016x}", u64::from_be_bytes(id)),
            user: viewer.user,
            name: name.to_owned(),
            scope: scope.number(),
            created,
            expires: Timestamp::from_ms(created.as_ms().saturating_add(lives)),
            used: None,
        }
    }

    /// The viewer's tokens, the oldest first; also those that ended not long ago.
    pub fn tokens(&self, viewer: &Viewer) -> Result<Vec<TokenView>, AppError> {
        let tokens = self.store.ground().tokens(viewer.user)?.into_iter();
        Ok(tokens
            .filter_map(|token| Some((Scope::from_number(token.scope)?, token)))
            .filter(|(scope, _token)| *scope != Scope::Phone)
            .map(|(scope, token)| view(token, scope))
            .collect())
    }

    /// Ends a token of the viewer's at once.
    pub fn token_revoke(&mut self, viewer: &Viewer, id: &str) -> Result<(), AppError> {
        if self.store.ground().remove_token(viewer.user, id)? {
            return Ok(());
        }
        Err(AppError::absent("token-unknown", id))
    }
}

fn view(token: store::Token, scope: Scope) -> TokenView {
    TokenView {
        id: token.id,
        name: token.name,
        scope,
        created: token.created,
        expires: token.expires,
        last_used: token.used,
    }
}

/// What is wrong with the name and the life of a token or a key.
pub(crate) fn wrong(name: &str, days: u32) -> Vec<Finding> {
    let mut findings = Vec::new();
    let chars = name.chars().count();
    if chars == 0 || chars > TOKEN_NAME_CHARS_MAX || name.chars().any(char::is_control) {
        findings.push(Finding::error("token-name-wrong").with("limit", TOKEN_NAME_CHARS_MAX));
    }
    if !(1..=TOKEN_DAYS_MAX).contains(&days) {
        findings.push(Finding::error("token-days-wrong").with("limit", TOKEN_DAYS_MAX));
    }
    findings
}
