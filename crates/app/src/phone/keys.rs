//! Keys of phones: secrets that stand in the address a phone is set up with, since it can keep nothing
//! better. Only their hashes are kept, beside those of tokens; each is good for filing and ends.

use model::finding::Finding;
use model::limits::TOKENS_MAX;
use model::time::Timestamp;
use policy::{Action, Viewer};
use serde_json::{Value as Json, json};

use crate::error::{AppError, Kind};
use crate::node::Node;
use crate::secrets::{Secret, SecretKind};
use crate::sessions::{Caller, Scope};
use crate::tokens;

/// What a phone's address begins with, before its key: the shape that ODK Central has.
const ADDRESS: &str = "/v1/key/";
/// What follows the key: there is one project, the mission's.
const PROJECT: &str = "/projects/1";

/// The key of a phone as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneKey {
    /// What it is named by: 16 hexadecimal digits.
    pub id: String,
    /// What its owner calls it: the phone, or who carries it.
    pub name: String,
    /// When it was made.
    pub created: Timestamp,
    /// When it ends.
    pub expires: Timestamp,
    /// When it was last used, to within a minute.
    pub last_used: Option<Timestamp>,
}

impl PhoneKey {
    /// It as a document, without its secret.
    pub fn json(&self) -> Json {
        json!({
            "id": self.id,
            "name": self.name,
            "created": self.created.to_string(),
            "expires": self.expires.to_string(),
            "last_used": self.last_used.map(|at| at.to_string()),
        })
    }
}

impl Secret {
    /// The path of the server that a phone with this key is set up with.
    pub fn phone_path(&self) -> String {
        format!("{ADDRESS}{}{PROJECT}", self.reveal())
    }
}

impl Node {
    /// Makes a key for a phone of the viewer's. Refused where there is no form they could send in.
    pub fn phone_invite(
        &mut self,
        viewer: &Viewer,
        name: &str,
        days: u32,
    ) -> Result<(PhoneKey, Secret), AppError> {
        let findings = tokens::wrong(name, days);
        if !findings.is_empty() {
            return Err(AppError::invalid(findings));
        }
        if self.open_to(viewer, &[Action::Create]).next().is_none() {
            let finding = Finding::error("phone-no-form").with("user", &viewer.name);
            return Err(AppError::new(Kind::DeniedOrAbsent, finding));
        }
        if self.phone_keys(viewer)?.len() >= TOKENS_MAX {
            let finding = Finding::error("phone-key-too-many").with("limit", TOKENS_MAX);
            return Err(AppError::new(Kind::Conflict, finding));
        }
        let (secret, hash) = SecretKind::Phone.draw(&mut *self.environment.randomness);
        let token = self.new_token(viewer, name, Scope::Phone, days);
        self.store.ground().add_token(&hash, &token)?;
        Ok((key(token), secret))
    }

    /// The keys of the viewer's phones, the oldest first; also those that ended not long ago.
    pub fn phone_keys(&self, viewer: &Viewer) -> Result<Vec<PhoneKey>, AppError> {
        let tokens = self.store.ground().tokens(viewer.user)?.into_iter();
        Ok(tokens.filter(is_of_phone).map(key).collect())
    }

    /// Ends a key of the viewer's at once: for a phone that was lost.
    pub fn phone_revoke(&mut self, viewer: &Viewer, id: &str) -> Result<(), AppError> {
        let is_known = self.phone_keys(viewer)?.iter().any(|known| known.id == id);
        if is_known && self.store.ground().remove_token(viewer.user, id)? {
            return Ok(());
        }
        Err(AppError::absent("phone-key-unknown", id))
    }

    /// Who holds this key; nothing where it is unknown, over or revoked.
    pub fn phone_caller(&self, secret: &[u8]) -> Result<Option<Caller>, AppError> {
        self.caller_of(SecretKind::Phone, secret)
    }
}

fn is_of_phone(token: &store::Token) -> bool {
    token.scope == Scope::Phone.number()
}

fn key(token: store::Token) -> PhoneKey {
    PhoneKey {
        id: token.id,
        name: token.name,
        created: token.created,
        expires: token.expires,
        last_used: token.used,
    }
}
