//! Names that an exercise gives to records, and what they stand for.
//!
//! `halim-alert` is a record that an act makes, `key:KD-A03` one that an imported file holds under that
//! key. Ids derive from either, so loading again finds the same records.

use std::collections::{BTreeMap, BTreeSet};

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
    /// Two files may hold one key.
    imported: BTreeMap<Name, BTreeMap<String, BTreeSet<RecordId>>>,
}

impl Keys {
    /// The names of the exercise of this name.
    pub(super) fn of(exercise: &Name) -> Self {
        Self { namespace: format!("exercise:{exercise}"), ..Self::default() }
    }

    /// Takes the key of an imported row.
    pub(super) fn import(&mut self, register: &Name, namespace: &str, key: &str) {
        let id = RecordId::derived(register, namespace, key);
        let rows = self.imported.entry(register.clone()).or_default();
        rows.entry(key.to_owned()).or_default().insert(id);
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
            let found = rows.and_then(|rows| rows.get(key)).into_iter().flatten();
            return one_of(key, found).unwrap_or_else(|| {
                let known = rows.into_iter().flat_map(BTreeMap::keys).map(String::as_str);
                Err(unknown(key, &suggestion(key, known)).with("register", register))
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
            match self.find_anywhere(key) {
                Ok(id) => resolved.push_str(&id.to_string()),
                Err(finding) => findings.push(finding),
            }
        }
        resolved
    }

    fn find_anywhere(&self, key: &str) -> Result<RecordId, Finding> {
        let found = match key.strip_prefix(IMPORTED) {
            Some(key) => {
                one_of(key, self.imported.values().filter_map(|rows| rows.get(key)).flatten())
            }
            None => self.made.get(key).map(|(_register, id)| Ok(*id)),
        };
        found.unwrap_or_else(|| {
            let known = self.made.keys().map(String::as_str);
            Err(unknown(key, &suggestion(key, known)).with("register", "*"))
        })
    }
}

/// The only record of a key; which of several is meant, nothing says.
fn one_of<'i>(
    key: &str,
    mut found: impl Iterator<Item = &'i RecordId>,
) -> Option<Result<RecordId, Finding>> {
    let first = found.next()?;
    let several = || Finding::error("exercise-key-ambiguous").with("key", key);
    Some(if found.next().is_some() { Err(several()) } else { Ok(*first) })
}

fn unknown(key: &str, near: &str) -> Finding {
    Finding::error("exercise-key-unknown").with("key", key).with("nearest", near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_several_rows_have_names_none_of_them() {
        let name = |name: &str| Name::new(name).expect("a name");
        let (alert, patrol) = (name("alert"), name("patrol"));
        let mut keys = Keys::of(&name("dawn"));
        keys.import(&alert, "generic", "K1");
        keys.import(&alert, "generic", "K1");
        let code = |found: Result<RecordId, Finding>| found.map_err(|finding| finding.code);
        let filter = |keys: &Keys| {
            let mut found = Vec::new();
            keys.resolve_filter("source = '@key:K1'", &mut found);
            found.into_iter().map(|finding| finding.code).collect::<Vec<_>>()
        };
        assert!(keys.find(&alert, "key:K1").is_ok() && filter(&keys).is_empty(), "told twice");
        keys.import(&patrol, "generic", "K1");
        assert!(keys.find(&alert, "key:K1").is_ok(), "where the register is known");
        assert_eq!(filter(&keys), ["exercise-key-ambiguous"]);
        keys.import(&alert, "other", "K1");
        assert_eq!(code(keys.find(&alert, "key:K1")), Err("exercise-key-ambiguous"));
    }
}
