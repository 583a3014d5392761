//! Names that an exercise gives to records, and what they stand for.
//!
//! `halim-alert` is a record that an act makes, `key:KD-A03` one that an imported file holds under that
//! key. Ids derive from either, so loading again finds the same records.

use std::collections::BTreeMap;

use forms::form::Field;
use forms::suggestion::suggestion;
use model::finding::Finding;
use model::id::{Name, RecordId};
use serde_json::{Map, Value as Json};

/// What stands before the key of an imported row.
const IMPORTED: &str = "key:";
/// What stands before a name where a record is pointed to.
const POINTER: char = '@';

/// The records an exercise can name.
#[derive(Debug, Default)]
pub(super) struct Keys {
    namespace: String,
    made: BTreeMap<String, (Name, RecordId)>,
    imported: BTreeMap<Name, BTreeMap<String, RecordId>>,
}

impl Keys {
    /// The names of the exercise of this name.
    pub(super) fn of(exercise: &Name) -> Self {
        Self { namespace: format!("exercise:{exercise}"), ..Self::default() }
    }

    /// Takes the key of an imported row.
    pub(super) fn import(&mut self, register: &Name, namespace: &str, key: &str) {
        let id = RecordId::derived(register, namespace, key);
        self.imported.entry(register.clone()).or_default().insert(key.to_owned(), id);
    }

    /// The id of a record of this name.
    pub(super) fn id(&self, register: &Name, key: &str) -> RecordId {
        RecordId::derived(register, &self.namespace, key)
    }

    /// Takes the name of a record that is made; whether nobody had it.
    pub(super) fn make(&mut self, register: &Name, key: &str) -> bool {
        let id = self.id(register, key);
        self.made.insert(key.to_owned(), (register.clone(), id)).is_none()
    }

    /// The record of this name in a register, or what is wrong with it.
    pub(super) fn find(&self, register: &Name, key: &str) -> Result<RecordId, Finding> {
        if let Some(key) = key.strip_prefix(IMPORTED) {
            let rows = self.imported.get(register);
            return rows.and_then(|rows| rows.get(key)).copied().ok_or_else(|| {
                let known = rows.into_iter().flat_map(BTreeMap::keys).map(String::as_str);
                unknown(key, &suggestion(key, known)).with("register", register)
            });
        }
        match self.made.get(key) {
            Some((of, id)) if of == register => Ok(*id),
            Some((of, _id)) => {
                let finding = Finding::error("exercise-key-elsewhere").with("key", key);
                Err(finding.with("register", of).with("wanted", register))
            }
            None => {
                let known = self.made.iter().filter(|(_, (of, _id))| of == register);
                let near = suggestion(key, known.map(|(known, _)| known.as_str()));
                Err(unknown(key, &near).with("register", register))
            }
        }
    }

    /// Puts ids in the place of names in values that point at records.
    pub(super) fn resolve(
        &self,
        fields: &[Field],
        values: &mut Map<String, Json>,
        findings: &mut Vec<Finding>,
    ) {
        for field in fields {
            let Some(value) = values.get_mut(field.name.as_str()) else { continue };
            match value {
                Json::String(text) => {
                    let (Some(key), Some(target)) = (text.strip_prefix(POINTER), &field.register)
                    else {
                        continue;
                    };
                    match self.find(target, key) {
                        Ok(id) => *text = id.to_string(),
                        Err(finding) => findings.push(finding.in_column(field.name.as_str())),
                    }
                }
                Json::Array(rows) => {
                    let rows = rows.iter_mut().filter_map(Json::as_object_mut);
                    rows.for_each(|row| self.resolve(&field.fields, row, findings));
                }
                _ => {}
            }
        }
    }

    /// Puts ids in the place of quoted names (`'@halim-alert'`) in a filter, whatever register they are of.
    pub(super) fn resolve_filter(&self, filter: &str, findings: &mut Vec<Finding>) -> String {
        let mut resolved = String::new();
        for (nth, part) in filter.split('\'').enumerate() {
            if nth > 0 {
                resolved.push('\'');
            }
            // Between an odd and an even quotation mark stands a text.
            let Some(key) = part.strip_prefix(POINTER).filter(|_key| nth % 2 == 1) else {
                resolved.push_str(part);
                continue;
            };
            if let Some(id) = self.find_anywhere(key) {
                resolved.push_str(&id.to_string());
            } else {
                let known = self.made.keys().map(String::as_str);
                findings.push(unknown(key, &suggestion(key, known)).with("register", "*"));
            }
        }
        resolved
    }

    fn find_anywhere(&self, key: &str) -> Option<RecordId> {
        match key.strip_prefix(IMPORTED) {
            Some(key) => self.imported.values().find_map(|rows| rows.get(key)).copied(),
            None => self.made.get(key).map(|(_register, id)| *id),
        }
    }
}

fn unknown(key: &str, near: &str) -> Finding {
    Finding::error("exercise-key-unknown").with("key", key).with("nearest", near)
}
