//! Making a record once, however often its request is sent: an answer that is lost on the way must not
//! make two records of one event.
//!
//! The key is the caller's own; the same key of somebody else, or for another register, is another. It
//! is kept with the record it made, in one transaction, and never forgotten.

use std::str::FromStr;

use journal::Lane;
use model::finding::Finding;
use model::id::RecordId;
use policy::Viewer;
use serde_json::{Map, Value as Json};
use store::Request;

use crate::answers::Answers;
use crate::error::{AppError, Kind};
use crate::held::Done;
use crate::node::Node;

const KEY_CONTEXT: &str = "casque request key v1";
const CONTENT_CONTEXT: &str = "casque request content v1";

/// A key that whoever asks made for one request: a UUID.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestKey([u8; 16]);

/// What is no UUID.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAKey;

impl FromStr for RequestKey {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let groups: Vec<usize> = text.split('-').map(str::len).collect();
        let digits = text.replace('-', "");
        if groups != [8, 4, 4, 4, 12] || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(NotAKey);
        }
        let number = u128::from_str_radix(&digits, 16).map_err(|_error| NotAKey)?;
        Ok(Self(number.to_be_bytes()))
    }
}

impl Node {
    /// Makes a record; where this key made one already, that one, and nothing is written. A key that
    /// came with other content is a conflict.
    pub fn create_record_once(
        &mut self,
        viewer: &Viewer,
        register: &str,
        (values, reason): (&Map<String, Json>, Option<String>),
        key: RequestKey,
    ) -> Result<Done<RecordId>, AppError> {
        let register = self.register_for(viewer, register)?.name.to_string();
        let key = hash_of_key(viewer, &register, key);
        let content = hash_of_content(values, reason.as_deref());
        let made = self.made_by(&key, &content)?;
        let making = self.making(viewer, &register, Answers::from(values), reason);
        if let Some(outcome) = made {
            // What was left out is told again: the first answer may be the one that was lost.
            let warnings = making.map(|making| making.warnings).unwrap_or_default();
            return Ok(Done { outcome, warnings });
        }
        let Done { outcome: (record, operation), warnings } = making?;
        let mut writer = self.writer()?;
        if writer.keep_request(&Request { key, content, record })? {
            writer.append(Lane::Routine, None, &operation)?;
            writer.commit()?;
            return Ok(Done { outcome: record, warnings });
        }
        // Another process was quicker by less than this function takes.
        drop(writer);
        let outcome = self.made_by(&key, &content)?.unwrap_or(record);
        Ok(Done { outcome, warnings })
    }

    /// The record that a key made; a conflict where it came with other content.
    fn made_by(&self, key: &[u8; 32], content: &[u8; 32]) -> Result<Option<RecordId>, AppError> {
        match self.store.ground().request(key)? {
            Some(made) if made.content != *content => {
                let finding = Finding::error("request-key-used").with("record", made.record);
                Err(AppError::new(Kind::Conflict, finding))
            }
            made => Ok(made.map(|made| made.record)),
        }
    }
}

fn hash_of_key(viewer: &Viewer, register: &str, RequestKey(key): RequestKey) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new_derive_key(KEY_CONTEXT);
    hasher.update(&viewer.user.to_be_bytes()).update(&key).update(register.as_bytes());
    *hasher.finalize().as_bytes()
}

/// Of the values in the order of their names: what is written in another order is the same.
fn hash_of_content(values: &Map<String, Json>, reason: Option<&str>) -> [u8; 32] {
    let mut sorted = values.clone();
    sorted.sort_keys();
    let text = Json::from(vec![Json::Object(sorted), reason.map_or(Json::Null, Json::from)]);
    blake3::derive_key(CONTENT_CONTEXT, text.to_string().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_a_uuid_in_either_case() {
        let key: RequestKey = "0192A5B4-0000-7abc-8def-0123456789ab".parse().expect("a key");
        assert_eq!("0192a5b4-0000-7ABC-8DEF-0123456789AB".parse(), Ok(key));
        for odd in
            ["", "1", "0192a5b400007abc8def0123456789ab", "+192a5b4-0000-7abc-8def-0123456789ab"]
        {
            assert_eq!(odd.parse::<RequestKey>(), Err(NotAKey), "{odd}");
        }
    }

    #[test]
    fn content_is_the_same_in_any_order_and_another_with_any_difference() {
        let of = |text: &str, reason| {
            hash_of_content(&serde_json::from_str(text).expect("values"), reason)
        };
        let first = of(r#"{"a":1,"b":"x"}"#, None);
        assert_eq!(of(r#"{"b":"x","a":1}"#, None), first);
        assert_ne!(of(r#"{"a":1}"#, None), first);
        assert_ne!(of(r#"{"a":1,"b":"x"}"#, Some("")), first);
        assert_ne!(of(r#"{"a":"1","b":"x"}"#, None), first);
    }
}
